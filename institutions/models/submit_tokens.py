"""Forms that were sent: whoever sends the same one again gets the same answer."""

from datetime import timedelta
from typing import Any

from django.contrib.messages.storage.cookie import MessageDecoder, MessageEncoder
from django.db import models
from django.utils import timezone

from institutions.models.users import User

# How long an answer can be had again. Past it a form that still lies open is a new one.
KEPT = timedelta(days=3)
# Each answer that is kept takes so many old ones away, so the table needs no timer to stay small.
SWEPT_AT_ONCE = 10


class SubmitToken(models.Model):
    """One form as it was rendered for one user, from the moment it saved something.

    No record: it has no history and goes after three days.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=64)
    # Of address, fields and files; keyed, because among the fields may be a first password.
    fingerprint = models.CharField(max_length=64)
    # {"location" or "body", "messages"}; None only while the transaction that claimed it runs.
    answer = models.JSONField(null=True, encoder=MessageEncoder, decoder=MessageDecoder)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "tanda kirim"
        verbose_name_plural = "tanda kirim"
        constraints = [
            models.UniqueConstraint(fields=["user", "token"], name="submit_token_once_per_user")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.token}"

    @classmethod
    def claim(cls, user: User, token: str, fingerprint: str) -> "SubmitToken":
        """The row of this token, locked; new, without an answer, for whoever comes first.

        A second request waits here until the first is through: on PostgreSQL at the unique index,
        on SQLite already at BEGIN IMMEDIATE.
        """
        tokens = cls.objects
        tokens.get_or_create(user=user, token=token, defaults={"fingerprint": fingerprint})
        return tokens.select_for_update().get(user=user, token=token)

    def keep(self, fingerprint: str, answer: dict[str, Any]) -> None:
        """Remember the answer, in the transaction that it reports about."""
        self.fingerprint, self.answer = fingerprint, answer
        self.save(update_fields=["fingerprint", "answer"])
        self.sweep()

    @classmethod
    def sweep(cls) -> None:
        """Delete a handful of old tokens, none that another request is deleting just now."""
        old = cls.objects.filter(created_at__lt=timezone.now() - KEPT)
        chosen = old.order_by("created_at").select_for_update(skip_locked=True)
        keys = list(chosen.values_list("pk", flat=True)[:SWEPT_AT_ONCE])
        if keys:
            cls.objects.filter(pk__in=keys).delete()
