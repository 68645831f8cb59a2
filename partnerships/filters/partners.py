"""Filters of the partner list."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from institutions.filters.codes import CodeFilter
from institutions.lists import ListFilterSet
from institutions.models import Province, Regency, Unit
from partnerships.filters.by_unit import units_meant
from partnerships.models import (
    Agreement,
    Attendance,
    Delivery,
    Event,
    Partner,
    PartnerKind,
    Party,
    ProgrammeArea,
)

ACTIVE, NOT_ACTIVE, MOVING, IDLE = "aktif", "tanpa", "berjalan", "diam"


class PartnerFilterSet(ListFilterSet):
    kind = django_filters.ChoiceFilter(
        label="Jenis mitra", choices=PartnerKind.choices, empty_label="Semua jenis"
    )
    province = CodeFilter(
        label="Provinsi",
        queryset=Province.objects.all(),
        shown="short_name",
        empty_label="Semua provinsi",
    )
    regency = django_filters.CharFilter(label="Kabupaten/kota", method="in_regency", max_length=100)
    area = CodeFilter(
        label="Bidang",
        queryset=ProgrammeArea.objects.filter(is_active=True),
        shown="label",
        number="order",
        empty_label="Semua bidang",
        method="with_area",
    )
    unit = django_filters.CharFilter(
        label="Bekerja sama dengan unit", method="of_unit", max_length=100
    )
    standing = django_filters.ChoiceFilter(
        label="Perjanjian",
        choices=[
            (ACTIVE, "Ada yang aktif"),
            (NOT_ACTIVE, "Tidak ada yang aktif"),
            (MOVING, "Ada yang berjalan"),
            (IDLE, "Aktif, belum ada yang berjalan"),
        ],
        empty_label="Semua",
        method="by_standing",
    )

    class Meta(ListFilterSet.Meta):
        model = Partner
        fields: list[str] = []

    def in_regency(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(regency__in=Regency.objects.search(value))

    def with_area(self, rows: QuerySet[Any], name: str, value: ProgrammeArea) -> QuerySet[Any]:
        papers = Agreement.objects.listed_to(self.request.user).current()
        return rows.filter(party_to(papers.filter(area_links__area=value)))

    def of_unit(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Partners of one unit and those below it, as far as the user sees what they share."""
        user, units = self.request.user, units_meant(value)
        papers = Agreement.objects.listed_to(user).current().of_units(units)
        events = Event.objects.visible_to(user).current().filter(unit__in=units)
        deliveries = Delivery.objects.visible_to(user).current().filter(unit__in=units)
        attended = Attendance.objects.filter(partner=OuterRef("pk"), event__in=events)
        delivered = deliveries.filter(partner=OuterRef("pk"))
        return rows.filter(Q(party_to(papers)) | Exists(attended) | Exists(delivered))

    def by_standing(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        active = party_to(Agreement.objects.in_force().counted())
        moving = party_to(Agreement.objects.in_force().moving().counted())
        wanted = {ACTIVE: active, NOT_ACTIVE: ~active, MOVING: moving, IDLE: active & ~moving}
        return rows.filter(wanted[value])

    def in_words(self, name: str) -> str:
        """A unit that came by its code is named."""
        words = super().in_words(name)
        named = Unit.objects.filter(code=words).first() if name == "unit" else None
        return str(named or words)


def party_to(papers: QuerySet[Agreement]) -> Exists:
    """Whether the partner is a party to one of the papers."""
    return Exists(
        Party.objects.filter(partner=OuterRef("pk"), agreement__in=papers.order_by().values("pk"))
    )
