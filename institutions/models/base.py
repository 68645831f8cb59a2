"""What every recorded row has in common: who changed it, why, and which version it is."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from indonesian.names import search_text, strip_control


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

    def set_links(
        self,
        relation: str,
        column: str,
        chosen: Iterable[Any],
        *,
        by: models.Model | None,
        reason: str = "",
    ) -> None:
        """Make the rows behind a many-to-many exactly `chosen`; only differences are recorded."""
        links = getattr(self, relation)
        wanted = {row.pk: row for row in chosen}
        for link in links.all():
            if wanted.pop(getattr(link, f"{column}_id"), None) is None:
                link.remove(by=by, reason=reason)
        for row in wanted.values():
            links.model(**{links.field.name: self, column: row}).record(by=by, reason=reason)


class Searchable(models.Model):
    """A row found by words; `search_text` follows from its own columns and from its parts."""

    search_text = models.TextField(editable=False, blank=True, default="")

    class Meta:
        abstract = True

    def search_parts(self) -> list[str]:
        """Texts this row is found by."""
        raise NotImplementedError

    def fill_search_text(self) -> None:
        self.search_text = search_text(*filter(None, self.search_parts()))

    def refresh_search_text(self) -> None:
        """Rebuild the search text after parts changed; derived, so no history and no version."""
        self.fill_search_text()
        type(self)._base_manager.filter(pk=self.pk).update(search_text=self.search_text)


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
