"""Notices: what a user is told once about a paper or a promise, on the page and by mail."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.utils import timezone

from institutions.models import User, one_of
from partnerships.models.agreements import Agreement
from partnerships.models.followups import FollowUp
from partnerships.models.reminder_choices import LEADS

# A run that took notices to mail and was killed lets go of them after this time.
CLAIM_LASTS = timedelta(hours=1)


class NoticeKind(models.TextChoices):
    """The most pressing first."""

    ENDING = "BERAKHIR", "Akan berakhir"
    PROMISE = "JANJI", "Tindak lanjut"
    IDLE = "BELUM_JALAN", "Belum berjalan"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def shown_to(self, user: User) -> "NoticeQuerySet":
        """The user's own, as long as what they speak of is still the user's to work on."""
        papers = Agreement.objects.editable_by(user).current().filter(pk=OuterRef("agreement"))
        promises = FollowUp.objects.visible_to(user).filter(pk=OuterRef("followup"))
        own = self.filter(user=user, withdrawn_at__isnull=True)
        return own.filter(Q(Exists(papers)) | Q(Exists(promises)))

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at__isnull=True)

    def open(self) -> "NoticeQuerySet":
        """Neither read nor withdrawn."""
        return self.unread().filter(withdrawn_at__isnull=True)

    def to_mail(self, now: datetime) -> "NoticeQuerySet":
        """The outbox: for mail, not sent, and not in the hands of another run."""
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - CLAIM_LASTS)
        wanted = self.open().filter(free, for_mail=True, mailed_at__isnull=True)
        reachable = wanted.filter(user__is_active=True).exclude(user__email="")
        return reachable.exclude(user__reminder_choice__by_mail=False)

    def in_order(self) -> "NoticeQuerySet":
        """Unread ones first and by what is most pressing, then those read last."""
        kinds = [When(kind=kind, then=place) for place, kind in enumerate(NoticeKind)]
        by_kind = Case(*kinds, output_field=models.IntegerField())
        return self.order_by(F("read_at").desc(nulls_first=True), by_kind, "deadline", "pk")

    def mark_read(self) -> int:
        return self.unread().update(read_at=timezone.now())

    def withdraw(self) -> int:
        """They speak of something that is no longer so; the rows stay and are not made again."""
        return self.open().update(withdrawn_at=timezone.now())


class Notice(models.Model):
    """One user told once of one thing: an end, a paper that does not move, a promise due.

    No record: the register makes them by rule, and what a user does with one is to read it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=11, choices=NoticeKind.choices)
    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    followup = models.ForeignKey(
        FollowUp, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    # The end of the paper, the day it counts as not moving, or the day the promise is due.
    deadline = models.DateField()
    # Days before the deadline the user asked to be told; 0 where it is told on the day itself.
    lead = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    for_mail = models.BooleanField(default=False)
    # When a run of `send_reminders` took it to mail, and when the mail server had accepted it.
    claimed_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "pengingat"
        verbose_name_plural = "pengingat"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["user", "withdrawn_at", "read_at"], name="notice_of_user"),
            models.Index(
                fields=["user", "claimed_at"],
                condition=Q(for_mail=True, mailed_at__isnull=True, withdrawn_at__isnull=True),
                name="notice_outbox",
            ),
            models.Index(
                fields=["kind", "id"],
                condition=Q(read_at__isnull=True, withdrawn_at__isnull=True),
                name="notice_open",
            ),
        ]
        constraints = [
            one_of("kind", NoticeKind, name="notice_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=NoticeKind.PROMISE, agreement__isnull=True, followup__isnull=False)
                | (~Q(kind=NoticeKind.PROMISE) & Q(agreement__isnull=False, followup__isnull=True)),
                name="notice_speaks_of_one_thing",
                violation_error_message="Pengingat menyangkut satu perjanjian atau tindak lanjut.",
            ),
            models.CheckConstraint(
                condition=Q(kind=NoticeKind.ENDING, lead__in=LEADS)
                | (~Q(kind=NoticeKind.ENDING) & Q(lead=0)),
                name="notice_lead_known",
                violation_error_message="Pilih salah satu tenggang waktu dari daftar.",
            ),
            models.UniqueConstraint(
                fields=["agreement", "user", "kind", "deadline", "lead"],
                name="notice_once_for_paper",
                violation_error_message="Pengingat ini sudah ada.",
            ),
            models.UniqueConstraint(
                fields=["followup", "user", "deadline"],
                name="notice_once_for_promise",
                violation_error_message="Pengingat ini sudah ada.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.deadline}"

    def about(self) -> Any:
        """The agreement or the follow-up."""
        return self.agreement or self.followup
