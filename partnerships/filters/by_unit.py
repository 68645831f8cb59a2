"""Filters by the unit that keeps a record, and by where that unit is."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from institutions.filters.codes import CodeFilter
from institutions.lists import ListFilterSet
from institutions.models import Province, Regency, Unit, UnitKind


class ByUnit(ListFilterSet):
    unit = django_filters.CharFilter(label="Unit pencatat", method="of_unit", max_length=100)
    kanwil = CodeFilter(
        label="Kanwil",
        queryset=Unit.objects.filter(kind=UnitKind.KANWIL),
        shown="short_name",
        text="name_key",
        empty_label="Semua Kanwil",
        method="of_kanwil",
    )
    province = CodeFilter(
        label="Provinsi unit",
        queryset=Province.objects.all(),
        shown="short_name",
        empty_label="Semua provinsi",
        field_name="unit__province",
    )
    regency = django_filters.CharFilter(
        label="Kabupaten/kota unit", method="in_regency", max_length=100
    )

    def of_unit(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The unit of that code with everything below it, else units found by the text."""
        named = Unit.objects.filter(code=value).first()
        units = Unit.objects.within(named.pk) if named else Unit.objects.search(value)
        return rows.filter(unit__in=units.order_by().values("pk"))

    def of_kanwil(self, rows: QuerySet[Any], name: str, value: Unit) -> QuerySet[Any]:
        return rows.filter(unit__in=Unit.objects.within(value.pk).order_by().values("pk"))

    def in_regency(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(unit__regency__in=Regency.objects.search(value))

    def in_words(self, name: str) -> str:
        """A unit that came by its code is named."""
        words = super().in_words(name)
        named = Unit.objects.filter(code=words).first() if name == "unit" else None
        return str(named or words)
