"""Files kept with an agreement, an event or a delivery: scans, letters, photos, their versions."""

import uuid
from functools import partial
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone

from institutions.models import Trail, Unit, User, one_of
from partnerships.models.agreements import Agreement
from partnerships.models.deliveries import Delivery
from partnerships.models.document_codes import PICTURES, SHOWING_PEOPLE, DocumentKind, FileType
from partnerships.models.events import Event
from partnerships.models.roots import Archivable

Owner = Agreement | Event | Delivery
OWNERS: dict[str, Any] = {"agreement": Agreement, "event": Event, "delivery": Delivery}
FOLDER = "documents"
ERASED = "Isi berkas ini sudah dihapus selamanya."


def storage_name(document: "Document | None", original_name: str) -> str:
    """A name of our own: nothing a user typed reaches the file system."""
    return f"{FOLDER}/{uuid.uuid4().hex}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: User) -> Self:
        """Files of records the user may read in full; removed ones only for the keeping units."""
        if user.sees_everything:
            return self.all()
        if user.sees_nothing:
            return self.none()
        these, readable = self.order_by(), Q()
        for link, model in OWNERS.items():
            owners = model._default_manager.among(these.values(link)).visible_to(user)
            readable |= Q(**{f"{link}__in": owners.values("pk")})
        return self.filter(kept_by(user) | (readable & Q(archived_on__isnull=True)))

    def editable_by(self, user: User) -> Self:
        return self.all() if user.sees_everything else self.filter(kept_by(user))

    def on_current(self) -> Self:
        """Those whose record is not in the Sampah."""
        return self.filter(**{f"{link}__archived_on__isnull": True for link in OWNERS})

    def current(self) -> Self:
        return self.filter(archived_on__isnull=True)

    def archived(self) -> Self:
        return self.filter(archived_on__isnull=False)

    def kept(self) -> Self:
        """Those whose content is there."""
        return self.filter(erased_on__isnull=True)


def kept_by(user: User) -> Q:
    """Files of the user's own subtree."""
    owned = Q()
    for link in OWNERS:
        owned |= Q(**{f"{link}__unit__in": user.own_units})
    return owned


class Document(Archivable):
    """One stored file and what it belongs to; read through the rights of that row."""

    # Empty once the content was erased.
    file = models.FileField("berkas", upload_to=storage_name, max_length=120, blank=True)
    kind = models.CharField("jenis", max_length=8, choices=DocumentKind.choices)
    # Blank for files that came before their content was looked at.
    file_type = models.CharField(
        "bentuk berkas", max_length=4, choices=FileType.choices, blank=True
    )
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
    replaces = models.ForeignKey(
        "self",
        verbose_name="mengganti",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
    )
    original_name = models.CharField("nama asli", max_length=255)
    sha256 = models.CharField("sidik SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("ukuran (bita)")
    faces_cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="wajah disamarkan atau disetujui menurut",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diunggah oleh",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    uploaded_at = models.DateTimeField("diunggah pada", auto_now_add=True)
    erased_on = models.DateField("dihapus selamanya pada", null=True, blank=True, editable=False)
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dihapus selamanya oleh",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    erase_reason = models.CharField(
        "alasan penghapusan selamanya", max_length=300, blank=True, editable=False
    )

    objects = DocumentQuerySet.as_manager()
    history = Trail()

    untold = frozenset({"file", "file_type", "sha256", "size", "uploaded_by", "uploaded_at"})

    class Meta:
        verbose_name = "berkas"
        verbose_name_plural = "berkas"
        ordering = ["-uploaded_at", "-pk"]
        permissions = [("erase_document", "Dapat menghapus isi berkas selamanya")]
        constraints = [
            *Archivable.Meta.constraints,
            one_of("kind", DocumentKind, name="document_kind_known"),
            one_of("file_type", FileType, name="document_type_known", or_blank=True),
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
            models.CheckConstraint(
                condition=~Q(kind__in=SHOWING_PEOPLE)
                | ~Q(file_type__in=PICTURES)
                | Q(faces_cleared_by__isnull=False),
                name="document_faces_cleared",
                violation_error_message=(
                    "Nyatakan bahwa wajah warga binaan dan klien disamarkan atau disetujui."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(erased_on__isnull=True, erase_reason="") & ~Q(file=""))
                | (
                    Q(erased_on__isnull=False, archived_on__isnull=False, file="")
                    & ~Q(erase_reason="")
                ),
                name="document_erased_has_no_file",
                violation_error_message=(
                    "Hanya berkas yang dihapus selamanya, dengan alasannya, tidak punya isi."
                ),
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(archived_on__isnull=True),
                name="document_replaced_once",
                violation_error_message="Berkas itu sudah diganti dengan berkas lain.",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        return reverse("document_download", args=[self.pk])

    def clean(self) -> None:
        if self.replaces and self.replaces.owner_key != self.owner_key:
            raise ValidationError({"replaces": "Berkas diganti pada catatan yang sama."})

    @property
    def owner_key(self) -> tuple[int | None, ...]:
        return self.agreement_id, self.event_id, self.delivery_id

    @property
    def owner(self) -> Any:
        return self.agreement or self.event or self.delivery

    @property
    def unit(self) -> Unit:
        """Who keeps the record the file belongs to."""
        unit: Unit = self.owner.unit
        return unit

    @property
    def place_url(self) -> str:
        """Where the file stands on the page of its record."""
        return f"{self.owner.get_absolute_url()}#berkas"

    def replacement_obstacle(self) -> str:
        """Why no other file may take the place of this one; blank when one may."""
        successor = self.successors.current().first()
        return f"Berkas ini sudah diganti dengan “{successor}”." if successor else ""

    def restore(self, *, by: User) -> Self:
        if self.erased_on:
            raise ValidationError(ERASED)
        return super().restore(by=by)

    @transaction.atomic
    def erase(self, *, by: User, reason: str) -> Self:
        """Forget the content for good; the row, its digest and its history stay.

        Raises ValidationError.
        """
        if self.erased_on:
            raise ValidationError(ERASED)
        if not reason.strip():
            raise ValidationError("Tulis alasannya.")
        name, today = str(self.file.name), timezone.localdate()
        removal = {"archived_on": today, "archived_by": by, "archive_reason": reason}
        erased = self.change(
            by=by,
            reason=f"Dihapus selamanya: {reason}",
            file="",
            erased_on=today,
            erased_by=by,
            erase_reason=reason,
            **({} if self.archived_on else removal),
        )
        # Once nobody can be told otherwise; what stays behind all the same is swept.
        take_away = partial(self.file.storage.delete, name)
        transaction.on_commit(take_away, robust=True)
        return erased
