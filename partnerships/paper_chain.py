"""The papers before and after one: what it renewed, and what renewed it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from partnerships.models import Agreement

# Twelve years of papers that last two; who wants more follows the chain from its end.
FURTHEST = 6


@dataclass(frozen=True)
class Chain:
    """Keys, the earlier first."""

    before: list[int]
    after: list[int]

    @property
    def keys(self) -> set[int]:
        return {*self.before, *self.after}


def chain_of(agreement: Agreement) -> Chain:
    """Asks for nothing where the paper neither renews another nor was renewed.

    Its `successors` have to be read.
    """
    if agreement.replaces_id is None and not agreement.successors.all():
        return Chain([], [])
    steps = range(1, FURTHEST + 1)
    back = ["__".join(["replaces"] * number) for number in steps]
    ahead = ["__".join(["successors"] * number) for number in steps]
    found: Any = Agreement.objects.filter(pk=agreement.pk).order_by().values_list(*back, *ahead)
    columns = [list(filter(None, dict.fromkeys(column))) for column in zip(*found, strict=True)]
    before = joined(columns[FURTHEST - 1 :: -1])
    return Chain(before, joined(columns[FURTHEST:]))


def joined(columns: Iterable[list[int]]) -> list[int]:
    return [key for column in columns for key in column]
