"""Filters by a row of reference data; what a page offers in them is read in one question."""

from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Func, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Replace
from django_filters.fields import ModelChoiceField

from institutions.forms.renderer import Select
from institutions.questions import Question
from institutions.together import loaded

# Below the label "Kanwil", without the words all of them begin with.
KANWIL_NAME = Replace("short_name", Value("Kanwil Ditjenpas "), Value(""))


class CodeField(ModelChoiceField):
    """Knows the rows it offers; a chosen one has its key and its code, the rest when asked for."""

    keys: Mapping[str, int]

    def offer(self, rows: list[tuple[str, int, str]]) -> None:
        """Rows of (code, key, label), instead of asking for them."""
        self.keys = {code: key for code, key, _ in rows}
        labels = [(code, label) for code, _, label in rows]
        self._choices = self.widget.choices = [("", self.empty_label), *labels]

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if value not in self.keys:
            message = self.error_messages["invalid_choice"]
            raise ValidationError(message, code="invalid_choice", params={"value": value})
        model = self.queryset.model
        return loaded(model, {model._meta.pk.attname: self.keys[value], "code": value})


class CodeFilter(django_filters.ModelChoiceFilter):
    """Chooses a row by its code.

    `shown` is the column `str(row)` shows, or what is shown instead; `number` and `text` are what
    the rows are ordered by, before their code.
    """

    field_class = CodeField

    def __init__(
        self, *args: Any, shown: str | Func, number: str = "", text: str = "", **kwargs: Any
    ) -> None:
        kwargs |= {"to_field_name": "code", "widget": Select}
        super().__init__(*args, **kwargs)
        self.shown, self.number, self.text = shown, number, text

    def options(self, place: int) -> QuerySet[Any]:
        """Rows of (place, number, text, code, key, label), of the same types for every filter."""
        nothing = Value("", output_field=TextField())
        return self.queryset.order_by().values_list(
            Value(place, output_field=IntegerField()),
            F(self.number) if self.number else Value(0, output_field=IntegerField()),
            Cast(self.text, TextField()) if self.text else nothing,
            Cast("code", TextField()),
            "pk",
            Cast(self.shown, TextField()),
        )


def offer_codes(form: forms.Form, filters: Mapping[str, django_filters.Filter]) -> None:
    """Read what all of the filters offer at once, and put it into their selects."""
    names = [name for name, each in filters.items() if isinstance(each, CodeFilter)]
    if not names:
        return
    if type(form) not in OFFERED:
        OFFERED[type(form)] = Question(partial(options_of, [filters[name] for name in names]))
    offered: defaultdict[int, list[tuple[str, int, str]]] = defaultdict(list)
    for place, _, _, code, key, label in sorted(OFFERED[type(form)].ask()):
        offered[place].append((code, key, label))
    for place, name in enumerate(names):
        field: Any = form.fields[name]
        field.offer(offered[place])


def options_of(filters: list[CodeFilter], _: int) -> QuerySet[Any]:
    first, *others = (each.options(place) for place, each in enumerate(filters))
    # Not a union of different rows: what is compared would need one collation on PostgreSQL.
    return first.union(*others, all=True)


# By the class of the form, which is made once for each list.
OFFERED: dict[type[forms.Form], Question] = {}
