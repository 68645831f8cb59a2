"""Filters of the unit list."""

import django_filters

from institutions.filters.codes import KANWIL_NAME, CodeFilter
from institutions.lists import ListFilterSet
from institutions.models import OFFICES, Province, Unit, UnitKind, UnitQuerySet

WITHOUT_REGENCY, CLOSED, ALL = "tanpa-kabkota", "tutup", "semua"


class UnitFilterSet(ListFilterSet):
    kanwil = CodeFilter(
        label="Kantor wilayah",
        queryset=Unit.objects.filter(kind__in=OFFICES),
        shown=KANWIL_NAME,
        text="name_key",
        empty_label="Semua kantor wilayah",
        method="below",
    )
    kind = django_filters.ChoiceFilter(
        label="Jenis", choices=UnitKind.choices, empty_label="Semua jenis"
    )
    province = CodeFilter(
        label="Provinsi",
        queryset=Province.objects.all(),
        shown="short_name",
        empty_label="Semua provinsi",
    )
    state = django_filters.ChoiceFilter(
        label="Keadaan",
        choices=[
            (WITHOUT_REGENCY, "Tanpa kabupaten/kota"),
            (CLOSED, "Tidak lagi beroperasi"),
            (ALL, "Semua"),
        ],
        empty_label="Masih beroperasi",
        method="in_state",
    )

    class Meta(ListFilterSet.Meta):
        model = Unit
        fields: list[str] = []

    def filter_queryset(self, queryset: UnitQuerySet) -> UnitQuerySet:
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.active()
        return super().filter_queryset(queryset)

    def below(self, rows: UnitQuerySet, name: str, value: Unit) -> UnitQuerySet:
        return rows.of_office(value.pk)

    def in_state(self, rows: UnitQuerySet, name: str, value: str) -> UnitQuerySet:
        """Units in operation unless asked otherwise."""
        if value == WITHOUT_REGENCY:
            return rows.active().without_regency()
        return rows.filter(is_active=False) if value == CLOSED else rows
