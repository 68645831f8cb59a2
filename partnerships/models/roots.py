"""What the four root rows share: search text, the way to the Sampah and back."""

from typing import Self, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone

from institutions.models import Searchable, SearchableQuerySet, User, Versioned

Row = TypeVar("Row", bound=models.Model)


class RootQuerySet(SearchableQuerySet[Row]):
    """Questions every list of roots asks; subclasses add who may see which row."""

    def current(self) -> Self:
        return self.filter(archived_on__isnull=True)

    def archived(self) -> Self:
        return self.filter(archived_on__isnull=False)


class Archivable(models.Model):
    """A row that is hidden with a reason instead of deleted, and can come back."""

    archived_on = models.DateField("dihapus pada", null=True, blank=True, editable=False)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dihapus oleh",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    archive_reason = models.CharField("alasan", max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True


class Root(Archivable, Searchable, Versioned):
    """Partner, Agreement, Event or Delivery."""

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(archived_on__isnull=True) | ~Q(archive_reason=""),
                name="%(class)s_archived_with_reason",
                violation_error_message="Tulis alasannya.",
            )
        ]

    def get_absolute_url(self) -> str:
        raise NotImplementedError

    def archive_obstacle(self) -> str:
        """Why this row has to stay, in words for the user; blank when it may go."""
        return ""

    @transaction.atomic
    def archive(self, *, by: User, reason: str) -> Self:
        """Move to the Sampah: out of lists, counts and search. Raises ValidationError."""
        if self.archived_on:
            raise ValidationError("Catatan ini sudah ada di Sampah.")
        if obstacle := self.archive_obstacle():
            raise ValidationError(obstacle)
        return self.change(
            by=by,
            reason=reason,
            archived_on=timezone.localdate(),
            archived_by=by,
            archive_reason=reason,
        )

    @transaction.atomic
    def restore(self, *, by: User) -> Self:
        """Bring back from the Sampah. Raises ValidationError when the row no longer fits."""
        if not self.archived_on:
            raise ValidationError("Catatan ini tidak ada di Sampah.")
        return self.change(
            by=by,
            reason="Dipulihkan dari Sampah",
            archived_on=None,
            archived_by=None,
            archive_reason="",
        )

    def refuse_in_trash(self) -> None:
        """Raises ValidationError: what lies in the Sampah does not change its state."""
        if self.archived_on:
            raise ValidationError("Catatan ini ada di Sampah; pulihkan dulu.")

    def purge_obstacle(self) -> str:
        """Why even an admin may not delete this row for good; blank when it may go."""
        return "" if self.archived_on else "Pindahkan dulu ke Sampah."

    @transaction.atomic
    def purge(self, *, by: User, reason: str) -> None:
        """Delete for good; its history stays. Raises ValidationError."""
        if obstacle := self.purge_obstacle():
            raise ValidationError(obstacle)
        if not reason.strip():
            raise ValidationError("Tulis alasannya.")
        try:
            self.remove(by=by, reason=reason)
        except ProtectedError as hangs:
            raise ValidationError("Masih dipakai di catatan lain.") from hangs
