"""Our side as the data files know it: regions, units, their names, and what is still missing."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Count

from institutions.loading import Line, ReferenceLoad
from institutions.models import (
    KanwilProvince,
    MinistryName,
    Province,
    Regency,
    Unit,
    UnitKind,
    UnitName,
)

DATA = Path(__file__).parent / "data"


def load_institutions(load: ReferenceLoad, folder: Path = DATA) -> None:
    """Regions first, then the tree from its root down, then what hangs on the units."""
    provinces = load.load_coded(
        Province,
        folder / "provinces.csv",
        lambda line, _: columns(line, "name", "short_name", "abbreviation", "timezone"),
    )
    regencies = load.load_coded(
        Regency,
        folder / "regencies.csv",
        lambda line, _: {
            "province": line.row("province", provinces),
            **columns(line, "kind", "name", "full_name"),
        },
        links=("province",),
    )
    units = load.load_coded(
        Unit,
        folder / "units.csv",
        lambda line, known: unit_values(line, provinces, regencies, known),
        links=("regency", "province", "parent"),
    )
    load.load_parts(
        KanwilProvince,
        ("unit_id", "province_id"),
        folder / "kanwil_provinces.csv",
        lambda line: {
            "unit": line.row("unit", units),
            "province": line.row("province", provinces),
        },
    )
    names = load.load_parts(
        UnitName,
        ("unit_id", "name"),
        folder / "unit_names.csv",
        lambda line: {
            "unit": line.row("unit", units),
            **columns(line, "name", "short_name"),
            **period(line),
        },
    )
    renamed = {name.unit_id for name in names}
    for unit in units.values():
        if unit.pk in renamed or not unit.search_text:
            unit.refresh_search_text()
    load.load_parts(
        MinistryName,
        ("name",),
        folder / "ministry_names.csv",
        lambda line: {"name": line["name"], **period(line)},
    )


def columns(line: Line, *names: str) -> dict[str, str]:
    return {name: line[name] for name in names}


def period(line: Line) -> dict[str, Any]:
    return {"valid_from": line.day("valid_from"), "valid_until": line.day("valid_until")}


def unit_values(
    line: Line,
    provinces: dict[str, Province],
    regencies: dict[str, Regency],
    units: dict[str, Unit],
) -> dict[str, Any]:
    return {
        **columns(line, "kind", "subkind", "grade", "name", "short_name", "place", "source_note"),
        "regency": line.row_or_none("regency", regencies),
        "province": line.row_or_none("province", provinces),
        "parent": line.row_or_none("parent", units),
        "office_code": line["office_code"] or None,
    }


@dataclass(frozen=True)
class KindCoverage:
    """How many units of a kind the register knows, beside how many there are officially."""

    kind: UnitKind
    known: int
    official: int

    @property
    def is_complete(self) -> bool:
        return self.known >= self.official

    def __str__(self) -> str:
        return f"{self.known} dari {self.official} {self.kind.label}"


@dataclass(frozen=True)
class UnitCoverage:
    """What the list of units lacks: kinds that are not complete, units without a regency."""

    kinds: tuple[KindCoverage, ...]
    without_regency: int

    @property
    def incomplete(self) -> tuple[KindCoverage, ...]:
        return tuple(kind for kind in self.kinds if not kind.is_complete)


def coverage() -> UnitCoverage:
    """What the register knows of the units that exist, counted now: two queries."""
    totals = official_totals()
    rows = Unit.objects.active().filter(kind__in=totals).order_by()
    known = dict(rows.values_list("kind").annotate(Count("pk")))
    return UnitCoverage(
        tuple(KindCoverage(kind, known.get(kind, 0), total) for kind, total in totals.items()),
        Unit.objects.active().without_regency().count(),
    )


@cache
def official_totals() -> dict[UnitKind, int]:
    with (DATA / "unit_totals.csv").open(encoding="utf-8", newline="") as file:
        return {UnitKind(row["kind"]): int(row["total"]) for row in csv.DictReader(file)}
