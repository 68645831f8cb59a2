"""Lists of the admin in the same order on both databases."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, F, Model, QuerySet, TextField
from django.http import HttpRequest

from institutions.models import ByCodePoint


class RegisterList(ChangeList):
    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        """Rows without a value stand last, and texts go by code point."""
        wanted = super().get_ordering(request, queryset)
        return [part for each in wanted for part in in_one_order(self.model, each)]


def in_one_order(model: type[Model], column: Any) -> Iterator[Any]:
    """What to sort by; anything but the name of a column stays as it is."""
    path = column.removeprefix("-") if isinstance(column, str) else ""
    fields = fields_on(model, path) if path else []
    last = fields[-1] if fields else None
    below = last.related_model._meta.ordering if last is not None and last.is_relation else ()
    if below and all(isinstance(each, str) for each in below):
        for each in below:
            sign = "-" if column.startswith("-") != each.startswith("-") else ""
            yield from in_one_order(model, f"{sign}{path}__{each.removeprefix('-')}")
        return
    is_text = isinstance(last, CharField | TextField)
    if below or not (is_text or any(field.null for field in fields)):
        yield column
        return
    value = ByCodePoint(path) if is_text else F(path)
    yield value.desc(nulls_last=True) if column.startswith("-") else value.asc(nulls_last=True)


def fields_on(model: type[Model], path: str) -> list[Any]:
    """The fields a path of names leads over; none where one of them is no column."""
    fields: list[Any] = []
    for name in path.split("__"):
        at: Any = fields[-1].related_model if fields else model
        try:
            fields.append(at._meta.pk if name == "pk" else at._meta.get_field(name))
        except (AttributeError, FieldDoesNotExist):
            return []
    return fields
