"""Events with everything a record of one holds, down to the deliveries they were."""

from typing import Any

from django.contrib.admin import display, register
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from indonesian.dates import read_date
from institutions.admin.base import OrderedPartInline, PartInline, StackedPartInline
from institutions.admin.filters import KnownValueFilter, UnitFilter, code_filter
from institutions.admin.forms import VersionedAdminForm, VersionedPartForm
from institutions.admin.site import site
from institutions.fields import ReadDateField, shown_period
from institutions.models import User
from institutions.pickers import OwnUnitPickerField, UnitPickerField
from partnerships.admin.base import FOLDED, RootAdmin, TrashFilter, areas
from partnerships.admin.deliveries import DeliveryForm
from partnerships.admin.documents import DocumentInline
from partnerships.forms.events import ClockField
from partnerships.models import (
    ActivityKind,
    Attendance,
    Coverage,
    Delivery,
    Event,
    EventAgreement,
    EventArea,
    EventPart,
    EventPerson,
    EventUnit,
    FollowUp,
    Mode,
)
from partnerships.pickers import AgreementPickerField, PartnerPickerField

UNIT_AND_PARTNER = (
    "unit__regency",
    "unit__province",
    "partner__regency",
    "partner__province",
)


class MainKindFilter(KnownValueFilter):
    title, parameter_name = "jenis kegiatan", "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(kind.value), str(kind.label)) for kind in ActivityKind]

    def narrow(self, rows: Any, value: str) -> Any:
        return rows.with_main_kind().filter(main_kind=value)


class EventForm(VersionedAdminForm):
    """One text for the date, in any spelling and as precise as it is known."""

    when = ReadDateField(
        label="Tanggal",
        required=False,
        help_text=(
            "Tulis seperti pada sumbernya: 1 Juli 2025, 5 s.d. 7 Agustus 2025, November 2024, atau"
            " Rabu (20/11)."
        ),
    )
    time = ClockField(label="Pukul", required=False, help_text="Misalnya 09.00, waktu setempat.")
    compared = ("when", "time")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        event = kwargs.get("instance")
        if event is not None:
            when = shown_period(event.starts_on, event.ends_on, event.date_text)
            kwargs["initial"] = {"when": when, "time": event.time}
        super().__init__(*args, **kwargs)
        self.former = (event.starts_on, event.unit) if event is not None else None
        self.followed: list[Delivery] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "when" in self.changed_data and "when" in cleaned:
            self.take_date(cleaned["when"])
        if "time" in cleaned:
            self.instance.time = cleaned["time"]
        return cleaned

    def take_date(self, read: Any) -> None:
        if read is None:
            self.instance.clear_date()
            return
        # The year of "Rabu (20/11)" is not after the day the source appeared.
        today = timezone.localdate()
        published = self.cleaned_data.get("published_on") or today
        self.instance.set_date(read_date(read.text, today=min(published, today)))

    def settle(self) -> None:
        """Deliveries of the former day and unit go along with their event."""
        event = self.instance
        if self.former is not None and self.former != (event.starts_on, event.unit):
            old_day, old_unit = self.former
            self.followed = Delivery.objects.follow_event(
                event, by=self.user, old_day=old_day, old_unit=old_unit
            )

    @property
    def warnings(self) -> list[str]:
        lost = any(delivery.lost_check for delivery in self.followed)
        return [*super().warnings, *([Delivery.LOST_CHECK] if lost else [])]


class EventPartInline(OrderedPartInline):
    model = EventPart
    fields = ("order", "kind", "text")


class EventUnitInline(PartInline):
    model = EventUnit
    pickers = {"unit": UnitPickerField()}
    fields = ("unit", "role", "online")

    def rows(self, user: User) -> QuerySet[EventUnit]:
        return EventUnit.objects.select_related("unit__regency", "unit__province")


class AttendanceInline(PartInline):
    model = Attendance
    pickers = {"partner": PartnerPickerField(), "agreement": AgreementPickerField()}
    addable = frozenset({"partner"})
    fields = ("partner", "name_as_written", "presence", "representative", "outcome", "agreement")

    def rows(self, user: User) -> QuerySet[Attendance]:
        return Attendance.objects.select_related(
            "partner__regency", "partner__province", "agreement"
        ).prefetch_related("agreement__parties__unit", "agreement__parties__partner")


class EventPersonInline(StackedPartInline):
    model = EventPerson
    pickers = {"unit": UnitPickerField(), "partner": PartnerPickerField()}
    addable = frozenset({"partner"})
    extra = 0
    fields = (("name", "degrees"), ("position", "role"), "organisation", ("unit", "partner"))

    def rows(self, user: User) -> QuerySet[EventPerson]:
        return EventPerson.objects.select_related(*UNIT_AND_PARTNER)


class EventAreaInline(PartInline):
    model = EventArea
    lists = {"area": areas}
    fields = ("area",)


class CoverageInline(PartInline):
    model = Coverage
    extra = 0
    classes = FOLDED
    fields = ("outlet", "url", "published_on", "reach", "captured_on")


class ServedAgreementInline(PartInline):
    model = EventAgreement
    pickers = {"agreement": AgreementPickerField()}
    fields = ("agreement",)

    def rows(self, user: User) -> QuerySet[EventAgreement]:
        return EventAgreement.objects.select_related("agreement").prefetch_related(
            "agreement__parties__unit", "agreement__parties__partner"
        )


class FollowUpForm(VersionedPartForm):
    def record(self, *, reason: str = "") -> None:
        if "done_on" in self.changed_data:
            self.instance.done_by = self.user if self.instance.done_on else None
        super().record(reason=reason)


class FollowUpInline(PartInline):
    model = FollowUp
    form = FollowUpForm
    pickers = {"owner_unit": OwnUnitPickerField()}
    fields = ("text", "owner_unit", "due", "done_on", "version")

    def rows(self, user: User) -> QuerySet[FollowUp]:
        return FollowUp.objects.visible_to(user).select_related(
            "owner_unit__regency", "owner_unit__province"
        )


class EventDeliveryForm(DeliveryForm):
    """A delivery recorded with its event is kept by the unit that keeps the event."""

    def record(self, *, reason: str = "") -> None:
        if self.instance._state.adding:
            self.instance.unit = self.instance.event.unit
        super().record(reason=reason)


class DeliveryInline(StackedPartInline):
    model = Delivery
    form = EventDeliveryForm
    pickers = {"agreement": AgreementPickerField(), "partner": PartnerPickerField()}
    lists = {"area": areas}
    can_delete = False
    show_change_link = True
    extra = 0
    fields = (
        ("agreement", "partner"),
        ("kind", "area", "date"),
        ("inmates_male", "inmates_female"),
        ("clients_male", "clients_female"),
        ("staff_male", "staff_female"),
        "output",
        "version",
    )

    def rows(self, user: User) -> QuerySet[Delivery]:
        return (
            Delivery.objects.editable_by(user)
            .current()
            .select_related("agreement", "partner__regency", "partner__province")
            .prefetch_related("agreement__parties__unit", "agreement__parties__partner")
        )


@register(Event, site=site)
class EventAdmin(RootAdmin):
    form = EventForm
    history_parts = (
        "parts",
        "unit_roles",
        "area_links",
        "attendances",
        "people",
        "served",
        "coverage",
        "documents",
    )
    inlines = (
        EventPartInline,
        EventUnitInline,
        AttendanceInline,
        EventPersonInline,
        EventAreaInline,
        FollowUpInline,
        ServedAgreementInline,
        DeliveryInline,
        CoverageInline,
        DocumentInline,
    )
    pickers = {"unit": OwnUnitPickerField()}
    list_display = ("title", "date_shown", "main_kind", "unit", "place", "mode")
    list_filter = (
        TrashFilter,
        MainKindFilter,
        code_filter("mode", "cara pelaksanaan", Mode),
        UnitFilter,
    )
    list_select_related = ("unit",)
    date_hierarchy = "starts_on"
    search_fields = ("search_text",)
    search_help_text = "Judul, tempat, mitra, atau unit."
    fieldsets = (
        (None, {"fields": ("unit", "title")}),
        ("Waktu dan tempat", {"fields": (("when", "time"), ("place", "mode"))}),
        ("Sumber", {"classes": FOLDED, "fields": ("source_kind", "published_on", "source_url")}),
        (
            "Jumlah menurut sumber",
            {
                "classes": FOLDED,
                "fields": ("declared_partners", "declared_agreements", "budget_year"),
            },
        ),
        ("Untuk unit sendiri", {"classes": FOLDED, "fields": ("notes",)}),
    )

    def for_list(self, rows: Any) -> QuerySet[Any]:
        return rows.with_main_kind()

    @display(description="tanggal", ordering="date_key")
    def date_shown(self, event: Event) -> str:
        return event.date_label

    @display(description="jenis")
    def main_kind(self, event: Any) -> str:
        return str(ActivityKind(event.main_kind).label) if event.main_kind else ""
