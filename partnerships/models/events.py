"""Coordination events: when as well as it is known, who took part, what they agreed."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from indonesian.calendar import format_range, month_name
from indonesian.dates import Precision, ReadDate
from institutions.models import KeyField, NoteField, Trail, Unit, one_of
from partnerships.models.event_codes import DatePrecision, Mode, SourceKind, UnitRole
from partnerships.models.event_queries import EventQuerySet
from partnerships.models.roots import Root

PRECISION_READ: dict[Precision | None, DatePrecision] = {
    Precision.DAY: DatePrecision.DAY,
    Precision.MONTH: DatePrecision.MONTH,
    Precision.YEAR: DatePrecision.YEAR,
    Precision.DAY_MONTH: DatePrecision.DAY_MONTH,
}


class Event(Root):
    """A meeting, visit, signing or other activity, as the unit that keeps the record saw it."""

    quoted_in = ("deliveries",)

    unit = models.ForeignKey(
        Unit, verbose_name="unit pencatat", on_delete=models.PROTECT, related_name="events"
    )
    title = models.CharField("judul", max_length=300)
    starts_on = models.DateField("tanggal", null=True, blank=True)
    ends_on = models.DateField("sampai tanggal", null=True, blank=True)
    date_precision = models.CharField(
        "ketepatan tanggal",
        max_length=9,
        choices=DatePrecision.choices,
        default=DatePrecision.UNKNOWN,
    )
    date_text = models.CharField("tanggal seperti tertulis", max_length=100, blank=True)
    date_inferred = models.BooleanField("tahun disimpulkan", default=False)
    year = models.PositiveSmallIntegerField("tahun", null=True, blank=True, editable=False)
    month = models.PositiveSmallIntegerField("bulan", null=True, blank=True, editable=False)
    date_key = KeyField(max_length=10, blank=True, editable=False)
    time = models.TimeField("pukul", null=True, blank=True)
    place = models.CharField("tempat", max_length=200, blank=True)
    mode = models.CharField("cara pelaksanaan", max_length=7, choices=Mode.choices, blank=True)
    budget_year = models.PositiveSmallIntegerField("tahun anggaran", null=True, blank=True)
    declared_partners = models.PositiveIntegerField(
        "jumlah mitra menurut sumber", null=True, blank=True
    )
    declared_agreements = models.PositiveIntegerField(
        "jumlah perjanjian menurut sumber", null=True, blank=True
    )
    notes = NoteField("catatan", blank=True)
    source_kind = models.CharField(
        "jenis sumber", max_length=13, choices=SourceKind.choices, blank=True
    )
    source_url = models.URLField("alamat sumber", max_length=500, blank=True)
    published_on = models.DateField("terbit pada", null=True, blank=True)

    objects = EventQuerySet.as_manager()
    history = Trail(excluded_fields=["date_key", "search_text", "updated_at"])

    class Meta:
        verbose_name = "kegiatan"
        verbose_name_plural = "kegiatan"
        ordering = ["-date_key", "-pk"]
        permissions = [("archive_event", "Dapat menghapus kegiatan ke Sampah")]
        indexes = [
            models.Index(fields=["-date_key", "-id"], name="event_newest"),
            models.Index(fields=["unit", "starts_on"], name="event_unit_day"),
            models.Index(fields=["starts_on"], name="event_start"),
            models.Index(fields=["ends_on"], name="event_end"),
        ]
        constraints = [
            *Root.Meta.constraints,
            one_of("date_precision", DatePrecision, name="event_precision_known"),
            one_of("mode", Mode, name="event_mode_known", or_blank=True),
            one_of("source_kind", SourceKind, name="event_source_known", or_blank=True),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="event_titled",
                violation_error_message="Isi judul kegiatan.",
            ),
            models.CheckConstraint(
                condition=Q(date_precision=DatePrecision.DAY, starts_on__isnull=False)
                | (~Q(date_precision=DatePrecision.DAY) & Q(starts_on__isnull=True)),
                name="event_day_means_precise",
                violation_error_message="Tanggal lengkap hanya ada bila harinya diketahui.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="event_ends_after_start",
                violation_error_message="Tanggal selesai harus setelah tanggal mulai.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=False),
                name="event_end_needs_start",
                violation_error_message="Isi tanggal mulai sebelum tanggal selesai.",
            ),
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(month__range=(1, 12)),
                name="event_month_in_year",
                violation_error_message="Bulan antara 1 dan 12.",
            ),
            models.CheckConstraint(
                condition=Q(budget_year__isnull=True) | Q(budget_year__range=(1945, 2100)),
                name="event_budget_year_plausible",
                violation_error_message="Tahun anggaran antara 1945 dan 2100.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("event_detail", args=[self.pk])

    def clean(self) -> None:
        if self.starts_on and self.starts_on.year < 1945:
            raise ValidationError({"starts_on": "Tanggal kegiatan paling awal tahun 1945."})

    def set_date(self, read: ReadDate) -> None:
        """Take over a date as written: whole days as days, partial ones as text, year and month."""
        self.date_text = read.text.strip()[:100]
        self.date_inferred = read.inferred
        self.date_precision = PRECISION_READ.get(read.precision, DatePrecision.UNKNOWN)
        whole_day = self.date_precision == DatePrecision.DAY
        self.starts_on = read.start if whole_day else None
        self.ends_on = read.end if whole_day else None
        self.year = read.year
        self.month = read.month

    def clear_date(self) -> None:
        self.date_text, self.date_inferred = "", False
        self.date_precision = DatePrecision.UNKNOWN
        self.starts_on = self.ends_on = self.year = self.month = None

    def fill_derived(self) -> None:
        if self.starts_on:
            self.date_precision = DatePrecision.DAY
            self.year, self.month = self.starts_on.year, self.starts_on.month
        self.date_key = self.sortable_date()

    def sortable_date(self) -> str:
        """The date cut where knowledge ends: 2024-11-20, 2024-11, 2024 or blank."""
        if self.starts_on:
            return self.starts_on.isoformat()
        if self.year is None:
            return ""
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"

    def search_parts(self) -> list[Any]:
        texts = [self.title, self.place, self.unit.name, self.unit.short_name]
        texts += self.parts.values_list("text", flat=True)
        names = ("name_as_written", "partner__name", "partner__acronym", "partner__names__name")
        for row in self.attendances.order_by("pk", "partner__names__pk").values_list(*names):
            texts += row
        return texts

    @property
    def date_label(self) -> str:
        """The date as precisely as it is known, for reading."""
        if self.starts_on:
            return format_range(self.starts_on, self.ends_on or self.starts_on)
        if self.date_precision == DatePrecision.MONTH and self.month and self.year:
            return f"{month_name(self.month)} {self.year}"
        if self.date_precision == DatePrecision.YEAR and self.year:
            return str(self.year)
        return self.date_text or "Tanggal belum diketahui"

    def has_happened(self, today: date) -> bool:
        return self.starts_on is not None and self.starts_on <= today

    @property
    def recorded_partners(self) -> int:
        """Partners recorded as having taken part; the declared number may say otherwise."""
        return len([row for row in self.attendances.all() if row.took_part])

    @property
    def lacks_partners(self) -> bool:
        """Whether the source speaks of more partners than are recorded, or none is."""
        return self.recorded_partners < (self.declared_partners or 1)

    def missing(self) -> list[str]:
        """What the record still lacks, by field: never a reason to refuse it."""
        gaps = []
        if self.starts_on is None:
            gaps.append("when")
        if not self.parts.all():
            gaps.append("parts")
        if not self.place and self.mode != Mode.DARING:
            gaps.append("place")
        if self.lacks_partners:
            gaps.append("attendances")
        if not self.area_links.all():
            gaps.append("areas")
        return gaps

    def host(self) -> Unit:
        """The unit that held the event; the keeping unit when no other host is named."""
        for row in self.unit_roles.all():
            if row.role == UnitRole.HOST:
                return row.unit
        return self.unit

    def archive_obstacle(self) -> str:
        if self.deliveries.filter(archived_on__isnull=True).exists():
            return "Kegiatan ini sudah punya realisasi. Hapus dulu realisasinya."
        return ""

    def purge_obstacle(self) -> str:
        if obstacle := super().purge_obstacle():
            return obstacle
        if self.deliveries.exists() or self.signed_agreements.exists():
            return "Kegiatan ini masih dipakai di catatan lain."
        return ""
