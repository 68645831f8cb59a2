"""SQLite with twenty writers, twenty readers and a backup without end: no error, no long wait.

python -m tests.faults.sqlite_load --writes 10000
"""

import contextlib
import sqlite3
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from tests.faults.figures import Figures, arguments, empty_folder, register_on
from tests.faults.register import Register
from tests.faults.writers import UNCLEAR, Writers, judged

READ = ("/", "/mitra/", "/perjanjian/", "/kegiatan/", "/unit/lapas-contoh/")
THINKS_SECONDS = 1.0
BACKUP_EVERY_SECONDS = 2.0
SLOWEST_P99 = 2.0


class Reader(threading.Thread):
    """Opens one page after the other, with a second to look at each."""

    def __init__(self, register: Register, account: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.caller, self.is_told_to_stop = register.caller(account), stop
        self.statuses: Counter[int] = Counter()

    def run(self) -> None:
        while not self.is_told_to_stop.wait(THINKS_SECONDS):
            address = READ[self.statuses.total() % len(READ)]
            try:
                self.statuses[self.caller.get(address).status] += 1
            except UNCLEAR:
                self.statuses[0] += 1


class Backups(threading.Thread):
    """Copies the database with SQLite's own interface and looks whether the copy is sound."""

    def __init__(self, source: Path, target: Path, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.source, self.target, self.is_told_to_stop = source, target, stop
        self.answers: Counter[str] = Counter()

    def run(self) -> None:
        while not self.is_told_to_stop.wait(BACKUP_EVERY_SECONDS):
            self.target.unlink(missing_ok=True)
            with (
                contextlib.closing(sqlite3.connect(self.source, timeout=20)) as live,
                contextlib.closing(sqlite3.connect(self.target)) as copy,
            ):
                live.backup(copy)
                self.answers[str(copy.execute("PRAGMA integrity_check").fetchone()[0])] += 1


def main(
    *, writes: int, writers: int, readers: int, minutes: float, slowest: float = SLOWEST_P99
) -> int:
    figures = Figures()
    with (
        empty_folder("load") as folder,
        register_on("sqlite", folder, accounts=max(writers, readers)) as register,
    ):
        started = time.monotonic()
        at_work = Writers(register, writers)
        crowd = [Reader(register, place, at_work.stop) for place in range(readers)]
        source = register.folder / "register.sqlite3"
        backups = Backups(source, folder / "copy.sqlite3", at_work.stop)
        with at_work as ledger:
            for thread in (*crowd, backups):
                thread.start()
            # A small run is over before the first backup is due.
            while (
                len(ledger.acknowledged) < writes or not backups.answers
            ) and time.monotonic() < started + minutes * 60:
                time.sleep(0.1)
        for thread in (*crowd, backups):
            thread.join(timeout=60)
        seconds = time.monotonic() - started
        read: Counter[int] = sum((reader.statuses for reader in crowd), Counter())
        found = judged(register, ledger, folder)
    written = Counter({s: n for s, n in ledger.statuses.items() if s not in {200, 302}})
    figures.note("seconds", round(seconds))
    figures.note("writes in a second", round(len(ledger.acknowledged) / seconds, 1))
    figures.note("pages read", read.total())
    figures.at_least("acknowledged writes", len(ledger.acknowledged), writes)
    figures.exactly("errors of writers", written.total() + ledger.unclear + at_work.gave_up(), 0)
    figures.exactly("errors of readers", read.total() - read[200], 0)
    figures.at_least("backups, each sound", backups.answers["ok"], 1)
    figures.exactly("backups that were not", backups.answers.total() - backups.answers["ok"], 0)
    figures.exactly("acknowledged writes lost", found["lost"], 0)
    figures.exactly("writes doubled", found["doubled"], 0)
    figures.exactly("records half saved", found["half"], 0)
    figures.at_most("p99 of a write, s", round(ledger.p99(), 2), slowest)
    return figures.exit_code


if __name__ == "__main__":
    asked = arguments(
        __doc__,
        writes=(10_000, "writes to acknowledge"),
        writers=(20, "clients that write"),
        readers=(20, "clients that read"),
        minutes=(10, "give up after so many"),
    )
    sys.exit(
        main(
            writes=asked.writes,
            writers=asked.writers,
            readers=asked.readers,
            minutes=asked.minutes,
        )
    )
