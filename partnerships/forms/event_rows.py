"""Rows of the event form: agenda, units, partners, people, follow-ups, coverage."""

from collections.abc import Hashable
from typing import Any, cast

from django import forms
from django.forms import inlineformset_factory

from indonesian.names import normalise
from institutions.fields import CountField
from institutions.forms.base import RecordForm, field_for
from institutions.forms.parts import PartFormSet
from institutions.models import Unit
from institutions.pickers import NEW, OwnUnitPickerField, UnitPickerField
from partnerships.forms.new_partner import WithNewPartner
from partnerships.models import (
    ActivityKind,
    Attendance,
    Coverage,
    Event,
    EventPart,
    EventPerson,
    EventUnit,
    FollowUp,
    Outcome,
    Partner,
)
from partnerships.pickers import NEW_PARTNER, PartnerPickerField, SidePickerField

MOST_VIEWS = 2_000_000_000


class EventRowForm(RecordForm):
    """A row whose rules on event and partner are judged when both exist: as it is recorded."""

    later: frozenset[str] = frozenset({"event"})

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | self.later

    def once_key(self) -> Hashable | None:
        """What may stand in one row only; None where rows may repeat."""
        return None


class EventRowFormSet(PartFormSet):
    """Rows with their related records fetched once, and none named twice."""

    model: Any
    related: tuple[str, ...] = ()
    prefetched: tuple[str, ...] = ()
    twice = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Without names select_related() would follow every foreign key.
        rows = self.model.objects.select_related(*self.related or (None,))
        kwargs.setdefault("queryset", rows.prefetch_related(*self.prefetched))
        super().__init__(*args, **kwargs)

    def standing_forms(self) -> list[Any]:
        """As `kept_forms`, but also while other rows are still in error."""
        return [
            form
            for form in self.forms
            if not form.cleaned_data.get("DELETE") and (form.instance.pk or form.has_changed())
        ]

    def clean(self) -> None:
        seen = set()
        for form in self.standing_forms():
            key = form.once_key()
            if key is not None and key in seen:
                form.add_error(None, self.twice)
            seen.add(key)


class PartForm(EventRowForm):
    starred = ("kind",)

    kind = forms.ChoiceField(label="Jenis", choices=[("", "Pilih jenis"), *ActivityKind.choices])

    class Meta:
        model = EventPart
        fields = ["kind", "text"]
        formfield_callback = field_for
        help_texts = {"text": "Misalnya pokok bahasannya."}


class AgendaFormSet(EventRowFormSet):
    def record(self, *, reason: str = "") -> None:
        last = max((form.instance.order for form in self.initial_forms), default=0)
        for form in self.extra_forms:
            last += 1
            form.instance.order = last
        super().record(reason=reason)


class UnitRoleForm(EventRowForm):
    unit = UnitPickerField(label="Unit")

    class Meta:
        model = EventUnit
        fields = ["unit", "role", "online"]
        formfield_callback = field_for

    def once_key(self) -> Hashable | None:
        return self.cleaned_data.get("unit")


class UnitRoleFormSet(EventRowFormSet):
    related = ("unit__regency", "unit__province")
    twice = "Unit ini sudah tertulis pada baris lain."


class AttendanceForm(WithNewPartner, EventRowForm):
    instance: Attendance
    starred = ("partner",)
    later = frozenset({"event", "partner"})

    partner = PartnerPickerField(
        label="Mitra",
        required=False,
        new_label=NEW_PARTNER,
        help_text="Tulis nama atau singkatannya, tekan Cari, lalu pilih.",
    )
    outcome = forms.ChoiceField(
        label="Hasil", choices=[("", "Belum dicatat"), *Outcome.choices], required=False
    )

    class Meta:
        model = Attendance
        fields = ["partner", "name_as_written", "presence", "representative", "outcome"]
        formfield_callback = field_for
        help_texts = {
            "name_as_written": "Cukup ini bila mitranya belum ada di daftar.",
            "representative": "Nama atau jabatan yang mewakili.",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("partner") == NEW:
            cleaned["partner"] = None
        elif not (self.errors or cleaned.get("partner") or cleaned.get("name_as_written")):
            self.add_error("partner", "Pilih mitra, atau tulis namanya.")
        return cleaned

    def once_key(self) -> Hashable | None:
        partner = self.new_partner or self.cleaned_data.get("partner")
        if isinstance(partner, Partner) and partner.pk:
            return partner.pk
        name = partner.name if partner else self.cleaned_data.get("name_as_written", "")
        return normalise(name) or None

    def record(self, *, reason: str = "") -> None:
        if partner := self.record_new_partner():
            self.instance.partner = partner
        super().record(reason=reason)


class AttendanceFormSet(EventRowFormSet):
    related = ("partner__regency", "partner__province")
    twice = "Mitra ini sudah tertulis pada baris lain."


class PersonForm(EventRowForm):
    instance: EventPerson
    side = SidePickerField(label="Mewakili unit atau mitra", new_label="", required=False)

    class Meta:
        model = EventPerson
        fields = ["name", "degrees", "position", "role", "organisation"]
        formfield_callback = field_for
        help_texts = {"degrees": "Misalnya S.H., M.H.", "position": "Pada hari kegiatan itu."}

    def __init__(self, *args: Any, instance: EventPerson | None = None, **kwargs: Any) -> None:
        if instance is not None:
            side = instance.unit or instance.partner
            kwargs["initial"] = {"side": side, **(kwargs.get("initial") or {})}
        super().__init__(*args, instance=instance, **kwargs)

    def record(self, *, reason: str = "") -> None:
        side = self.cleaned_data.get("side")
        self.instance.unit = side if isinstance(side, Unit) else None
        self.instance.partner = side if isinstance(side, Partner) else None
        super().record(reason=reason)


class PersonFormSet(EventRowFormSet):
    related = ("unit__regency", "unit__province", "partner__regency", "partner__province")


class FollowUpForm(EventRowForm):
    """A promise; the unit that keeps the event owns it unless another one is chosen."""

    instance: FollowUp
    owner_unit = OwnUnitPickerField(
        label="Unit penanggung jawab",
        required=False,
        help_text="Kosongkan bila sama dengan unit pencatat.",
    )

    class Meta:
        model = FollowUp
        fields = ["text", "due", "owner_unit"]
        formfield_callback = field_for
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, chooses_owner: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not chooses_owner:
            del self.fields["owner_unit"]

    def record(self, *, reason: str = "") -> None:
        if self.instance.owner_unit_id is None:
            self.instance.owner_unit = self.instance.event.unit
        super().record(reason=reason)


class FollowUpFormSet(EventRowFormSet):
    related = ("owner_unit__regency", "owner_unit__province")


class CoverageForm(EventRowForm):
    reach = CountField(
        label="Jumlah dilihat",
        required=False,
        max_value=MOST_VIEWS,
        help_text="Angka pada saat dilihat, misalnya 538.",
    )

    class Meta:
        model = Coverage
        fields = ["outlet", "url", "published_on", "reach", "captured_on"]
        formfield_callback = field_for


def rows_of(model: type, form: type[RecordForm], formset: type[PartFormSet]) -> type[PartFormSet]:
    rows: Any = inlineformset_factory(
        Event, model, form=form, formset=formset, fk_name="event", extra=0
    )
    return cast(type[PartFormSet], rows)


EVENT_ROWS: dict[str, type[PartFormSet]] = {
    "parts": rows_of(EventPart, PartForm, AgendaFormSet),
    "attendances": rows_of(Attendance, AttendanceForm, AttendanceFormSet),
    "followups": rows_of(FollowUp, FollowUpForm, FollowUpFormSet),
    "unit_roles": rows_of(EventUnit, UnitRoleForm, UnitRoleFormSet),
    "people": rows_of(EventPerson, PersonForm, PersonFormSet),
    "coverage": rows_of(Coverage, CoverageForm, EventRowFormSet),
}
