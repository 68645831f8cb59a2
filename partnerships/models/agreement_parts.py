"""The parts of an agreement: its parties and its programme areas."""

from django.db import models
from django.db.models import Q

from institutions.models import Recorded, Trail, Unit
from partnerships.models.agreements import Agreement
from partnerships.models.codelists import ProgrammeArea
from partnerships.models.partners import Partner


class Party(Recorded):
    """One side of an agreement, a unit or a partner, with its own number and signatory."""

    agreement = models.ForeignKey(
        Agreement, verbose_name="perjanjian", on_delete=models.CASCADE, related_name="parties"
    )
    order = models.PositiveSmallIntegerField("urutan", default=1)
    unit = models.ForeignKey(
        Unit,
        verbose_name="unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parties",
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name="mitra",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parties",
    )
    number = models.CharField(
        "nomor naskah",
        max_length=120,
        blank=True,
        help_text="Tulis persis seperti pada naskah.",
    )
    signatory_name = models.CharField("penanda tangan", max_length=150, blank=True)
    signatory_position = models.CharField("jabatan penanda tangan", max_length=150, blank=True)

    history = Trail()

    class Meta:
        verbose_name = "pihak"
        verbose_name_plural = "para pihak"
        ordering = ["agreement", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, partner__isnull=True)
                | Q(unit__isnull=True, partner__isnull=False),
                name="party_unit_or_partner",
                violation_error_message="Satu pihak adalah satu unit atau satu mitra.",
            ),
            models.UniqueConstraint(
                fields=["agreement", "unit"],
                name="party_unit_once",
                violation_error_message="Unit ini sudah menjadi pihak.",
            ),
            models.UniqueConstraint(
                fields=["agreement", "partner"],
                name="party_partner_once",
                violation_error_message="Mitra ini sudah menjadi pihak.",
            ),
        ]

    # Set by `parties_with_names`, which reads no more of unit and partner than this.
    called: str | None = None

    def __str__(self) -> str:
        return self.called or str(self.who or "")

    @property
    def who(self) -> Unit | Partner | None:
        """The unit or partner itself; None only before the party is saved."""
        return self.unit or self.partner


class AgreementArea(Recorded):
    """A programme area the agreement covers."""

    agreement = models.ForeignKey(
        Agreement, verbose_name="perjanjian", on_delete=models.CASCADE, related_name="area_links"
    )
    area = models.ForeignKey(
        ProgrammeArea,
        verbose_name="bidang",
        on_delete=models.PROTECT,
        related_name="agreement_links",
    )

    history = Trail()

    class Meta:
        verbose_name = "bidang perjanjian"
        verbose_name_plural = "bidang perjanjian"
        ordering = ["area"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "area"],
                name="agreement_area_once",
                violation_error_message="Bidang ini sudah tercatat.",
            )
        ]

    def __str__(self) -> str:
        return str(self.area)
