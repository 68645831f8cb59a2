"""Filters of the partner list."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet

from institutions.lists import ListFilterSet
from institutions.models import Province, Regency
from partnerships.models import Agreement, Partner, PartnerKind, ProgrammeArea


class PartnerFilterSet(ListFilterSet):
    kind = django_filters.ChoiceFilter(
        label="Jenis mitra", choices=PartnerKind.choices, empty_label="Semua jenis"
    )
    province = django_filters.ModelChoiceFilter(
        label="Provinsi", queryset=Province.objects.all(), empty_label="Semua provinsi"
    )
    regency = django_filters.CharFilter(label="Kabupaten/kota", method="in_regency", max_length=100)
    area = django_filters.ModelChoiceFilter(
        label="Bidang",
        queryset=ProgrammeArea.objects.filter(is_active=True),
        empty_label="Semua bidang",
        to_field_name="code",
        method="with_area",
    )

    class Meta(ListFilterSet.Meta):
        model = Partner
        fields: list[str] = []

    def in_regency(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(regency__in=Regency.objects.search(value))

    def with_area(self, rows: QuerySet[Any], name: str, value: ProgrammeArea) -> QuerySet[Any]:
        agreements = Agreement.objects.current().filter(
            parties__partner=OuterRef("pk"), area_links__area=value
        )
        return rows.filter(Exists(agreements))
