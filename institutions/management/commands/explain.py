"""Show how the register reads what people write: `manage.py explain date < dates.txt`."""

import argparse
import io
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from indonesian.dates import read_date
from institutions.commands import RegisterCommand


class Command(RegisterCommand):
    help = "Membaca baris dari masukan standar dan menjelaskan tiap baris sebagai satu baris JSON."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        subjects = parser.add_subparsers(dest="subject", required=True, metavar="HAL")
        dates = subjects.add_parser("date", help="tanggal dalam ejaan surat dan berita")
        dates.add_argument(
            "--today",
            type=_day,
            help="hari ini, misalnya 2026-11-22; tanpa ini dipakai tanggal register",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        today = options["today"] or timezone.localdate()
        if isinstance(sys.stdout, io.TextIOWrapper):
            # A Windows console would refuse to print some of what it was given.
            sys.stdout.reconfigure(encoding="utf-8")
        for line in _lines():
            self.stdout.write(json.dumps(explain_date(line, today), ensure_ascii=False))
            self.stdout.flush()


def explain_date(text: str, today: date) -> dict[str, str | bool | None]:
    """One answer; a refused text has no precision, and its warning says why."""
    result = read_date(text, today=today)
    return {
        "text": text,
        "iso": result.iso,
        "end": result.end_iso,
        "precision": result.precision,
        "inferred": result.inferred,
        "warning": result.warning or result.problem or None,
    }


def _lines() -> Iterator[str]:
    if isinstance(sys.stdin, io.TextIOWrapper):
        # One line in, one line out: a lone carriage return is no line of its own.
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace", newline="\n")
    for line in sys.stdin:
        yield line.removesuffix("\n").removesuffix("\r")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("Tulis harinya seperti 2026-11-22.") from error
