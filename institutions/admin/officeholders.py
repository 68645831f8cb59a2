"""Who holds which office; a unit's humas keeps its own."""

from django.contrib.admin import register

from institutions.admin.base import RecordAdmin
from institutions.admin.filters import UnitFilter, code_filter, flag_filter
from institutions.admin.forms import VersionedAdminForm, VersionedPartForm
from institutions.admin.site import site
from institutions.forms.officeholders import other_heads
from institutions.models import Acting, Officeholder, OfficeholderQuerySet, User
from institutions.pickers import OwnUnitPickerField


class HeadsForm(VersionedPartForm):
    @property
    def warnings(self) -> list[str]:
        return [*super().warnings, *other_heads(self.instance)]


class OfficeholderForm(HeadsForm, VersionedAdminForm):
    """An officeholder on a page of its own."""


@register(Officeholder, site=site)
class OfficeholderAdmin(RecordAdmin):
    form = OfficeholderForm
    deletable = True
    pickers = {"unit": OwnUnitPickerField()}
    list_display = ("person_name", "position", "unit", "is_head", "valid_from", "valid_until")
    list_filter = (
        UnitFilter,
        flag_filter("is_head", "jabatan", "Kepala unit", "Bukan kepala unit"),
        code_filter("acting", "status jabatan", Acting),
    )
    list_select_related = ("unit",)
    search_fields = ("person_name", "position", "name_key")
    fieldsets = (
        (None, {"fields": ("unit", ("person_name", "degrees"))}),
        ("Jabatan", {"fields": ("position", "is_head", "acting")}),
        ("Masa jabatan", {"fields": (("valid_from", "valid_until"), "seen_on", "source")}),
    )

    def rows(self, user: User) -> OfficeholderQuerySet:
        return Officeholder.objects.filter(unit__in=user.units_in_scope())
