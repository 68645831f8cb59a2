"""Disks that fill up: the register can still be read, refuses in words, and recovers by itself.

    python -m tests.faults.disk_full --database sqlite --rounds 50

Four small disks (tmpfs, so it needs root) hold the database, the documents, temporary files and
the log; each round fills one of them to the last byte and empties it again.
"""

import contextlib
import os
import secrets
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.faults.caller import Answer, Caller, Fields
from tests.faults.figures import Figures, arguments, empty_folder, register_on, running_cluster
from tests.faults.register import Register
from tests.faults.writers import ADDRESSES, OFFICEHOLDER, PER_PAGE
from tests.throwaway_postgres import Cluster

PLACES = ("database", "documents", "temporary files", "log")
SIZES = {"database": "160m", "documents": "4m", "temporary files": "8m", "log": "4m"}
READ = ("/", "/mitra/", "/perjanjian/", "/unit/lapas-contoh/", "/bantuan/")
# A log of writes is reused before it grows, so some fit in after the disk is full.
MOST_WRITES_UNTIL_REFUSED = 200
RECOVERS_WITHIN = 10
LARGE_UPLOAD = 3 * 1024 * 1024
SMALL_LOG = ("max_wal_size=8MB", "min_wal_size=2MB")


def may_mount() -> bool:
    if os.name != "posix" or os.geteuid() != 0:
        return False
    with empty_folder("mount") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            return False
        subprocess.run(["umount", str(folder)], check=True)
    return True


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=1777", "tmpfs", str(folder)], check=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextlib.contextmanager
def full(disk: Path) -> Iterator[None]:
    """Not one more byte fits while the block runs."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0" * 65536)
    with filler.open("ab", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0")
    try:
        yield
    finally:
        filler.unlink()


class Drill:
    """A register on four small disks, and what was seen of it."""

    def __init__(self, register: Register, disks: dict[str, Path], cluster: Cluster | None) -> None:
        self.register, self.disks, self.cluster = register, disks, cluster
        self.reads: Counter[int] = Counter()
        self.writes: Counter[int] = Counter()
        self.acknowledged: list[str] = []
        self.without_words = self.not_recovered = self.restarts = 0
        self.not_refused = self.not_told = 0
        self.form: Fields = {}

    def round(self, number: int) -> None:
        """One place is full for a while; an account of its own has a session to renew."""
        place = PLACES[number % len(PLACES)]
        with contextlib.closing(self.register.caller(number + 1)) as caller:
            caller.cookies |= self.open_form()
            with full(self.disks[place]):
                self.read(caller)
                self.write_while_full(caller, place)
                self.read(caller)
                self.ask_readiness(caller, place)
            self.recover(caller)

    def open_form(self) -> dict[str, str]:
        """The cookies that belong to the form, which is opened once, by an account of its own."""
        if not self.form:
            with contextlib.closing(self.register.caller(0)) as caller:
                self.form = caller.get(ADDRESSES[OFFICEHOLDER]).fields
                self.cookies = {name: v for name, v in caller.cookies.items() if "csrf" in name}
        return self.cookies

    def read(self, caller: Caller) -> None:
        for address in READ:
            self.reads[caller.get(address).status] += 1

    def write_while_full(self, caller: Caller, place: str) -> None:
        if place == "database":
            self.not_refused += not self.is_refused_at_last(caller)
        elif place == "temporary files":
            self.judge(self.upload(caller), {507})
        else:
            self.judge(self.write(caller), {302})

    def is_refused_at_last(self, caller: Caller) -> bool:
        for _ in range(MOST_WRITES_UNTIL_REFUSED):
            answer = self.write(caller)
            self.judge(answer, {302, 503, 507})
            if answer.status != 302:
                return True
        return False

    def judge(self, answer: Answer, allowed: set[int]) -> None:
        self.writes[answer.status] += 1
        if answer.status not in allowed:
            raise AssertionError(f"A write was answered {answer.status}: {answer.text[:2000]}")
        if answer.status in {503, 507}:
            kept = {name: v for name, v in answer.fields.items() if name not in PER_PAGE}
            self.without_words += "Retry-After" not in answer.headers or kept != self.sent

    def write(self, caller: Caller) -> Answer:
        mark = f"Contoh {secrets.token_hex(6)}"
        fields = self.form | {
            "person_name": [mark],
            # Long, so that few fit into what a database keeps in reserve.
            "source": ["x" * 200],
            "position": ["Staf contoh"],
            "seen_on": ["14 Desember 2023"],
            "submit_token": [secrets.token_urlsafe(16)],
        }
        self.sent = {name: values for name, values in fields.items() if name not in PER_PAGE}
        answer = caller.post(ADDRESSES[OFFICEHOLDER], fields)
        if answer.status == 302:
            self.acknowledged.append(mark)
        return answer

    def upload(self, caller: Caller) -> Answer:
        """The fields of a form and a file too large to be held in memory."""
        fields = self.form | {"person_name": ["Contoh"], "submit_token": [secrets.token_hex(8)]}
        self.sent = {name: values for name, values in fields.items() if name not in PER_PAGE}
        line = f"--batas{secrets.token_hex(8)}"
        parts = [
            f'{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, values in fields.items()
            for value in values
        ]
        head = f'{line}\r\nContent-Disposition: form-data; name="scan"; filename="naskah.pdf"\r\n'
        body = "".join(parts) + head + "Content-Type: application/pdf\r\n\r\n"
        content = body.encode() + b"\0" * LARGE_UPLOAD * 3 + f"\r\n{line}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={line[2:]}"}
        return caller.send("POST", ADDRESSES[OFFICEHOLDER], content, kind)

    def ask_readiness(self, caller: Caller, place: str) -> None:
        """Told to a load balancer where a document or a record could not be kept."""
        if place in {"database", "documents"} and caller.get("/readyz").status != 503:
            # PostgreSQL keeps its files where the register does not look.
            self.not_told += not (place == "database" and self.cluster)

    def recover(self, caller: Caller) -> None:
        """Room is there again: a record is saved, and nobody had to start the register anew."""
        end = time.monotonic() + RECOVERS_WITHIN
        while self.write(caller).status != 302:
            if time.monotonic() > end:
                self.not_recovered += 1
                return
            if self.cluster and not self.cluster.is_running():
                # What a service manager does; PostgreSQL stops where its own log finds no room.
                self.restarts += 1
                self.cluster.start()
            time.sleep(0.05)


def main(database: str, *, rounds: int, minutes: float) -> int:
    figures = Figures()
    if not may_mount():
        print("NOT RUN: small disks cannot be mounted here (needs root)", flush=True)
        return 0
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(empty_folder("disk"))
        disks = {
            place: stack.enter_context(small_disk(folder / place.replace(" ", "-"), SIZES[place]))
            for place in PLACES
        }
        cluster = None
        options = {"MEDIA_ROOT": str(disks["documents"]), "TMPDIR": str(disks["temporary files"])}
        if database == "postgres":
            place = disks["database"] / "postgres"
            cluster = stack.enter_context(
                running_cluster(place, "--wal-segsize=1", "--data-checksums", options=SMALL_LOG)
            )
            options["database_url"] = cluster.url
            data = folder / "register"
        else:
            data = disks["database"]
        register = stack.enter_context(
            register_on(database, data, accounts=rounds + 1, log_folder=disks["log"], **options)
        )
        drill = Drill(register, disks, cluster)
        done = run(drill, rounds, time.monotonic() + minutes * 60)
        report(figures, drill, database, done, rounds)
    return figures.exit_code


def run(drill: Drill, rounds: int, deadline: float) -> int:
    for number in range(rounds):
        drill.round(number)
        if time.monotonic() > deadline:
            return number + 1
    return rounds


def report(figures: Figures, drill: Drill, database: str, done: int, rounds: int) -> None:
    figures.note("database", database)
    figures.at_least("rounds", done, rounds)
    figures.note("pages read while a disk was full", sum(drill.reads.values()))
    figures.exactly("of them not answered 200", sum(drill.reads.values()) - drill.reads[200], 0)
    figures.note("writes while a disk was full, by status", dict(sorted(drill.writes.items())))
    figures.exactly("refusals without Retry-After or the typed text", drill.without_words, 0)
    figures.exactly("rounds in which a full database took everything", drill.not_refused, 0)
    figures.exactly("rounds in which /readyz did not tell", drill.not_told, 0)
    figures.exactly("rounds without recovery, register not restarted", drill.not_recovered, 0)
    if database == "postgres":
        figures.note("times a service manager had to start PostgreSQL", drill.restarts)
    found = drill.register.python("-m", "tests.faults.intact").stdout.split()
    figures.exactly("integrity check", found[0], "ok")
    kept = int(found[1])
    figures.exactly("records acknowledged and records found", kept, len(drill.acknowledged))


if __name__ == "__main__":
    asked = arguments(__doc__, rounds=(50, "disks to fill"), minutes=(6, "give up after so many"))
    sys.exit(main(asked.database, rounds=asked.rounds, minutes=asked.minutes))
