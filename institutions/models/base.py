"""What every recorded row has in common: who changed it, why, and which version it is."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from indonesian.names import strip_control


def one_of(field: str, choices: type[models.TextChoices], *, name: str) -> models.CheckConstraint:
    """The database accepts only the codes of a code list (and blank, where the field allows it)."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [*choices.values, ""]}),
        name=name,
        violation_error_message="Pilih salah satu dari daftar.",
    )


class Recorded(models.Model):
    """A row that is only saved through `record`, so that history knows who and why."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Any = None) -> None:
        # PostgreSQL refuses NUL and lone surrogates that SQLite would store.
        for field in self._meta.concrete_fields:
            value = getattr(self, field.attname)
            if isinstance(value, str) and isinstance(field, models.CharField | models.TextField):
                setattr(self, field.attname, strip_control(value).strip())
        super().clean_fields(exclude=exclude)

    def record(self, *, by: models.Model | None, reason: str = "") -> Self:
        """Check the whole row and save it; history names `by` (None: the system) and `reason`.

        Raises ValidationError when the row breaks a rule.
        """
        self.fill_derived()
        self.full_clean()
        self.sign_history(by=by, reason=reason)
        self.save()
        return self

    def remove(self, *, by: models.Model | None, reason: str = "") -> None:
        """Delete a part of a root; the history of the part stays."""
        self.sign_history(by=by, reason=reason)
        self.delete()

    def sign_history(self, *, by: models.Model | None, reason: str = "") -> None:
        self._history_user = by
        self._change_reason = reason or None

    def fill_derived(self) -> None:
        """Compute columns that follow from others; overridden where there are any."""


class Versioned(Recorded):
    """A root row: carries the version that two editors of one form are compared by."""

    version = models.PositiveIntegerField("versi", default=1, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dicatat oleh",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    recorded_at = models.DateTimeField("dicatat pada", auto_now_add=True)
    updated_at = models.DateTimeField("diperbarui pada", auto_now=True)

    class Meta:
        abstract = True

    def record(self, *, by: models.Model | None, reason: str = "") -> Self:
        if self._state.adding:
            self.recorded_by = by  # type: ignore[assignment]
        else:
            self.version += 1
        return super().record(by=by, reason=reason)


class Imported(models.Model):
    """A reference row that a load may refresh without undoing what an admin changed by hand."""

    imported = models.JSONField(
        "nilai dari sumber",
        default=dict,
        blank=True,
        editable=False,
        help_text="Nilai yang terakhir dimuat dari berkas acuan, per isian.",
    )

    class Meta:
        abstract = True
