"""Code lists that admins maintain: codes stay, labels and order may change."""

from django.contrib.admin import register

from institutions.admin.base import RecordAdmin
from institutions.admin.filters import flag_filter
from institutions.admin.site import site
from partnerships.models import ProgrammeArea, Sector

OFFERED = flag_filter("is_active", "keadaan", "Ditawarkan", "Tidak ditawarkan lagi")


@register(ProgrammeArea, site=site)
class ProgrammeAreaAdmin(RecordAdmin):
    fixed_fields = ("code",)
    list_display = ("label", "code", "group", "order", "is_active")
    list_filter = (OFFERED,)
    search_fields = ("label", "code", "group")
    fieldsets = ((None, {"fields": ("code", "label", "group", "order", "is_active")}),)


@register(Sector, site=site)
class SectorAdmin(RecordAdmin):
    fixed_fields = ("code",)
    list_display = ("label", "code", "order", "is_active")
    list_filter = (OFFERED,)
    search_fields = ("label", "code")
    fieldsets = ((None, {"fields": ("code", "label", "order", "is_active")}),)
