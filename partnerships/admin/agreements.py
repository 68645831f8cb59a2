"""Agreements with their parties and programme areas."""

from typing import Any

from django.contrib.admin import display, register
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from indonesian.calendar import term_end
from institutions.admin.base import OrderedPartInline, PartInline
from institutions.admin.filters import KnownValueFilter, UnitFilter, code_filter
from institutions.admin.forms import VersionedAdminForm
from institutions.admin.site import site
from institutions.models import User
from institutions.pickers import OwnUnitPickerField, UnitPickerField
from partnerships.admin.base import FOLDED, RootAdmin, TrashFilter, areas
from partnerships.admin.documents import DocumentInline
from partnerships.filters.agreements import WITH_SCAN, WITHOUT_SCAN
from partnerships.models import (
    LEADS,
    Agreement,
    AgreementArea,
    AgreementKind,
    Evidence,
    Party,
    Stage,
    Status,
)
from partnerships.models.agreement_oddities import oddities
from partnerships.pickers import AgreementPickerField, EventPickerField, PartnerPickerField


def own_agreements(user: User) -> QuerySet[Agreement]:
    """What a new paper may renew or amend: signed papers of the own units."""
    rows = Agreement.objects.editable_by(user).current().signed()
    return rows.select_related("unit").prefetch_related("parties__partner", "parties__unit")


class StatusFilter(KnownValueFilter):
    title, parameter_name = "status", "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        known = (status for status in Status if status != Status.ARCHIVED)
        return [(str(status.value), str(status.label)) for status in known]

    def narrow(self, rows: Any, value: str) -> Any:
        return rows.of_status(Status(value))


class EvidenceFilter(KnownValueFilter):
    title, parameter_name = "bukti pelaksanaan", "evidence"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(evidence.value), str(evidence.label)) for evidence in Evidence]

    def narrow(self, rows: Any, value: str) -> Any:
        return rows.with_evidence().filter(evidence=value)


class EndingFilter(KnownValueFilter):
    """In force, and about to end."""

    title, parameter_name = "akhir masa berlaku", "berakhir"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(days), f"berakhir dalam {days} hari") for days in sorted(LEADS)]

    def narrow(self, rows: Any, value: str) -> Any:
        return rows.ending_within(int(value))


class ScanFilter(KnownValueFilter):
    title, parameter_name = "naskah", "naskah"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(WITHOUT_SCAN, "Belum diunggah"), (WITH_SCAN, "Sudah diunggah")]

    def narrow(self, rows: Any, value: str) -> Any:
        return rows.by_scan(has_scan=value == WITH_SCAN)


class AgreementForm(VersionedAdminForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("signed_on") or cleaned.get("signed_text"):
            cleaned["stage"] = Stage.SIGNED
        if "ends_on" in self.changed_data:
            self.instance.end_is_typed = self.typed_end_differs(cleaned)
        return cleaned

    def typed_end_differs(self, cleaned: dict[str, Any]) -> bool:
        """Whether the end was typed, rather than being the one that follows from the term."""
        start, months = (
            cleaned.get("starts_on") or cleaned.get("signed_on"),
            cleaned.get("term_months"),
        )
        computed = term_end(start, months) if start and months else None
        return cleaned.get("ends_on") not in (None, computed)

    def settle(self) -> None:
        agreement = self.instance
        if not agreement.title and not agreement.parties.filter(partner__isnull=False).exists():
            raise ValidationError(
                {"title": "Isi pokok perjanjian, atau pilih mitranya di Para pihak."}
            )

    @property
    def warnings(self) -> list[str]:
        return [*super().warnings, *oddities(self.instance, self.user, timezone.localdate())]


class PartyInline(OrderedPartInline):
    model = Party
    pickers = {"unit": UnitPickerField(), "partner": PartnerPickerField()}
    addable = frozenset({"partner"})
    extra = 2
    fields = ("order", "unit", "partner", "number", "signatory_name", "signatory_position")

    def rows(self, user: User) -> QuerySet[Party]:
        return Party.objects.select_related(
            *("unit__regency", "unit__province", "partner__regency", "partner__province")
        )


class AgreementAreaInline(PartInline):
    model = AgreementArea
    lists = {"area": areas}
    fields = ("area",)


@register(Agreement, site=site)
class AgreementAdmin(RootAdmin):
    form = AgreementForm
    history_parts = ("parties", "area_links", "documents")
    inlines = (PartyInline, AgreementAreaInline, DocumentInline)
    pickers = {
        "unit": OwnUnitPickerField(),
        "parent": AgreementPickerField(),
        "replaces": AgreementPickerField(source=own_agreements),
        "amends": AgreementPickerField(source=own_agreements),
        "signing_event": EventPickerField(),
    }
    list_display = ("__str__", "kind", "unit", "signed_on", "ends_on", "status", "evidence")
    list_filter = (
        TrashFilter,
        StatusFilter,
        EndingFilter,
        EvidenceFilter,
        ScanFilter,
        code_filter("stage", "tahap", Stage),
        code_filter("kind", "jenis naskah", AgreementKind),
        UnitFilter,
    )
    list_select_related = ("unit",)
    date_hierarchy = "signed_on"
    search_fields = ("search_text",)
    search_help_text = "Judul, mitra, unit, atau nomor naskah."
    fieldsets = (
        (None, {"fields": ("unit", "title", ("kind", "wording_in_source"))}),
        (
            "Tanda tangan",
            {"fields": ("stage", ("signed_on", "signed_text"), "place", "signing_event")},
        ),
        (
            "Masa berlaku",
            {"fields": ("starts_on", "term_months", "ends_on", "is_open_ended")},
        ),
        (
            "Hubungan dengan naskah lain",
            {"classes": FOLDED, "fields": ("parent", "replaces", "amends")},
        ),
        (
            "Isi",
            {"classes": FOLDED, "fields": ("scope", "funding", "renewal_clause", "notice_days")},
        ),
        ("Untuk unit sendiri", {"classes": FOLDED, "fields": ("internal_contact", "notes")}),
    )

    def for_list(self, rows: Any) -> QuerySet[Any]:
        return rows.with_status().with_evidence()

    @display(description="status")
    def status(self, agreement: Any) -> str:
        return str(Status(agreement.status).label)

    @display(description="bukti")
    def evidence(self, agreement: Any) -> str:
        return str(Evidence(agreement.evidence).label) if agreement.evidence else ""
