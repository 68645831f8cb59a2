"""A register of its own that really runs: an empty database, some accounts, gunicorn."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.caller import Caller
from tests.throwaway_postgres import free_port

BASE_DIR = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60


@dataclass
class Register:
    """One running server and the accounts that were made for it."""

    folder: Path
    environment: dict[str, str]
    port: int
    sessions: list[str] = field(default_factory=list)
    process: "subprocess.Popen[bytes] | None" = None
    log_folder: Path | None = None

    def manage(self, *words: str, **options: Any) -> "subprocess.CompletedProcess[str]":
        """Run `manage.py` against the same database; raises CalledProcessError when it fails."""
        return self.python("manage.py", *words, **options)

    def python(self, *words: str, **options: Any) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *words],
            cwd=BASE_DIR,
            env=self.environment,
            text=True,
            capture_output=True,
            **{"check": True, **options},
        )

    def start(self) -> None:
        """Start gunicorn and wait until it answers."""
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.conf.py"],
                cwd=BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_until_ready()

    def wait_until_ready(self, address: str = "/readyz") -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            with contextlib.suppress(OSError), contextlib.closing(self.caller()) as caller:
                if caller.get(address).status == 200:
                    return
            time.sleep(0.05)
        raise TimeoutError(f"The register does not answer:\n{self.log()}")

    def stop(self) -> None:
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            # The whole group, so that no worker outlives a test that failed.
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)
        self.process = None

    def workers(self) -> list[int]:
        """The process ids of the workers, read from the kernel's list of children."""
        assert self.process is not None
        text = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(number) for number in text.split()]

    def caller(self, account: int | None = None) -> Caller:
        """A browser without a screen; signed in as account number `account`, or as nobody."""
        session = "" if account is None else self.sessions[account]
        return Caller("127.0.0.1", self.port, session=session)

    def log(self) -> str:
        is_there = self.log_file.is_file()
        return self.log_file.read_text(encoding="utf-8", errors="replace") if is_there else ""

    @property
    def log_file(self) -> Path:
        return (self.log_folder or self.folder) / "server.log"


@contextlib.contextmanager
def running_register(
    folder: Path,
    *,
    database_url: str = "",
    accounts: int = 2,
    log_folder: Path | None = None,
    **environment: str,
) -> Iterator[Register]:
    """A register in `folder`, on SQLite unless a database is named; gone when the block ends.

    `accounts` Humas officers of one Lapas can sign in as `humas-0`, `humas-1` …, and their
    sessions are open already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    settings = kept | {
        "ENV_FILE": os.devnull,
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "WARNING",
        "PYTHONDONTWRITEBYTECODE": "1",
        **environment,
    }
    register = Register(folder, settings, port, log_folder=log_folder)
    register.manage("migrate", "--verbosity=0")
    made = register.python("-m", "tests.faults.people", str(accounts))
    register.sessions = json.loads(made.stdout)
    register.start()
    try:
        yield register
    finally:
        register.stop()
