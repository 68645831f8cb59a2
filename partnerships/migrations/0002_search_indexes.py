"""Trigram indexes behind the text search on PostgreSQL; SQLite scans, which its size allows."""

from typing import Any

from django.db import DatabaseError, migrations, transaction

TABLES = ("partner", "agreement", "event", "delivery")


def add_indexes(apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        # A role without the right to create extensions still gets a working, slower search.
        return
    for table in TABLES:
        schema_editor.execute(
            f"CREATE INDEX {table}_search_trigrams ON partnerships_{table}"
            " USING gin (search_text gin_trgm_ops)"
        )


def drop_indexes(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP INDEX IF EXISTS {table}_search_trigrams")


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0001_initial")]
    operations = [migrations.RunPython(add_indexes, drop_indexes)]
