"""Forms of the verbs: what signing, renewing, amending, ending and taking back ask for.

Each stands on the paper as it was opened and hands its answers to the verb, which writes.
"""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from indonesian.calendar import format_date
from institutions.fields import WholeDayField
from institutions.forms.base import VersionedForm, plain_messages
from partnerships.forms.agreement_term import WithTerm, term_choice
from partnerships.models import FIRST_SIGNING_DAY, Agreement, LastVerb, Party
from partnerships.models.agreement_oddities import oddities
from partnerships.models.agreement_term import same_term

LONGEST_REASON = 300


class SigningDayField(WholeDayField):
    default_error_messages = {"required": "Isi tanggal tanda tangan."}

    def accept(self, read: Any) -> date:
        day = super().accept(read)
        if day < FIRST_SIGNING_DAY:
            first = format_date(FIRST_SIGNING_DAY)
            raise ValidationError(f"Tanggal tanda tangan paling awal {first}.")
        return day


class VerbForm(VersionedForm):
    """A form on a stored paper whose fields are answers to a verb, not columns."""

    instance: Agreement
    # The paper that came of it: the same one, or a new one beside it.
    outcome: Agreement

    class Meta:
        model = Agreement
        fields: list[str] = []

    def _post_clean(self) -> None:
        """Nothing is written into the row here; the verb checks all of it."""

    def record(self, *, reason: str = "") -> None:
        self.outcome = self.act()

    def act(self) -> Agreement:
        raise NotImplementedError

    @property
    def warnings(self) -> list[str]:
        return [*super().warnings, *oddities(self.outcome, self.user, timezone.localdate())]


class WithNumbers(VerbForm):
    """Mixin: the number each side gives the paper, one field per party."""

    first_fields: tuple[str, ...] = ()
    keeps_numbers = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = Agreement.objects.parties_with_names().filter(agreement=self.instance)
        self.sides: dict[str, Party] = {f"number_{i}": party for i, party in enumerate(named)}
        for name, party in self.sides.items():
            field = forms.CharField(
                label=f"Nomor dari {party}",
                max_length=Party._meta.get_field("number").max_length,
                required=False,
                initial=party.number if self.keeps_numbers else "",
                help_text="Tulis persis seperti pada naskah.",
            )
            field.error_messages |= plain_messages(name, field)
            self.fields[name] = field
        self.order_fields([*self.first_fields, *self.sides])

    @property
    def numbers(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.sides]


class SignForm(WithNumbers):
    signed_on = SigningDayField(label="Tanggal tanda tangan")
    place = forms.CharField(label="Tempat tanda tangan", max_length=120, required=False)

    first_fields = ("signed_on", "place")
    keeps_numbers = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("place", self.instance.place)

    def act(self) -> Agreement:
        cleaned = self.cleaned_data
        self.instance.sign(on=cleaned["signed_on"], place=cleaned["place"], by=self.user)
        for name, party in self.sides.items():
            if cleaned[name] != party.number:
                party.change(by=self.user, reason="Ditandatangani", number=cleaned[name])
        self.instance.refresh_search_text()
        return self.instance


class RenewForm(WithTerm, WithNumbers):
    """Three answers: two numbers and a day; the rest is proposed from the old paper."""

    signed_on = SigningDayField(
        label="Tanggal tanda tangan",
        required=False,
        help_text="Kosongkan bila belum ditandatangani; perpanjangan tersimpan sebagai draf.",
    )
    starts_on = WholeDayField(
        label="Mulai berlaku",
        required=False,
        help_text="Kosongkan bila mulai berlaku sejak ditandatangani.",
    )
    place = forms.CharField(label="Tempat tanda tangan", max_length=120, required=False)

    first_fields = ("signed_on",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        same = same_term(self.instance)
        months = same["term_months"]
        self.offer_term(months)
        self.initial.setdefault("place", self.instance.place)
        self.initial.setdefault("term", term_choice(months, is_open_ended=same["is_open_ended"]))

    def clean(self) -> dict[str, Any]:
        self.facts = self.settled_term()
        return super().clean()

    def act(self) -> Agreement:
        told = {name: self.cleaned_data[name] for name in ("signed_on", "starts_on", "place")}
        facts = self.facts | told
        return self.instance.renew(by=self.user, numbers=self.numbers, **facts)


class AmendForm(WithNumbers):
    title = forms.CharField(
        label="Yang diubah",
        max_length=300,
        help_text="Misalnya perpanjangan jangka waktu, atau perubahan ruang lingkup.",
    )
    signed_on = SigningDayField(label="Tanggal tanda tangan adendum")
    ends_on = WholeDayField(
        label="Berakhir menjadi",
        required=False,
        help_text="Kosongkan bila adendum tidak mengubah masa berlaku.",
    )

    first_fields = ("title", "signed_on", "ends_on")

    def act(self) -> Agreement:
        told = {name: self.cleaned_data[name] for name in self.first_fields}
        return self.instance.amend(by=self.user, numbers=self.numbers, **told)


class TerminateForm(VerbForm):
    terminated_on = WholeDayField(
        label="Diakhiri pada", error_messages={"required": "Isi tanggal pengakhiran."}
    )
    reason = forms.CharField(
        label="Alasan",
        max_length=LONGEST_REASON,
        help_text="Misalnya mitra bubar, atau atas kesepakatan kedua pihak.",
    )
    letter = forms.CharField(
        label="Nomor surat pengakhiran",
        max_length=120,
        required=False,
        help_text="Tulis persis seperti pada suratnya.",
    )

    def act(self) -> Agreement:
        answers = self.cleaned_data
        return self.instance.terminate(
            on=answers["terminated_on"],
            by=self.user,
            reason=answers["reason"],
            letter=answers["letter"],
        )

    @property
    def warnings(self) -> list[str]:
        day = self.instance.terminated_on
        if day is None or day <= timezone.localdate():
            return []
        return [f"Tanggal pengakhiran {format_date(day)} masih di depan; sampai hari itu berlaku."]


class UndoForm(VerbForm):
    """Says what it was opened on: in between somebody may have done something else."""

    reason = forms.CharField(
        label="Alasan", max_length=LONGEST_REASON, help_text="Alasan ini tersimpan di riwayat."
    )
    last = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, last: LastVerb | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["last"] = last.code if last else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("last") != self.initial["last"]:
            self.data = self.data.copy()
            self.data[self.add_prefix("last")] = self.initial["last"]
            raise ValidationError(
                "Yang terakhir dilakukan pada perjanjian ini berubah setelah Anda membukanya."
                " Baca lagi, lalu simpan lagi.",
                code="conflict",
            )
        return cleaned

    def act(self) -> Agreement:
        self.instance.undo(by=self.user, reason=self.cleaned_data["reason"])
        return self.instance

    @property
    def warnings(self) -> list[str]:
        return []
