"""Programme areas as ticks under the heading of their group."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.models import ModelChoiceIterator

from institutions.fields import RowsField
from partnerships.models import ProgrammeArea


class GroupedAreas(ModelChoiceIterator):
    """Choices by group; the groups stand in the order of their first area."""

    def __iter__(self) -> Iterator[Any]:
        groups: dict[str, list[Any]] = {}
        for area in self.queryset:
            groups.setdefault(area.group, []).append(self.choice(area))
        yield from groups.items()


class AreasField(RowsField):
    """The areas on offer; those already chosen stay on offer even when withdrawn since."""

    iterator = GroupedAreas

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
