"""Promises with an owner and a day: what must happen next."""

from datetime import date
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from institutions.models import NoteField, Trail, Unit, User, Versioned
from institutions.questions import Reader
from partnerships.models.agreements import Agreement
from partnerships.models.event_parts import Attendance
from partnerships.models.events import Event


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: User | Reader) -> "FollowUpQuerySet":
        """Follow-ups stay inside the subtree of the unit that owns them."""
        return self.filter(owner_unit__in=user.own_units)

    def open(self) -> "FollowUpQuerySet":
        """Promises still to be kept; what hangs on a record in the Sampah waits there with it."""
        return self.filter(
            done_on__isnull=True,
            event__archived_on__isnull=True,
            agreement__archived_on__isnull=True,
            attendance__event__archived_on__isnull=True,
        )

    def checkable_by(self, user: User) -> "FollowUpQuerySet":
        """Kept ones of the own subtree that nobody checked and somebody else kept."""
        done = self.visible_to(user).filter(done_on__isnull=False, verified_by__isnull=True)
        return done.exclude(done_by=user)

    def due_by(self, day: date) -> "FollowUpQuerySet":
        return self.open().filter(due__lte=day)


class FollowUp(Versioned):
    """Something promised on an event, an agreement or at one partner's attendance."""

    event = models.ForeignKey(
        Event,
        verbose_name="kegiatan",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="followups",
    )
    agreement = models.ForeignKey(
        Agreement,
        verbose_name="perjanjian",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="followups",
    )
    attendance = models.ForeignKey(
        Attendance,
        verbose_name="kehadiran mitra",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="followups",
    )
    text = NoteField("tindak lanjut", max_length=500)
    owner_unit = models.ForeignKey(
        Unit,
        verbose_name="unit penanggung jawab",
        on_delete=models.PROTECT,
        related_name="followups",
    )
    owner_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="penanggung jawab",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followups",
    )
    due = models.DateField("tenggat", null=True, blank=True)
    done_on = models.DateField("selesai pada", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diselesaikan oleh",
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

    objects = FollowUpQuerySet.as_manager()
    history = Trail(excluded_fields=["updated_at"])

    class Meta:
        verbose_name = "tindak lanjut"
        verbose_name_plural = "tindak lanjut"
        ordering = [F("due").asc(nulls_last=True), "pk"]
        indexes = [models.Index(fields=["owner_unit", "done_on", "due"], name="followup_open_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False, agreement__isnull=True, attendance__isnull=True)
                | Q(event__isnull=True, agreement__isnull=False, attendance__isnull=True)
                | Q(event__isnull=True, agreement__isnull=True, attendance__isnull=False),
                name="followup_hangs_on_one_thing",
                violation_error_message=(
                    "Tindak lanjut melekat pada satu kegiatan, perjanjian, atau kehadiran mitra."
                ),
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True)
                | (Q(done_on__isnull=False) & ~Q(verified_by=F("done_by"))),
                name="followup_checked_by_another",
                violation_error_message="Tindak lanjut diperiksa oleh orang lain setelah selesai.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def clean(self) -> None:
        if self.done_on and self.done_on > timezone.localdate():
            raise ValidationError({"done_on": "Tanggal selesai masih di depan."})
        owner, unit_id = self.owner_user, self.owner_unit_id
        if owner and unit_id and not self.has_same_owner() and not owner.works_for(unit_id):
            raise ValidationError(
                {"owner_user": "Orang ini tidak bekerja untuk unit penanggung jawab."}
            )

    def has_same_owner(self) -> bool:
        """Whether the owner was chosen earlier: who has left since keeps the old promises."""
        owner = {"owner_user": self.owner_user_id, "owner_unit": self.owner_unit_id}
        return FollowUp.objects.filter(pk=self.pk, **owner).exists()

    @transaction.atomic
    def record(self, *, by: models.Model | None, reason: str = "") -> Self:
        if self.done_on is None:
            self.done_by = None
        elif self.done_by is None:
            self.done_by = by  # type: ignore[assignment]
        return super().record(by=by, reason=reason)

    def complete(self, *, on: date, by: User, note: str = "") -> Self:
        """The promise is kept; a colleague may check it afterwards."""
        if self.done_on:
            raise ValidationError("Tindak lanjut ini sudah selesai.")
        return self.change(by=by, reason=note or "Selesai", done_on=on, done_by=by)

    def verify(self, *, by: User) -> Self:
        """A second person confirms it was kept. Raises ValidationError for who kept it."""
        if self.verified_by:
            raise ValidationError("Tindak lanjut ini sudah diperiksa.")
        return self.change(by=by, reason="Diperiksa", verified_by=by)
