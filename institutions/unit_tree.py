"""How many UPT hang under Ditjenpas and under each Kanwil, for the overview of the unit list."""

from dataclasses import dataclass

from institutions.models import OFFICES, Unit, UnitKind


@dataclass(frozen=True)
class Cell:
    kind: UnitKind
    number: int


@dataclass(frozen=True)
class Branch:
    """Ditjenpas or a Kanwil, with the number of UPT that belong to it, by kind."""

    office: Unit
    cells: list[Cell]

    @property
    def total(self) -> int:
        return sum(cell.number for cell in self.cells)


@dataclass(frozen=True)
class Tree:
    """Ditjenpas (None before it is recorded) and every Kanwil by name, with their own UPT.

    One cell per kind that exists anywhere, in each branch and in the totals.
    """

    kinds: list[UnitKind]
    root: Branch | None
    kanwil: list[Branch]

    @property
    def branches(self) -> list[Branch]:
        return [self.root, *self.kanwil] if self.root else self.kanwil

    @property
    def totals(self) -> list[Cell]:
        return [
            Cell(kind, sum(branch.cells[at].number for branch in self.branches))
            for at, kind in enumerate(self.kinds)
        ]

    @property
    def total(self) -> int:
        return sum(branch.total for branch in self.branches)


def tree_of_units() -> Tree:
    """Two queries, however many units there are; those out of operation do not count."""
    counts = Unit.objects.active().count_by_office()
    present = {kind for _, kind in counts}
    kinds = [kind for kind in UnitKind if kind in present]
    branches = [
        Branch(office, [Cell(kind, counts.get((office.pk, kind), 0)) for kind in kinds])
        for office in Unit.objects.active().filter(kind__in=OFFICES)
    ]
    kanwil = [branch for branch in branches if branch.office.kind == UnitKind.KANWIL]
    root = next((branch for branch in branches if branch not in kanwil), None)
    return Tree(kinds, root, kanwil)
