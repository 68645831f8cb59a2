"""Workers killed while they save an old list: every list is there as a whole, or not at all.

    python -m tests.faults.imports --database postgres --kills 30 --rows 1000

Each list is uploaded and saved through the pages; a moment later every worker is killed with
SIGKILL. Then the tables are counted, and whoever comes back saves the list again, after which each
row has to be there once.
"""

import contextlib
import http.client
import os
import random
import signal
import sys
import threading
import time
from dataclasses import dataclass

from tests.faults.caller import Caller
from tests.faults.cut_lines import MULTIPART, attached
from tests.faults.figures import Figures, arguments, empty_folder, register_on
from tests.faults.register import Register
from tests.faults.rounds import number_of
from tests.lists import csv, list_row

START = "/perjanjian/impor/"
SAVE = {"simpan": ["1"]}
# Rows of each table that one row of a list makes; its area and its partner are new to nobody.
PER_ROW = {
    "partnerships_agreement": 1,
    "partnerships_historicalagreement": 1,
    "partnerships_party": 2,
    "partnerships_historicalparty": 2,
    "partnerships_partner": 1,
    "partnerships_historicalpartner": 1,
}


@dataclass(frozen=True)
class Uploaded:
    address: str
    rows: int


def main(database: str, *, kills: int, rows: int) -> int:
    figures = Figures()
    with (
        empty_folder("imports") as folder,
        register_on(database, folder, accounts=1, WEB_CONCURRENCY="2") as register,
    ):
        began = time.monotonic()
        seconds = time_to_save(register, rows)
        found = [killed_round(register, number + 1, rows, seconds) for number in range(kills)]
        figures.note("database", database)
        figures.note(f"seconds to save {rows} rows", round(seconds, 2))
        figures.note("lists that were there after the kill", sum(kept == rows for kept in found))
        figures.note("lists that were not", sum(kept == 0 for kept in found))
        figures.exactly("lists that were there in part", len(in_part(found, rows)), 0)
        doubled = counted(register) != rows * (kills + 1)
        figures.exactly("lists that are not there once after all", int(doubled), 0)
        figures.at_least("kills while a list was saved", len(found), kills)
        figures.note("seconds", round(time.monotonic() - began))
    return figures.exit_code


def in_part(found: list[int], rows: int) -> list[int]:
    return [kept for kept in found if kept not in (0, rows)]


def upload(register: Register, number: int, rows: int) -> Uploaded:
    """A list of papers and partners that no other list names."""
    texts = [
        list_row(
            place,
            Mitra=f"Sanggar L{number}B{place}",
            Judul=f"Daftar {number} {place}",
            cells={"No. Pihak Kesatu": f"WP.13.PAS-{number}.{place}/2025"},
        )
        for place in range(rows)
    ]
    caller = register.caller(0)
    form = caller.get(START).fields
    body = attached(form, f"daftar-{number}.csv", csv(*texts))
    answer = caller.send("POST", START, body, {"Content-Type": MULTIPART})
    caller.close()
    if answer.status != 302:
        raise SystemExit(f"The list was answered {answer.status}.")
    return Uploaded(answer.location, rows)


def save(caller: Caller, uploaded: Uploaded) -> None:
    """As somebody who presses the button; a line that breaks is what the drill is about."""
    page = caller.get(uploaded.address)
    with contextlib.suppress(OSError, http.client.HTTPException):
        caller.post(uploaded.address, page.fields | SAVE)


def time_to_save(register: Register, rows: int) -> float:
    uploaded, caller = upload(register, 0, rows), register.caller(0)
    began = time.monotonic()
    save(caller, uploaded)
    took = time.monotonic() - began
    if counted(register) != rows:
        raise SystemExit("A list that nobody disturbed was not saved.")
    return took


def killed_round(register: Register, number: int, rows: int, seconds: float) -> int:
    """How many rows of the list were there when its worker had been killed."""
    before = counted(register)
    uploaded, caller = upload(register, number, rows), register.caller(0)
    saving = threading.Thread(target=save, args=(caller, uploaded))
    saving.start()
    # A worker that has just begun takes longer than the one that was measured.
    time.sleep(random.uniform(0, seconds * 3))  # noqa: S311 - a moment, not a secret
    for worker in register.workers():
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
    saving.join()
    register.wait_until_ready()
    kept = settled(register) - before
    save(register.caller(0), uploaded)
    return kept


def settled(register: Register) -> int:
    """Agreements, once the database has let go of what the dead worker held."""
    end, last = time.monotonic() + 10, -1
    while time.monotonic() < end:
        if (now := counted(register)) == last:
            return now
        last = now
        time.sleep(0.3)
    return counted(register)


def counted(register: Register) -> int:
    """Agreements; -1 where another table does not go with them."""
    # One partner stands in every register under test.
    own = {"partnerships_partner": 1, "partnerships_historicalpartner": 1}
    numbers = {table: number_of(register, table) - own.get(table, 0) for table in PER_ROW}
    papers = numbers["partnerships_agreement"]
    whole = all(number == papers * PER_ROW[table] for table, number in numbers.items())
    return papers if whole else -1


if __name__ == "__main__":
    asked = arguments(
        __doc__,
        kills=(30, "workers to kill while they save"),
        rows=(1000, "rows of each list"),
    )
    sys.exit(main(asked.database, kills=asked.kills, rows=asked.rows))
