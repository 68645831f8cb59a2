"""Who holds which office at a unit, and when that is known."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from indonesian.names import normalise
from institutions.models.base import Versioned, one_of
from institutions.models.fields import KeyField
from institutions.models.units import Unit


class Acting(models.TextChoices):
    PLT = "PLT", "Plt. (pelaksana tugas)"
    PLH = "PLH", "Plh. (pelaksana harian)"


class OfficeholderQuerySet(models.QuerySet["Officeholder"]):
    def in_office_on(self, day: date) -> "OfficeholderQuerySet":
        """Known to hold office that day: by a term that covers it, or seen in office that day."""
        has_term = Q(valid_from__isnull=False) | Q(valid_until__isnull=False)
        covers = (Q(valid_from__isnull=True) | Q(valid_from__lte=day)) & (
            Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        )
        return self.filter((has_term & covers) | Q(seen_on=day))

    def heads(self) -> "OfficeholderQuerySet":
        return self.filter(is_head=True)


class Officeholder(Versioned):
    """A person in an office of a unit. An article proves one day (`seen_on`), not a term."""

    unit = models.ForeignKey(
        Unit, verbose_name="unit", on_delete=models.PROTECT, related_name="officeholders"
    )
    person_name = models.CharField("nama", max_length=120, help_text="Tanpa gelar.")
    degrees = models.CharField("gelar", max_length=80, blank=True)
    position = models.CharField("jabatan", max_length=150)
    is_head = models.BooleanField("kepala unit", default=False)
    acting = models.CharField("status jabatan", max_length=3, choices=Acting.choices, blank=True)
    valid_from = models.DateField("menjabat sejak", null=True, blank=True)
    valid_until = models.DateField("menjabat sampai", null=True, blank=True)
    seen_on = models.DateField(
        "terlihat menjabat pada",
        null=True,
        blank=True,
        help_text="Tanggal berita atau naskah yang menyebutnya, bila masa jabatan belum diketahui.",
    )
    source = models.CharField("sumber", max_length=200, blank=True)
    name_key = KeyField(max_length=300, editable=False, blank=True)

    objects = OfficeholderQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["name_key", "updated_at"])

    class Meta:
        verbose_name = "pejabat"
        verbose_name_plural = "pejabat"
        ordering = ["unit", "-is_head", "-valid_from", "-seen_on", "name_key"]
        constraints = [
            one_of("acting", Acting, name="officeholder_acting_known", or_blank=True),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="officeholder_ends_after_start",
                violation_error_message="Akhir masa jabatan harus setelah awalnya.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name}, {self.position}"

    def clean(self) -> None:
        if not (self.valid_from or self.valid_until or self.seen_on):
            raise ValidationError(
                {"seen_on": "Isi masa jabatan, atau tanggal orang ini terlihat menjabat."}
            )

    def fill_derived(self) -> None:
        self.name_key = normalise(self.person_name)[:300]

    @property
    def full_name(self) -> str:
        return f"{self.person_name}, {self.degrees}" if self.degrees else self.person_name

    def overlapping_heads(self) -> OfficeholderQuerySet:
        """Other heads of the same unit whose terms overlap this one: a warning, never a refusal."""
        if not self.is_head or not (self.valid_from or self.valid_until):
            return Officeholder.objects.none()
        others = Officeholder.objects.heads().filter(unit=self.unit, acting=self.acting)
        others = others.filter(Q(valid_from__isnull=False) | Q(valid_until__isnull=False))
        if self.valid_until:
            others = others.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=self.valid_until))
        if self.valid_from:
            others = others.filter(
                Q(valid_until__isnull=True) | Q(valid_until__gte=self.valid_from)
            )
        return others.exclude(pk=self.pk)
