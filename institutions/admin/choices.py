"""Foreign keys in the Django admin: they offer and accept what the pickers of the pages do."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, ClassVar

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Field, ForeignKey, Model, Q, QuerySet
from django.db.models.options import Options
from django.forms.models import ModelChoiceIterator
from django.http import HttpRequest

from institutions.fields import DATE_HINT, DateTextInput, ReadDateField, WholeDayField
from institutions.forms.own_unit import chooses_unit
from institutions.models import User
from institutions.pickers import Option, OwnUnitPickerField, PickerField


def in_one_line(option: Option) -> str:
    return f"{option.label} · {option.hint}" if option.hint else option.label


def for_user(picker: PickerField, user: Any) -> PickerField:
    """A copy of the picker that offers what this user may choose."""
    bound = deepcopy(picker)
    bound.user = user
    return bound


class RowSelect(AutocompleteSelect):
    """Suggestions while typing; draws the chosen row only, and only if the user may choose it."""

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> list[Any]:
        field: RowField = self.choices.field
        chosen = [row for key in value if (row := field.find(key)) is not None]
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options += [
            self.create_option(name, row.pk, field.label_from_instance(row), True, index)
            for index, row in enumerate(chosen, start=len(options))
        ]
        return [(None, options, 0)]


class SeenRows(ModelChoiceIterator):
    """The rows looked at so far; nobody ever runs through a whole table of partners."""

    field: "RowField"

    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        for row in self.field.seen.values():
            yield self.choice(row)


class RowField(forms.ModelChoiceField):
    """One row chosen by its picker; another unit's id reads as a missing one."""

    iterator = SeenRows

    def __init__(self, *, picker: PickerField, **kwargs: Any) -> None:
        self.seen: dict[str, Model] = {}
        super().__init__(**kwargs)
        self.picker = picker

    def __deepcopy__(self, memo: Any) -> "RowField":
        copied = super().__deepcopy__(memo)
        copied.picker, copied.seen = deepcopy(self.picker, memo), {}
        return copied

    def bind(self, user: User, current: Model | None) -> None:
        self.picker.user, self.picker.current = user, current
        if current is not None:
            self.seen[str(current.pk)] = current

    def find(self, key: Any) -> Model | None:
        key = str(key)
        if key not in self.seen and (row := self.picker.find(key)) is not None:
            self.seen[key] = row
        return self.seen.get(key)

    def label_from_instance(self, row: Model) -> str:
        return in_one_line(self.picker.describe(row))

    def to_python(self, value: Any) -> Model | None:
        if value in self.empty_values:
            return None
        row = self.find(value)
        if row is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return row


class ChoosesRows(BaseModelAdmin):
    """Mixin of admins and inlines: every foreign key names where its rows come from.

    `pickers` suggest while typing; `lists` are short enough for a drop-down list. `addable` names
    the keys whose row may be added in a window of its own.
    """

    pickers: ClassVar[Mapping[str, PickerField]] = {}
    lists: ClassVar[Mapping[str, Callable[[User], QuerySet[Any]]]] = {}
    addable: ClassVar[frozenset[str]] = frozenset()
    opts: "Options[Any]"
    admin_site: AdminSite

    formfield_overrides = {
        models.DateField: {"form_class": WholeDayField, "widget": DateTextInput},
        models.TimeField: {"widget": forms.TimeInput(format="%H.%M")},
        models.URLField: {
            "assume_scheme": "https",
            "widget": forms.URLInput(attrs={"class": "vURLField"}),
        },
    }

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, ReadDateField) and not field.help_text:
            field.help_text = DATE_HINT
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            wrapper = field.widget
            wrapper.can_add_related &= db_field.name in self.addable
            wrapper.can_change_related = wrapper.can_view_related = False
            wrapper.can_delete_related = False
        return field

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: Any, **kwargs: Any
    ) -> Any:
        if db_field.name not in self.pickers:
            rows = self.lists[db_field.name](request.user)
            return super().formfield_for_foreignkey(db_field, request, queryset=rows, **kwargs)
        return db_field.formfield(
            form_class=RowField,
            picker=self.pickers[db_field.name],
            queryset=db_field.remote_field.model._base_manager.none(),
            widget=RowSelect(db_field, self.admin_site),
        )


def choose_rows(form: forms.BaseForm, instance: Model, user: User) -> None:
    """Tell the row fields of a form who chooses, and keep on offer what the row already has."""
    for name, field in form.fields.items():
        if not isinstance(field, forms.ModelChoiceField):
            continue
        key = getattr(instance, f"{name}_id", None)
        if isinstance(field, RowField):
            field.bind(user, getattr(instance, name) if key else None)
            if isinstance(field.picker, OwnUnitPickerField) and instance._state.adding:
                form.initial.setdefault(name, home_unit(user))
        elif key and field.queryset is not None:
            offered = Q(pk__in=field.queryset.values("pk")) | Q(pk=key)
            field.queryset = field.queryset.model._base_manager.filter(offered)


def home_unit(user: User) -> int | None:
    """The unit a new record starts with: the own one, unless there are many below it."""
    return None if chooses_unit(user) else user.unit_id
