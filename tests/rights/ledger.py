"""What a request changed in the database: every row of every table, before and after.

Comparing some hundred tables for each of thousands of requests would take minutes. So the ledger
listens to the statements of the connection and compares the tables they wrote to; a statement
it cannot read makes it compare all of them.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection

# Who is signed in, which passwords were tried and which form was answered already: written
# without anything being recorded.
BOOKKEEPING = frozenset({"django_session", "institutions_signintries", "institutions_submittoken"})
READS = re.compile(r"\s*\(*\s*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|PRAGMA|SET|SHOW|EXPLAIN)\b", re.I)
WRITES = re.compile(r'\s*(?:INSERT[A-Z ]*INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.I)

Row = dict[str, str]


@dataclass
class Change:
    """Rows of one table by primary key; `changed` holds them before and after."""

    added: dict[str, Row] = field(default_factory=dict)
    removed: dict[str, Row] = field(default_factory=dict)
    changed: dict[str, tuple[Row, Row]] = field(default_factory=dict)


def tables() -> dict[str, str]:
    """Every table with the column its rows are told apart by."""
    keys = {
        model._meta.db_table: model._meta.pk.column
        for model in apps.get_models(include_auto_created=True)
    }
    kept = set(connection.introspection.table_names()) - BOOKKEEPING
    return {table: keys.get(table, "id") for table in kept}


class Ledger:
    """The rows as they were when it was opened."""

    def __init__(self) -> None:
        self.tables = tables()
        self.rows = {table: self.read(table) for table in self.tables}

    def read(self, table: str) -> dict[str, Row]:
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, map(repr, row), strict=True)) for row in cursor.fetchall()]
        key = self.tables[table]
        return {row[key]: row for row in rows}

    @contextmanager
    def watch(self) -> Iterator[set[str]]:
        """The tables that were written to while it was watched."""
        touched: set[str] = set()

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if written := WRITES.match(sql):
                touched.add(written[1])
            elif not READS.match(sql):
                touched.update(self.tables)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            yield touched

    def changes(self, touched: set[str] | None = None) -> dict[str, Change]:
        """What differs now from when the ledger was opened; in all tables unless told which."""
        asked = set(self.tables) if touched is None else touched & set(self.tables)
        found = {table: self.compare(table) for table in sorted(asked)}
        return {table: change for table, change in found.items() if change != Change()}

    def compare(self, table: str) -> Change:
        before, after = self.rows[table], self.read(table)
        return Change(
            added={key: after[key] for key in after.keys() - before.keys()},
            removed={key: before[key] for key in before.keys() - after.keys()},
            changed={
                key: (before[key], after[key])
                for key in before.keys() & after.keys()
                if before[key] != after[key]
            },
        )
