"""What a drill prints, and where its registers stand."""

import argparse
import atexit
import contextlib
import functools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.faults.register import BASE_DIR, Register, running_register
from tests.throwaway_postgres import Cluster, server_binaries

# As a server that is meant to keep what it said is kept; the files of a drill are small.
DURABLE = ("fsync=on", "synchronous_commit=on", "shared_buffers=32MB", "max_wal_size=256MB")


class Figures:
    """Prints one line per figure and remembers the marks that were missed."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def note(self, name: str, value: Any) -> None:
        print(f"{name}: {value}", flush=True)

    def judge(self, name: str, value: Any, mark: str, *, met: bool) -> None:
        print(f"{name}: {value} ({mark}{'' if met else ', MISSED'})", flush=True)
        if not met:
            self.missed.append(name)

    def exactly(self, name: str, value: Any, wanted: Any) -> None:
        self.judge(name, value, f"mark {wanted}", met=value == wanted)

    def at_least(self, name: str, value: float, wanted: float) -> None:
        self.judge(name, value, f"mark at least {wanted}", met=value >= wanted)

    def at_most(self, name: str, value: float, wanted: float) -> None:
        self.judge(name, value, f"mark at most {wanted}", met=value <= wanted)

    @property
    def exit_code(self) -> int:
        return 1 if self.missed else 0


def arguments(about: str | None, **sizes: tuple[int, str]) -> argparse.Namespace:
    """`--database` and one option per size, as asked for on the command line."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    for name, (usual, meaning) in sizes.items():
        parser.add_argument(f"--{name}", type=int, default=usual, help=f"{meaning} ({usual})")
    return parser.parse_args()


@contextlib.contextmanager
def empty_folder(prefix: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=f"register-{prefix}-") as name:
        folder = Path(name)
        # PostgreSQL runs as another account below it.
        folder.chmod(0o755)
        yield folder


@contextlib.contextmanager
def running_cluster(
    folder: Path, *words: str, options: Sequence[str] = (), tcp: bool = False
) -> Iterator[Cluster]:
    """A durable PostgreSQL in `folder`; `words` go to initdb. Raises SystemExit without one."""
    binaries = server_binaries()
    if binaries is None:
        raise SystemExit("NOT RUN: no PostgreSQL server binaries found")
    folder.mkdir(exist_ok=True)
    cluster = Cluster(binaries, folder, [*DURABLE, *options], tcp=tcp)
    cluster.create(*words)
    cluster.start()
    try:
        cluster.make_database()
        yield cluster
    finally:
        with contextlib.suppress(SystemExit):
            cluster.stop("immediate")


@contextlib.contextmanager
def register_on(database: str, folder: Path, **options: Any) -> Iterator[Register]:
    """A register on a database of its own, with collected style sheets as in production."""
    options = {"STATIC_ROOT": str(collected_static())} | options
    with contextlib.ExitStack() as stack:
        if database == "postgres" and "database_url" not in options:
            cluster = stack.enter_context(running_cluster(folder / "postgres"))
            options["database_url"] = cluster.url
        register = stack.enter_context(running_register(folder / "register", **options))
        yield register


@functools.cache
def collected_static() -> Path:
    """The style sheets as a server gives them out; collected once for all drills of a process."""
    folder = Path(tempfile.mkdtemp(prefix="register-static-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    environment = os.environ | {
        "ENV_FILE": os.devnull,
        "DATA_DIR": str(folder / "data"),
        "STATIC_ROOT": str(folder / "collected"),
    }
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(command, cwd=BASE_DIR, env=environment, check=True)
    return folder / "collected"
