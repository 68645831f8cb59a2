"""The answer while the database is away or a disk is full: 503 or 507, with what was typed.

It is Django's last resort (`handler500`), because such an error may come from anywhere: the
session, the account, a page, a template, the commit. Whatever is no fault of the machine stays
a 500.
"""

import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from errno import EDQUOT, EIO, ENOSPC, EROFS

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views import defaults

from config.kept_forms import page_with_typed, typed_in


@dataclass(frozen=True)
class Outage:
    """What a fault of the machine is called, and when to come again."""

    status: int
    retry_after: int
    title: str
    is_full: bool = False


AWAY = Outage(503, 5, "Basis data register sedang tidak menjawab")
# 507 and not 503, so that the log of a proxy tells whoever keeps the machine what to do.
FULL = Outage(507, 60, "Tempat penyimpanan register penuh", is_full=True)

FULL_DISK = frozenset({ENOSPC, EDQUOT})
BROKEN_DISK = frozenset({EIO, EROFS})
# SQLite calls a misspelled query an operational error too, so its own codes decide.
SQLITE_AWAY = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)
# Of PostgreSQL: the disk is full; a standby answers; a query beyond all limits, which is a bug.
PG_FULL, PG_READ_ONLY, PG_LIMIT = "53100", "25006", "54"


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Django's handler of uncaught exceptions; called while one is being handled."""
    outage = outage_behind(sys.exc_info()[1])
    if outage is not None:
        return unavailable(request, outage)
    try:
        return page_with_typed(request, "500.html", typed_in(request), status=500)
    except Exception:  # Anything may be broken, this page too.
        return defaults.server_error(request)


def outage_behind(error: BaseException | None) -> Outage | None:
    """The fault of the machine an exception tells of, itself or through what led to it."""
    errors = list(led_to(error))
    if any(is_full(each) for each in errors):
        return FULL
    return AWAY if any(is_away(each) for each in errors) else None


def led_to(error: BaseException | None) -> Iterator[BaseException]:
    """The exception and those behind it, as a traceback shows them."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        yield error
        seen.add(id(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def is_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in FULL_DISK
    return sqlite_code(error) == sqlite3.SQLITE_FULL or sqlstate(error) == PG_FULL


def is_away(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in BROKEN_DISK
    if isinstance(error, sqlite3.Error):
        return sqlite_code(error) in SQLITE_AWAY
    if isinstance(error.__cause__, sqlite3.Error):
        return False
    if isinstance(error, OperationalError | InterfaceError):
        return not sqlstate(error.__cause__).startswith(PG_LIMIT)
    return sqlstate(error) == PG_READ_ONLY


def sqlite_code(error: BaseException) -> int | None:
    """The primary result code; the extended one says more than is asked here."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def sqlstate(error: BaseException | None) -> str:
    return getattr(error, "sqlstate", None) or ""


def unavailable(request: HttpRequest, outage: Outage) -> HttpResponse:
    page = page_with_typed(
        request, "503.html", typed_in(request), status=outage.status, outage=outage
    )
    page["Retry-After"] = str(outage.retry_after)
    return page
