"""The sides of an agreement, one row each: who, under which number, signed by whom."""

from datetime import date
from typing import Any

from institutions.forms.base import RecordForm, field_for
from institutions.forms.parts import PartFormSet, rows_of
from institutions.models import Unit
from institutions.pickers import Option, Picked
from partnerships.forms.new_partner import WithNewPartner
from partnerships.models import Agreement, Partner, Party
from partnerships.pickers import SidePickerField

MOST_PARTIES = 20
# Stands for the unit that keeps the record, where the user still has to choose that unit.
KEEPER = "pencatat"


class PartyPickerField(SidePickerField):
    """A partner, a unit, or "unit pencatat" before it is known which unit that is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.offers_keeper = False

    def keeper_option(self) -> Option:
        return Option(KEEPER, "Unit pencatat", "unit yang Anda pilih di atas")

    def options_for(self, picked: Picked) -> tuple[list[Option], str]:
        if picked.chosen != KEEPER or not self.offers_keeper:
            return super().options_for(picked)
        options, note = super().options_for(Picked(picked.query, ""))
        return [self.keeper_option(), *options], note

    def clean(self, value: Picked) -> Any:
        if value.chosen == KEEPER and self.offers_keeper:
            return KEEPER
        return super().clean(value)


class PartyForm(WithNewPartner, RecordForm):
    instance: Party
    partner_field = "who"
    starred = ("who",)
    # Who was put in as signatory without being typed.
    proposed = ""

    who = PartyPickerField(
        label="Pihak",
        help_text="Mitra atau unit lain. Tulis namanya, tekan Cari, lalu pilih.",
        error_messages={"required": "Pilih pihaknya, atau tandai “Hapus baris ini”."},
    )

    class Meta:
        model = Party
        fields = ["number", "signatory_name", "signatory_position"]
        formfield_callback = field_for

    field_order = ["who", "new_name", "new_kind", "new_regency", *Meta.fields]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None and instance.pk:
            kwargs["initial"] = {"who": instance.who, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        who = cleaned.get("who")
        self.instance.unit = who if isinstance(who, Unit) else None
        self.instance.partner = who if isinstance(who, Partner) else None
        return cleaned

    @property
    def is_keeper(self) -> bool:
        return self.cleaned_data.get("who") == KEEPER

    @property
    def side(self) -> Unit | Partner | None:
        """Who stands in this row; the new partner while it is not recorded yet."""
        return self.instance.who or self.new_partner

    def propose_signatory(self, day: date | None) -> None:
        """Who was head of the unit that day signed, where the form says nothing else."""
        party = self.instance
        if party.unit is None or day is None or party.signatory_name or party.signatory_position:
            return
        head = party.unit.officeholders.heads().in_office_on(day).first()
        if head is not None:
            party.signatory_name = head.full_name[:150]
            party.signatory_position = f"{head.acting_mark} {head.position}".strip()[:150]
            self.proposed = f"{party.signatory_name}, {party.signatory_position}"

    @property
    def warnings(self) -> list[str]:
        if not self.proposed:
            return super().warnings
        return [
            *super().warnings,
            f"Penanda tangan {self.instance.unit} diisi dari daftar pejabat: {self.proposed}."
            " Ubah bila naskahnya menyebut orang lain.",
        ]

    def record(self, *, reason: str = "") -> None:
        if self.new_partner is not None:
            self.instance.partner = self.record_new_partner()
        super().record(reason=reason)


class PartyRows(PartFormSet):
    """On a new agreement two rows stand open: the own side and the partner's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra = 0 if self.instance.pk else 2

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if index is None:
            return
        form.fields["who"].offers_keeper = index == 0 and self.instance.pk is None
        if form.instance.pk is None:
            form.instance.order = index + 1

    def shown_rows(self, rows: Any) -> Any:
        sides = ("unit__regency", "unit__province", "partner__regency", "partner__province")
        return rows.select_related(*sides)

    def standing(self) -> list[PartyForm]:
        """Rows that will stand after saving, whether or not they are in order yet."""
        return [
            row
            for row in self.forms
            if (row.instance.pk or row.has_changed()) and not row.cleaned_data.get("DELETE")
        ]


PartyFormSet = rows_of(
    Agreement,
    Party,
    PartyForm,
    PartyRows,
    max_num=MOST_PARTIES,
    absolute_max=MOST_PARTIES,
    validate_max=True,
)


def first_sides(unit: Unit | None, partner: Partner | None) -> list[dict[str, Any]]:
    """The rows a new agreement opens with: the own side, and the partner where it is known."""
    return [{"who": unit or KEEPER}, {"who": partner}]
