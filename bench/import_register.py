"""What importing an old list costs on a register with the data of the whole country.

    python manage.py migrate && python -m bench.seed && python -m bench.import_register

A list of 7,200 papers of all UPT, half of them with partners that are new, as somebody of
Ditjenpas would upload it: read, judged, saved, and the same list once more. Prints a line a step.
"""

import argparse
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

# A script of its own: models can be imported only now.
from django.db import connection  # noqa: E402

from indonesian.calendar import format_date  # noqa: E402
from institutions.models import Unit, User  # noqa: E402
from institutions.models.units import OFFICES  # noqa: E402
from institutions.spreadsheets import Sheet, Value, xlsx_pieces  # noqa: E402
from partnerships.imports.keeping import keep, record_ready  # noqa: E402
from partnerships.imports.reading import OldList, read_list  # noqa: E402
from partnerships.models import Agreement, Import, Partner, PartnerKind, ProgrammeArea  # noqa: E402

ROWS = 7200
NAME = "daftar-lama.xlsx"
HEADINGS = (
    *("No", "Unit", "Mitra", "Kategori", "Jenis dokumen", "Judul"),
    *("No. Pihak Kesatu", "No. Pihak Kedua", "Tgl ttd", "Masa berlaku", "Bidang", "Keterangan"),
)
FIRST_DAY = date(2020, 1, 1)


def main(rows: int, first: int) -> None:
    user = User.objects.get(username="humas-ditjenpas")
    print(f"{connection.vendor}, agreements before: {Agreement.objects.count()}")
    with tempfile.TemporaryDirectory(prefix="register-bench-") as folder:
        path = Path(folder) / NAME
        with path.open("wb") as file:
            file.writelines(xlsx_pieces([Sheet("Rekap", HEADINGS, papers(rows, first))]))
        run(path, user)
        run(path, user)


def papers(rows: int, first: int) -> Iterator[list[Value]]:
    chance = random.Random(2026)  # noqa: S311 - repeatable, not secret
    units = list(
        Unit.objects.active().exclude(kind__in=OFFICES).values_list("short_name", flat=True)
    )
    areas = list(ProgrammeArea.objects.values_list("label", flat=True))
    known = Partner.objects.filter(kind=PartnerKind.PT).values_list("name", flat=True)[:500]
    partners = list(known)
    for number in range(first, first + rows):
        is_known = bool(partners) and number % 2
        day = FIRST_DAY + timedelta(days=chance.randrange(2200))
        yield [
            number,
            chance.choice(units),
            chance.choice(partners) if is_known else f"Sanggar Uji Impor {number}",
            "" if is_known else "Yayasan/LSM/ormas",
            "PKS",
            f"Kerja sama uji impor nomor {number}",
            f"WP.99.PAS-UJI.{number} Tahun {day.year}",
            f"{number}/UJI/{day.year}",
            day if number % 3 else format_date(day),
            "2 (dua) tahun" if number % 5 else f"s.d. {format_date(day + timedelta(days=700))}",
            chance.choice(areas),
            "naskah asli di lemari",
        ]


def run(path: Path, user: User) -> None:
    found: OldList = step("read", lambda: read(path))
    kept: Import = step("judged", lambda: keep(found, user, name=NAME, unit=None))
    print(f"  {kept.counts}, {len(kept.questions)} questions", flush=True)
    number = step("saved", lambda: record_ready(kept, user))
    print(f"  {number} agreements recorded, {Agreement.objects.count()} now", flush=True)


def read(path: Path) -> OldList:
    with path.open("rb") as file:
        return read_list(file, path.stat().st_size)


def step(name: str, work: Callable[[], Any]) -> Any:
    began, busy = time.monotonic(), time.process_time()
    result = work()
    took, worked = time.monotonic() - began, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name}: {took:.1f} s ({worked:.1f} s of processor), peak {peak} MB", flush=True)
    return result


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--first", type=int, default=1, help="number of the first paper")
    options = parser.parse_args()
    main(options.rows, options.first)
