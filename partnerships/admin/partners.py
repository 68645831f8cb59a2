"""Partners with their names, their sectors and the contacts of the own unit."""

from typing import Any

from django.contrib.admin import display, register
from django.db.models import QuerySet
from django.http import HttpRequest

from institutions.admin.base import PartInline, StackedPartInline
from institutions.admin.filters import KnownValueFilter, code_filter
from institutions.admin.forms import VersionedAdminForm, VersionedPartForm
from institutions.admin.site import site
from institutions.admin.units import provinces
from institutions.models import Province, User
from institutions.pickers import OwnUnitPickerField, RegencyPickerField
from partnerships.admin.base import RootAdmin, TrashFilter
from partnerships.forms.partners import same_names
from partnerships.models import (
    Contact,
    Partner,
    PartnerKind,
    PartnerName,
    PartnerQuerySet,
    PartnerSector,
    Sector,
)
from partnerships.pickers import PartnerPickerField


def sectors(user: User) -> QuerySet[Sector]:
    return Sector.objects.filter(is_active=True)


class ProvinceFilter(KnownValueFilter):
    title, parameter_name = "provinsi", "provinsi"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Province.objects.values_list("code", "short_name"))

    def narrow(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(province__code=value)


class PartnerNameInline(PartInline):
    model = PartnerName
    fields = ("name", "kind", "valid_from", "valid_until")


class PartnerSectorInline(PartInline):
    model = PartnerSector
    lists = {"sector": sectors}
    fields = ("sector",)


class ContactInline(StackedPartInline):
    """Contacts the own units keep; others' persons are nobody else's business."""

    model = Contact
    form = VersionedPartForm
    extra = 0
    pickers = {"unit": OwnUnitPickerField()}
    fields = (
        "unit",
        ("name", "position"),
        ("phone", "email"),
        ("basis", "verified_on"),
        "version",
    )

    def rows(self, user: User) -> QuerySet[Contact]:
        return Contact.objects.named_for(user).select_related("unit__regency", "unit__province")


class PartnerForm(VersionedAdminForm):
    @property
    def warnings(self) -> list[str]:
        if not {"name", "regency", "province"} & set(self.changed_data):
            return super().warnings
        return [*super().warnings, *same_names(self.instance)]


@register(Partner, site=site)
class PartnerAdmin(RootAdmin):
    form = PartnerForm
    history_parts = ("names", "sector_links")
    inlines = (PartnerNameInline, PartnerSectorInline, ContactInline)
    pickers = {"regency": RegencyPickerField(), "parent": PartnerPickerField()}
    lists = {"province": provinces}
    addable = frozenset({"parent"})
    list_display = ("name", "acronym", "kind", "region_name", "parent")
    list_filter = (TrashFilter, code_filter("kind", "jenis mitra", PartnerKind), ProvinceFilter)
    list_select_related = ("regency", "province", "parent")
    search_fields = ("search_text",)
    search_help_text = "Nama, singkatan, nama lain, atau daerah."
    fieldsets = (
        (None, {"fields": ("name", "acronym", "kind")}),
        ("Daerah dan induk", {"fields": ("regency", "province", "parent")}),
        ("Kantor", {"fields": ("address", "office_phone", "office_email", "website")}),
    )

    def rows(self, user: User) -> PartnerQuerySet:
        return Partner.objects.editable_by(user).filter(merged_into__isnull=True)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Identity that other units rely on is guarded; its blanks may be filled by anyone."""
        fixed = super().get_readonly_fields(request, obj)
        if obj is None or obj.identity_editable_by(request.user):
            return fixed
        return (*fixed, *(name for name in Partner.IDENTITY_FIELDS if getattr(obj, name)))

    @display(description="daerah", ordering="regency__name_key")
    def region_name(self, partner: Partner) -> str:
        return str(partner.region or "")
