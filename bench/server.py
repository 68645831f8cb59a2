"""The register under measurement: its database, its data, gunicorn as in production."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bench.cpu import children_of, postgres_of
from tests.faults.caller import Caller
from tests.faults.register import Register
from tests.throwaway_postgres import cluster, free_port, server_binaries


class Server(Register):
    found: dict[str, Any]

    def seed(self, sizes: list[str]) -> None:
        self.manage("migrate", "--verbosity=0")
        self.manage("collectstatic", "--noinput", "--verbosity=0")
        self.found = json.loads(self.python("-m", "bench.seed", *sizes).stdout)

    def caller(self, account: Any = None) -> Caller:
        """A browser without a screen, signed in as `upt`, `ditjenpas`, `superuser` or a number."""
        if account is None:
            return super().caller()
        sessions = self.found["sessions"]
        key = sessions["all"][account] if isinstance(account, int) else sessions[account]
        return Caller("127.0.0.1", self.port, session=key)

    def pids(self) -> list[int]:
        """Workers and, where there is one, the database server with its backends."""
        if self.process is None:
            return []
        host = parse_qs(urlsplit(self.environment["DATABASE_URL"]).query).get("host", [""])[0]
        return [self.process.pid, *children_of(self.process.pid), *postgres_of(host)]

    def query_counts(self, places: list[list[str]]) -> list[dict[str, Any]]:
        answer = self.python("-m", "bench.queries", input=json.dumps(places))
        counts: list[dict[str, Any]] = json.loads(answer.stdout)
        return counts


@contextlib.contextmanager
def server(folder: Path, engine: str, sizes: list[str]) -> Iterator[Server]:
    """A register with the data of the country, on "sqlite" or "postgresql"."""
    with contextlib.ExitStack() as stack:
        url = ""
        if engine == "postgresql":
            binaries = server_binaries()
            if binaries is None:
                sys.exit("NOT RUN: no PostgreSQL server binaries found")
            url = stack.enter_context(cluster(binaries))
        folder.mkdir(parents=True, exist_ok=True)
        port = free_port()
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        settings = kept | {
            "ENV_FILE": os.devnull,
            "DATA_DIR": str(folder),
            "DATABASE_URL": url,
            "PORT": str(port),
            "BASE_URL": f"http://127.0.0.1:{port}",
            "LOG_LEVEL": "WARNING",
            "COLLECTED_STATIC": "1",
            "DJANGO_SETTINGS_MODULE": "bench.settings",
        }
        running = Server(folder, settings, port)
        running.found = {}
        seed_or_say_why(running, sizes)
        running.start()
        try:
            yield running
        finally:
            running.stop()


def seed_or_say_why(register: Server, sizes: list[str]) -> None:
    try:
        register.seed(sizes)
    except subprocess.CalledProcessError as failed:
        sys.exit(f"{failed.cmd} failed:\n{failed.stderr}")
