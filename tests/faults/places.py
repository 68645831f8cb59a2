"""Empty places for a register that is not served: a folder, and a database without a table."""

import contextlib
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.faults.register import Register

numbers = count(1)


def place(folder: Path, database_url: str = "") -> Register:
    folder.mkdir(parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    settings = kept | {
        "ENV_FILE": os.devnull,
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
        "LOG_LEVEL": "WARNING",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return Register(folder, settings, 0)


@contextlib.contextmanager
def new_database(url: str) -> Iterator[str]:
    """The address of a database that exists for the block; blank, for SQLite, when url is blank."""
    if not url:
        yield ""
        return
    name = f"register_place_{os.getpid()}_{next(numbers)}"
    with psycopg.connect(plain(url), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def plain(url: str) -> str:
    return url.replace("postgres://", "postgresql://", 1)
