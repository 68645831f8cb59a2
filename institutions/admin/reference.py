"""Reference lists of our side: provinces, regencies and the names of the ministry."""

from django.contrib.admin import register

from institutions.admin.base import RecordAdmin
from institutions.admin.filters import code_filter
from institutions.admin.site import site
from institutions.admin.units import provinces
from institutions.models import MinistryName, Province, Regency, RegencyKind, Timezone


@register(Province, site=site)
class ProvinceAdmin(RecordAdmin):
    fixed_fields = ("code",)
    list_display = ("name", "short_name", "code", "timezone")
    list_filter = (code_filter("timezone", "zona waktu", Timezone),)
    search_fields = ("name", "short_name", "abbreviation", "=code")
    fieldsets = ((None, {"fields": ("code", "name", "short_name", "abbreviation", "timezone")}),)


@register(Regency, site=site)
class RegencyAdmin(RecordAdmin):
    fixed_fields = ("code",)
    lists = {"province": provinces}
    list_display = ("full_name", "code", "province")
    list_filter = (code_filter("kind", "jenis", RegencyKind),)
    list_select_related = ("province",)
    search_fields = ("name_key",)
    fieldsets = ((None, {"fields": ("code", "kind", "name", "full_name", "province")}),)


@register(MinistryName, site=site)
class MinistryNameAdmin(RecordAdmin):
    deletable = True
    list_display = ("name", "valid_from", "valid_until")
    search_fields = ("name",)
    fieldsets = ((None, {"fields": ("name", ("valid_from", "valid_until"))}),)
