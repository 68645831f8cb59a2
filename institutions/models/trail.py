"""The history of a recorded model: append-only rows, each sealed and linked to the one before.

A model is recorded by `history = Trail()`; nothing else has to be done for a new one.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords

from institutions.seals import START, Seal, form_of, keys, mac_of, read_seal
from institutions.ways import current_way

# What a seal does not cover: itself, and the number the database gives while writing.
UNSEALED = frozenset({"seal", "history_id"})


def sealed_columns(model: type[models.Model]) -> list["models.Field[Any, Any]"]:
    """The columns a seal covers, in an order that no migration changes."""
    columns: Any = model._meta.concrete_fields
    sealed = (column for column in columns if column.name not in UNSEALED)
    return sorted(sealed, key=lambda column: column.column)


def form_columns(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(str(column.column) for column in sealed_columns(model))


def held_links(links: Any, key: Any) -> list[Any]:
    """Keys of the many-to-many rows of one object that its history tells."""
    held: list[Any] = []
    for link in links:
        rows = link.remote_field.through._base_manager.filter(**{link.m2m_field_name(): key})
        held += rows.values_list(f"{link.m2m_reverse_field_name()}_id", flat=True)
    return held


class SealedRows(models.QuerySet[Any]):
    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        for row in rows:
            row.put_seal()
        return super().bulk_create(rows, *args, **kwargs)


class Sealed(models.Model):
    """One row of history. Triggers refuse every change and removal of it; see triggers.py."""

    # Empty only in rows that were written past the register.
    seal = models.CharField(max_length=100, null=True, editable=False)  # noqa: DJ001

    objects = SealedRows.as_manager()

    id: Any
    history_type: str
    history_change_reason: str | None
    instance_type: Any
    _history_m2m_fields: Any

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.put_seal()
        super().save(*args, **kwargs)

    def put_seal(self) -> None:
        """Name the way where nobody gave a reason, and seal the row."""
        self.history_change_reason = self.history_change_reason or current_way()
        columns = form_columns(type(self))
        form, table = form_of(columns), self._meta.db_table
        link = START if self.history_type == "+" else self.link_to_the_row_before()
        values = [
            column.to_python(getattr(self, column.attname)) for column in sealed_columns(type(self))
        ]
        links = held_links(self._history_m2m_fields, self.id)
        self.seal = str(Seal(form, link, mac_of(keys()[0], table, form, link, values, links)))

    def link_to_the_row_before(self) -> str:
        """Its writer holds the lock on the object's row, so nobody comes in between."""
        if self._history_m2m_fields:
            # A role changes without the row of the account being written.
            self.instance_type._base_manager.select_for_update().filter(pk=self.id).first()
        rows: Any = type(self)._base_manager.filter(**{"id": self.id}).order_by("-history_id")
        before = read_seal(rows.values_list("seal", flat=True).first())
        return before.as_link if before else START


class Trail(HistoricalRecords):
    def __init__(self, *, excluded_fields: Iterable[str] = (), **options: Any) -> None:
        super().__init__(bases=(Sealed,), excluded_fields=list(excluded_fields), **options)

    def contribute_to_class(self, cls: Any, name: str) -> None:
        super().contribute_to_class(cls, name)
        # For a verb that writes several tables and tells it as one change.
        cls._trail = self
