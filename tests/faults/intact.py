"""Prints "ok" for a sound database, else what is wrong, and how many officeholders are in it."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

# A script of its own: models can be imported only now.
from django.db import connection  # noqa: E402
from django.db.utils import DatabaseError  # noqa: E402

from institutions.models import Officeholder  # noqa: E402


def main() -> None:
    print(found_wrong() or "ok", Officeholder._base_manager.count())


def found_wrong() -> str:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            answer = str(cursor.fetchone()[0])
        return "" if answer == "ok" else answer.replace(" ", "_")
    return unreadable_table()


def unreadable_table() -> str:
    """Reading every row lets the server compare its checksums."""
    for table in connection.introspection.table_names():
        try:
            with connection.cursor() as cursor:
                name = connection.ops.quote_name(table)
                cursor.execute(f"SELECT count(t::text) FROM {name} t")  # noqa: S608
        except DatabaseError as error:
            return f"{table}:{type(error).__name__}"
    return ""


if __name__ == "__main__":
    main()
