"""Community groups (Pokmas Lipas): the decree, its fields and its members."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from institutions.models import Recorded, Trail, Unit, UnitKind, Versioned, one_of
from partnerships.models.partners import Partner


class PokmasDecree(Versioned):
    """A Bapas head's decree that makes a partner a Pokmas Lipas (PAS-06.OT.02.02 of 2020)."""

    partner = models.ForeignKey(
        Partner, verbose_name="Pokmas", on_delete=models.PROTECT, related_name="pokmas_decrees"
    )
    unit = models.ForeignKey(
        Unit, verbose_name="Bapas", on_delete=models.PROTECT, related_name="pokmas_decrees"
    )
    number = models.CharField("nomor SK", max_length=120, blank=True)
    date = models.DateField("tanggal SK", null=True, blank=True)

    history = Trail(excluded_fields=["updated_at"])

    class Meta:
        verbose_name = "SK Pokmas"
        verbose_name_plural = "SK Pokmas"
        ordering = ["unit", F("date").desc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return f"SK {self.number or 'tanpa nomor'}"

    def clean(self) -> None:
        if self.unit_id and self.unit.kind != UnitKind.BAPAS:
            raise ValidationError({"unit": "SK Pokmas dikeluarkan oleh Bapas."})


class PokmasFieldKind(models.TextChoices):
    KEPRIBADIAN = "KEPRIBADIAN", "Kepribadian"
    KEMANDIRIAN = "KEMANDIRIAN", "Kemandirian"
    HUKUM = "HUKUM", "Hukum"
    KEMASYARAKATAN = "KEMASYARAKATAN", "Kemasyarakatan"
    EKONOMI = "EKONOMI", "Ekonomi"
    SOSIAL = "SOSIAL", "Sosial"


class PokmasField(Recorded):
    """A field a Pokmas works in, as its decree names it."""

    decree = models.ForeignKey(
        PokmasDecree, verbose_name="SK", on_delete=models.CASCADE, related_name="fields"
    )
    kind = models.CharField("bidang Pokmas", max_length=15, choices=PokmasFieldKind.choices)

    history = Trail()

    class Meta:
        verbose_name = "bidang Pokmas"
        verbose_name_plural = "bidang Pokmas"
        ordering = ["decree", "kind"]
        constraints = [
            one_of("kind", PokmasFieldKind, name="pokmasfield_kind_known"),
            models.UniqueConstraint(
                fields=["decree", "kind"],
                name="pokmasfield_once",
                violation_error_message="Bidang ini sudah tercatat.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class PokmasMember(Recorded):
    """A member of a Pokmas: a registered partner, or a name as the decree writes it."""

    decree = models.ForeignKey(
        PokmasDecree, verbose_name="SK", on_delete=models.CASCADE, related_name="members"
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name="mitra",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pokmas_memberships",
    )
    name_as_written = models.CharField("nama tertulis", max_length=200, blank=True)

    history = Trail()

    class Meta:
        verbose_name = "anggota Pokmas"
        verbose_name_plural = "anggota Pokmas"
        ordering = ["decree", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(partner__isnull=False) | ~Q(name_as_written=""),
                name="pokmasmember_somebody",
                violation_error_message="Pilih mitra atau tulis namanya.",
            ),
            models.UniqueConstraint(
                fields=["decree", "partner"],
                name="pokmasmember_once",
                violation_error_message="Mitra ini sudah menjadi anggota.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.partner) if self.partner else self.name_as_written
