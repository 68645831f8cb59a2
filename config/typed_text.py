"""What somebody typed, readable and ready to be sent again, without asking the database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.choices import flatten_choices

from institutions.forms.base import PlainForm
from institutions.pickers import NEW, PickerField

SECRET = re.compile(r"passw|sandi|passphrase|secret", re.IGNORECASE)
# Of these the browser sends back what the page told it; nobody typed them.
UNTYPED = re.compile(
    r"csrfmiddlewaretoken|submit_token|(.+-)?(version|id|next|cari|tambah|proposed_for)"
    r"|.+-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS|.+-shown|_\w+"
)
# The longest name of ours has 40 letters; a longer one is nobody's, and is not looked into.
LONGEST_NAME = 200
SEARCHED = "-q"


@dataclass(frozen=True)
class Shown:
    label: str
    values: list[str]


@dataclass(frozen=True)
class Wanted:
    """Something the page does not give back: a password, or a file of that name."""

    name: str
    label: str
    file_names: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class TypedText:
    """`fields` is all of it in the order it came; `shown` is what a person would call theirs."""

    fields: list[tuple[str, str]]
    shown: list[Shown]
    passwords: list[Wanted]
    files: list[Wanted]


def typed_text(request: HttpRequest) -> TypedText:
    """Raises what reading the body raises."""
    reader = Reader(model_at(request.path_info))
    sent = [(name, request.POST.getlist(name)) for name in request.POST]
    secret = [name for name, _ in sent if reader.is_secret(name)]
    kept = [(name, values) for name, values in sent if name not in secret]
    files = {
        name: [str(file.name) for file in request.FILES.getlist(name)] for name in request.FILES
    }
    for name, names in getattr(request, "files_left_out", {}).items():
        files.setdefault(name, []).extend(names)
    return TypedText(
        fields=[(n, value) for n, values in kept if n != "csrfmiddlewaretoken" for value in values],
        shown=[shown for name, values in kept if (shown := reader.shown(name, values)).values],
        passwords=[Wanted(name, reader.label(name)) for name in secret],
        files=[Wanted(name, reader.label(name), names) for name, names in files.items()],
    )


def model_at(path: str) -> type[Model] | None:
    """The model a page is about, by the name of its route: `agreement_edit`, admin or not."""
    try:
        name = resolve(path).url_name or ""
    except Resolver404:
        return None
    noun = name.rpartition("_")[0].rpartition("_")[2]
    return next((model for model in apps.get_models() if model._meta.model_name == noun), None)


class Reader:
    """Finds the words for what a form sent: its own fields, else the columns of its model."""

    def __init__(self, model: type[Model] | None) -> None:
        self.model = model
        self.forms = list(form_classes(PlainForm))

    def is_secret(self, name: str) -> bool:
        found = self.field(name)
        widget = found.widget if found else None
        return isinstance(widget, forms.PasswordInput) or bool(SECRET.search(name))

    def shown(self, name: str, values: list[str]) -> Shown:
        if len(name) <= LONGEST_NAME and UNTYPED.fullmatch(name):
            return Shown("", [])
        column = column_of(*self.place_of(name)[:2])
        found = self.field(name) or form_field(column)
        codes = {str(code): str(label) for code, label in getattr(column, "flatchoices", ())}
        words = (in_words(found, name, value) for value in values if value)
        return Shown(self.label(name), [codes.get(word, word) for word in words])

    def label(self, name: str) -> str:
        model, column, row = self.place_of(name)
        found = self.field(name)
        label = str(found.label or "") if found else ""
        if not label and model:
            label = str(getattr(column_of(model, column), "verbose_name", ""))
        label = label or "Isian lain"
        noun = str(model._meta.verbose_name) if model and row else ""
        label = f"{noun} {row}: {label}" if noun else label
        return label[:1].upper() + label[1:]

    def field(self, name: str) -> forms.Field | None:
        """The form field of that name, of a form on this model before any other."""
        model, column, _ = self.place_of(name)
        about = (form for form in self.forms if model and model_of(form) is model)
        others = (form for form in self.forms if model_of(form) is None)
        for form in (*about, *others):
            if found := getattr(form, "base_fields", {}).get(column):
                return found
        return None

    def place_of(self, name: str) -> tuple[type[Model] | None, str, int]:
        """The model and the column a name stands for, and which row of a list, from 1 on."""
        name = name.removesuffix(SEARCHED)
        prefix, number, column = row_of(name)
        if number is None:
            return self.model, name, 0
        rows: Any = column_of(self.model, prefix)
        return getattr(rows, "related_model", None), column, number + 1


def row_of(name: str) -> tuple[str, int | None, str]:
    """people-0-name as people, 0 and name; no number where it is not of that form."""
    parts = name[:LONGEST_NAME].split("-")
    if len(parts) == 3 and len(name) <= LONGEST_NAME and re.fullmatch(r"[0-9]{1,4}", parts[1]):
        return parts[0], int(parts[1]), parts[2]
    return "", None, ""


def form_classes(form: type[Any]) -> Iterator[type[Any]]:
    """Every form written down below this one; Django makes more of them while it answers."""
    for below in form.__subclasses__():
        if not below.__module__.startswith("django."):
            yield below
        yield from form_classes(below)


def model_of(form: Any) -> type[Model] | None:
    return getattr(getattr(form, "_meta", None), "model", None)


def column_of(model: type[Model] | None, name: str) -> Any:
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def form_field(column: Any) -> forms.Field | None:
    """What a column is asked for with where no form of ours says more, as in the admin."""
    return column.formfield() if isinstance(column, Field) else None


def in_words(found: forms.Field | None, name: str, value: str) -> str:
    """A value as the page showed it; of a row that was picked, that it was."""
    if name.endswith(SEARCHED):
        return value
    if isinstance(found, forms.BooleanField):
        return "ya"
    if isinstance(found, PickerField):
        return "baru" if value == NEW else "sudah Anda pilih"
    if isinstance(found, forms.ModelChoiceField):
        # Its choices are rows of the database.
        return "sudah Anda pilih"
    if isinstance(found, forms.ChoiceField):
        choices: Any = found.choices
        return str(dict(flatten_choices(choices)).get(value, value))
    return value
