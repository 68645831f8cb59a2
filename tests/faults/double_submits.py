"""Every form is sent twice at least, and saved once.

    python -m tests.faults.double_submits --rounds 1000 --database postgres

Each round opens the form of a new agreement and presses Simpan twice, 0 to 50 ms apart, on two
lines. In every second round the first line is cut before its answer is read (the browser tries
again); in every fourth the user goes back afterwards and presses once more.
"""

import http.client
import random
import socket
import struct
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

from tests.faults.caller import Caller, Fields
from tests.faults.register import Register
from tests.faults.rounds import arguments, ledger, print_figures, register_on

DESKS = 4
LONGEST_PAUSE = 0.05
NEW = "/perjanjian/baru/"
FORM = "application/x-www-form-urlencoded"
SEED = 20261125
# Closing throws away what was not read and resets the line.
AT_ONCE = struct.pack("ii", 1, 0)


class Click:
    """A request whose answer is read later, or never."""

    def __init__(self, caller: Caller, address: str, fields: Fields) -> None:
        own = caller.connection
        self.connection = http.client.HTTPConnection(own.host, own.port, timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, value in caller.cookies.items())
        body = urlencode(fields, doseq=True).encode()
        headers = {"Cookie": cookies, "Content-Type": FORM}
        self.connection.request("POST", address, body, headers)

    def cut(self) -> None:
        assert self.connection.sock is not None
        self.connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        self.connection.close()

    def place(self) -> str:
        response = self.connection.getresponse()
        response.read()
        self.connection.close()
        return response.headers.get("Location", "") or f"status {response.status}"


class Desk:
    """One person who is never sure whether the button was pressed."""

    def __init__(self, register: Register, account: int) -> None:
        self.caller, self.chance = register.caller(account), random.Random(SEED + account)
        self.counts: Counter[str] = Counter()

    def work(self, numbers: range) -> Counter[str]:
        for number in numbers:
            self.send(number)
        return self.counts

    def send(self, number: int) -> None:
        self.caller.close()
        fields = self.caller.get(NEW).fields | {"title": [f"Perjanjian contoh {number}"]}
        first = Click(self.caller, NEW, fields)
        time.sleep(self.chance.uniform(0, LONGEST_PAUSE))
        if is_cut := number % 2 == 1:
            first.cut()
        second = self.caller.post(NEW, fields)
        answers = {second.location or f"status {second.status}"}
        if not is_cut:
            answers.add(first.place())
        if number % 4 == 0:
            page = self.caller.get(min(answers))
            self.counts["confirmations shown"] += page.text.count("Perjanjian tersimpan.")
            answers.add(self.caller.post(NEW, fields).location)
            self.counts["went back and sent again"] += 1
        self.counts["lines cut"] += is_cut
        self.counts["double clicks"] += 1
        self.counts["rounds with one and the same answer"] += len(answers) == 1 and min(
            answers
        ).startswith("/perjanjian/")


def run(register: Register, rounds: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Figures and marks of so many forms."""
    started, before = time.monotonic(), ledger(register)
    desks = [Desk(register, account) for account in range(DESKS)]
    with ThreadPoolExecutor(DESKS) as people:
        works = [
            people.submit(desk.work, range(number, rounds, DESKS))
            for number, desk in enumerate(desks)
        ]
        counts = sum((work.result() for work in works), Counter())
    after = ledger(register)
    # What was there before is not of these forms.
    stored = {
        name: rows - before[name] if isinstance(rows, int) else rows[len(before[name]) :]
        for name, rows in after.items()
    }
    titles = set(after["titles"]) - set(before["titles"])
    gone_back = len(range(0, rounds, 4))
    found = {
        "forms": rounds,
        **{name: counts[name] for name in ("double clicks", "lines cut")},
        "went back and sent again": counts["went back and sent again"],
        "rounds with one and the same answer": counts["rounds with one and the same answer"],
        "confirmations shown to who went back": counts["confirmations shown"],
        "agreements": len(stored["agreements"]),
        "different titles": len(titles),
        "parties": stored["parties"],
        "history rows of new agreements": sum(row[1] == "+" for row in stored["history"]),
        "history rows of changes": sum(row[1] != "+" for row in stored["history"]),
        "tokens": stored["tokens"],
        "seconds": round(time.monotonic() - started, 1),
    }
    marks = {
        "rounds with one and the same answer": rounds,
        "confirmations shown to who went back": gone_back,
        "agreements": rounds,
        "different titles": rounds,
        "parties": rounds,
        "history rows of new agreements": rounds,
        "history rows of changes": 0,
        "tokens": rounds,
    }
    return found, marks


def main() -> int:
    asked = arguments(__doc__, 1000)
    with register_on(asked.database, accounts=DESKS) as register:
        return print_figures(*run(register, asked.rounds))


if __name__ == "__main__":
    sys.exit(main())
