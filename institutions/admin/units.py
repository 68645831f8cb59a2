"""Units with their names in time, their officeholders and the provinces a Kanwil covers."""

from typing import Any

from django.contrib.admin import display, register
from django.db.models import QuerySet
from django.http import HttpRequest

from institutions.admin.base import PartInline, RecordAdmin, StackedPartInline
from institutions.admin.filters import KnownValueFilter, UnitFilter, code_filter, flag_filter
from institutions.admin.officeholders import HeadsForm
from institutions.admin.site import site
from institutions.models import (
    KanwilProvince,
    Officeholder,
    Province,
    Unit,
    UnitKind,
    UnitName,
    UnitQuerySet,
    User,
)
from institutions.pickers import OwnUnitPickerField, RegencyPickerField, UnitPickerField


def provinces(user: User) -> QuerySet[Province]:
    return Province.objects.all()


class OwnUnitFilter(UnitFilter):
    title = "Kanwil"
    path = "pk"


class RegencyKnownFilter(KnownValueFilter):
    """The source does not settle the regency of some units."""

    title, parameter_name = "kabupaten/kota", "regency"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("tidak", "Belum diketahui")]

    def narrow(self, rows: UnitQuerySet, value: str) -> UnitQuerySet:
        return rows.without_regency()


class UnitNameInline(PartInline):
    model = UnitName
    fields = ("name", "short_name", "grade", "valid_from", "valid_until")


class KanwilProvinceInline(PartInline):
    model = KanwilProvince
    lists = {"province": provinces}
    fields = ("province",)


class OfficeholderInline(StackedPartInline):
    model = Officeholder
    form = HeadsForm
    extra = 0
    fields = (
        ("person_name", "degrees"),
        ("position", "acting", "is_head"),
        ("valid_from", "valid_until", "seen_on"),
        "source",
        "version",
    )


@register(Unit, site=site)
class UnitAdmin(RecordAdmin):
    fixed_fields = ("code",)
    history_parts = ("names", "covered_provinces", "officeholders")
    inlines = (UnitNameInline, KanwilProvinceInline, OfficeholderInline)
    pickers = {
        "regency": RegencyPickerField(),
        "parent": OwnUnitPickerField(),
        "replaced_by": UnitPickerField(),
    }
    lists = {"province": provinces}
    list_display = ("short_name", "kind", "grade", "place_on_map", "parent", "is_active")
    list_filter = (
        OwnUnitFilter,
        code_filter("kind", "jenis", UnitKind),
        RegencyKnownFilter,
        flag_filter("is_active", "keadaan", "Masih beroperasi", "Sudah ditutup"),
    )
    list_select_related = ("regency", "province", "parent")
    search_fields = ("search_text",)
    search_help_text = "Nama, singkatan, nama lama, atau tempat."
    fieldsets = (
        (None, {"fields": ("code", "name", "short_name", "place")}),
        ("Jenis", {"fields": (("kind", "subkind", "grade"),)}),
        ("Letak", {"fields": ("parent", "regency", "province")}),
        ("Kantor", {"fields": ("office_code", "address", "phone", "email", "letterhead")}),
        ("Keadaan", {"fields": ("is_active", "replaced_by", "source_note")}),
    )

    def rows(self, user: User) -> UnitQuerySet:
        return user.units_in_scope()

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Only a Kanwil covers provinces."""
        if obj is not None and obj.kind == UnitKind.KANWIL:
            return self.inlines
        return [inline for inline in self.inlines if inline is not KanwilProvinceInline]

    @display(description="kabupaten/kota", ordering="regency__name_key")
    def place_on_map(self, unit: Unit) -> str:
        return str(unit.regency or unit.province or "")
