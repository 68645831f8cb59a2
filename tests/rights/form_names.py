"""What forms take: the names on a page, the fields that choose a row, and every column there is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.apps import apps
from django.db import models
from django.test import Client

from institutions.admin.choices import RowField
from institutions.pickers import PickerField
from tests.rights.permission_world import World

NAMES = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\sname="([^"]+)"', re.S)
PREFIXES = re.compile(r"(\w+)-TOTAL_FORMS")


def names_on(page: str) -> set[str]:
    """Every name the page offers to send; a picker offers its choice along with its search."""
    found = set(NAMES.findall(page))
    return found | {name.removesuffix("-q") for name in found if name.endswith("-q")}


def prefixes_on(page: str) -> list[str]:
    return sorted(set(PREFIXES.findall(page)))


def columns() -> dict[str, "models.Field[Any, Any]"]:
    """Every column of every model, by name and by the name of its key."""
    found: dict[str, models.Field[Any, Any]] = {}
    for model in apps.get_models():
        if model._meta.app_label in {"institutions", "partnerships"}:
            for column in (*model._meta.concrete_fields, *model._meta.many_to_many):
                found.setdefault(column.name, column)
                found.setdefault(column.attname, column)
    return found


def hostile_value(column: "models.Field[Any, Any]", world: World) -> str:
    """Something the column would take, and that no record of the world has there."""
    if isinstance(column, models.ForeignKey | models.ManyToManyField):
        rows = column.related_model._default_manager.order_by("-pk")
        return str(rows.values_list("pk", flat=True).first() or 1)
    if column.choices:
        return str(column.flatchoices[-1][0])
    values: dict[type, str] = {
        models.BooleanField: "False" if column.name == "is_active" else "on",
        models.DateTimeField: "2024-02-01 10:00",
        models.DateField: "2024-02-01",
        models.TimeField: "09:00",
        models.JSONField: "{}",
        models.EmailField: "titipan@contoh.id",
        models.URLField: "https://contoh.id/titipan",
        models.IntegerField: "7",
        models.AutoField: "7",
    }
    fits = [value for kind, value in values.items() if isinstance(column, kind)]
    return fits[0] if fits else "titipan"


@dataclass(frozen=True)
class Choice:
    """A field of a form that chooses a row, under the name it is sent by."""

    name: str
    field: str
    form: str
    model: type[models.Model]
    takes_many: bool


def forms_in(client: Client, address: str) -> tuple[Any, list[Any]]:
    """The form on the page and its formsets, on pages and in the admin alike."""
    context = client.get(address).context
    if "adminform" in context:
        inlines = context["inline_admin_formsets"]
        return context["adminform"].form, [inline.formset for inline in inlines]
    form = context["form"]
    return form, list(getattr(form, "formsets", {}).values())


def choices_in(form: Any, formsets: list[Any]) -> Iterator[Choice]:
    """Every foreign key of a form and of one more row of each formset."""
    yield from choices_of(form, "")
    for formset in formsets:
        yield from choices_of(formset.empty_form, f"{formset.prefix}-0-")


def choices_of(form: Any, prefix: str) -> Iterator[Choice]:
    for name, field in form.fields.items():
        # The key of a row is no choice; it is asked for apart.
        model = chosen_model(field) if name != "id" else None
        if model is not None and not field.disabled:
            many = isinstance(field, forms.ModelMultipleChoiceField)
            yield Choice(f"{prefix}{name}", name, type(form).__name__, model, many)


def chosen_model(field: forms.Field) -> type[models.Model] | None:
    if isinstance(field, RowField):
        return field.picker.rows().model
    if isinstance(field, PickerField):
        return field.rows().model
    if isinstance(field, forms.models.InlineForeignKeyField):
        return None
    return field.queryset.model if isinstance(field, forms.ModelChoiceField) else None
