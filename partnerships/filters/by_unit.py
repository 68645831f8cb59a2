"""Filters by the unit that keeps a record, and by where that unit is."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from institutions.filters.codes import KANWIL_NAME, CodeFilter
from institutions.lists import ListFilterSet
from institutions.models import Province, Regency, Unit, UnitKind, UnitQuerySet
from partnerships.filters.links import FlagFilter


def units_meant(value: str, kind: str = "", *, alone: bool = False) -> UnitQuerySet:
    """The unit of that code with everything below it, else units found by the text.

    `alone` leaves out what is below; `kind` keeps units of one kind.
    """
    named = Unit.objects.filter(code=value).first() if value else None
    if named is None:
        units = Unit.objects.search(value)
    else:
        units = Unit.objects.filter(pk=named.pk) if alone else Unit.objects.within(named.pk)
    return (units.filter(kind=kind) if kind else units).order_by()


class WithUnitKind(ListFilterSet):
    """The filter `unit` together with a kind of unit, and with or without what is below it."""

    jenis_unit = django_filters.ChoiceFilter(
        label="Jenis unit", choices=UnitKind.choices, empty_label="Semua jenis", method="of_kinds"
    )
    sendiri = FlagFilter(label="Tanpa unit di bawahnya", method="heeded_elsewhere")

    def units_meant(self, value: str) -> UnitQuerySet:
        chosen = self.form.cleaned_data
        return units_meant(value, chosen["jenis_unit"], alone=bool(chosen["sendiri"]))

    def of_kinds(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By the filter `unit`, where one is named: the unit found has to be of the kind."""
        if self.form.cleaned_data["unit"]:
            return rows
        return self.of_unit(rows, "unit", "")

    def of_unit(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        raise NotImplementedError

    def heeded_elsewhere(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Narrows nothing by itself: it says how another filter is meant."""
        return rows


class ByUnit(WithUnitKind):
    unit = django_filters.CharFilter(label="Unit pencatat", method="of_unit", max_length=100)
    kanwil = CodeFilter(
        label="Kanwil",
        queryset=Unit.objects.filter(kind=UnitKind.KANWIL),
        shown=KANWIL_NAME,
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
        return rows.filter(unit__in=self.units_meant(value).values("pk"))

    def of_kanwil(self, rows: QuerySet[Any], name: str, value: Unit) -> QuerySet[Any]:
        return rows.filter(unit__in=Unit.objects.within(value.pk).order_by().values("pk"))

    def in_regency(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(unit__regency__in=Regency.objects.search(value))

    def in_words(self, name: str) -> str:
        """A unit that came by its code is named."""
        words = super().in_words(name)
        named = Unit.objects.filter(code=words).first() if name == "unit" else None
        return str(named or words)
