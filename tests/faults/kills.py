"""Workers killed in the middle of their work, while clients write: nothing lost, doubled or half.

python -m tests.faults.kills --database postgres --kills 200 --writes 20000
"""

import contextlib
import os
import random
import signal
import sys
import time
from pathlib import Path

from tests.faults.figures import Figures, arguments, empty_folder, register_on
from tests.faults.register import Register
from tests.faults.writers import Ledger, Writers, judged

WORKERS = 3
WRITERS = 8


def main(database: str, *, kills: int, writes: int, minutes: float) -> int:
    figures = Figures()
    with empty_folder("kills") as folder, served(database, folder) as register:
        started = time.monotonic()
        writers = Writers(register, WRITERS)
        with writers as ledger:
            done = kill_along(register, ledger, kills, writes, started + minutes * 60)
        figures.note("database", database)
        figures.note("seconds", round(time.monotonic() - started))
        report(figures, ledger, judged(register, ledger, folder))
        figures.exactly("writers that met an answer nobody expected", writers.gave_up(), 0)
        figures.at_least("workers killed with SIGKILL", done, kills)
        figures.at_least("acknowledged writes", len(ledger.acknowledged), writes)
    return figures.exit_code


def served(database: str, folder: Path) -> "contextlib.AbstractContextManager[Register]":
    """With the application loaded before the fork, so that a new worker is there at once."""
    return register_on(
        database,
        folder,
        accounts=WRITERS,
        WEB_CONCURRENCY=str(WORKERS),
        GUNICORN_CMD_ARGS="--preload",
    )


def kill_along(register: Register, ledger: Ledger, kills: int, writes: int, deadline: float) -> int:
    """Kill one worker for every so many writes, until both numbers are reached or time is up."""
    done = 0
    while time.monotonic() < deadline:
        written = len(ledger.acknowledged)
        if done >= kills and written >= writes:
            break
        if done < kills and written * kills >= done * writes and (alive := register.workers()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(random.choice(alive), signal.SIGKILL)
                done += 1
        time.sleep(random.uniform(0.005, 0.1))
    return done


def report(figures: Figures, ledger: Ledger, found: dict[str, int]) -> None:
    figures.note("answers that never came", ledger.unclear)
    figures.note("answers by status", dict(sorted(ledger.statuses.items())))
    figures.exactly("acknowledged writes lost", found["lost"], 0)
    figures.exactly("writes doubled", found["doubled"], 0)
    figures.exactly("records half saved", found["half"], 0)
    figures.exactly("records nobody sent", found["unknown"], 0)


if __name__ == "__main__":
    asked = arguments(
        __doc__,
        kills=(200, "workers to kill"),
        writes=(20_000, "writes to acknowledge"),
        minutes=(15, "give up after so many"),
    )
    sys.exit(main(asked.database, kills=asked.kills, writes=asked.writes, minutes=asked.minutes))
