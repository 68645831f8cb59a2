"""Promises with an owner and a day: what must happen next."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from institutions.models import NoteField, Unit, User, Versioned
from partnerships.models.agreements import Agreement
from partnerships.models.event_parts import Attendance
from partnerships.models.events import Event


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: User) -> "FollowUpQuerySet":
        """Follow-ups stay inside the subtree of the unit that owns them."""
        return self.filter(owner_unit__in=user.units_in_scope())

    def open(self) -> "FollowUpQuerySet":
        return self.filter(done_on__isnull=True)

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
    history = HistoricalRecords(excluded_fields=["updated_at"])

    class Meta:
        verbose_name = "tindak lanjut"
        verbose_name_plural = "tindak lanjut"
        ordering = ["due", "pk"]
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
        if self.owner_user and self.owner_unit_id:
            scope = self.owner_user.units_in_scope()
            if not scope.filter(pk=self.owner_unit_id).exists():
                raise ValidationError(
                    {"owner_user": "Orang ini tidak bekerja untuk unit penanggung jawab."}
                )

    def complete(self, *, on: date, by: User, note: str = "") -> "FollowUp":
        """The promise is kept; a colleague may check it afterwards."""
        self.done_on, self.done_by = on, by
        return self.record(by=by, reason=note or "Selesai")
