"""A pasted list of people, one per line, as it comes from Excel or from a message."""

import re
from dataclasses import dataclass

from indonesian.names import normalise, strip_control
from institutions.models import Role, UnitQuerySet

MOST_LINES = 100
LONGEST_LIST = 30_000
# Excel separates by tabs; by hand people write semicolons.
_SEPARATOR = re.compile(r"\t|;|\|")
_HEADINGS = frozenset({"nama", "nama lengkap", "nama pegawai"})
_ROLES = {
    "humas": Role.HUMAS,
    "petugas humas": Role.HUMAS,
    "manajer": Role.MANAJER,
    "manager": Role.MANAJER,
    "admin": Role.ADMIN,
}


@dataclass(frozen=True)
class Line:
    full_name: str
    unit: str = ""
    role: str = ""
    email: str = ""

    def as_initial(self) -> dict[str, str]:
        return {
            "full_name": self.full_name,
            "unit": self.unit,
            "role": self.role,
            "email": self.email,
        }


def read_lines(text: str) -> list[Line]:
    """Name, unit, role, surel; later columns may be missing. Blank lines and headings are left
    out."""
    lines = (strip_control(line) for line in text.splitlines())
    cells = [[cell.strip() for cell in _SEPARATOR.split(line)] for line in lines if line.strip()]
    if cells and normalise(cells[0][0]) in _HEADINGS:
        cells = cells[1:]
    return [Line(*_in_order(row)) for row in cells]


def _in_order(cells: list[str]) -> list[str]:
    """The four columns; a surel that stands where the role is expected finds its place."""
    name, unit, role, email = [*cells, "", "", "", ""][:4]
    if "@" in role and not email:
        role, email = "", role
    return [name, unit, role, email]


def read_role(text: str) -> Role | None:
    """The role a cell names; None for one that is not known."""
    return _ROLES.get(" ".join(text.lower().split()))


def find_units(units: UnitQuerySet, text: str) -> UnitQuerySet:
    """The units a cell may mean: by code, by its exact name, else by the words in it."""
    by_code = units.filter(code=text.strip().lower())
    if by_code.exists():
        return by_code
    by_name = units.filter(name_key=normalise(text))
    return by_name if by_name.exists() else units.search(text)
