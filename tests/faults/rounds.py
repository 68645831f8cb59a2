"""What the drills of rounds share: the register they run on, and figures with their marks."""

import argparse
import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.faults.register import BASE_DIR, Register, running_register
from tests.throwaway_postgres import cluster, server_binaries


def arguments(about: str | None, rounds: int) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    return parser.parse_args()


def print_figures(found: dict[str, Any], marks: dict[str, Any]) -> int:
    """One line per figure; 1 when a mark was missed. A figure without a mark is for reading."""
    missed = {name for name, mark in marks.items() if found.get(name) != mark}
    for name, value in found.items():
        mark = f" ({marks[name]}{', MISSED' if name in missed else ''})" if name in marks else ""
        print(f"{name}: {value}{mark}", flush=True)
    return 1 if missed else 0


@contextlib.contextmanager
def register_on(database: str, **options: Any) -> Iterator[Register]:
    """A running register in a folder of its own, on SQLite or on a PostgreSQL of its own."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="register-drill-")))
        url = ""
        if database == "postgres":
            binaries = server_binaries()
            if binaries is None:
                raise SystemExit("NOT RUN: no PostgreSQL server binaries found")
            url = stack.enter_context(cluster(binaries))
        options = {"STATIC_ROOT": collected_static(folder / "static")} | options
        folder = folder / "register"
        yield stack.enter_context(running_register(folder, database_url=url, **options))


def collected_static(folder: Path) -> str:
    """Style sheets named by their content, as a server has them; pages are drawn faster."""
    environment = os.environ | {
        "ENV_FILE": os.devnull,
        "DATA_DIR": str(folder.parent / "collecting"),
        "STATIC_ROOT": str(folder),
    }
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(command, cwd=BASE_DIR, env=environment, check=True)
    return str(folder)


@contextlib.contextmanager
def database_beside(url: str) -> Iterator[str]:
    """An empty PostgreSQL database on the server of `url`; blank (SQLite) for a blank one."""
    if not url:
        yield ""
        return
    parts = urlsplit(url)
    name = f"register_drill_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def number_of(register: Register, table: str) -> int:
    """How many rows a table has, asked of the database without starting Django."""
    url, question = register.environment["DATABASE_URL"], f"SELECT count(*) FROM {table}"
    if url:
        with psycopg.connect(url) as server:
            return int(server.execute(question).fetchall()[0][0])  # type: ignore[call-overload]
    with contextlib.closing(sqlite3.connect(register.folder / "register.sqlite3")) as file:
        return int(file.execute(question).fetchone()[0])


LEDGER = """
import json
from institutions.models import SubmitToken
from partnerships.models import Agreement, Party
rows = Agreement.history.order_by("history_id")
print(json.dumps({
    "agreements": [[row.pk, row.version, row.place] for row in Agreement.objects.order_by("pk")],
    "history": [[row.id, row.history_type, row.version, row.place] for row in rows],
    "titles": sorted(Agreement.objects.values_list("title", flat=True)),
    "parties": Party.objects.count(),
    "tokens": SubmitToken.objects.count(),
}))
"""


def ledger(register: Register) -> dict[str, Any]:
    """What the database holds of agreements, read by a process of its own."""
    # The last line: the shell greets before it runs anything.
    shown = register.manage("shell", "--no-imports", "--command", LEDGER)
    found: dict[str, Any] = json.loads(shown.stdout.strip().splitlines()[-1])
    return found
