"""By which way a change came, for the history of what nobody gave a reason for."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

PAGE = "Lewat halaman"
ADMIN = "Lewat admin"
# A shell, a script or a migration.
SERVER = "Langsung di server"
COMMAND = "Perintah "

_way: ContextVar[str] = ContextVar("way", default=SERVER)


def current_way() -> str:
    return _way.get()


def by_command(name: str) -> str:
    return f"{COMMAND}{name}"


def is_way(reason: str) -> bool:
    """Whether a stored reason only says how the change came, because nobody gave one."""
    return reason in {PAGE, ADMIN, SERVER} or reason.startswith(COMMAND)


@contextmanager
def coming_by(way: str) -> Iterator[None]:
    token = _way.set(way)
    try:
        yield
    finally:
        _way.reset(token)
