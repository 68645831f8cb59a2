"""What every recorded row has in common: who changed it, why, and which version it is."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Q

from indonesian.names import strip_control
from institutions.models.checks import kept_checks
from institutions.models.messages import reword

CHANGED_MEANWHILE = (
    "Catatan ini diubah orang lain sementara itu. Muat ulang halamannya, lalu coba lagi."
)

LARGEST: dict[type, int] = {
    models.PositiveSmallIntegerField: 32_767,
    models.PositiveIntegerField: 2_147_483_647,
}


def one_of(
    field: str, choices: type[models.TextChoices], *, name: str, or_blank: bool = False
) -> models.CheckConstraint:
    """The database accepts only the codes of a code list."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [*choices.values, *([""] if or_blank else [])]}),
        name=name,
        violation_error_message="Pilih salah satu dari daftar.",
    )


class Recorded(models.Model):
    """A row that is only saved through `record`, so that history knows who and why."""

    # Every concrete model sets it; the library carries no types.
    history: ClassVar[Any]
    # Columns the history keeps and its page does not tell.
    untold: ClassVar[frozenset[str]] = frozenset()
    # Names of check constraints that need not be asked for again.
    _kept_checks: frozenset[str] = frozenset()

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Any = None) -> None:
        # PostgreSQL refuses NUL and lone surrogates that SQLite would store.
        for field in self._meta.concrete_fields:
            value = getattr(self, field.attname)
            if isinstance(value, str) and isinstance(field, models.CharField | models.TextField):
                setattr(self, field.attname, strip_control(value).strip())
        problems = self.numbers_too_large(exclude or ())
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as refused:
            problems = refused.error_dict | problems
        for name, errors in problems.items():
            for error in errors:
                reword(error, self.column(name))
        if problems:
            raise ValidationError(problems)

    def numbers_too_large(self, exclude: Iterable[str]) -> dict[str, list[ValidationError]]:
        """Numbers that PostgreSQL has no room for and SQLite would store."""
        found = {}
        for field in self._meta.concrete_fields:
            largest, value = LARGEST.get(type(field)), getattr(self, field.attname)
            if largest and field.name not in exclude and isinstance(value, int) and value > largest:
                refusal = MaxValueValidator.message
                params = {"limit_value": largest}
                found[field.name] = [ValidationError(refusal, code="max_value", params=params)]
        return found

    def validate_constraints(self, exclude: Any = None) -> None:
        """As Django does it, which names what is broken, but only where something may be."""
        self._kept_checks = kept_checks(self, exclude or ())
        try:
            super().validate_constraints(exclude)
        finally:
            del self._kept_checks

    def get_constraints(self) -> Any:
        return [
            (model, [each for each in constraints if each.name not in self._kept_checks])
            for model, constraints in super().get_constraints()
        ]

    def unique_error_message(self, model_class: Any, unique_check: Any) -> ValidationError:
        error = super().unique_error_message(model_class, unique_check)
        reword(error, self.column(unique_check[-1]))
        return error

    def column(self, name: str) -> "models.Field[Any, Any]":
        return next(column for column in self._meta.fields if column.name == name)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        # A related row that is missing is named by the checks, not by what follows from it.
        with suppress(ObjectDoesNotExist):
            self.fill_derived()
        super().full_clean(*args, **kwargs)

    @transaction.atomic
    def record(self, *, by: models.Model | None, reason: str = "") -> Self:
        """Check the whole row and save it; history names `by` (None: the system) and `reason`.

        Raises ValidationError when the row breaks a rule.
        """
        self.full_clean()
        self.sign_history(by=by, reason=reason)
        self.save()
        return self

    @classmethod
    def locked(cls, pk: Any) -> Self:
        """The row as it is now, locked to the end of the transaction."""
        return cls._base_manager.select_for_update(of=("self",)).get(pk=pk)

    def change(self, *, by: models.Model | None, reason: str = "", **values: Any) -> Self:
        """Set the values and record them; when that is refused, the row is as it was before."""
        before = {column.attname: getattr(self, column.attname) for column in self._meta.fields}
        for name, value in values.items():
            setattr(self, name, value)
        try:
            return self.record(by=by, reason=reason)
        except ValidationError:
            for name, value in before.items():
                setattr(self, name, value)
            raise

    @transaction.atomic
    def remove(self, *, by: models.Model | None, reason: str = "") -> None:
        """Delete a part of a root; the history of the part stays."""
        self.sign_history(by=by, reason=reason)
        self.delete()

    def sign_history(self, *, by: models.Model | None, reason: str = "") -> None:
        self._history_user = by
        self._change_reason = strip_control(reason).strip() or None

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

    @transaction.atomic
    def record(self, *, by: models.Model | None, reason: str = "") -> Self:
        """As `Recorded.record`; refuses to write over a version this row was not read from."""
        if self._state.adding:
            self.recorded_by = by  # type: ignore[assignment]
            return super().record(by=by, reason=reason)
        self.hold()
        self.version += 1
        try:
            return super().record(by=by, reason=reason)
        except ValidationError:
            self.version -= 1
            raise

    def hold(self) -> None:
        """Lock the row to the end of the transaction, for what is built on it without changing it.

        Raises ValidationError when somebody changed it since it was read.
        """
        stored = type(self)._base_manager.select_for_update().filter(pk=self.pk)
        if not stored.filter(version=self.version).exists():
            raise ValidationError(CHANGED_MEANWHILE, code="conflict")

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
