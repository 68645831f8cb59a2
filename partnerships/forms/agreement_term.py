"""How long a paper runs: the part of a form that every paper with a term of its own has."""

from typing import Any

from django import forms

from indonesian.calendar import format_date, term_end
from institutions.fields import WholeDayField
from institutions.forms.base import VersionedForm
from partnerships.models.agreement_term import duration_words

UNTIL, OPEN_ENDED, UNKNOWN = "tanggal", "tanpa-batas", "belum"
USUAL_TERMS = (12, 24, 36, 60)
TERM_CHOICES = [
    *((str(months), duration_words(months)) for months in USUAL_TERMS),
    (UNTIL, "Sampai tanggal yang saya isi"),
    (OPEN_ENDED, "Tanpa batas waktu"),
    (UNKNOWN, "Tidak disebut atau belum diketahui"),
]


class WithTerm(VersionedForm):
    """Mixin for a form with `signed_on` and `starts_on` among its fields."""

    term = forms.ChoiceField(
        label="Jangka waktu",
        choices=TERM_CHOICES,
        widget=forms.RadioSelect,
        required=False,
        help_text="Dihitung sejak mulai berlaku sampai sehari sebelum tanggal yang sama.",
    )
    ends_on = WholeDayField(
        label="Berakhir",
        required=False,
        help_text="Isi bila naskah menyebut tanggalnya; bila kosong, dihitung dari jangka waktu.",
    )

    def offer_term(self, months: int | None) -> None:
        """A term of other length is on offer too."""
        if months and months not in USUAL_TERMS:
            term: Any = self.fields["term"]
            term.choices = [(str(months), duration_words(months)), *TERM_CHOICES]

    def settled_term(self) -> dict[str, Any]:
        """The columns that follow; an end that was typed wins over the one from the term."""
        cleaned = self.cleaned_data
        term, typed = cleaned.get("term") or UNKNOWN, cleaned.get("ends_on")
        if term == OPEN_ENDED and typed:
            self.add_error("ends_on", "Kosongkan, atau pilih “Sampai tanggal yang saya isi”.")
        if term == UNTIL and not typed and "ends_on" not in self.errors:
            self.add_error("ends_on", "Isi tanggal berakhir.")
        start = cleaned.get("starts_on") or cleaned.get("signed_on")
        months = int(term) if term.isdecimal() else None
        computed = term_end(start, months) if start and months else None
        end = None if term == OPEN_ENDED else typed or computed
        if start and end:
            # Read where the form comes back with something else to put right.
            echoed: Any = self.fields["term"]
            echoed.echo = f"Berlaku {format_date(start)} s.d. {format_date(end)}."
        return {
            "is_open_ended": term == OPEN_ENDED,
            "term_months": months,
            "end_is_typed": typed is not None and typed != computed,
            "ends_on": end,
        }


def term_choice(months: int | None, *, is_open_ended: bool, ends: bool = False) -> str:
    """The radio button that stands for a stored term."""
    if is_open_ended:
        return OPEN_ENDED
    if months:
        return str(months)
    return UNTIL if ends else UNKNOWN
