"""Eight people save the same agreement in the same moment, again and again (promise F7).

    python -m tests.faults.editors --rounds 500 --database postgres

In each round all eight have the form open on the same version, type a place of their own and are
let go by a barrier. One is saved; seven are told, shown what was saved, and keep what they typed.
"""

import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from threading import Barrier
from typing import Any

from tests.faults.caller import Answer, Caller, Fields
from tests.faults.register import Register
from tests.faults.rounds import arguments, ledger, print_figures, register_on

EDITORS = 8
NEW = "/perjanjian/baru/"
TOLD = "diubah orang lain"


@dataclass
class Tally:
    answers: Counter[str] = field(default_factory=Counter)
    # By round: who was saved, and what those who were told saw.
    saved: dict[int, list[str]] = field(default_factory=dict)
    kept: int = 0
    shown: int = 0


def place(number: int, editor: int) -> str:
    return f"Kota {number} penyunting {editor}"


class Editor:
    """One of the eight: keeps the form open, as a browser tab would."""

    def __init__(self, register: Register, account: int, address: str) -> None:
        self.caller, self.account, self.address = register.caller(account), account, address
        self.fields: Fields = self.caller.get(address).fields

    def send(self, number: int) -> Answer:
        typed = self.fields | {"place": [place(number, self.account)]}
        answer = self.on_a_new_line().post(self.address, typed)
        if answer.status == 200:
            # The page that tells carries the form on, with the version it showed.
            self.fields = answer.fields
        return answer

    def reopen(self) -> None:
        self.fields = self.on_a_new_line().get(self.address).fields

    def on_a_new_line(self) -> Caller:
        """The server has ended one that lay idle; a browser opens another."""
        self.caller.close()
        return self.caller


def run(register: Register, rounds: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Figures and marks of so many rounds."""
    address = new_agreement(register) + "ubah/"
    editors = [Editor(register, account, address) for account in range(EDITORS)]
    tally = Tally()
    barrier = Barrier(EDITORS)
    started = time.monotonic()

    def act(editor: Editor, number: int) -> Answer:
        barrier.wait(timeout=60)
        return editor.send(number)

    with ThreadPoolExecutor(EDITORS) as people:
        for number in range(rounds):
            acts = [people.submit(act, editor, number) for editor in editors]
            count(tally, number, editors, [one.result() for one in acts])
    seconds = time.monotonic() - started
    return judged(tally, rounds, history_of(register, int(address.split("/")[2])), seconds)


def history_of(register: Register, key: int) -> list[list[Any]]:
    """The changes of one agreement: id, type, version and place of each history row."""
    return [row for row in ledger(register)["history"] if row[:2] == [key, "~"]]


def new_agreement(register: Register) -> str:
    desk = register.caller(0)
    fields = desk.get(NEW).fields | {"title": ["Layanan contoh"]}
    return desk.post(NEW, fields).location


def count(tally: Tally, number: int, editors: list[Editor], answers: list[Answer]) -> None:
    winners = [e for e, answer in zip(editors, answers, strict=True) if answer.status == 302]
    tally.saved[number] = [place(number, winner.account) for winner in winners]
    for editor, answer in zip(editors, answers, strict=True):
        if answer.status == 302:
            tally.answers["saved"] += 1
            editor.reopen()
        elif answer.status == 200 and TOLD in answer.text:
            tally.answers["told"] += 1
            tally.kept += editor.fields["place"] == [place(number, editor.account)]
            tally.shown += all(text in unescape(answer.text) for text in tally.saved[number])
        else:
            tally.answers[f"status {answer.status}"] += 1


def judged(
    tally: Tally, rounds: int, changes: list[list[Any]], seconds: float
) -> tuple[dict[str, Any], dict[str, Any]]:
    told = rounds * (EDITORS - 1)
    found = {
        "rounds": rounds,
        "editors": EDITORS,
        "rounds with exactly one saved": sum(len(one) == 1 for one in tally.saved.values()),
        "saved": tally.answers.pop("saved", 0),
        "told": tally.answers.pop("told", 0),
        "told and what was typed is kept": tally.kept,
        "told and what was saved is shown": tally.shown,
        "other answers": dict(tally.answers),
        "version at the end": changes[-1][2],
        "history rows of changes": len(changes),
        "saved places in the history, in order": sum(
            row[3:] == saved for row, saved in zip(changes, tally.saved.values(), strict=False)
        ),
        "seconds": round(seconds, 1),
    }
    marks = {
        "rounds with exactly one saved": rounds,
        "saved": rounds,
        "told": told,
        "told and what was typed is kept": told,
        "told and what was saved is shown": told,
        "other answers": {},
        "version at the end": rounds + 1,
        "history rows of changes": rounds,
        "saved places in the history, in order": rounds,
    }
    return found, marks


def main() -> int:
    asked = arguments(__doc__, 500)
    with register_on(asked.database, accounts=EDITORS) as register:
        return print_figures(*run(register, asked.rounds))


if __name__ == "__main__":
    sys.exit(main())
