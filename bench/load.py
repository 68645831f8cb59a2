"""A working day in ten minutes: `bin/load` lets many people read and save at the same time.

One line a figure: name, value, mark. The last word of each line says whether the mark holds.
"""

import argparse
import json
import os
import random
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.cpu import children_of, cpu_seconds, load_average, resident_megabytes
from bench.places import pages
from bench.seed_sizes import add_sizes, sizes_of
from bench.server import Server, server
from tests.faults.caller import Answer, Caller

THINK_SECONDS = 3.0
SAVES = 0.05
UPLOAD_BYTES, BYTES_PER_SECOND = 20_000_000, 125_000
# Long enough that no accident of the bytes makes one.
BOUNDARY = "batas-contoh-3f7a91c2d8"
SLOWEST_MS, GROWTH = 500, 1.1
SAMPLE_SECONDS = 5


@dataclass
class Day:
    """What happened, written by all callers; lists take one entry at a time from any thread."""

    milliseconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    saves: list[int] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)
    upload: str = "not sent"


def main(options: argparse.Namespace) -> int:
    with (
        tempfile.TemporaryDirectory(prefix="register-load-") as folder,
        server(Path(folder), options.engine, sizes_of(options)) as running,
    ):
        day = Day()
        before, began = cpu_seconds(running.pids()), time.monotonic()
        end = began + options.seconds
        jobs = [
            threading.Thread(target=work, args=(running, number, end, day))
            for number in range(options.people)
        ]
        jobs.append(threading.Thread(target=watch, args=(running, end, day)))
        if not options.no_upload:
            jobs.append(threading.Thread(target=upload, args=(running, day)))
        for job in jobs:
            job.start()
        for job in jobs:
            job.join()
        took = time.monotonic() - began
        return tell(day, took, (cpu_seconds(running.pids()) - before) / took, options)


def work(running: Server, number: int, end: float, day: Day) -> None:
    """One person: a page, a thought, another page; now and then a change of the own paper."""
    chance = random.Random(number)  # noqa: S311 - repeatable, not secret
    caller = running.caller(number % len(running.found["sessions"]["all"]))
    addresses = [place.address for place in pages(running.found) if place.who == "upt"]
    own = [address for address in addresses if not address.endswith("/ubah/")]
    time.sleep(chance.random() * THINK_SECONDS)
    while time.monotonic() < end:
        try:
            if chance.random() < SAVES:
                save(caller, day, number)
            else:
                visit(caller, chance.choice(own), day)
        except OSError as broken:
            day.errors.append(repr(broken))
        time.sleep(chance.expovariate(1 / THINK_SECONDS))
    caller.close()


def again(ask: Callable[[], Answer]) -> Answer:
    """As browsers do when a connection was closed while nobody used it."""
    try:
        return ask()
    except ConnectionError:
        return ask()


def visit(caller: Caller, address: str, day: Day) -> None:
    began = time.perf_counter()
    answer = again(lambda: caller.get(address))
    day.milliseconds.append(1000 * (time.perf_counter() - began))
    if answer.status not in {200, 404}:
        day.errors.append(f"{address}: {answer.status}")


def save(caller: Caller, day: Day, number: int) -> None:
    """A new partner by the page's own form."""
    fields = again(lambda: caller.get("/mitra/baru/")).fields
    count = len(day.saves)
    fields |= {"name": [f"Lembaga Contoh {number}-{count}"], "kind": ["YAYASAN"]}
    began = time.perf_counter()
    answer = again(lambda: caller.post("/mitra/baru/", fields))
    day.milliseconds.append(1000 * (time.perf_counter() - began))
    day.saves.append(answer.status)
    if answer.status not in {302, 200}:
        day.errors.append(f"save: {answer.status}")


def watch(running: Server, end: float, day: Day) -> None:
    while time.monotonic() < end:
        workers = children_of(running.process.pid) if running.process else []
        day.memory.append((time.monotonic(), resident_megabytes(workers)))
        time.sleep(SAMPLE_SECONDS)


def upload(running: Server, day: Day) -> None:
    """Twenty megabytes trickle in as a file of a form; the answer has to come all the same."""
    caller = running.caller("upt")
    token = caller.get("/mitra/baru/").fields["csrfmiddlewaretoken"][0]
    cookies = "; ".join(f"{name}={value}" for name, value in caller.cookies.items())
    part = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
    head = (
        f'{part}"csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        f'{part}"scan"; filename="contoh.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    ).encode()
    tail = f"\r\n--{BOUNDARY}--\r\n".encode()
    length = len(head) + UPLOAD_BYTES + len(tail)
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", running.port), timeout=120) as line:
        line.sendall(
            f"POST /mitra/baru/ HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n"
            f"Cookie: {cookies}\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
            f"Content-Length: {length}\r\nConnection: close\r\n\r\n".encode()
        )
        line.sendall(head)
        for sent in range(0, UPLOAD_BYTES, BYTES_PER_SECOND // 5):
            line.sendall(os.urandom(min(BYTES_PER_SECOND // 5, UPLOAD_BYTES - sent)))
            time.sleep(0.2)
        line.sendall(tail)
        status = line.recv(64).split(b"\r\n")[0].decode()
    day.upload = f"{status} after {time.monotonic() - began:.0f} s"


def tell(day: Day, took: float, cores: float, options: argparse.Namespace) -> int:
    ordered = sorted(day.milliseconds)
    p50, p95 = ordered[len(ordered) // 2], ordered[int(0.95 * len(ordered))]
    start, end = day.memory[0][0], day.memory[-1][0]
    first = statistics.median(size for at, size in day.memory if at < start + 60)
    last = statistics.median(size for at, size in day.memory if at > end - 60)
    figures = [
        ("requests", len(ordered), "", True),
        ("requests per second", round(len(ordered) / took, 1), "", True),
        ("saves", len(day.saves), "", True),
        ("errors", len(day.errors), "0", not day.errors),
        ("p50 ms", round(p50), "", True),
        ("p95 ms", round(p95), f"< {SLOWEST_MS}", p95 < SLOWEST_MS),
        ("cores used by workers and database", round(cores, 2), "", True),
        ("memory of workers, first minute, MB", round(first), "", True),
        ("memory of workers, last minute, MB", round(last), "flat", last < first * GROWTH),
        ("20 MB at 1 Mbps", day.upload, "answered 200", "200" in day.upload or options.no_upload),
        ("load of the machine", load_average(), "", True),
    ]
    for name, value, mark, holds in figures:
        print(f"{name}: {value} ({mark}) {'ok' if holds else 'MISSED'}")
    print(json.dumps(day.errors[:10]), file=sys.stderr)
    return 0 if all(holds for *_, holds in figures) else 1


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/load", description=__doc__)
    parser.add_argument("--engine", choices=("postgresql", "sqlite"), default="postgresql")
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--no-upload", action="store_true")
    add_sizes(parser)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main(read_options()))
