"""Counts changes and history entries against each other.

    python -m tests.faults.history_complete --changes 10000 --database sqlite
    python -m tests.faults.history_complete --changes 10000 --database postgres

Makes a register of its own, changes it by pages, admin, verbs and commands, and prints one line
per figure; exits with 1 when a mark is missed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from typing import Any

from tests.throwaway_postgres import cluster, server_binaries


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=10_000)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    binaries = server_binaries() if options.database == "postgres" else None
    if options.database == "postgres" and binaries is None:
        print("NOT RUN: no PostgreSQL server binaries found")
        return 1
    where: Any = cluster(binaries) if binaries else nullcontext("")
    with where as url, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        return run(options, url, folder)


def run(options: argparse.Namespace, url: str, folder: str) -> int:
    settings = {"ENV_FILE": os.devnull, "DATA_DIR": folder, "DATABASE_URL": url}
    words = [str(options.changes), str(options.seed), options.database]
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.change_everything", *words],
        env=os.environ | settings | {"LOG_LEVEL": "WARNING"},
        check=False,
    )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
