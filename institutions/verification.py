"""Finds what was done to the history, or to the rows it tells of, past the register."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import connection
from django.utils.timezone import localtime
from simple_history.models import HistoricalRecords

from institutions.checkpoints import broken_segments, genuine_checkpoints, segments_of
from institutions.models import HistoryCheckpoint, SealForm
from institutions.models.trail import form_columns
from institutions.seals import START, Seal, form_of, is_genuine, read_seal
from institutions.triggers import sealed_models, unprotected_tables

CHUNK = 2_000
FORGED = "isinya tidak cocok dengan segelnya: diubah atau ditulis di luar register"
UNSEALED = "tanpa segel: ditulis di luar register"
UNKNOWN_FORM = "bentuk segelnya tidak dikenal"
COLUMN_GONE = "kolom yang disegel sudah tidak ada: migrasi tanpa segel ulang"
FIRST_GONE = "riwayat sebelum baris ini hilang"
LINK_BROKEN = "tidak menyambung dengan baris sebelumnya: ada yang dihapus, disisipkan atau ditukar"
CREATED_AGAIN = "mencatat pembuatan walaupun riwayat objek ini sudah ada"
AFTER_REMOVAL = "menyusul sesudah penghapusan"
NO_HISTORY = "ada di register tanpa riwayat"
GONE = "hilang dari register tanpa riwayat penghapusan"
STILL_THERE = "masih ada di register walaupun riwayat mencatat penghapusannya"
LOOSE_LINK = "kelompok tercatat untuk baris riwayat yang tidak ada"


@dataclass(frozen=True)
class Finding:
    table: str
    what: str
    # The history row and the object it tells of; None where a finding is about neither.
    row: int | None = None
    key: Any = None

    def __str__(self) -> str:
        place = [self.table]
        if self.key is not None:
            place.append(f"objek {self.key}")
        if self.row is not None:
            place.append(f"riwayat {self.row}")
        return f"{', '.join(place)}: {self.what}"


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything as it is now while others go on writing; no lock is taken."""
    if connection.in_atomic_block:
        yield
        return
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(
            "BEGIN DEFERRED" if sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        )
        try:
            yield
        finally:
            cursor.execute("COMMIT")


def verify() -> Iterator[Finding]:
    """Everything that is not as the register left it."""
    for table in unprotected_tables():
        yield Finding(table, "pemicu yang menolak perubahan tidak terpasang")
    with one_moment():
        checkpoints, wrong = genuine_checkpoints()
        for checkpoint in wrong:
            table = HistoryCheckpoint._meta.db_table
            what = "titik periksa ini atau yang sebelumnya diubah, dihapus atau ditulis lain"
            yield Finding(table, what, checkpoint.pk)
        forms = known_forms()
        for model in sealed_models():
            yield from HistoryTable(model, forms).findings()
            yield from missing_since_checkpoints(model, checkpoints)


def missing_since_checkpoints(
    model: Any, checkpoints: list[HistoryCheckpoint]
) -> Iterator[Finding]:
    table = model._meta.db_table
    for segment, held in broken_segments(model, segments_of(table, checkpoints)):
        day = localtime(segment.checkpoint.taken_at)
        yield Finding(
            table,
            f"riwayat {segment.after + 1} sampai {segment.upto} tidak lagi seperti pada titik"
            f" periksa {segment.checkpoint.pk} ({day:%Y-%m-%d %H.%M}):"
            f" tercatat {segment.rows} baris, kini {held}",
        )


def known_forms() -> dict[str, tuple[str, ...]]:
    """Forms name themselves: one that was changed is none."""
    stored = [tuple(columns) for columns in SealForm.objects.values_list("columns", flat=True)]
    today = [form_columns(model) for model in sealed_models()]
    return {form_of(columns): columns for columns in (*stored, *today)}


class HistoryTable:
    """The history of one model, read beside the rows it tells of; both in order of the key."""

    def __init__(self, model: Any, forms: dict[str, tuple[str, ...]]) -> None:
        self.model, self.live, self.forms = model, model.instance_type, forms
        self.table = model._meta.db_table
        self.columns = [column.column for column in model._meta.concrete_fields]
        self.at = {column: place for place, column in enumerate(self.columns)}
        self.live_at = {
            column.column: place for place, column in enumerate(self.live._meta.concrete_fields)
        }
        self.links_then, self.links_now = self.read_links()

    def findings(self) -> Iterator[Finding]:
        live_rows = self.live_rows()
        live = next(live_rows, None)
        for key, rows in groupby(self.history_rows(), key=lambda row: row[self.at["id"]]):
            while live is not None and live[0] < key:
                yield Finding(self.live._meta.db_table, NO_HISTORY, key=live[0])
                live = next(live_rows, None)
            now = live if live is not None and live[0] == key else None
            latest = yield from self.chain(list(rows))
            yield from self.compare(key, latest, now)
            if now is not None:
                live = next(live_rows, None)
        while live is not None:
            yield Finding(self.live._meta.db_table, NO_HISTORY, key=live[0])
            live = next(live_rows, None)
        for number in sorted(self.links_then):
            yield Finding(self.table, LOOSE_LINK, number)

    def history_rows(self) -> Iterator[tuple[Any, ...]]:
        names = [column.attname for column in self.model._meta.concrete_fields]
        rows = self.model._base_manager.order_by("id", "history_id").values_list(*names)
        yield from rows.iterator(chunk_size=CHUNK)

    def live_rows(self) -> Iterator[tuple[Any, ...]]:
        """The key comes first: it is the first column of every model."""
        names = [column.attname for column in self.live._meta.concrete_fields]
        rows = self.live._base_manager.order_by("pk").values_list(*names)
        yield from rows.iterator(chunk_size=CHUNK)

    def read_links(self) -> tuple[dict[int, list[Any]], dict[Any, list[Any]]]:
        """Many-to-many rows by history row, as they were, and by object, as they are."""
        then: dict[int, list[Any]] = {}
        now: dict[Any, list[Any]] = {}
        for link in self.model._history_m2m_fields:
            other = f"{link.m2m_reverse_field_name()}_id"
            past = HistoricalRecords.m2m_models[link]._base_manager
            for number, key in past.order_by("pk").values_list("history_id", other):
                then.setdefault(number, []).append(key)
            present = link.remote_field.through._base_manager
            own = f"{link.m2m_field_name()}_id"
            for key, held in present.order_by("pk").values_list(own, other):
                now.setdefault(key, []).append(held)
        return then, now

    def chain(self, rows: list[tuple[Any, ...]]) -> Any:
        """Check the history of one object; returns its latest row, its columns and its links."""
        before: Seal | None = None
        latest: Any = None
        for place, row in enumerate(rows):
            number, key = row[self.at["history_id"]], row[self.at["id"]]
            seal, links = read_seal(row[self.at["seal"]]), self.links_then.pop(number, [])
            for what in self.flaws(row, seal, links):
                yield Finding(self.table, what, number, key)
            for what in self.breaks(row, seal, rows[place - 1] if place else None, before):
                yield Finding(self.table, what, number, key)
            before = seal
            latest = (row, self.forms.get(seal.form, ()) if seal else (), links)
        return latest

    def flaws(self, row: Any, seal: Seal | None, links: list[Any]) -> Iterator[str]:
        if seal is None:
            yield UNSEALED
        elif (columns := self.forms.get(seal.form)) is None:
            yield UNKNOWN_FORM
        elif not set(columns) <= self.at.keys():
            yield COLUMN_GONE
        elif not is_genuine(seal, self.table, [row[self.at[name]] for name in columns], links):
            yield FORGED

    def breaks(self, row: Any, seal: Seal | None, row_before: Any, before: Any) -> Iterator[str]:
        """What does not follow from the row before."""
        kind = row[self.at["history_type"]]
        if row_before is None:
            if kind != "+" or (seal and seal.link != START):
                yield FIRST_GONE
        elif kind == "+":
            yield CREATED_AGAIN
        elif row_before[self.at["history_type"]] == "-":
            yield AFTER_REMOVAL
        elif seal and before and seal.link != before.as_link:
            yield LINK_BROKEN

    def compare(self, key: Any, latest: Any, live: Any) -> Iterator[Finding]:
        """The row as it is must be the row as its history left it."""
        row, columns, links = latest
        table, number = self.live._meta.db_table, row[self.at["history_id"]]
        is_removed = row[self.at["history_type"]] == "-"
        if live is None or is_removed:
            if (live is None) != is_removed:
                yield Finding(table, STILL_THERE if is_removed else GONE, number, key)
            return
        differing = [
            name
            for name in columns
            if name in self.live_at
            and name in self.at
            and live[self.live_at[name]] != row[self.at[name]]
        ]
        if sorted(links) != sorted(self.links_now.get(key, [])):
            differing.append("kelompok")
        if differing:
            what = f"berbeda dari riwayat terakhirnya: {', '.join(differing)}"
            yield Finding(table, what, number, key)
