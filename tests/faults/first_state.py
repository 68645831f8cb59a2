"""What the walk through the migrations asks of a database: `schema`, `rows`, `fill`, `spoil`."""

import json
import os
import sys
from datetime import date
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

# A script of its own: models can be imported only now.
from django.db import DEFAULT_DB_ALIAS, connection  # noqa: E402

from config.backup.rows import facts_of, tables_of  # noqa: E402
from config.backup.schema import models_at  # noqa: E402
from tests.factories import make_user  # noqa: E402
from tests.specimens import SPECIMENS, make_document  # noqa: E402

OURS = ("institutions", "partnerships")
QUERIES = {
    "sqlite": ["SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"],
    "postgresql": [
        "SELECT table_name, column_name, data_type, is_nullable, collation_name, column_default"
        " FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace",
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    ],
}


def schema() -> list[Any]:
    found: list[Any] = []
    with connection.cursor() as cursor:
        for query in QUERIES[connection.vendor]:
            cursor.execute(query)
            found += [[str(value) for value in row] for row in cursor.fetchall()]
    return sorted(found)


def rows() -> dict[str, Any]:
    apps = models_at([(app, "0001_initial") for app in OURS], DEFAULT_DB_ALIAS)
    tables = [table for table in tables_of(apps) if table.model._meta.app_label in OURS]
    return {table.label: facts_of(table, DEFAULT_DB_ALIAS) for table in tables}


def fill() -> None:
    for make in SPECIMENS.values():
        make()
    make_document().erase(by=make_user(unit=None), reason="Wajah dapat dikenali")


def spoil() -> list[int]:
    """Two papers as only a register before `0006_agreement_verbs` could hold them; their keys."""
    papers = models_at([("partnerships", "0005_newest_agreements_index")], DEFAULT_DB_ALIAS)
    rows = papers.get_model("partnerships", "Agreement").objects.filter(stage="SIGNED")
    first, second, *_ = rows.order_by("pk").values_list("pk", flat=True)
    rows.filter(pk=first).update(amends=second)
    ended = {"terminated_on": date(1990, 1, 1), "termination_reason": "Mitra bubar"}
    rows.filter(pk=second).update(**ended)
    return [first, second]


if __name__ == "__main__":
    answer = {"schema": schema, "rows": rows, "fill": fill, "spoil": spoil}[sys.argv[1]]()
    print(json.dumps(answer))
