"""Programme areas as ticks under the heading of their group."""

from collections.abc import Collection, Iterator
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.forms.models import ModelChoiceIterator

from institutions.fields import RowsField
from partnerships.models import ProgrammeArea


class GroupedAreas(ModelChoiceIterator):
    """Choices by group, in the order of their first area; before them, in a group without a name,
    those that stand out."""

    def __iter__(self) -> Iterator[Any]:
        first = set(cast(AreasField, self.field).first)
        groups: dict[str, list[Any]] = {"": []} if first else {}
        for area in self.queryset:
            group = "" if area.pk in first else area.group
            groups.setdefault(group, []).append(self.choice(area))
        yield from groups.items()


class AreasField(RowsField):
    """The areas on offer; those already chosen stay on offer even when withdrawn since."""

    iterator = GroupedAreas
    # Ids of the areas that stand before the rest, which is folded away then.
    first: Collection[int] = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=ProgrammeArea.objects.filter(is_active=True),
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )
        self.widget.template_name = "partnerships/widgets/grouped_ticks.html"

    def keep(self, chosen: list[int]) -> None:
        """Offer these as well."""
        if chosen:
            self.queryset = ProgrammeArea.objects.filter(Q(is_active=True) | Q(pk__in=chosen))
