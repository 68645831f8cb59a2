"""Deliveries (realisasi): what was really done, counted and never naming prisoners."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from indonesian.numbers import format_number
from institutions.models import NoteField, Trail, Unit, User, one_of
from institutions.questions import Reader
from partnerships.models.agreement_status import Stage
from partnerships.models.agreements import FIRST_SIGNING_DAY, Agreement
from partnerships.models.codelists import ProgrammeArea
from partnerships.models.event_codes import ActivityKind
from partnerships.models.events import Event
from partnerships.models.partners import Partner
from partnerships.models.roots import Root, RootQuerySet

# More than a national event counts; keeps a slip of the finger out of the sums.
MOST_PARTICIPANTS = 1_000_000


class DeliveryQuerySet(RootQuerySet["Delivery"]):
    def visible_to(self, user: User) -> Self:
        """Deliveries of the own subtree, and of agreements the user may read in full."""
        if user.sees_everything:
            return self.all()
        if user.sees_nothing:
            return self.none()
        papers = Agreement.objects.all()
        if self.narrowed_to is not None:
            these = self.model._base_manager.filter(pk__in=self.narrowed_to)
            papers = papers.among(these.values("agreement"))
        readable = papers.visible_to(user).current()
        return self.filter(self.own_or(user, Q(archived_on__isnull=True, agreement__in=readable)))

    def editable_by(self, user: User | Reader) -> Self:
        return self.all() if user.sees_everything else self.filter(unit__in=user.own_units)

    def follow_event(
        self, event: Event, *, by: User, old_day: date | None, old_unit: Unit
    ) -> "list[Delivery]":
        """After an event was corrected: its deliveries of the former day and unit go along.

        Returns those that changed.
        """
        changed = []
        for delivery in self.editable_by(by).current().filter(event=event):
            new_day = event.starts_on if delivery.date == old_day else None
            day = new_day or delivery.date
            unit = event.unit if delivery.unit_id == old_unit.pk else delivery.unit
            if (day, unit.pk) != (delivery.date, delivery.unit_id):
                delivery.date, delivery.unit = day, unit
                changed.append(delivery.record(by=by, reason="Mengikuti kegiatannya"))
        return changed

    def with_links(self) -> Self:
        """Rows together with what they were done for and who keeps them."""
        return self.select_related("agreement", "partner", "event", "unit")

    def with_proof(self) -> Self:
        """Rows with a file of their own or of their event."""
        return self.filter(self.is_proved())

    def without_proof(self) -> Self:
        return self.filter(~self.is_proved())

    def is_proved(self) -> Q:
        kept = self.related("documents").filter(archived_on__isnull=True)
        own, at_event = kept.filter(delivery=OuterRef("pk")), kept.filter(event=OuterRef("event"))
        return Q(Exists(own)) | Q(Exists(at_event))

    def checkable_by(self, user: User | Reader) -> Self:
        """Unchecked ones of the own subtree that others recorded and corrected."""
        return (
            self.editable_by(user)
            .current()
            .filter(verified_on__isnull=True)
            .exclude(recorded_by=user.pk)
            .exclude(corrected_by=user.pk)
        )


class Delivery(Root):
    """Something done under an agreement, with a partner or at an event, on one day."""

    quoted_in = ()

    unit = models.ForeignKey(
        Unit, verbose_name="unit pencatat", on_delete=models.PROTECT, related_name="deliveries"
    )
    agreement = models.ForeignKey(
        Agreement,
        verbose_name="perjanjian",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deliveries",
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name="mitra",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deliveries",
    )
    event = models.ForeignKey(
        Event,
        verbose_name="kegiatan",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deliveries",
    )
    kind = models.CharField("jenis", max_length=12, choices=ActivityKind.choices)
    area = models.ForeignKey(
        ProgrammeArea,
        verbose_name="bidang",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deliveries",
    )
    date = models.DateField("tanggal")
    inmates_male = models.PositiveIntegerField("warga binaan laki-laki", default=0)
    inmates_female = models.PositiveIntegerField("warga binaan perempuan", default=0)
    clients_male = models.PositiveIntegerField("klien laki-laki", default=0)
    clients_female = models.PositiveIntegerField("klien perempuan", default=0)
    staff_male = models.PositiveIntegerField("petugas laki-laki", default=0)
    staff_female = models.PositiveIntegerField("petugas perempuan", default=0)
    output = models.CharField("hasil", max_length=300, blank=True)
    note = NoteField("catatan", max_length=1000, blank=True)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="isinya terakhir diubah oleh",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diperiksa oleh",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    verified_on = models.DateField("diperiksa pada", null=True, blank=True, editable=False)

    objects = DeliveryQuerySet.as_manager()
    history = Trail(excluded_fields=["search_text", "updated_at"])

    COUNT_FIELDS = (
        "inmates_male",
        "inmates_female",
        "clients_male",
        "clients_female",
        "staff_male",
        "staff_female",
    )
    # What the second person confirmed; a change of any of these asks for another look.
    CHECKED_COLUMNS = (
        "agreement_id",
        "partner_id",
        "event_id",
        "kind",
        "area_id",
        "date",
        *COUNT_FIELDS,
        "output",
    )

    LOST_CHECK = (
        "Isi realisasi berubah, jadi pemeriksaannya dicabut. Minta rekan memeriksanya lagi."
    )

    # Set by `record()` when a change took the check away, so that pages can say LOST_CHECK.
    lost_check = False

    class Meta:
        verbose_name = "realisasi"
        verbose_name_plural = "realisasi"
        ordering = ["-date", "-pk"]
        permissions = [
            ("archive_delivery", "Dapat menghapus realisasi ke Sampah"),
            ("verify_delivery", "Dapat memeriksa realisasi"),
        ]
        indexes = [
            models.Index(fields=["agreement", "date"], name="delivery_agreement_day"),
            models.Index(fields=["unit", "-date"], name="delivery_unit_day"),
            models.Index(fields=["-date", "-id"], name="delivery_newest"),
            models.Index(
                fields=["date", "id", "unit", "recorded_by"],
                condition=Q(verified_on__isnull=True, archived_on__isnull=True),
                name="delivery_unchecked",
            ),
        ]
        constraints = [
            *Root.Meta.constraints,
            one_of("kind", ActivityKind, name="delivery_kind_known"),
            models.CheckConstraint(
                condition=Q(agreement__isnull=False)
                | Q(partner__isnull=False)
                | Q(event__isnull=False),
                name="delivery_of_something",
                violation_error_message="Pilih perjanjian, mitra, atau kegiatannya.",
            ),
            models.CheckConstraint(
                condition=Q(date__gte=FIRST_SIGNING_DAY),
                name="delivery_after_1945",
                violation_error_message="Tanggal realisasi paling awal 17 Agustus 1945.",
            ),
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True, verified_by__isnull=True)
                | Q(verified_on__isnull=False, verified_by__isnull=False),
                name="delivery_checked_by_somebody",
                violation_error_message="Pemeriksaan memerlukan pemeriksa dan tanggalnya.",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True)
                | Q(recorded_by__isnull=True)
                | ~Q(verified_by=F("recorded_by")),
                name="delivery_checked_by_another",
                violation_error_message=(
                    "Realisasi diperiksa oleh orang lain, bukan oleh yang mencatatnya."
                ),
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True)
                | Q(corrected_by__isnull=True)
                | ~Q(verified_by=F("corrected_by")),
                name="delivery_checked_by_no_corrector",
                violation_error_message=(
                    "Realisasi diperiksa oleh orang lain, bukan oleh yang terakhir mengubahnya."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.output or self.get_kind_display()

    def get_absolute_url(self) -> str:
        return reverse("delivery_detail", args=[self.pk])

    def clean(self) -> None:
        problems: dict[str, str] = {}
        if self.date and self.date > timezone.localdate():
            problems["date"] = "Realisasi dicatat setelah terjadi; tanggal ini masih di depan."
        if self.agreement and self.agreement.stage != Stage.SIGNED:
            problems["agreement"] = "Realisasi dicatat untuk perjanjian yang sudah ditandatangani."
        for link in ("agreement", "event"):
            served = getattr(self, link)
            if served and served.archived_on and not self.archived_on:
                noun = served._meta.verbose_name
                problems[link] = f"{str(noun).capitalize()} ini ada di Sampah; pulihkan dulu."
        for field in self.COUNT_FIELDS:
            if (getattr(self, field) or 0) > MOST_PARTICIPANTS:
                problems[field] = f"Paling banyak {format_number(MOST_PARTICIPANTS)} orang."
        if problems:
            raise ValidationError(problems)

    def search_parts(self) -> list[Any]:
        texts = [self.output, self.note, self.unit.name, self.unit.short_name]
        texts += [str(link) for link in (self.event, self.area) if link is not None]
        texts += self.partner.search_names() if self.partner else []
        return [*texts, *(self.agreement.search_parts() if self.agreement else [])]

    @property
    def participants(self) -> int:
        return sum(getattr(self, field) for field in self.COUNT_FIELDS)

    def record(self, *, by: models.Model | None, reason: str = "") -> Self:
        if not self._state.adding and self.differs_from_stored():
            self.corrected_by = by  # type: ignore[assignment]
            self.lost_check = self.verified_on is not None
            self.verified_by = self.verified_on = None
        return super().record(by=by, reason=reason)

    def differs_from_stored(self) -> bool:
        """Whether what a second person confirms is about to change. Reads the stored row."""
        stored = type(self)._base_manager.filter(pk=self.pk).values_list(*self.CHECKED_COLUMNS)
        return stored.first() != tuple(getattr(self, name) for name in self.CHECKED_COLUMNS)

    @transaction.atomic
    def verify(self, *, by: User) -> Self:
        """A second person confirms it happened.

        Raises ValidationError for who recorded it and for who corrected it last.
        """
        self.refuse_in_trash()
        if self.verified_on:
            raise ValidationError("Realisasi ini sudah diperiksa.")
        return self.change(
            by=by, reason="Diperiksa", verified_by=by, verified_on=timezone.localdate()
        )
