"""The sides of an agreement, one row each: who, under which number, signed by whom."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.functional import cached_property

from indonesian.calendar import format_date
from institutions.forms.base import RecordForm, field_for
from institutions.forms.parts import PartFormSet, rows_of
from institutions.models import Unit, User
from institutions.pickers import Option, Picked
from partnerships.forms.new_partner import WithNewPartner
from partnerships.models import Agreement, Partner, Party
from partnerships.pickers import SidePickerField
from partnerships.proposals import last_signatory

MOST_PARTIES = 20
SIGNATORY = ("signatory_name", "signatory_position")
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

    def label_of(self, value: Any) -> str:
        chosen = value.chosen if isinstance(value, Picked) else value
        return self.keeper_option().label if chosen == KEEPER else super().label_of(value)

    def clean(self, value: Picked) -> Any:
        if value.chosen == KEEPER and self.offers_keeper:
            return KEEPER
        return super().clean(value)


class PartyForm(WithNewPartner, RecordForm):
    instance: Party
    data: Any
    partner_field = "who"
    starred = ("who",)
    # Who was put in as signatory without being typed or shown, and where that was found.
    proposed = ""
    proposed_from = ""

    who = PartyPickerField(
        label="Pihak",
        help_text="Mitra atau unit lain. Tulis namanya, tekan Cari, lalu pilih.",
        error_messages={"required": "Pilih pihaknya, atau tandai “Hapus baris ini”."},
    )
    # For whom the page proposed a signatory: whoever clears it does not get it back.
    proposed_for = forms.Field(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Party
        fields = ["number", *SIGNATORY]
        formfield_callback = field_for

    field_order = ["who", "new_name", "new_kind", "new_regency", *Meta.fields]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None and instance.pk:
            kwargs["initial"] = {"who": instance.who, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["proposed_for"]

    @property
    def picker(self) -> PartyPickerField:
        return cast(PartyPickerField, self.fields["who"])

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

    @cached_property
    def named(self) -> Unit | Partner | None:
        """Who is chosen so far, whether or not the rest is in order."""
        picked = self["who"].value()
        key = picked.chosen if isinstance(picked, Picked) else self.picker.key_of(picked)
        return cast(Unit | Partner | None, self.picker.find(key))

    @property
    def settled(self) -> str:
        """Who is chosen, in words, where nobody is being searched for; else blank."""
        picked = self["who"].value()
        is_searching = self.data.get("cari") == self.add_prefix("who")
        if is_searching or self["who"].errors or (isinstance(picked, Picked) and picked.unanswered):
            return ""
        return self.picker.label_of(picked)

    @property
    def is_ours(self) -> bool:
        """Whether a unit stands in this row, whose heads are known by day."""
        return isinstance(self.named, Unit) or self["who"].value() == KEEPER

    @cached_property
    def proposal(self) -> Party | None:
        """Whose signature the page proposes: that of the partner's last paper."""
        shown_for = self["proposed_for"].value() if "proposed_for" in self.fields else ""
        side = self.picker.find(str(shown_for or ""))
        return last_signatory(side, self.user) if isinstance(side, Partner) else None

    @property
    def knows_partner(self) -> bool:
        """Whether the page has shown what is usual with whoever is chosen."""
        return bool(self["proposed_for"].value() == self.picker.key_of(self.named))

    @property
    def stands_as_proposed(self) -> bool:
        return self.proposal is not None and all(
            self[name].value() == getattr(self.proposal, name) for name in SIGNATORY
        )

    @property
    def opens_signatory(self) -> bool:
        """Whether the folded part has something a person wrote, or is wrong."""
        if self.instance.pk or any(self[name].errors for name in SIGNATORY):
            return True
        return not self.stands_as_proposed and any(self[name].value() for name in SIGNATORY)

    def propose_on_page(self) -> bool:
        """Put the signatory into a page that is shown again; whether its partner is new there."""
        partner = self.named
        if not isinstance(partner, Partner) or self.instance.pk or self.knows_partner:
            return False
        if self.stands_as_proposed or not any(self[name].value() for name in SIGNATORY):
            for name, text in signatory_of(partner, self.user).items():
                self.data[self.add_prefix(name)] = text
        self.data[self.add_prefix("proposed_for")] = self.picker.key_of(partner)
        self.__dict__.pop("proposal", None)
        return True

    def propose_signatory(self, day: date | None) -> None:
        """Who signed for this side that day, where neither the form nor its page said a name."""
        party, was_shown = self.instance, self.knows_partner and self.named is not None
        if not was_shown and self.stands_as_proposed:
            # Proposed for a partner who was then changed for another.
            party.signatory_name = party.signatory_position = ""
        if day is None or was_shown or party.signatory_name or party.signatory_position:
            return
        if party.unit is not None:
            self.take_head(party.unit, day)
        elif party.partner is not None:
            self.take_last_signatory(party.partner, day)

    def take_head(self, unit: Unit, day: date) -> None:
        head = unit.officeholders.heads().in_office_on(day).first()
        if head is not None:
            position = f"{head.acting_mark} {head.position}".strip()
            self.take_signatory(head.full_name, position, "daftar pejabat")

    def take_last_signatory(self, partner: Partner, day: date) -> None:
        last = last_signatory(partner, self.user, until=day)
        if last is not None:
            source = f"perjanjian {format_date(cast(date, last.agreement.signed_on))}"
            self.take_signatory(last.signatory_name, last.signatory_position, source)

    def take_signatory(self, name: str, position: str, source: str) -> None:
        self.instance.signatory_name, self.instance.signatory_position = name[:150], position[:150]
        self.proposed, self.proposed_from = ", ".join(filter(None, (name, position))), source

    @property
    def warnings(self) -> list[str]:
        if not self.proposed:
            return super().warnings
        return [
            *super().warnings,
            f"Penanda tangan {self.instance} diisi dari {self.proposed_from}: {self.proposed}."
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


def first_sides(unit: Unit | None, partner: Partner | None, user: User) -> list[dict[str, Any]]:
    """The rows a new agreement opens with: the own side, and the partner where it is known."""
    own: dict[str, Any] = {"who": unit or KEEPER}
    if partner is None:
        return [own, {"who": None}]
    proposed_for = SidePickerField().key_of(partner)
    return [own, {"who": partner, "proposed_for": proposed_for, **signatory_of(partner, user)}]


def signatory_of(partner: Partner, user: User) -> dict[str, str]:
    """Name and position from the partner's last paper; blank where none tells them."""
    last = last_signatory(partner, user)
    return {name: getattr(last, name, "") for name in SIGNATORY}
