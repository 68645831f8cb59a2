"""Numbered requests that carry bad values, sent to the register inside this process.

The same number and seed make the same request on every database. Each one is rolled back, so each
meets the same register.
"""

import contextlib
import hashlib
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from typing import Any
from unittest.mock import patch

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client

from institutions.models import SignInTries
from tests.faults.bad_targets import FORM_TYPE, Finder, Target
from tests.faults.bad_values import Bad, encoded, values
from tests.faults.markup import MARK, unescaped
from tests.full_register import FullRegister, make_full_register
from tests.header_rubric import faults

# The register's clock stands still, so that no page depends on when it was asked for.
NOW = datetime(2026, 3, 20, 3, 0, tzinfo=UTC)
SLOW_SECONDS = 2.0
# Of twenty requests; one to a form costs as much as ten to an address.
SHARES = ("query", "path", "query", "header", "query", "path", "field", "query", "path", "header")
SHARES += ("query", "path", "query", "cookie", "query", "path", "field", "header", "path", "header")
BOUNDARY = "batas-contoh"
# Signing in and being refused write here; no record of the register does.
ACCOUNT_TABLES = re.compile(r'"(django_session|institutions_signintries)"')
WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Request:
    number: int
    target: Target
    bad: Bad
    # A second value at the same place, or none.
    other: tuple[Target, Bad] | None = None
    is_multipart: bool = False

    def __str__(self) -> str:
        also = f" and {self.other[0].name} = {self.other[1].name}" if self.other else ""
        return f"{self.target} = {self.bad.name}{also}"


@dataclass
class Answer:
    """What came back, as far as two databases have to agree on it, and what was wrong with it."""

    request: str
    status: int
    location: str
    text: str
    seconds: float
    # Of this process alone, whatever else the machine is doing.
    cpu_seconds: float
    problems: list[str] = field(default_factory=list)


class Sender:
    """Sends the requests of one seed; `register()` is the world they are sent to."""

    def __init__(self, made: FullRegister, seed: int, generated: int) -> None:
        self.clients = clients_of(made)
        self.targets = Finder(made, self.clients).targets()
        self.values = values(seed, generated)
        self.seed = seed
        self.places: dict[str, list[Target]] = {}
        for target in self.targets:
            self.places.setdefault(target.where, []).append(target)
        for targets in self.places.values():
            random.Random(seed).shuffle(targets)
        self.digest = database_digest()
        self.together: dict[tuple[str, ...], list[Target]] = {}
        for target in self.targets:
            self.together.setdefault(place_of(target), []).append(target)

    def request(self, number: int) -> Request:
        """Every place has its share, and within it every target its turn."""
        chance = random.Random(f"{self.seed}-{number}")
        turn, rest = divmod(number, len(SHARES))
        targets = self.places[SHARES[rest]]
        target = targets[
            (turn * SHARES.count(SHARES[rest]) + SHARES[:rest].count(SHARES[rest])) % len(targets)
        ]
        bad = chance.choice(self.values)
        other = None
        if target.where in {"query", "field"} and chance.random() < 0.2:
            other = (chance.choice(self.together[place_of(target)]), chance.choice(self.values))
        return Request(number, target, bad, other, chance.random() < 0.1)

    def send(self, request: Request) -> Answer:
        client = self.clients[request.target.actor]
        method, address, body, headers = on_the_wire(request)
        kind = f"multipart/form-data; boundary={BOUNDARY}" if request.is_multipart else FORM_TYPE
        with rolled_back(), watched() as written:
            begin, cpu = time.perf_counter(), time.process_time()
            response: Any = client.generic(method, address, body, kind, **headers)
            seconds, cpu = time.perf_counter() - begin, time.process_time() - cpu
            html = b"".join(response) if response.streaming else response.content
            problems = [] if response.status_code < 500 else [failure_of(response)]
            if written and response.status_code != 302 and database_digest() != self.digest:
                problems.append(f"refused with {response.status_code} and yet written")
        text = html.decode("utf-8", "replace")
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and MARK in text:
            problems += [f"markup: {place}" for place in unescaped(text)]
        problems += [
            f"header: {fault}" for fault in faults(response.headers, static="static" in address)
        ]
        if seconds > SLOW_SECONDS:
            problems.append(f"slow: {seconds:.1f} s")
        # The token of a slip is random.
        location = re.sub(r"(?<=/slip/)[^/]+|\d+", "#", response.get("Location", ""))
        shown = visible_text(text) if is_page else ""
        digest = hashlib.sha256(shown.encode("utf-8", "replace")).hexdigest()[:16]
        return Answer(str(request), response.status_code, location, digest, seconds, cpu, problems)

    def send_fields(self, target: Target) -> int:
        """The status of the target's form as it stands."""
        with rolled_back():
            body = encoded(list(target.fields))
            return self.clients[target.actor].post(target.path, body, FORM_TYPE).status_code


def place_of(target: Target) -> tuple[str, ...]:
    return (target.method, target.path, target.where)


def clients_of(made: FullRegister) -> dict[str, Client]:
    """Who asks, the one with the fewest rights first."""
    clients = {"anonymous": Client(raise_request_exception=False)}
    for actor in ("humas", "pengelola", "utama"):
        clients[actor] = Client(raise_request_exception=False)
        clients[actor].force_login(getattr(made, actor))
    return clients


def on_the_wire(request: Request) -> tuple[str, str, bytes, dict[str, Any]]:
    """Method, address, body and headers."""
    target = request.target
    pairs = request.bad.pairs(target.name)
    if request.other:
        pairs += request.other[1].pairs(request.other[0].name)
    if target.where == "path":
        return target.method, target.path.replace("{}", request.bad.in_a_path), b"", {}
    if target.where == "query":
        before = "&" if "?" in target.path else "?"
        return target.method, f"{target.path}{before}{encoded(pairs)}", b"", {}
    if target.where == "field":
        bad_names = {target.name, request.other[0].name if request.other else ""}
        kept = [pair for pair in target.fields if pair[0] not in bad_names]
        body = multipart(kept + pairs) if request.is_multipart else encoded(kept + pairs).encode()
        return target.method, target.path, body, {}
    # No server lets these through in a header.
    text = re.sub(rb"[\r\n\0]", b"", request.bad.raw).decode("latin-1")
    if target.where == "cookie":
        return target.method, target.path, b"", {"HTTP_COOKIE": f"{target.name}={text}"}
    name = target.name.upper().replace("-", "_")
    key = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
    return target.method, target.path, encoded(list(target.fields)).encode(), {key: text}


def multipart(pairs: list[tuple[str, bytes]]) -> bytes:
    parts = [
        b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        % (BOUNDARY.encode(), name.encode(), raw)
        for name, raw in pairs
    ]
    return b"".join(parts) + b"--%s--\r\n" % BOUNDARY.encode()


def failure_of(response: Any) -> str:
    found = getattr(response, "exc_info", None)
    return (
        f"{response.status_code}: {found[0].__name__}: {found[1]}"[:300]
        if found
        else str(response.status_code)
    )


@contextlib.contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextlib.contextmanager
def watched() -> Iterator[list[str]]:
    """Statements that write records of the register."""
    written: list[str] = []

    def watch(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if WRITING.match(sql) and not ACCOUNT_TABLES.search(sql):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written


def database_digest() -> str:
    """One hash over every row of every table, sessions and the account lock left out."""
    digest = hashlib.sha256()
    for model in apps.get_models(include_auto_created=True):
        if model not in {Session, SignInTries}:
            for row in model._base_manager.order_by("pk").values_list():
                digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def visible_text(html: str) -> str:
    return " ".join(unescape(TAGS.sub(" ", html)).split())


@contextlib.contextmanager
def register() -> Iterator[FullRegister]:
    """The world of the requests, with its clock standing still; gone when the block ends."""
    with patch("django.utils.timezone.now", return_value=NOW), rolled_back():
        yield make_full_register()
