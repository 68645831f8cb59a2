"""Provinces and regencies by the dotted codes of the Ministry of Home Affairs."""

from django.db import models

from indonesian.names import normalise
from institutions.models.base import Imported, Recorded, one_of
from institutions.models.fields import KeyField
from institutions.models.searchable import SearchableQuerySet
from institutions.models.trail import Trail


class Timezone(models.TextChoices):
    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


class Province(Imported, Recorded):
    """A province; its code is the two digits of Kepmendagri 300.2.2-2138/2025."""

    code = models.CharField("kode", max_length=2, unique=True)
    name = models.CharField("nama", max_length=100)
    short_name = models.CharField("nama pendek", max_length=60)
    abbreviation = models.CharField("singkatan", max_length=30, blank=True)
    timezone = models.CharField("zona waktu", max_length=20, choices=Timezone.choices)

    history = Trail(excluded_fields=["imported"])

    class Meta:
        verbose_name = "provinsi"
        verbose_name_plural = "provinsi"
        ordering = ["code"]
        constraints = [one_of("timezone", Timezone, name="province_timezone_known")]

    def __str__(self) -> str:
        return self.short_name


class RegencyKind(models.TextChoices):
    KABUPATEN = "KABUPATEN", "Kabupaten"
    KOTA = "KOTA", "Kota"


class RegencyQuerySet(SearchableQuerySet["Regency"]):
    search_column = "name_key"


class Regency(Imported, Recorded):
    """A kabupaten or kota; one level below the province, code `NN.NN`."""

    code = models.CharField("kode", max_length=5, unique=True)
    province = models.ForeignKey(
        Province, verbose_name="provinsi", on_delete=models.PROTECT, related_name="regencies"
    )
    kind = models.CharField("jenis", max_length=10, choices=RegencyKind.choices)
    name = models.CharField("nama", max_length=100, help_text="Tanpa kata Kabupaten atau Kota.")
    full_name = models.CharField("nama lengkap", max_length=120)
    name_key = KeyField(max_length=300, editable=False, blank=True, db_index=True)

    objects = RegencyQuerySet.as_manager()
    history = Trail(excluded_fields=["imported", "name_key"])

    class Meta:
        verbose_name = "kabupaten/kota"
        verbose_name_plural = "kabupaten/kota"
        ordering = ["name_key", "code"]
        constraints = [one_of("kind", RegencyKind, name="regency_kind_known")]

    def __str__(self) -> str:
        return self.full_name

    def fill_derived(self) -> None:
        self.name_key = normalise(self.full_name)[:300]
