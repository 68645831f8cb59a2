"""The data files cut down to a few units, so that a test loads them in a moment."""

import csv
from pathlib import Path

from institutions.reference import DATA
from partnerships.reference import load_reference

# What the five events of the start data need.
FIVE_UNITS = frozenset(
    {
        "bapas-pekanbaru",
        "lapas-pekanbaru",
        "bapas-jember",
        "lapas-perempuan-palembang",
        "lapas-purwodadi",
    }
)
OTHER_REGENCIES = frozenset({"14.01"})


def cut_data(folder: Path, units: frozenset[str] = FIVE_UNITS) -> Path:
    """Copies of the data files in `folder`: these units, those above them and their regencies."""
    lines = {path.name: read(path) for path in DATA.glob("*.csv")}
    parents = {line["code"]: line["parent"] for line in lines["units.csv"]}
    kept = set(units)
    for code in units:
        while code := parents[code]:
            kept.add(code)
    regencies = OTHER_REGENCIES | {
        line["regency"] for line in lines["units.csv"] if line["code"] in kept
    }
    wanted = {
        "units.csv": ("code", kept),
        "regencies.csv": ("code", regencies),
        "kanwil_provinces.csv": ("unit", kept),
        "unit_names.csv": ("unit", kept),
    }
    folder.mkdir(exist_ok=True)
    for name, rows in lines.items():
        column, codes = wanted.get(name, ("", set()))
        write(folder / name, [row for row in rows if not column or row[column] in codes])
    return folder


def load_cut(folder: Path) -> None:
    load_reference(institutions_data=cut_data(folder))


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def change(folder: Path, name: str, code: str, /, **cells: str) -> None:
    """Let a file say something else about the lines of one code (or unit, or name)."""
    rows = read(folder / name)
    for row in rows:
        if next(iter(row.values())) == code:
            row.update(cells)
    write(folder / name, rows)
