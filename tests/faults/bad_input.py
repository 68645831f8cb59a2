"""Sends bad values everywhere they can go: `python -m tests.faults.bad_input --requests 50000`.

Every request is rolled back, so each one meets the same register, and is numbered: the same number
is the same request on every database, and the answers of the databases are put side by side.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.faults.register import BASE_DIR
from tests.throwaway_postgres import cluster, server_binaries

DATABASES = ("sqlite", "postgres")
SHOWN = 20
Answers = dict[int, dict[str, Any]]


def main() -> int:
    options = parsed()
    runs: dict[str, Answers] = {}
    failed = 0
    for database in DATABASES if options.database == "both" else (options.database,):
        with database_url(database) as url:
            begin = time.monotonic()
            runs[database] = run(url, options)
            failed += report(database, runs[database], time.monotonic() - begin, options)
    if len(runs) == 2:
        failed += compare(*runs.values())
    return 1 if failed else 0


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=50_000)
    parser.add_argument("--database", choices=(*DATABASES, "both"), default="both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first request")
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


@contextlib.contextmanager
def database_url(database: str) -> Iterator[str]:
    if database == "sqlite":
        yield ""
        return
    binaries = server_binaries()
    if binaries is None:
        sys.exit("NOT RUN: no PostgreSQL server on this machine")
    with cluster(binaries) as url:
        yield url


def run(url: str, options: argparse.Namespace) -> Answers:
    """The answers by number; the requests are shared out among processes."""
    with tempfile.TemporaryDirectory(prefix="register-bad-input-") as folder:
        running = [
            start(url, options, part, Path(folder) / f"{part}.jsonl")
            for part in range(options.processes)
        ]
        codes = [process.wait() for process in running]
        if any(codes):
            sys.exit(f"A process ended with {codes}.")
        found: Answers = {}
        for file in Path(folder).glob("*.jsonl"):
            with file.open(encoding="utf-8") as lines:
                found |= {line.pop("number"): line for line in map(json.loads, lines)}
        return found


def start(
    url: str, options: argparse.Namespace, part: int, file: Path
) -> "subprocess.Popen[bytes]":
    folder = file.with_suffix("")
    folder.mkdir()
    environment = os.environ | {
        "ENV_FILE": os.devnull,
        "DATABASE_URL": url,
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        # A test database of its own for each process on one server.
        "BAD_INPUT_PART": str(part),
    }
    last = options.first + options.requests
    words = [options.first + part, last, options.processes, options.seed, file]
    command = [sys.executable, "-m", "tests.faults.bad_input_part", *map(str, words)]
    return subprocess.Popen(command, cwd=BASE_DIR, env=environment)


def report(database: str, found: Answers, seconds: float, options: argparse.Namespace) -> int:
    """Print the figures of one database; how many answers were wrong."""
    statuses = Counter(answer["status"] for answer in found.values())
    wrong = [(answer["request"], text) for answer in found.values() for text in answer["problems"]]
    broken = sum(count for status, count in statuses.items() if status >= 500)
    slow = [text for _, text in wrong if text.startswith("slow")]
    slowest = max((answer["seconds"] for answer in found.values()), default=0)
    line(f"{database} requests", len(found), f"asked for {options.requests}, seed {options.seed}")
    line(f"{database} answers by status", dict(sorted(statuses.items())), "any below 500")
    line(f"{database} answers of 500 and above", broken, "0")
    line(f"{database} refused and yet written", count_of(wrong, "refused"), "0")
    line(f"{database} payloads that became markup", count_of(wrong, "markup"), "0")
    line(f"{database} answers without their headers", count_of(wrong, "header"), "0")
    busiest = max((answer["cpu_seconds"] for answer in found.values()), default=0)
    line(f"{database} answers over 2 s", len(slow), f"0; slowest {slowest:.2f} s")
    line(f"{database} most processor time of one answer", f"{busiest:.2f} s", "below 2 s")
    line(f"{database} duration", f"{seconds:.0f} s", f"{options.processes} processes")
    for request, text in wrong[:SHOWN]:
        print(f"  {text} <- {request}")
    return len(wrong) - len(slow)


def count_of(wrong: list[tuple[str, str]], word: str) -> int:
    return sum(text.startswith(word) for _, text in wrong)


def compare(first: Answers, second: Answers) -> int:
    """How many requests the two databases answered differently, in status, target or words."""
    differing = [
        (number, one, second.get(number))
        for number, one in first.items()
        if key_of(one) != key_of(second.get(number))
    ]
    line("requests the databases answered differently", len(differing), "0")
    for number, one, other in differing[:SHOWN]:
        print(f"  {number} {one['request']}: {key_of(one)} and {key_of(other)}")
    return len(differing)


def key_of(answer: dict[str, Any] | None) -> Any:
    return answer and [answer[name] for name in ("request", "status", "location", "text")]


def line(name: str, value: Any, mark: str) -> None:
    print(f"{name}: {value} ({mark})", flush=True)


if __name__ == "__main__":
    sys.exit(main())
