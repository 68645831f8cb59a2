"""Everyone who may look at a row, from beside it to far away; for the tables of who sees what.

The rows of these tables are kept by Bapas Jember under Kanwil Jawa Timur.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from institutions.models import Role, Unit, UnitKind, User
from tests.factories import (
    make_kanwil,
    make_province,
    make_regency,
    make_root,
    make_unit,
    make_user,
)

OWN = {"humas", "colleague", "kanwil", "ditjenpas", "superuser"}
BELOW = {"post below"}
SAME_KANWIL = {"unit of the same kanwil"}
ELSEWHERE = {"unit elsewhere", "kanwil elsewhere"}
EVERYONE = OWN | BELOW | SAME_KANWIL | ELSEWHERE
NOBODY: set[str] = set()


@dataclass(frozen=True)
class Onlookers:
    """The units around the one that keeps the row, and one user for each way of looking."""

    bapas: Unit
    post: Unit
    neighbour: Unit
    kanwil: Unit
    ditjenpas: Unit
    elsewhere: Unit
    users: dict[str, User]

    def __getitem__(self, name: str) -> User:
        return self.users[name]

    def who_finds(self, row: Model, rows: Any) -> set[str]:
        """Names of those for whom `rows(user)` holds the row, once."""
        found: dict[str, QuerySet[Any]] = {name: rows(user) for name, user in self.users.items()}
        counts = {name: len(scope.filter(pk=row.pk)) for name, scope in found.items()}
        assert set(counts.values()) <= {0, 1}, "a row is found more than once"
        return {name for name, count in counts.items() if count}


def make_onlookers() -> Onlookers:
    east, central = make_province("35", "Jawa Timur"), make_province()
    regency = make_regency("35.09", "Jember", province=east)
    bapas = make_unit("Bapas Kelas II Jember", kind=UnitKind.BAPAS, regency=regency)
    post = make_unit("Pos Bapas Lumajang", kind=UnitKind.POSBAPAS, parent=bapas, province=east)
    neighbour = make_unit("Lapas Kelas IIA Jember", regency=regency)
    elsewhere = make_unit("Lapas Kelas IIB Purwodadi", province=central)
    kanwil, ditjenpas = make_kanwil(east), make_root()
    users = {
        "humas": make_user(unit=bapas),
        "colleague": make_user(unit=bapas),
        "post below": make_user(unit=post),
        "unit of the same kanwil": make_user(unit=neighbour),
        "kanwil": make_user(Role.MANAJER, unit=kanwil),
        "unit elsewhere": make_user(unit=elsewhere),
        "kanwil elsewhere": make_user(Role.MANAJER, unit=make_kanwil(central)),
        "ditjenpas": make_user(Role.ADMIN, unit=ditjenpas),
        "superuser": make_user(None, unit=None, is_superuser=True),
        "without unit": make_user(unit=None),
        "left": make_user(unit=bapas, is_active=False),
        "left ditjenpas": make_user(Role.ADMIN, unit=ditjenpas, is_active=False),
        "left superuser": make_user(None, unit=None, is_superuser=True, is_active=False),
    }
    return Onlookers(bapas, post, neighbour, kanwil, ditjenpas, elsewhere, users)
