"""Filters of the event list."""

from datetime import date
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet

from indonesian.calendar import days_in_month
from indonesian.dates import ReadDate
from institutions.fields import ReadDateField
from institutions.filters.codes import CodeFilter
from institutions.lists import FilterForm, ListFilterSet
from partnerships.filters.by_unit import ByUnit
from partnerships.filters.links import LinkFilter
from partnerships.models import (
    ActivityKind,
    Attendance,
    Event,
    EventArea,
    EventPart,
    EventQuerySet,
    Mode,
    Partner,
    ProgrammeArea,
)


class PeriodField(ReadDateField):
    """One end of a period: a day, or a month or year that is meant as a whole."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["help_text"] = None
        super().__init__(**kwargs)

    def accept(self, read: ReadDate) -> ReadDate:
        if read.year is None:
            raise ValidationError("Tulis juga tahunnya.", code="no_year")
        return read


class PeriodFilter(django_filters.Filter):
    field_class = PeriodField


def first_day(read: ReadDate) -> date:
    return read.start or date(read.year or 0, read.month or 1, 1)


def last_day(read: ReadDate) -> date:
    if read.start is not None:
        return read.end or read.start
    year, month = read.year or 0, read.month or 12
    return date(year, month, days_in_month(month, year))


class EventFilterForm(FilterForm):
    field_order = ("q", "kind", "since", "until", "area", "mode")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and last_day(until) < first_day(since):
            self.add_error("until", "Akhir masa harus setelah awalnya.")
        return cleaned


class EventFilterSet(ByUnit):
    kind = django_filters.ChoiceFilter(
        label="Jenis", choices=ActivityKind.choices, empty_label="Semua jenis", method="of_kind"
    )
    since = PeriodFilter(label="Sejak", method="from_day")
    until = PeriodFilter(label="Sampai", method="to_day")
    area = CodeFilter(
        label="Bidang",
        queryset=ProgrammeArea.objects.filter(is_active=True),
        shown="label",
        number="order",
        empty_label="Semua bidang",
        method="in_area",
    )
    mode = django_filters.ChoiceFilter(
        label="Cara pelaksanaan", choices=Mode.choices, empty_label="Semua cara"
    )

    mitra = LinkFilter(label="Mitra", method="of_partner")

    class Meta(ListFilterSet.Meta):
        model = Event
        fields: list[str] = []
        form = EventFilterForm

    def of_kind(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Any part of the event, not only the main one."""
        return rows.filter(Exists(EventPart.objects.filter(event=OuterRef("pk"), kind=value)))

    def from_day(self, rows: EventQuerySet, name: str, value: ReadDate) -> QuerySet[Any]:
        return rows.since(first_day(value))

    def to_day(self, rows: EventQuerySet, name: str, value: ReadDate) -> QuerySet[Any]:
        return rows.until(last_day(value))

    def in_area(self, rows: QuerySet[Any], name: str, value: ProgrammeArea) -> QuerySet[Any]:
        return rows.filter(Exists(EventArea.objects.filter(event=OuterRef("pk"), area=value)))

    def of_partner(self, rows: QuerySet[Any], name: str, value: int) -> QuerySet[Any]:
        return rows.filter(Exists(Attendance.objects.filter(event=OuterRef("pk"), partner=value)))

    def in_words(self, name: str) -> str:
        if name != "mitra":
            return super().in_words(name)
        found = Partner.objects.filter(pk=self.form.cleaned_data[name]).first()
        return str(found or "tidak ditemukan")
