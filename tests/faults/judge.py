"""Compares a ledger with the database: `python -m tests.faults.judge ledger.json`.

Prints a JSON object: acknowledged records that are not there (lost), records that are there more
than once (doubled), records without all their rows or without one line of history each (half).
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

# A script of its own: models can be imported only now.
from django.db.models import Count  # noqa: E402

from institutions.models import Officeholder  # noqa: E402
from partnerships.models import Agreement, Attendance, Event, EventPart, Party  # noqa: E402

# What one record of each kind consists of: the rows below it, and how many.
KINDS: dict[str, tuple[Any, str, list[tuple[Any, str, int]]]] = {
    "officeholder": (Officeholder, "person_name", []),
    "agreement": (Agreement, "title", [(Party, "agreement", 2)]),
    "event": (Event, "title", [(EventPart, "event", 1), (Attendance, "event", 1)]),
}


def main(file: Path) -> None:
    ledger = json.loads(file.read_text())
    counts: Counter[str] = Counter(lost=0, doubled=0, half=0, unknown=0)
    for kind, (model, column, parts) in KINDS.items():
        rows = dict(model._base_manager.values_list("pk", column))
        broken = broken_rows(model, parts, rows)
        found = Counter(rows.values())
        acknowledged = [mark for mark, of in ledger["acknowledged"].items() if of == kind]
        counts["lost"] += sum(mark not in found for mark in acknowledged)
        counts["doubled"] += sum(number - 1 for number in found.values())
        counts["unknown"] += sum(mark not in ledger["sent"] for mark in found)
        counts["half"] += len(broken)
        for key in sorted(broken):
            print(f"half: {kind} {key} {rows[key]}", file=sys.stderr)
    print(json.dumps(counts))


def broken_rows(model: Any, parts: list[tuple[Any, str, int]], rows: dict[int, str]) -> set[int]:
    """Keys of rows that are not whole: a part is missing, or a line of history."""
    lines = history_of(model)
    broken = {pk for pk in rows if lines.get(pk) != 1}
    for part, link, wanted in parts:
        below = numbers(part._base_manager, f"{link}_id")
        lines_below = history_of(part)
        keys = part._base_manager.values_list(f"{link}_id", "pk")
        broken |= {pk for pk in rows if below.get(pk) != wanted}
        broken |= {root for root, pk in keys if lines_below.get(pk) != 1}
    return broken


def history_of(model: Any) -> dict[int, int]:
    return numbers(model.history, "id")


def numbers(rows: Any, name: str) -> dict[int, int]:
    """How many rows there are for each value of one column."""
    counted = rows.order_by().values_list(name).annotate(number=Count("pk"))
    return dict(counted.values_list(name, "number"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
