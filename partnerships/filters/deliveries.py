"""Filters of the delivery list."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from indonesian.dates import ReadDate
from institutions.filters.codes import CodeFilter
from institutions.lists import ListFilterSet
from partnerships.filters.by_unit import ByUnit
from partnerships.filters.events import EventFilterForm, PeriodFilter, first_day, last_day
from partnerships.filters.links import LinkFilter
from partnerships.models import (
    DELIVERY_KINDS,
    Agreement,
    Delivery,
    DeliveryQuerySet,
    Event,
    Partner,
    Party,
    ProgrammeArea,
)

# Set by links of other pages.
LINKED = ("perjanjian", "mitra", "kegiatan")
CHECKED, UNCHECKED, FOR_ME = "sudah", "belum", "saya"


class DeliveryFilterForm(EventFilterForm):
    field_order = ("q", "kind", "since", "until", "area", "checked")


class DeliveryFilterSet(ByUnit):
    kind = django_filters.ChoiceFilter(
        label="Jenis",
        choices=[(kind.value, kind.label) for kind in DELIVERY_KINDS],
        empty_label="Semua jenis",
    )
    since = PeriodFilter(label="Sejak", method="from_day")
    until = PeriodFilter(label="Sampai", method="to_day")
    area = CodeFilter(
        label="Bidang",
        queryset=ProgrammeArea.objects.filter(is_active=True),
        shown="label",
        number="order",
        empty_label="Semua bidang",
    )
    checked = django_filters.ChoiceFilter(
        label="Pemeriksaan",
        choices=[
            (CHECKED, "Sudah diperiksa"),
            (UNCHECKED, "Belum diperiksa"),
            (FOR_ME, "Dapat saya periksa"),
        ],
        empty_label="Semua",
        method="by_check",
    )
    perjanjian = LinkFilter(label="Perjanjian", method="of_agreement")
    mitra = LinkFilter(label="Mitra", method="of_partner")
    kegiatan = LinkFilter(label="Kegiatan", method="of_event")

    class Meta(ListFilterSet.Meta):
        model = Delivery
        fields: list[str] = []
        form = DeliveryFilterForm

    def from_day(self, rows: QuerySet[Any], name: str, value: ReadDate) -> QuerySet[Any]:
        return rows.filter(date__gte=first_day(value))

    def to_day(self, rows: QuerySet[Any], name: str, value: ReadDate) -> QuerySet[Any]:
        return rows.filter(date__lte=last_day(value))

    def by_check(self, rows: DeliveryQuerySet, name: str, value: str) -> QuerySet[Any]:
        if value == FOR_ME:
            return rows.checkable_by(self.request.user)
        return rows.filter(verified_on__isnull=value == UNCHECKED)

    def of_agreement(self, rows: QuerySet[Any], name: str, value: int) -> QuerySet[Any]:
        return rows.filter(agreement=value)

    def of_partner(self, rows: QuerySet[Any], name: str, value: int) -> QuerySet[Any]:
        """With the partner itself or under an agreement it is a party to."""
        is_party = Exists(Party.objects.filter(partner=value, agreement=OuterRef("agreement")))
        return rows.filter(Q(partner=value) | is_party)

    def of_event(self, rows: QuerySet[Any], name: str, value: int) -> QuerySet[Any]:
        return rows.filter(event=value)

    def in_words(self, name: str) -> str:
        """The name of what the address only numbers, as far as the user may read it."""
        value, user = self.form.cleaned_data[name], self.request.user
        found: Agreement | Partner | Event | None
        match name:
            case "perjanjian":
                found = Agreement.objects.listed_to(user).filter(pk=value).first()
            case "mitra":
                found = Partner.objects.visible_to(user).filter(pk=value).first()
            case "kegiatan":
                found = Event.objects.visible_to(user).filter(pk=value).first()
            case _:
                return super().in_words(name)
        return str(found or "tidak ditemukan")
