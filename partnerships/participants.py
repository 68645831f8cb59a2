"""Who took part, as counts: rows of a table with men, women and both, and their sums."""

from collections.abc import Mapping
from dataclasses import dataclass

# Label of a group and the stem of its two columns.
GROUPS = (("Warga binaan", "inmates"), ("Klien", "clients"), ("Petugas", "staff"))


@dataclass(frozen=True)
class Heads:
    """One group of people."""

    label: str
    male: int
    female: int

    @property
    def total(self) -> int:
        return self.male + self.female


def heads_of(counts: Mapping[str, int]) -> list[Heads]:
    """One row per group, from counts by column name."""
    return [
        Heads(label, counts[f"{stem}_male"], counts[f"{stem}_female"]) for label, stem in GROUPS
    ]


def all_heads(rows: list[Heads]) -> Heads:
    """The sum of all groups."""
    return Heads("Jumlah", sum(row.male for row in rows), sum(row.female for row in rows))
