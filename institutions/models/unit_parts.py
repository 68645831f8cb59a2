"""What hangs on a unit: the provinces a Kanwil covers, and names valid in time."""

from datetime import date, timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from institutions.models.base import Recorded, one_of
from institutions.models.regions import Province
from institutions.models.trail import Trail
from institutions.models.units import Grade, Unit, UnitKind


class KanwilProvince(Recorded):
    """A province that a Kanwil covers; some Kanwil cover the new provinces of Papua and Kaltara."""

    unit = models.ForeignKey(
        Unit, verbose_name="Kanwil", on_delete=models.CASCADE, related_name="covered_provinces"
    )
    province = models.ForeignKey(
        Province, verbose_name="provinsi", on_delete=models.PROTECT, related_name="covering_units"
    )

    history = Trail()

    class Meta:
        verbose_name = "wilayah kerja Kanwil"
        verbose_name_plural = "wilayah kerja Kanwil"
        ordering = ["unit", "province"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "province"],
                name="kanwil_province_once",
                violation_error_message="Provinsi ini sudah tercatat untuk Kanwil itu.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} – {self.province}"

    def clean(self) -> None:
        if self.unit_id and self.unit.kind != UnitKind.KANWIL:
            raise ValidationError({"unit": "Wilayah kerja hanya dicatat untuk Kanwil."})


class DatedName(Recorded):
    """A name that holds between two days; an open side means "since ever" or "until now"."""

    name = models.CharField("nama", max_length=150)
    valid_from = models.DateField("berlaku sejak", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="%(class)s_ends_after_start",
                violation_error_message="Tanggal akhir nama harus setelah tanggal awalnya.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_dated(self) -> bool:
        """A name of its time; without any date it is only another spelling."""
        return bool(self.valid_from or self.valid_until)

    def covers(self, day: date) -> bool:
        """Whether the name held that day; another spelling never does."""
        begun = self.valid_from is None or self.valid_from <= day
        over = self.valid_until is not None and self.valid_until < day
        return self.is_dated and begun and not over


class UnitNameQuerySet(models.QuerySet["UnitName"]):
    def split(self) -> "tuple[list[UnitName], list[UnitName]]":
        """Names of their time, latest first, and other spellings."""
        rows: list[UnitName] = list(self.all())
        dated = [row for row in rows if row.is_dated]
        dated.sort(key=lambda row: row.valid_until or date.max, reverse=True)
        return dated, [row for row in rows if not row.is_dated]


class UnitName(DatedName):
    """A former name of a unit (dated) or another spelling of it (without dates)."""

    unit = models.ForeignKey(
        Unit, verbose_name="unit", on_delete=models.CASCADE, related_name="names"
    )
    short_name = models.CharField("nama pendek", max_length=100, blank=True)
    grade = models.CharField("kelas", max_length=3, choices=Grade.choices, blank=True)

    objects = UnitNameQuerySet.as_manager()
    history = Trail()

    class Meta(DatedName.Meta):
        verbose_name = "nama lain unit"
        verbose_name_plural = "nama lain unit"
        ordering = ["unit", F("valid_from").asc(nulls_first=True), "name"]
        constraints = [
            *DatedName.Meta.constraints,
            one_of("grade", Grade, name="unitname_grade_known", or_blank=True),
        ]

    @classmethod
    def remember(
        cls,
        unit: Unit,
        *,
        name: str,
        short_name: str,
        grade: str,
        last_day: date,
        by: models.Model | None,
        reason: str = "",
    ) -> Self:
        """Keep what the unit was called until `last_day`; it starts where the name before ended."""
        before = unit.names.filter(valid_until__lt=last_day).order_by("-valid_until").first()
        before_that = before.valid_until if before else None
        return cls(
            unit=unit,
            name=name,
            short_name=short_name,
            grade=grade,
            valid_from=before_that + timedelta(days=1) if before_that else None,
            valid_until=last_day,
        ).record(by=by, reason=reason)


class MinistryName(DatedName):
    """The ministry above Ditjenpas, by period, for letterheads."""

    history = Trail()

    class Meta(DatedName.Meta):
        verbose_name = "nama kementerian"
        verbose_name_plural = "nama kementerian"
        ordering = [F("valid_from").asc(nulls_first=True), "name"]
