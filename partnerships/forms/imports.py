"""An old list: the file, and the answers to what it leaves open."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from indonesian.numbers import format_number
from institutions.forms.base import PlainForm
from institutions.forms.own_unit import chooses_unit
from institutions.pickers import OwnUnitPickerField
from partnerships.documents.names import clean_name
from partnerships.imports.reading import MOST_LINES, MOST_MEGABYTES, OldList, read_list
from partnerships.imports.refusals import NotAList
from partnerships.models import Import

# So many at a time; the rest follows when these are answered.
ASKED_AT_ONCE = 50
PREFIX = "jawab"


class ListUploadForm(PlainForm, forms.Form):
    unit = OwnUnitPickerField(
        label="Unit untuk daftar tanpa kolom Unit",
        help_text="Bila daftar punya kolom Unit, kolom itulah yang dipakai.",
        required=False,
    )
    file = forms.FileField(
        label="Berkas daftar",
        help_text=(
            f"XLSX atau CSV; paling besar {MOST_MEGABYTES} MB dan"
            f" {format_number(MOST_LINES)} baris."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        max_length=300,
        allow_empty_file=True,
    )
    found: OldList

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not chooses_unit(self.user):
            del self.fields["unit"]
        else:
            self.initial.setdefault("unit", self.user.unit)

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        try:
            self.found = read_list(upload, upload.size)
        except NotAList as refused:
            raise ValidationError(str(refused), code="no_list") from refused
        return upload

    @property
    def name(self) -> str:
        return clean_name(self.cleaned_data["file"].name or "")


class AnswersForm(PlainForm, forms.Form):
    """A list of choices for each open question; what is left blank stays open."""

    def __init__(self, *args: Any, kept: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questions = [*self.open_of(kept), *self.answered_in(kept)]
        for question in questions:
            self.fields[f"{PREFIX}-{question['key']}"] = forms.ChoiceField(
                label=question["label"],
                help_text=f"{question['hint']} {concerned(question)}",
                choices=[("", "Pilih"), *question["choices"]],
                initial=kept.answers.get(question["key"], ""),
                required=False,
                error_messages={"invalid_choice": "Pilih salah satu dari daftar."},
            )

    @staticmethod
    def open_of(kept: Import) -> list[dict[str, Any]]:
        return [q for q in kept.questions if q["key"] not in kept.answers][:ASKED_AT_ONCE]

    @staticmethod
    def answered_in(kept: Import) -> list[dict[str, Any]]:
        return [q for q in kept.questions if q["key"] in kept.answers][:ASKED_AT_ONCE]

    def answers_to(self, kept: Import) -> dict[str, str]:
        """By the key of the question; one that was left blank on this page is none."""
        here = {name.partition("-")[2]: answer for name, answer in self.cleaned_data.items()}
        return {key: answer for key, answer in (kept.answers | here).items() if answer}


def concerned(question: dict[str, Any]) -> str:
    rows = question["rows"]
    first = str(question["first"])
    if rows == 1:
        return f"({first[:1].upper()}{first[1:]}.)"
    return f"({format_number(rows)} baris, mulai {first}.)"
