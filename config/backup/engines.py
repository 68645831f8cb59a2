"""What is done differently on SQLite and on PostgreSQL."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.color import no_style
from django.db import connection, connections, transaction

from config.backup.rows import Table

SNAPSHOT = "snapshot"


@contextlib.contextmanager
def snapshot(folder: Path) -> Iterator[str]:
    """The alias of a connection on which the database stands still while others write."""
    frozen = connection.copy(SNAPSHOT)
    if connection.vendor == "sqlite":
        frozen.settings_dict["NAME"] = str(copy_of_sqlite(folder))
    # Called by its alias, because a QuerySet knows no other way to a connection.
    connections[SNAPSHOT] = frozen
    try:
        with transaction.atomic(using=SNAPSHOT):
            if frozen.vendor == "postgresql":
                with frozen.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield SNAPSHOT
    finally:
        frozen.close()
        del connections[SNAPSHOT]


def copy_of_sqlite(folder: Path) -> Path:
    """A copy by SQLite's own online backup; the files of a database in use are not one state."""
    path = folder / "snapshot.sqlite3"
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    return path


def last_key(table: Table, alias: str) -> int:
    """The highest key ever given out, also to rows that are gone; 0 where keys are not counted.

    A restored register must not give the key of a deleted row, and with it its history, to
    another one.
    """
    engine, meta = connections[alias], table.model._meta
    with engine.cursor() as cursor:
        if engine.vendor == "sqlite":
            cursor.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = %s", [meta.db_table])
        else:
            cursor.execute(
                "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)",
                [engine.ops.quote_name(meta.db_table), meta.pk.column],
            )
        return int((cursor.fetchone() or [0])[0] or 0)


def continue_keys(tables: dict[str, Table], last_keys: dict[str, int], alias: str) -> None:
    """Let new rows take the keys after the last ones that were given out."""
    engine = connections[alias]
    with engine.cursor() as cursor:
        models: list[Any] = [table.model for table in tables.values()]
        for statement in engine.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        for label, last in last_keys.items():
            if last > last_key(tables[label], alias):
                continue_key(cursor, engine, tables[label], last)


def continue_key(cursor: Any, engine: Any, table: Table, last: int) -> None:
    meta = table.model._meta
    if engine.vendor == "sqlite":
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [meta.db_table])
        cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [meta.db_table, last])
    else:
        name = engine.ops.quote_name(meta.db_table)
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [name, meta.pk.column, last]
        )
