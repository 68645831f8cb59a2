"""Many rows at once: COPY on PostgreSQL, one prepared INSERT on SQLite; past `save()` and history.

Only a benchmark may write like this. Derived columns are filled by the models' own functions.
"""

import functools
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

from indonesian.names import normalise, plain

CHUNK = 5000


@functools.cache
def forms_of(part: str) -> tuple[str, ...]:
    """How `search_text` spells one part; names repeat by the thousand."""
    return tuple(form for form in (normalise(part), plain(part)) if form)


def found_by(*parts: str) -> str:
    """As `search_text`; the seed compares it with the model's own on a sample."""
    return " ".join(dict.fromkeys(form for part in parts for form in forms_of(part)))


class Table:
    """Rows of one model on their way into its table; keys are counted here."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.fields = model._meta.concrete_fields
        self.now = datetime.now(UTC)
        self.defaults = {
            field.attname: self.now if getattr(field, "auto_now", False) else field.get_default()
            for field in self.fields
        }
        for field in self.fields:
            if getattr(field, "auto_now_add", False):
                self.defaults[field.attname] = self.now
        self.times = [
            number
            for number, field in enumerate(self.fields)
            if isinstance(field, models.DateTimeField)
        ]
        self.next_key = (model._base_manager.aggregate(most=models.Max("pk"))["most"] or 0) + 1
        self.rows: list[Sequence[Any]] = []

    def add(self, **values: Any) -> int:
        """Take a row; missing columns get their default. Returns its key."""
        key = self.next_key
        self.next_key += 1
        row = self.defaults | values
        row[self.model._meta.pk.attname] = key
        self.rows.append([row[field.attname] for field in self.fields])
        if len(self.rows) >= CHUNK:
            self.flush()
        return key

    def flush(self) -> None:
        if not self.rows:
            return
        columns = ", ".join(f'"{field.column}"' for field in self.fields)
        table = self.model._meta.db_table
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
                    for row in self.rows:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(self.fields))
                cursor.executemany(
                    f'INSERT INTO "{table}" ({columns}) VALUES ({marks})',  # noqa: S608
                    [self.adapted(row) for row in self.rows],
                )
        self.rows = []

    def adapted(self, row: Sequence[Any]) -> list[Any]:
        found = list(row)
        for number in self.times:
            if found[number] is not None:
                found[number] = connection.ops.adapt_datetimefield_value(found[number])
        return found


def settle(*tables: Table) -> None:
    """Write what is left and let the databases know: sequences, statistics."""
    for table in tables:
        table.flush()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(
            no_style(), [table.model for table in tables]
        ):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            # Also sets the visibility map, as autovacuum would in a night.
            connection.ensure_connection()
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")
