"""Signed counts of the history of every table, taken from time to time.

Seals tell that a row was changed and that one is missing between others. That a whole object went
together with its history, or the end of a table, is told by the checkpoints that counted it.
"""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from institutions.models import HistoryCheckpoint
from institutions.seals import is_signed, sign
from institutions.triggers import sealed_models

# Longer than two clocks differ, and than a row waits between its date and its insertion.
MARGIN = timedelta(minutes=5)
# Any number, as long as nothing else takes the same one.
LOCK = 7_305_164
CHUNK = 5_000


@dataclass(frozen=True)
class Segment:
    """What one checkpoint counted in one table."""

    checkpoint: HistoryCheckpoint
    after: int
    upto: int
    rows: int
    digest: str


def settled_until(margin: timedelta = MARGIN) -> datetime:
    """No running transaction will still add a history row that is older."""
    now = timezone.now()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT min(xact_start) FROM pg_stat_activity WHERE backend_xid IS NOT NULL"
                " AND datname = current_database() AND pid <> pg_backend_pid()"
            )
            [(oldest,)] = cursor.fetchall()
        now = min(now, oldest or now)
    # On SQLite whoever asks holds the only write lock.
    return now - margin


@transaction.atomic
def take_checkpoint(*, margin: timedelta = MARGIN, anew: Collection[str] = ()) -> HistoryCheckpoint:
    """Count what came since the last one; tables in `anew` from their start, after resealing."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    before = HistoryCheckpoint.objects.order_by("-pk").first()
    counted = before.tables if before else {}
    until = settled_until(margin)
    tables = {}
    for model in sealed_models():
        table = model._meta.db_table
        if table in anew or table not in counted:
            after, start = 0, {"from_start": True}
        else:
            after, start = counted[table]["upto"], {}
        tables[table] = count_rows(model, after, until) | start
    now = timezone.now()
    seal = sign([before.seal if before else "", now, tables])
    return HistoryCheckpoint.objects.create(taken_at=now, tables=tables, seal=seal)


def count_rows(model: Any, after: int, until: datetime) -> dict[str, Any]:
    rows = model._base_manager.filter(history_id__gt=after)
    settled = rows.filter(history_date__lt=until).order_by("-history_id")
    upto = settled.values_list("history_id", flat=True).first() or after
    counted, digest = 0, hashlib.sha256()
    for number, seal in in_order(rows.filter(history_id__lte=upto)):
        counted += 1
        digest.update(line_of(number, seal))
    return {"upto": upto, "rows": counted, "digest": digest.hexdigest()}


def in_order(rows: Any) -> Iterator[tuple[int, str | None]]:
    numbered = rows.order_by("history_id").values_list("history_id", "seal")
    yield from numbered.iterator(chunk_size=CHUNK)


def line_of(number: int, seal: str | None) -> bytes:
    return f"{number}:{seal}\n".encode()


def genuine_checkpoints() -> tuple[list[HistoryCheckpoint], list[HistoryCheckpoint]]:
    """All checkpoints in order, and those whose signature or predecessor is not right."""
    checkpoints = list(HistoryCheckpoint.objects.order_by("pk"))
    wrong, before = [], ""
    for checkpoint in checkpoints:
        if not is_signed([before, checkpoint.taken_at, checkpoint.tables], checkpoint.seal):
            wrong.append(checkpoint)
        before = checkpoint.seal
    return checkpoints, wrong


def segments_of(table: str, checkpoints: list[HistoryCheckpoint]) -> list[Segment]:
    segments: list[Segment] = []
    after = 0
    for checkpoint in checkpoints:
        entry = checkpoint.tables.get(table)
        if entry is None:
            continue
        if entry.get("from_start"):
            segments, after = [], 0
        counted = {name: entry[name] for name in ("upto", "rows", "digest")}
        segments.append(Segment(checkpoint, after, **counted))
        after = entry["upto"]
    return segments


def broken_segments(model: Any, segments: list[Segment]) -> Iterator[tuple[Segment, int]]:
    """Segments that no longer hold what was counted, with the number of rows they hold now."""
    numbered = in_order(model._base_manager.all())
    row = next(numbered, None)
    for segment in segments:
        held, digest = 0, hashlib.sha256()
        while row is not None and row[0] <= segment.upto:
            held += 1
            digest.update(line_of(*row))
            row = next(numbered, None)
        if (held, digest.hexdigest()) != (segment.rows, segment.digest):
            yield segment, held
