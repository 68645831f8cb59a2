"""Clients that write without pause and keep a ledger of what the register acknowledged."""

import http.client
import json
import re
import secrets
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.caller import Answer, Fields
from tests.faults.register import Register

# Where each kind of record is written. Most are light, so that many fit into minutes; every
# twentieth is an agreement or an event, which are saved with rows that may not go missing.
OFFICEHOLDER, AGREEMENT, EVENT = "officeholder", "agreement", "event"
ADDRESSES = {
    OFFICEHOLDER: "/unit/lapas-contoh/pejabat/baru/",
    AGREEMENT: "/perjanjian/baru/",
    EVENT: "/kegiatan/baru/",
}
MARKED_FIELD = {OFFICEHOLDER: "person_name", AGREEMENT: "title", EVENT: "title"}
HEAVY_EVERY = 20
UNCLEAR = (OSError, http.client.HTTPException)
PAUSE_AFTER_REFUSAL = 0.05
# New on every page.
PER_PAGE = {"csrfmiddlewaretoken"}


@dataclass
class Ledger:
    """What was sent and what was acknowledged, by a mark of its own in every record."""

    sent: dict[str, str] = field(default_factory=dict)
    acknowledged: dict[str, str] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    unclear: int = 0
    without_retry_after: int = 0
    without_typed_text: int = 0
    longest: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def acknowledge(self, mark: str, kind: str, took: float) -> None:
        with self.lock:
            self.acknowledged[mark] = kind
            self.times.append(time.monotonic())
            self.longest.append(took)

    def first_success_after(self, moment: float, patience: float = 30) -> float | None:
        """How long after a moment the first write was acknowledged."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            with self.lock:
                later = [when for when in self.times[-200:] if when > moment]
            if later:
                return min(later) - moment
            time.sleep(0.01)
        return None

    def p99(self) -> float:
        ordered = sorted(self.longest)
        return ordered[int(len(ordered) * 0.99)] if ordered else 0.0


class Writer(threading.Thread):
    """One officer at one browser: sends a form until it is acknowledged, then the next one."""

    def __init__(
        self, register: Register, account: int, partner: str, ledger: Ledger, stop: threading.Event
    ) -> None:
        super().__init__(daemon=True)
        self.account = account
        self.ledger, self.is_told_to_stop = ledger, stop
        self.caller, self.partner = register.caller(account), partner
        self.forms: dict[str, Fields] = {}
        self.number = 0
        self.gave_up = False

    def run(self) -> None:
        try:
            self.write_on()
        except AssertionError as error:
            self.gave_up = True
            print(error, file=sys.stderr, flush=True)

    def write_on(self) -> None:
        while not self.is_told_to_stop.is_set():
            self.number += 1
            kind = OFFICEHOLDER
            if self.number % HEAVY_EVERY == 0:
                kind = AGREEMENT if self.number % (2 * HEAVY_EVERY) else EVENT
            self.write(kind, f"Contoh {self.account}-{self.number}-{secrets.token_hex(4)}")

    def write(self, kind: str, mark: str) -> None:
        fields = self.filled(kind, mark)
        self.ledger.sent[mark] = kind
        started = time.monotonic()
        while True:
            answer = self.answer_to(ADDRESSES[kind], fields)
            if answer is not None and answer.status == 302:
                self.ledger.acknowledge(mark, kind, time.monotonic() - started)
                return
            if answer is not None and answer.status in {503, 507}:
                fields = self.offered_again(answer, fields)
            elif answer is not None:
                raise AssertionError(f"{kind} answered {answer.status}: {answer.text[:3000]}")
            if self.is_told_to_stop.is_set() and time.monotonic() - started > 60:
                return
            time.sleep(PAUSE_AFTER_REFUSAL)

    def filled(self, kind: str, mark: str) -> Fields:
        """A form as if it had just been opened: the token of a form is a random text."""
        if kind not in self.forms:
            self.forms[kind] = self.opened(kind)
        fields = dict(self.forms[kind]) | {
            MARKED_FIELD[kind]: [mark],
            "submit_token": [secrets.token_urlsafe(16)],
        }
        if kind == OFFICEHOLDER:
            fields |= {"position": ["Staf contoh"], "seen_on": ["14 Desember 2023"]}
        elif kind == AGREEMENT:
            fields |= {"parties-0-number": ["W1-1"], "parties-1-who": [self.partner]}
        else:
            fields |= {"parts-0-kind": ["RAKOR"], "attendances-0-partner": [self.partner[1:]]}
        return fields

    def opened(self, kind: str) -> Fields:
        while True:
            answer = self.answer_to(ADDRESSES[kind])
            if answer is not None and answer.status == 200:
                return answer.fields
            time.sleep(PAUSE_AFTER_REFUSAL)

    def answer_to(self, address: str, fields: Fields | None = None) -> Answer | None:
        """What was answered; None when the line was cut and nobody knows what became of it."""
        try:
            if fields is None:
                answer = self.caller.get(address)
            else:
                answer = self.caller.post(address, fields)
        except UNCLEAR:
            with self.ledger.lock:
                self.ledger.unclear += 1
            return None
        with self.ledger.lock:
            self.ledger.statuses[answer.status] += 1
        return answer

    def offered_again(self, answer: Answer, sent: Fields) -> Fields:
        """What the page of a refusal would send: it has to be what was typed."""
        offered = answer.fields
        with self.ledger.lock:
            self.ledger.without_retry_after += "Retry-After" not in answer.headers
            typed = {name: values for name, values in sent.items() if name not in PER_PAGE}
            kept = {name: values for name, values in offered.items() if name not in PER_PAGE}
            self.ledger.without_typed_text += typed != kept
        return offered


class Writers:
    """Some writers at once."""

    def __init__(self, register: Register, number: int) -> None:
        self.ledger, self.stop = Ledger(), threading.Event()
        partner = some_partner(register)
        self.threads = [
            Writer(register, place, partner, self.ledger, self.stop) for place in range(number)
        ]

    def __enter__(self) -> Ledger:
        for thread in self.threads:
            thread.start()
        return self.ledger

    def __exit__(self, *reasons: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(timeout=90)

    def gave_up(self) -> int:
        """Writers that met an answer nobody expected; they say which on standard error."""
        return sum(thread.gave_up for thread in self.threads)


def some_partner(register: Register) -> str:
    """The value by which a picker of sides names the one partner of a new register."""
    found = re.search(r'href="/mitra/(\d+)/"', register.caller(0).get("/mitra/").text)
    assert found is not None
    return f"p{found[1]}"


def judged(register: Register, ledger: Ledger, folder: Path) -> dict[str, int]:
    """Lost, doubled and half records, counted in the database itself."""
    file = folder / "ledger.json"
    file.write_text(json.dumps({"sent": ledger.sent, "acknowledged": ledger.acknowledged}))
    done = register.python("-m", "tests.faults.judge", str(file))
    print(done.stderr, end="", file=sys.stderr)
    return dict(json.loads(done.stdout))
