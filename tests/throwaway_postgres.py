"""Runs a command against a PostgreSQL that exists only for it.

    python -m tests.throwaway_postgres pytest

TEST_DATABASE_URL names a server to use instead; it has to let us create databases. Otherwise the
server binaries of this machine make a cluster in a temporary folder, reached by its socket only,
and it is gone when the command ends. Without either, nothing runs and the last line says so;
REQUIRE_POSTGRES=1 makes that a failure.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg

try:
    import pwd
except ImportError:  # Windows has no such list of accounts, and no root.
    pwd = None

USUAL_PLACES = {
    "/": ["usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "usr/local/pgsql/bin"],
    "/opt/homebrew/opt": ["postgresql*/bin"],
    "/usr/local/opt": ["postgresql*/bin"],
    "/Applications/Postgres.app/Contents/Versions": ["*/bin"],
    "C:/Program Files/PostgreSQL": ["*/bin"],
}
WINDOWS = os.name == "nt"
# Durability is of no use to a cluster that is thrown away.
SERVER_OPTIONS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, stop)
    if url := os.environ.get("TEST_DATABASE_URL"):
        return run(command, url)
    binaries = server_binaries()
    if binaries is None:
        required = os.environ.get("REQUIRE_POSTGRES") == "1"
        say("NOT RUN: tests on PostgreSQL (no server binaries found, TEST_DATABASE_URL not set)")
        return 1 if required else 0
    with cluster(binaries) as url:
        return run(command, url)


def stop(number: int, frame: FrameType | None) -> None:
    # As an exception, so that the cluster is stopped on the way out.
    sys.exit(128 + number)


def run(command: list[str], url: str) -> int:
    return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode


def say(line: str) -> None:
    print(line, flush=True)
    if report := os.environ.get("TEST_REPORT"):
        with Path(report).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


def server_binaries() -> Path | None:
    """The folder of initdb, pg_ctl and postgres; the newest version where there are several."""
    on_path = shutil.which("pg_ctl")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for root, patterns in USUAL_PLACES.items():
        for pattern in patterns:
            found = Path(root).glob(pattern) if Path(root).is_dir() else []
            folders += sorted(found, key=version_of, reverse=True)
    return next((folder for folder in folders if has_server(folder)), None)


def version_of(folder: Path) -> int:
    digits = "".join(filter(str.isdigit, folder.parent.name))
    return int(digits or 0)


def has_server(folder: Path) -> bool:
    return all(shutil.which(name, path=str(folder)) for name in ("initdb", "pg_ctl", "postgres"))


@contextlib.contextmanager
def cluster(binaries: Path, options: Sequence[str] = SERVER_OPTIONS) -> Iterator[str]:
    """A running cluster; its role owns a database and is no superuser, as in production."""
    folder = Path(tempfile.mkdtemp(prefix="register-pg-"))
    try:
        server = Cluster(binaries, folder, options)
        server.create()
        server.start()
        try:
            server.make_database()
            yield server.url
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Cluster:
    """One cluster in a folder of its own, reached by its socket or, where asked, by a port."""

    def __init__(
        self, binaries: Path, folder: Path, options: Sequence[str] = (), *, tcp: bool = WINDOWS
    ) -> None:
        self.account = unprivileged_account()
        self.binaries, self.folder = binaries, folder
        self.host, self.port = ("127.0.0.1", free_port()) if tcp else (str(folder), 5432)
        listen = "listen_addresses=" + (self.host if tcp else "")
        sockets = [] if WINDOWS else [f"unix_socket_directories={folder}"]
        self.options = [*options, listen, *sockets]
        if self.account:
            shutil.chown(folder, self.account["user"], self.account["group"])

    @property
    def url(self) -> str:
        return f"postgres://register@/register?host={self.host}&port={self.port}"

    def create(self, *words: str) -> None:
        locale = "C.UTF-8" if sys.platform == "linux" else "C"
        call(
            self.account,
            [self.binaries / "initdb", "--pgdata", self.folder / "data", "--username=postgres"]
            + ["--auth=trust", "--encoding=UTF8", f"--locale={locale}", "--no-sync", *words],
        )

    def start(self) -> None:
        options = " ".join(f"-c {option}" for option in self.options)
        log = ["--log", self.folder / "log", "-w", "-o", f"-p {self.port} {options}"]
        self.control(*log, "start")

    def stop(self, mode: str) -> None:
        self.control(f"--mode={mode}", "stop")

    def is_running(self) -> bool:
        """As its control file says; of a server that stopped itself it says so at once."""
        command = [self.binaries / "pg_ctl", "--pgdata", self.folder / "data", "status"]
        status = subprocess.run(command, capture_output=True, check=False, **self.account)
        return status.returncode == 0

    def control(self, *words: Any) -> None:
        call(self.account, [self.binaries / "pg_ctl", "--pgdata", self.folder / "data", *words])

    def make_database(self) -> None:
        with self.superuser() as connection:
            connection.execute("CREATE ROLE register LOGIN CREATEDB")
            connection.execute("CREATE DATABASE register OWNER register")

    def superuser(self) -> "psycopg.Connection[Any]":
        # By the socket where there is one: what is done to the port does not hold it up.
        host = self.host if WINDOWS else str(self.folder)
        return psycopg.connect(
            host=host, port=self.port, user="postgres", dbname="postgres", autocommit=True
        )


def unprivileged_account() -> dict[str, Any]:
    """How a process of root drops its rights: PostgreSQL refuses to run with them."""
    if pwd is None or os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def call(account: dict[str, Any], command: list[Any]) -> None:
    with tempfile.TemporaryFile("w+") as output:
        # A file and not a pipe: the server inherits it and would hold a pipe open.
        done = subprocess.run(
            command, stdout=output, stderr=output, check=False, cwd=tempfile.gettempdir(), **account
        )
        if done.returncode:
            output.seek(0)
            sys.exit(f"{command[0]} failed:\n{output.read()}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
