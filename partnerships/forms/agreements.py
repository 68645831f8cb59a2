"""The form of an agreement, in the order of the paper."""

from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property

from indonesian.calendar import format_date
from institutions.forms.base import field_for
from institutions.forms.own_unit import WithOwnUnit, chooses_unit
from institutions.forms.parts import PartFormSet, RootForm
from institutions.models import Unit
from institutions.pickers import Picked
from partnerships.forms.agreement_term import WithTerm, term_choice
from partnerships.forms.areas import AreasField
from partnerships.forms.parties import PartyFormSet, PartyRows, first_sides
from partnerships.models import FIRST_SIGNING_DAY, Agreement, Partner, ProgrammeArea, Stage
from partnerships.models.agreement_oddities import oddities
from partnerships.models.agreement_term import term_words
from partnerships.pickers import AgreementPickerField
from partnerships.proposals import ProposedAreas, areas_of_unit, usual_areas

UNSIGNED_STAGES = [(code, label) for code, label in Stage.choices if code != Stage.SIGNED]
LONGEST_NOTICE_DAYS = 3650
# The button that shows the page again with what is usual with the partner chosen meanwhile.
PROPOSE = "usulan"
# What the form folds away: most papers are recorded without it.
REST = (
    "scope",
    "funding",
    "renewal_clause",
    "notice_days",
    "parent",
    "replaces",
    "wording_in_source",
    "internal_contact",
    "notes",
)


class AgreementForm(WithTerm, WithOwnUnit, RootForm):
    instance: Agreement

    areas = AreasField(label="Bidang", required=False, help_text="Boleh lebih dari satu.")
    stage = forms.ChoiceField(
        label="Tahap",
        choices=UNSIGNED_STAGES,
        initial=Stage.DRAFTING,
        required=False,
        help_text="Hanya bila belum ditandatangani.",
    )
    parent = AgreementPickerField(
        label="Naskah payung",
        required=False,
        help_text="Nota Kesepahaman atau Nota Kesepakatan yang menaungi perjanjian ini.",
    )
    replaces = AgreementPickerField(
        label="Memperpanjang",
        required=False,
        help_text="Perjanjian lama yang dilanjutkan oleh yang ini.",
    )
    notice_days = forms.IntegerField(
        label="Batas pemberitahuan perpanjangan (hari sebelum berakhir)",
        required=False,
        min_value=1,
        max_value=LONGEST_NOTICE_DAYS,
    )

    class Meta:
        model = Agreement
        fields = [
            "unit",
            "kind",
            "title",
            "signed_on",
            "signed_text",
            "place",
            "starts_on",
            *REST,
        ]
        formfield_callback = field_for
        help_texts = {
            "title": "Pokok perjanjian seperti pada naskah, tanpa kata “tentang”.",
            "starts_on": "Kosongkan bila mulai berlaku sejak ditandatangani.",
            "internal_contact": "Nama atau jabatan di unit Anda; hanya terlihat oleh unit Anda.",
            "notes": "Hanya terlihat oleh unit Anda dan unit di atasnya.",
        }

    field_order = ["unit", "kind", "title", "signed_on", "signed_text", "place", "stage"]
    starred = ("title", "signed_on", "term", "areas")
    compared = ("stage", "term", "ends_on", "areas")
    formset_classes: ClassVar[dict[str, type[PartFormSet]]] = {"parties": PartyFormSet}

    def __init__(
        self,
        *args: Any,
        partner: Partner | None = None,
        before: Agreement | None = None,
        parent: Agreement | None = None,
        **kwargs: Any,
    ) -> None:
        """`before` is the paper recorded just now, whose day, place and term are kept."""
        self.partner = partner
        agreement = kwargs.get("instance")
        if agreement is not None:
            kwargs["initial"] = stored_facts(agreement)
        elif before is not None:
            kwargs["initial"] = kept_facts(before)
        elif parent is not None:
            kwargs["initial"] = {"parent": parent}
        super().__init__(*args, **kwargs)
        cast(AreasField, self.fields["areas"]).keep(self.initial.get("areas", []))
        self.is_new = agreement is None
        if agreement is not None:
            self.offer_stored_term(agreement)
        else:
            self.propose_areas()

    @property
    def parties(self) -> PartyRows:
        return cast(PartyRows, self.formsets["parties"])

    def formset_options(self, prefix: str) -> dict[str, Any]:
        if self.is_bound or self.instance.pk:
            return {}
        own = None if chooses_unit(self.user) else self.user.unit
        return {"initial": first_sides(own, self.partner, self.user)}

    def propose_areas(self) -> None:
        """Tick what is usual with a partner that the page does not know yet, if nothing is."""
        if self.is_paused:
            rows = [row for row in self.parties.forms if row.propose_on_page()]
            if rows and "areas" not in self.data and self.proposed_areas:
                self.data.setlist("areas", [str(key) for key in self.proposed_areas.keys])
        elif not self.is_bound and self.proposed_areas and not self.initial.get("areas"):
            self.initial["areas"] = self.proposed_areas.keys

    @cached_property
    def proposed_areas(self) -> ProposedAreas | None:
        """What is usual with the first partner that is named."""
        row = self.partner_row
        found = usual_areas(row.named, self.user) if row else None
        return found if found and found.keys else None

    @property
    def partner_row(self) -> Any:
        return next((row for row in self.parties.forms if isinstance(row.named, Partner)), None)

    @property
    def arranged_areas(self) -> forms.BoundField:
        """The areas, first of all those that are ticked, usual with the partner or in the unit."""
        field = cast(AreasField, self.fields["areas"])
        ticked = {str(key) for key in self["areas"].value() or ()}
        proposed = self.proposed_areas if self.is_new or not ticked else None
        usual = proposed.keys if proposed else []
        if self.is_new and proposed and ticked == {str(key) for key in usual}:
            field.help_text = (
                f"Dicentang menurut {proposed.source}. Cocokkan dengan naskah dan ubah bila perlu."
            )
        elif not proposed and not ticked and self.user.unit:
            usual = areas_of_unit(self.user.unit)
        if self.data.get("tambah") == PROPOSE and not proposed:
            field.help_text = "Belum ada usulan. Pilih mitranya di atas, atau centang sendiri."
        field.first = {*usual, *(int(key) for key in ticked if key.isdecimal())}
        return self["areas"]

    @property
    def can_propose(self) -> bool:
        """Whether a partner may have been chosen since the page was made."""
        row = self.partner_row
        return self.is_new and (row is None or not row.knows_partner)

    def offer_stored_term(self, agreement: Agreement) -> None:
        """A term of other length stays on offer, and the end that follows from it is shown."""
        self.offer_term(agreement.term_months)
        if agreement.ends_on and agreement.start:
            term = cast(Any, self.fields["term"])
            term.echo = f"Tersimpan: berlaku {term_words(agreement)}."

    def clean_signed_on(self) -> date | None:
        day = self.cleaned_data["signed_on"]
        if day is not None and day < FIRST_SIGNING_DAY:
            first = format_date(FIRST_SIGNING_DAY)
            raise ValidationError(f"Tanggal tanda tangan paling awal {first}.")
        return day

    def clean_replaces(self) -> Agreement | None:
        replaced = self.cleaned_data["replaces"]
        if replaced is not None:
            others = replaced.successors.current().exclude(pk=self.instance.pk)
            if others.exists():
                raise ValidationError("Perjanjian itu sudah diperpanjang oleh perjanjian lain.")
        return replaced

    def clean(self) -> dict[str, Any]:
        self.settle_stage()
        self.settle_term()
        self.settle_parties()
        return super().clean()

    def keeper(self) -> Unit | None:
        """The unit that will keep the record; None while it is not chosen."""
        if "unit" in self.fields:
            return self.cleaned_data.get("unit")
        return self.instance.unit if self.instance.unit_id else self.user.unit

    def settle_stage(self) -> None:
        signed = self.cleaned_data.get("signed_on") or self.cleaned_data.get("signed_text")
        typed = self.cleaned_data.get("stage") or Stage.DRAFTING
        self.instance.stage = Stage.SIGNED if signed else typed

    def settle_term(self) -> None:
        for column, value in self.settled_term().items():
            setattr(self.instance, column, value)

    def settle_parties(self) -> None:
        """One party once; and something to find the record by again."""
        keeper, rows = self.keeper(), self.parties.standing()
        sides: list[Any] = []
        for row in rows:
            if row.is_keeper:
                row.instance.unit = keeper
            if row.instance.pk is None:
                row.propose_signatory(self.cleaned_data.get("signed_on"))
            if row.side is not None and row.side in sides:
                row.add_error("who", f"{row.side} sudah menjadi pihak di baris lain.")
            sides.append(row.side)
        named = any(row.errors or row.side not in (None, keeper) for row in rows)
        if not named and not self.cleaned_data.get("title") and "title" not in self.errors:
            self.add_error("title", "Isi pokok perjanjian, atau pilih mitranya di Para pihak.")

    def is_valid(self) -> bool:
        # Rows are checked before the form, and may be refused because of it.
        return super().is_valid() and self.parties.is_valid()

    def record(self, *, reason: str = "") -> None:
        super().record(reason=reason)
        self.instance.set_links(
            "area_links", "area", self.cleaned_data["areas"], by=self.user, reason=reason
        )

    @property
    def shows_rest(self) -> bool:
        """Whether the folded part of the form has something to show."""
        if self.is_bound and self.data.get("cari") in REST:
            return True
        return any(self[name].errors or is_filled(self[name].value()) for name in REST)

    @property
    def shows_unsigned(self) -> bool:
        """Whether the part on papers without a day of signing has something to show."""
        if self["signed_text"].errors or self["stage"].errors or self["signed_text"].value():
            return True
        return self["stage"].value() not in (None, "", Stage.DRAFTING)

    @property
    def shows_start(self) -> bool:
        return bool(self["starts_on"].errors or self["starts_on"].value())

    @property
    def warnings(self) -> list[str]:
        odd = oddities(self.instance, self.user, timezone.localdate())
        return [*super().warnings, *odd, *self.areas_left_blank()]

    def areas_left_blank(self) -> list[str]:
        """A partner chosen on this very page is usual in areas that the page could not tick."""
        row, proposed = self.partner_row, self.proposed_areas
        if not self.is_new or self.cleaned_data["areas"] or proposed is None or row.knows_partner:
            return []
        areas = ProgrammeArea.objects.filter(pk__in=proposed.keys)
        labels = ", ".join(area.label for area in areas)
        return [f"Bidang belum dipilih. Menurut {proposed.source}: {labels}."]


def is_filled(value: Any) -> bool:
    if isinstance(value, Picked):
        return bool(value.chosen or value.query)
    return value not in (None, "")


def stored_facts(agreement: Agreement) -> dict[str, Any]:
    """What the fields that are no columns of their own show for a stored agreement."""
    term = term_choice(
        agreement.term_months,
        is_open_ended=agreement.is_open_ended,
        ends=agreement.ends_on is not None,
    )
    computed = agreement.term_months and not agreement.end_is_typed
    return {
        "stage": "" if agreement.stage == Stage.SIGNED else agreement.stage,
        "term": term,
        "ends_on": None if computed else agreement.ends_on,
        "areas": [link.area_id for link in agreement.area_links.all()],
    }


def kept_facts(before: Agreement) -> dict[str, Any]:
    """What papers signed at one table have in common."""
    facts = stored_facts(before)
    return {
        "unit": before.unit_id,
        "kind": before.kind,
        **{name: getattr(before, name) for name in ("signed_on", "signed_text", "place")},
        **{name: getattr(before, name) for name in ("starts_on", "parent")},
        **{name: facts[name] for name in ("stage", "term", "ends_on", "areas")},
    }
