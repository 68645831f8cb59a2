"""What the four root rows share: search text, the way to the Sampah and back."""

from functools import reduce
from operator import or_
from typing import Any, Self, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.utils import timezone

from institutions.models import Recorded, Searchable, SearchableQuerySet, User, Versioned
from institutions.questions import Reader

Row = TypeVar("Row", bound=models.Model)


class RootQuerySet(SearchableQuerySet[Row]):
    """Questions every list of roots asks; subclasses add who may see which row."""

    # The keys of the rows, where they are few, or the question that finds them: what is asked
    # about each row then looks at those alone and not at the whole country.
    narrowed_to: list[int] | QuerySet[Any] | None = None

    def _clone(self) -> Self:
        copied: Self = super()._clone()  # type: ignore[misc]
        copied.narrowed_to = self.narrowed_to
        return copied

    def among(self, keys: list[int] | QuerySet[Any]) -> Self:
        """The rows of these keys; cheaper than the same rows found by a question."""
        rows = self.filter(pk__in=keys)
        rows.narrowed_to = keys
        return rows

    def either(self, *conditions: Q) -> Q:
        """Rows that meet one of the conditions, which ask other tables too.

        A union: with an OR over two tables both databases read every row.
        """
        every = self.model._base_manager.all()
        if self.narrowed_to is not None:
            every = every.filter(pk__in=self.narrowed_to)
        first, *others = (every.filter(each).order_by().values("pk") for each in conditions)
        return Q(pk__in=first.union(*others))

    def own_or(self, user: User | Reader, *conditions: Q) -> Q:
        """Rows of the user's own subtree, and those that meet one of the conditions."""
        own = Q(unit__in=user.own_units)
        many_meet_them = user.sees_a_region and self.narrowed_to is None
        if many_meet_them or isinstance(self.narrowed_to, list):
            # Going along the rows in question soon fills a page, or they are few.
            return reduce(or_, conditions, own)
        return self.either(own, *conditions)

    def related(self, name: str) -> Any:
        """All rows of a model that points here, which imports this module itself."""
        model: Any = self.model._meta.get_field(name).related_model
        return model._base_manager.all()

    def current(self) -> Self:
        return self.filter(archived_on__isnull=True)

    def archived(self) -> Self:
        return self.filter(archived_on__isnull=False)


class Archivable(Recorded):
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
        constraints = [
            models.CheckConstraint(
                condition=Q(archived_on__isnull=True) | ~Q(archive_reason=""),
                name="%(class)s_archived_with_reason",
                violation_error_message="Tulis alasannya.",
            )
        ]

    def archive_obstacle(self) -> str:
        """Why this row has to stay, in words for the user; blank when it may go."""
        return ""

    def archive_consequence(self) -> str:
        """What else changes when this row goes, in words for the user."""
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


class Root(Archivable, Searchable, Versioned):
    """Partner, Agreement, Event or Delivery."""

    class Meta:
        abstract = True
        constraints = Archivable.Meta.constraints

    def get_absolute_url(self) -> str:
        raise NotImplementedError

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
