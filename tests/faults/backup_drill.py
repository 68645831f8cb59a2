"""Backups of a register that people write to, each restored and compared.

    python -m tests.faults.backup_drill --times 20 --database sqlite
    python -m tests.faults.backup_drill --times 20 --database postgres

Every restore goes into an empty place of the same engine, every fourth one into one of the other
engine too. The digest of what was restored is computed there anew, by a backup of it.
"""

import argparse
import contextlib
import json
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.places import new_database, place
from tests.faults.register import BASE_DIR, Register, running_register
from tests.throwaway_postgres import cluster, server_binaries

WRITERS = 4
PAUSE_SECONDS = 0.2
FLIPS = 2
SECRET_KEY = "kunci-contoh-" * 5


@dataclass
class Figures:
    restores: int = 0
    equal: int = 0
    torn: int = 0
    dangling: int = 0
    lost: int = 0
    histories_whole: int = 0
    flips: int = 0
    flips_refused: int = 0
    backup_seconds: list[float] = field(default_factory=list)
    restore_seconds: list[float] = field(default_factory=list)

    @property
    def hold(self) -> bool:
        whole = self.equal == self.restores and self.flips == self.flips_refused
        whole = whole and self.histories_whole == self.restores
        return whole and not (self.torn or self.dangling or self.lost)


class Writers:
    """Officers who add partners and change them, about twenty requests a second together."""

    def __init__(self, register: Register) -> None:
        self.register, self.over = register, threading.Event()
        self.acknowledged: list[str] = []
        self.requests = self.refused = 0
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.write, args=[n]) for n in range(WRITERS)]

    def write(self, account: int) -> None:
        with contextlib.closing(self.register.caller(account)) as caller:
            number = 0
            while not self.over.wait(PAUSE_SECONDS):
                number += 1
                name = f"Dinas Contoh {account}-{number}"
                form = caller.get("/mitra/baru/")
                answer = caller.post(
                    "/mitra/baru/", form.fields | {"name": [name], "kind": ["OPD"]}
                )
                edit = caller.get(f"{answer.location}ubah/")
                changed = caller.post(
                    f"{answer.location}ubah/", edit.fields | {"address": [f"Jalan Contoh {number}"]}
                )
                with self.lock:
                    self.requests += 4
                    self.refused += changed.status != 302
                    if answer.status == 302:
                        self.acknowledged.append(name)

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        documents = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.stock", "write", "86400"],
            cwd=BASE_DIR,
            env=self.register.environment,
        )
        for thread in self.threads:
            thread.start()
        try:
            yield
        finally:
            self.over.set()
            for thread in self.threads:
                thread.join(timeout=60)
            documents.terminate()
            documents.wait(timeout=30)


def digest_in(output: str) -> str:
    return output.split("sidik isi ")[1].split()[0]


def drill(folder: Path, *, times: int, url: str, other: str | None) -> Figures:
    """`url` and `other` are databases, blank for SQLite; None leaves the other engine out."""
    figures = Figures()
    source = {"database_url": url, "accounts": WRITERS, "SECRET_KEY": SECRET_KEY}
    with running_register(folder / "source", **source) as register:
        writers = Writers(register)
        with writers.at_work():
            time.sleep(1)
            started = time.monotonic()
            for number in range(times):
                one_round(folder / str(number), register, writers, figures, url)
                if other is not None and number % 4 == 0:
                    archive = folder / str(number) / "register.tar"
                    check(figures, archive, other, folder / f"{number}-other", [])
                shutil.rmtree(folder / str(number))
            seconds = time.monotonic() - started
        say("backups under load", times, "")
        say("requests per second meanwhile", round(writers.requests / seconds, 1), "about 20")
        say("writes refused meanwhile", writers.refused, "0")
    return figures


def one_round(
    folder: Path, register: Register, writers: Writers, figures: Figures, url: str
) -> None:
    folder.mkdir()
    archive = folder / "register.tar"
    with writers.lock:
        before = list(writers.acknowledged)
    started = time.monotonic()
    register.manage("backup", str(archive))
    figures.backup_seconds.append(time.monotonic() - started)
    check(figures, archive, url, folder / "place", before)
    flip_bytes(figures, archive, folder)


def check(figures: Figures, archive: Path, url: str, folder: Path, names: list[str]) -> None:
    with new_database(url) as empty:
        there = place(folder, empty)
        started = time.monotonic()
        # An archive holds no key.
        there.environment["SECRET_KEY"] = SECRET_KEY
        expected = digest_in(there.manage("restore", str(archive)).stdout)
        figures.restore_seconds.append(time.monotonic() - started)
        found = digest_in(there.manage("backup", str(folder / "again.tar")).stdout)
        verified = there.manage("verify_history", check=False)
        stock: dict[str, Any] = json.loads(there.python("-m", "tests.faults.stock").stdout)
    figures.restores += 1
    figures.equal += found == expected
    figures.histories_whole += verified.returncode == 0
    figures.torn += stock["torn"]
    figures.dangling += stock["dangling"]
    figures.lost += len(set(names) - set(stock["partners"]))


def flip_bytes(figures: Figures, archive: Path, folder: Path) -> None:
    content = bytearray(archive.read_bytes())
    damaged = folder / "damaged.tar"
    for _ in range(FLIPS):
        position = random.randrange(len(content))
        content[position] ^= 0xFF
        damaged.write_bytes(content)
        content[position] ^= 0xFF
        done = place(folder / "never").manage("restore", str(damaged), check=False)
        figures.flips += 1
        figures.flips_refused += done.returncode == 1 and "rusak" in done.stderr
    damaged.unlink()


def say(name: str, value: object, mark: str) -> None:
    print(f"{name}: {value}{f' ({mark})' if mark else ''}", flush=True)


def report(figures: Figures) -> int:
    say("restores with an equal digest", f"{figures.equal}/{figures.restores}", "all")
    say("restores with a whole history", f"{figures.histories_whole}/{figures.restores}", "all")
    say("rows torn from their history", figures.torn, "0")
    say("documents without their file", figures.dangling, "0")
    say("acknowledged rows not in the backup", figures.lost, "0")
    say("flipped bytes refused", f"{figures.flips_refused}/{figures.flips}", "all")
    say("slowest backup", f"{max(figures.backup_seconds):.1f} s", "")
    say("slowest restore", f"{max(figures.restore_seconds):.1f} s", "< 300 s")
    return 0 if figures.hold else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="register-drill-")))
        binaries = server_binaries()
        postgres = stack.enter_context(cluster(binaries)) if binaries else None
        if postgres is None:
            say("NOT RUN", "PostgreSQL (no server binaries found)", "")
        if options.database == "postgres" and postgres is None:
            return 1
        url, other = (postgres, "") if options.database == "postgres" else ("", postgres)
        return report(drill(folder, times=options.times, url=url or "", other=other))


if __name__ == "__main__":
    sys.exit(main())
