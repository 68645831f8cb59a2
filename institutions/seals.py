"""Seals of history rows: what only somebody who holds the key can have written.

A seal is `form.link.mac`. The form names the set of columns the row had when it was written, so
that a column added later breaks no older seal. The link is the beginning of the mac of the row
before it in the history of the same object. The mac covers table, form, link and every column.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings

PURPOSE = b"register kemitraan: history"
FORM_LENGTH, LINK_LENGTH = 12, 16
# The link of the first row of an object.
START = "0" * LINK_LENGTH


class Seal(NamedTuple):
    form: str
    link: str
    mac: str

    def __str__(self) -> str:
        return ".".join(self)

    @property
    def as_link(self) -> str:
        """How the next row names this one."""
        return self.mac[:LINK_LENGTH]


def read_seal(text: str | None) -> Seal | None:
    """The parts of a stored seal; None when it is none."""
    parts = (text or "").split(".")
    return Seal(*parts) if len(parts) == 3 else None


@lru_cache
def derived_key(secret: str) -> bytes:
    """A key of our own, so that what signs sessions does not also seal the history."""
    return hmac.digest(secret.encode(), PURPOSE, "sha256")


def keys() -> list[bytes]:
    """The key that seals, then those that are only recognised."""
    return [derived_key(secret) for secret in settings.HISTORY_KEYS]


@lru_cache(maxsize=1000)
def form_of(columns: tuple[str, ...]) -> str:
    return hashlib.sha256("\n".join(columns).encode()).hexdigest()[:FORM_LENGTH]


def plain(value: Any) -> str:
    """Days, times and moments as text; the same moment is the same text in every zone."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def canonical(content: Any) -> bytes:
    return json.dumps(
        content, default=plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    ).encode("utf-8", "surrogatepass")


def mac_of(
    key: bytes, table: str, form: str, link: str, values: Sequence[Any], links: Iterable[Any] = ()
) -> str:
    """`links` are the keys of the many-to-many rows that belong to the row."""
    content = [table, form, link, list(values), sorted(links)]
    return hmac.digest(key, canonical(content), "sha256").hex()


def is_genuine(seal: Seal, table: str, values: Sequence[Any], links: Iterable[Any] = ()) -> bool:
    """Whether somebody who holds one of the keys wrote the row."""
    links = list(links)
    return any(
        hmac.compare_digest(mac_of(key, table, seal.form, seal.link, values, links), seal.mac)
        for key in keys()
    )


def sign(content: Any) -> str:
    return hmac.digest(keys()[0], canonical(content), "sha256").hex()


def is_signed(content: Any, signature: str) -> bool:
    text = canonical(content)
    return any(
        hmac.compare_digest(hmac.digest(key, text, "sha256").hex(), signature) for key in keys()
    )
