"""Triggers that refuse every change and removal of history, on both databases.

They follow from the models: whatever is history when `migrate` ends is protected.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps as current_apps
from django.db import connection as default_connection
from django.db import transaction
from simple_history.models import HistoricalChanges

from institutions.models import HistoryCheckpoint, SealForm
from institutions.models.trail import Sealed, form_columns
from institutions.seals import form_of

REFUSAL = "Riwayat tidak dapat diubah atau dihapus."
VERBS = ("UPDATE", "DELETE")
FUNCTION = "refuse_history_change"
CREATE_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def history_models() -> list[Any]:
    """Every model that holds history: of rows and of their many-to-many rows."""
    return [model for model in current_apps.get_models() if issubclass(model, HistoricalChanges)]


def sealed_models() -> list[Any]:
    """The history of rows alone."""
    return [model for model in history_models() if issubclass(model, Sealed)]


def protected_tables() -> list[str]:
    return [model._meta.db_table for model in (*history_models(), HistoryCheckpoint)]


def trigger_names(table: str) -> dict[str, str]:
    """By what each refuses; PostgreSQL cuts names at 63 characters, tables have fewer."""
    return {verb: f"{table[:50]}_no_{verb.lower()}" for verb in (*VERBS, "TRUNCATE")}


def protect(tables: Iterable[str] | None = None, connection: Any = default_connection) -> None:
    """Install the triggers on those of the tables that exist; without tables, on all."""
    existing = set(connection.introspection.table_names())
    wanted = [table for table in tables or protected_tables() if table in existing]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql" and wanted:
            # Tables with checks still to come take no trigger.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(CREATE_FUNCTION)
        for table in wanted:
            for statement in statements(table, connection.vendor):
                cursor.execute(statement)


def statements(table: str, vendor: str) -> Iterator[str]:
    names = trigger_names(table)
    if vendor == "sqlite":
        for verb in VERBS:
            yield (
                f'CREATE TRIGGER IF NOT EXISTS "{names[verb]}" BEFORE {verb} ON "{table}"'
                f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    for verb in VERBS:
        yield (
            f'CREATE OR REPLACE TRIGGER "{names[verb]}" BEFORE {verb} ON "{table}"'
            f" FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()"
        )
    yield (
        f'CREATE OR REPLACE TRIGGER "{names["TRUNCATE"]}" BEFORE TRUNCATE ON "{table}"'
        f" FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
    )


def unprotect(tables: Iterable[str] | None = None, connection: Any = default_connection) -> None:
    existing = set(connection.introspection.table_names())
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables or protected_tables():
            if table not in existing:
                continue
            on_table = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            for name in trigger_names(table).values():
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on_table}')


@contextmanager
def unprotected() -> Iterator[None]:
    """For what fills or empties a whole register: restoring a backup, the end of a test."""
    unprotect()
    try:
        yield
    finally:
        protect()
        remember_forms()


def unprotected_tables() -> list[str]:
    """History that somebody could change unnoticed by the database."""
    existing = set(default_connection.introspection.table_names())
    with default_connection.cursor() as cursor:
        if default_connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')")
        installed = {name for (name,) in cursor.fetchall()}
    verbs = VERBS if default_connection.vendor == "sqlite" else (*VERBS, "TRUNCATE")
    return [
        table
        for table in protected_tables()
        if table in existing and not {trigger_names(table)[verb] for verb in verbs} <= installed
    ]


def remember_forms() -> None:
    """Keep which columns the seals of today's models cover."""
    if SealForm._meta.db_table not in default_connection.introspection.table_names():
        return
    forms = {form_columns(model) for model in sealed_models()}
    SealForm.objects.bulk_create(
        [SealForm(code=form_of(columns), columns=list(columns)) for columns in sorted(forms)],
        ignore_conflicts=True,
    )
