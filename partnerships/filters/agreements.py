"""Filters of the agreement list."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from institutions.fields import WholeDayField
from institutions.filters.codes import KANWIL_NAME, CodeFilter
from institutions.lists import FilterForm, ListFilterSet
from institutions.models import Province, Regency, Unit, UnitKind
from partnerships.filters.by_unit import WithUnitKind
from partnerships.filters.links import LinkFilter
from partnerships.models import (
    ACTIVE_STATUSES,
    DRAFT_STATUSES,
    Agreement,
    AgreementKind,
    AgreementQuerySet,
    Evidence,
    Partner,
    Party,
    ProgrammeArea,
    Status,
)

# What counts call "aktif" and "draf" is several statuses at once.
GROUPED = {"aktif": ACTIVE_STATUSES, "draf": DRAFT_STATUSES}
STATUS_CHOICES = [
    ("aktif", "Aktif (semua yang berlaku)"),
    ("draf", "Draf (semua)"),
    *((code, label) for code, label in Status.choices if code != Status.ARCHIVED),
]
# As far ahead as reminders look.
DAYS_AHEAD = (30, 60, 90, 180, 365)
# The kinds that counts count.
COUNTED = "dihitung"
COMPLETE, INCOMPLETE = "lengkap", "belum"
WITH_SCAN, WITHOUT_SCAN = "ada", "tidak"


class DayFilter(django_filters.Filter):
    """A day in any Indonesian spelling."""

    field_class = WholeDayField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", None)
        super().__init__(*args, **kwargs)


class AgreementFilterForm(FilterForm):
    field_order = ("q", "status", "berakhir", "kind", "area", "unit", "evidence", "completeness")


class AgreementFilterSet(WithUnitKind):
    status = django_filters.ChoiceFilter(
        label="Status", choices=STATUS_CHOICES, empty_label="Semua status", method="with_code"
    )
    berakhir = django_filters.ChoiceFilter(
        label="Berakhir dalam",
        choices=[(str(days), f"{days} hari") for days in DAYS_AHEAD],
        empty_label="Kapan saja",
        method="ending_within",
    )
    evidence = django_filters.ChoiceFilter(
        label="Berjalan", choices=Evidence.choices, empty_label="Semua", method="by_evidence"
    )
    kind = django_filters.ChoiceFilter(
        label="Jenis naskah",
        choices=[(COUNTED, "Yang dihitung (tanpa adendum)"), *AgreementKind.choices],
        empty_label="Semua jenis",
        method="of_kind",
    )
    area = CodeFilter(
        label="Bidang",
        queryset=ProgrammeArea.objects.filter(is_active=True),
        shown="label",
        number="order",
        empty_label="Semua bidang",
        method="in_area",
    )
    unit = django_filters.CharFilter(label="Unit", method="of_unit", max_length=100)
    kanwil = CodeFilter(
        label="Kanwil",
        queryset=Unit.objects.filter(kind=UnitKind.KANWIL),
        shown=KANWIL_NAME,
        text="name_key",
        empty_label="Semua Kanwil",
        method="below",
    )
    province = CodeFilter(
        label="Provinsi mitra",
        queryset=Province.objects.all(),
        shown="short_name",
        empty_label="Semua provinsi",
        method="in_province",
    )
    regency = django_filters.CharFilter(
        label="Kabupaten/kota mitra", method="in_regency", max_length=100
    )
    signed_from = DayFilter(label="Tanda tangan sejak", field_name="signed_on", lookup_expr="gte")
    signed_to = DayFilter(label="Tanda tangan sampai", field_name="signed_on", lookup_expr="lte")
    ends_from = DayFilter(label="Berakhir sejak", field_name="ends_on", lookup_expr="gte")
    ends_to = DayFilter(label="Berakhir sampai", field_name="ends_on", lookup_expr="lte")
    completeness = django_filters.ChoiceFilter(
        label="Kelengkapan",
        choices=[(INCOMPLETE, "Belum lengkap"), (COMPLETE, "Lengkap")],
        empty_label="Semua",
        method="by_completeness",
    )
    naskah = django_filters.ChoiceFilter(
        label="Naskah",
        choices=[(WITHOUT_SCAN, "Belum diunggah"), (WITH_SCAN, "Sudah diunggah")],
        empty_label="Semua",
        method="by_scan",
    )
    pada = DayFilter(label="Keadaan pada tanggal", method="heeded_elsewhere")

    mitra = LinkFilter(label="Mitra", method="of_partner")
    pencatat = django_filters.CharFilter(
        label="Dicatat oleh", method="kept_by", max_length=100, widget=forms.HiddenInput
    )

    class Meta(ListFilterSet.Meta):
        model = Agreement
        fields: list[str] = []
        form = AgreementFilterForm

    @property
    def day(self) -> date:
        """For which status, evidence and completeness are told."""
        chosen = self.form.cleaned_data if self.is_bound and self.form.is_valid() else {}
        return chosen.get("pada") or timezone.localdate()

    def search(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        return rows.search_as(self.request.user, value)

    def with_code(self, rows: AgreementQuerySet, name: str, value: str) -> QuerySet[Any]:
        if value not in GROUPED:
            return rows.of_status(Status(value), self.day)
        states: Any = rows.with_status(self.day)
        return states.filter(status__in=GROUPED[value])

    def ending_within(self, rows: AgreementQuerySet, name: str, value: str) -> QuerySet[Any]:
        """Those in force on the day that end until so many days later."""
        return rows.ending_within(int(value), self.day)

    def by_evidence(self, rows: AgreementQuerySet, name: str, value: str) -> QuerySet[Any]:
        states: Any = rows.with_evidence(self.day)
        return states.filter(evidence=value)

    def of_kind(self, rows: AgreementQuerySet, name: str, value: str) -> QuerySet[Any]:
        return rows.counted() if value == COUNTED else rows.filter(kind=value)

    def in_area(self, rows: QuerySet[Any], name: str, value: ProgrammeArea) -> QuerySet[Any]:
        return rows.filter(Exists(value.agreement_links.filter(agreement=OuterRef("pk"))))

    def of_partner(self, rows: QuerySet[Any], name: str, value: int) -> QuerySet[Any]:
        return rows.filter(Exists(Party.objects.filter(agreement=OuterRef("pk"), partner=value)))

    def of_unit(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Kept by one of the units meant, or one of them is a party."""
        units = self.units_meant(value)
        party = Party.objects.filter(agreement=OuterRef("pk"), unit__in=units)
        return rows.filter(Q(unit__in=units) | Exists(party))

    def kept_by(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(unit__code=value)

    def below(self, rows: QuerySet[Any], name: str, value: Unit) -> QuerySet[Any]:
        return rows.filter(unit__in=Unit.objects.within(value.pk))

    def in_province(self, rows: QuerySet[Any], name: str, value: Province) -> QuerySet[Any]:
        party = Party.objects.filter(agreement=OuterRef("pk"), partner__province=value)
        return rows.filter(Exists(party))

    def in_regency(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        regencies = Regency.objects.search(value)
        party = Party.objects.filter(agreement=OuterRef("pk"), partner__regency__in=regencies)
        return rows.filter(Exists(party))

    def by_completeness(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        return rows.with_completeness().filter(is_complete=value == COMPLETE)

    def by_scan(self, rows: AgreementQuerySet, name: str, value: str) -> QuerySet[Any]:
        """A card tells of no files, so papers that are seen as cards only answer to neither."""
        told: AgreementQuerySet = rows.visible_to(self.request.user)
        return told.by_scan(has_scan=value == WITH_SCAN)

    def in_words(self, name: str) -> str:
        """A unit that came by its code is named, and a partner that came by its number."""
        words = super().in_words(name)
        if name == "mitra":
            partner = Partner.objects.filter(pk=self.form.cleaned_data[name]).first()
            return str(partner or "tidak ditemukan")
        by_code = name in {"unit", "pencatat"}
        unit = Unit.objects.filter(code=words).first() if by_code else None
        return str(unit) if unit else words
