"""Deliveries that were recorded on their own."""

from typing import Any

from django.contrib.admin import display, register
from django.db.models import QuerySet
from django.http import HttpRequest

from institutions.admin.filters import KnownValueFilter, UnitFilter, code_filter
from institutions.admin.forms import VersionedAdminForm, VersionedPartForm
from institutions.admin.site import site
from institutions.pickers import OwnUnitPickerField
from partnerships.admin.base import RootAdmin, TrashFilter, areas
from partnerships.admin.documents import DocumentInline
from partnerships.forms.deliveries import delivery_oddities
from partnerships.models import DELIVERY_KINDS, ActivityKind, Delivery
from partnerships.pickers import AgreementPickerField, EventPickerField, PartnerPickerField


class CheckedFilter(KnownValueFilter):
    title, parameter_name = "pemeriksaan", "checked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ya", "Sudah diperiksa"), ("tidak", "Belum diperiksa")]

    def narrow(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(verified_on__isnull=value == "tidak")


class ProofFilter(KnownValueFilter):
    """Files of the delivery, or of the event it was recorded with."""

    title, parameter_name = "bukti", "bukti"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ada", "Ada berkas"), ("tidak", "Tanpa berkas")]

    def narrow(self, rows: Any, value: str) -> Any:
        return rows.with_proof() if value == "ada" else rows.without_proof()


class DeliveryForm(VersionedPartForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            kinds = [(kind.value, kind.label) for kind in DELIVERY_KINDS]
            if self.instance.kind and self.instance.kind not in DELIVERY_KINDS:
                kinds.append((self.instance.kind, self.instance.get_kind_display()))
            self.fields["kind"].choices = [("", "Pilih jenis"), *kinds]  # type: ignore[attr-defined]

    @property
    def warnings(self) -> list[str]:
        # An empty row of an event has no day yet.
        odd = delivery_oddities(self.instance) if self.instance.pk else []
        return [*super().warnings, *odd]


class DeliveryAdminForm(DeliveryForm, VersionedAdminForm):
    """A delivery on a page of its own."""


@register(Delivery, site=site)
class DeliveryAdmin(RootAdmin):
    form = DeliveryAdminForm
    pickers = {
        "unit": OwnUnitPickerField(),
        "agreement": AgreementPickerField(),
        "partner": PartnerPickerField(),
        "event": EventPickerField(),
    }
    lists = {"area": areas}
    history_parts = ("documents",)
    inlines = (DocumentInline,)
    addable = frozenset({"partner"})
    readonly_fields = ("verified_by", "verified_on")
    list_display = ("__str__", "kind", "date", "unit", "of_what", "participants", "verified_on")
    list_filter = (
        TrashFilter,
        code_filter("kind", "jenis", ActivityKind),
        CheckedFilter,
        ProofFilter,
        UnitFilter,
    )
    list_select_related = ("unit", "agreement", "partner", "event")
    date_hierarchy = "date"
    search_fields = ("search_text",)
    search_help_text = "Hasil, catatan, perjanjian, mitra, atau kegiatan."
    fieldsets = (
        (None, {"fields": ("unit", ("kind", "area"), "date")}),
        ("Untuk apa dan dengan siapa", {"fields": ("agreement", "partner", "event")}),
        (
            "Jumlah peserta",
            {
                "fields": (
                    ("inmates_male", "inmates_female"),
                    ("clients_male", "clients_female"),
                    ("staff_male", "staff_female"),
                )
            },
        ),
        ("Hasil", {"fields": ("output", "note")}),
        ("Pemeriksaan", {"fields": ("verified_by", "verified_on")}),
    )

    @display(description="perjanjian, mitra, atau kegiatan")
    def of_what(self, delivery: Delivery) -> str:
        return str(delivery.agreement or delivery.partner or delivery.event or "")

    @display(description="peserta")
    def participants(self, delivery: Delivery) -> int:
        return delivery.participants
