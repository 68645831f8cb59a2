"""Files kept with an agreement, an event or a delivery."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from institutions.models import Recorded, Trail, one_of
from partnerships.models.agreements import Agreement
from partnerships.models.deliveries import Delivery
from partnerships.models.events import Event


def storage_name(document: "Document", original_name: str) -> str:
    """A name of our own: nothing a user typed reaches the file system."""
    return f"documents/{uuid.uuid4().hex}"


class DocumentKind(models.TextChoices):
    NASKAH = "NASKAH", "Naskah"
    LAMPIRAN = "LAMPIRAN", "Lampiran"
    FOTO = "FOTO", "Foto"
    SURAT = "SURAT", "Surat"
    BUKTI = "BUKTI", "Bukti kegiatan"


class Document(Recorded):
    """One stored file and what it belongs to; read through the rights of that row."""

    file = models.FileField("berkas", upload_to=storage_name, max_length=120)
    kind = models.CharField("jenis", max_length=8, choices=DocumentKind.choices)
    agreement = models.ForeignKey(
        Agreement,
        verbose_name="perjanjian",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
    )
    event = models.ForeignKey(
        Event,
        verbose_name="kegiatan",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
    )
    delivery = models.ForeignKey(
        Delivery,
        verbose_name="realisasi",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
    )
    original_name = models.CharField("nama asli", max_length=255)
    sha256 = models.CharField("sidik SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("ukuran (bita)")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diunggah oleh",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    uploaded_at = models.DateTimeField("diunggah pada", auto_now_add=True)

    history = Trail()

    class Meta:
        verbose_name = "dokumen"
        verbose_name_plural = "dokumen"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            one_of("kind", DocumentKind, name="document_kind_known"),
            models.CheckConstraint(
                condition=Q(agreement__isnull=False, event__isnull=True, delivery__isnull=True)
                | Q(agreement__isnull=True, event__isnull=False, delivery__isnull=True)
                | Q(agreement__isnull=True, event__isnull=True, delivery__isnull=False),
                name="document_belongs_to_one_thing",
                violation_error_message=(
                    "Berkas melekat pada satu perjanjian, kegiatan, atau realisasi."
                ),
            ),
            models.CheckConstraint(
                condition=Exact(Length("sha256"), 64),
                name="document_has_digest",
                violation_error_message="Sidik berkas tidak lengkap.",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name
