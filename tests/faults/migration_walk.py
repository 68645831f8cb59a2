"""Migrations down and up again on a database of its own, with rows and without.

    python -m tests.faults.migration_walk --kills 5 [--database postgres]

Goes back to the first migration of our apps and forward with a row of every model, down to
nothing and up, and ends `migrate` by kill -9 at several moments before running it again.
"""

import argparse
import contextlib
import json
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.faults.places import new_database, place
from tests.faults.register import BASE_DIR, Register
from tests.throwaway_postgres import cluster, server_binaries

FIRST = [("partnerships", "0001"), ("institutions", "0001")]
FACTS = "tests.faults.first_state"


def schema_of(register: Register) -> Any:
    return json.loads(register.python("-m", FACTS, "schema").stdout)


def digests_of(register: Register) -> Any:
    """Of the rows as the first migrations know them, which every later state still holds."""
    return json.loads(register.python("-m", FACTS, "rows").stdout)


def walk(register: Register) -> dict[str, bool]:
    register.manage("migrate", "--verbosity=0")
    fresh = schema_of(register)
    register.python("-m", FACTS, "fill")
    rows = digests_of(register)
    for app, name in FIRST:
        register.manage("migrate", app, name, "--verbosity=0")
    rows_back = digests_of(register)
    register.manage("migrate", "--verbosity=0")
    found = {
        "rows equal after going back": rows_back == rows,
        "rows equal after going forward": digests_of(register) == rows,
        "schema equal after back and forward": schema_of(register) == fresh,
    }
    for app in ("admin", "partnerships", "institutions"):
        register.manage("migrate", app, "zero", "--verbosity=0")
    found["nothing of ours left at zero"] = not any(
        str(entry).count("partnerships_") for entry in schema_of(register)
    )
    register.manage("migrate", "--verbosity=0")
    return found | {"schema equal after zero and up": schema_of(register) == fresh}


def killed(register: Register, fresh: Any, after: float) -> bool:
    """Whether `migrate` makes a whole schema after one that was ended by kill -9."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=BASE_DIR,
        env=register.environment,
    )
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=60)
    register.manage("migrate", "--verbosity=0")
    return bool(schema_of(register) == fresh)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="register-walk-")))
        binaries = server_binaries() if options.database == "postgres" else None
        url = stack.enter_context(cluster(binaries)) if binaries else ""
        if options.database == "postgres" and not url:
            print("NOT RUN: no PostgreSQL server binaries found")
            return 1
        with new_database(url) as database:
            register = place(folder / "walk", database)
            found = walk(register)
            fresh = schema_of(register)
        started = time.monotonic()
        with new_database(url) as database:
            place(folder / "timed", database).manage("migrate", "--verbosity=0")
        seconds = time.monotonic() - started
        whole = 0
        for number in range(options.kills):
            with new_database(url) as database:
                there = place(folder / str(number), database)
                whole += killed(there, fresh, seconds * (number + 1) / (options.kills + 1))
    for name, holds in found.items():
        print(f"{name}: {'yes' if holds else 'NO'} (yes)")
    print(f"whole after kill -9 and a second run: {whole}/{options.kills} (all)")
    return 0 if all(found.values()) and whole == options.kills else 1


if __name__ == "__main__":
    sys.exit(main())
