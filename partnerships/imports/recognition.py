"""Whether a paper is in the register already: by unit, side and number, or side, day and title."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from indonesian.names import normalise, number_key
from institutions.models import User
from partnerships.models import Agreement, Stage
from partnerships.models.agreement_oddities import SHORTEST_TELLING_NUMBER

# Columns of a paper and of one of its parties.
Columns = tuple[Any, ...]


@dataclass
class Wanted:
    """Numbers, and titles by their days, that a file names; all as they are compared."""

    numbers: set[str] = field(default_factory=set)
    titles: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def has(self, marks: "Marks") -> bool:
        of_day = self.titles.get(marks.day)
        return of_day is not None and title_key(marks.title) in of_day

    def has_a_number_of(self, marks: "Marks") -> bool:
        return not self.numbers.isdisjoint(map(number_key, marks.numbers))


@dataclass(frozen=True)
class Known:
    """A paper of the register, or an earlier line of the same file."""

    kind: str
    signed_on: date | None
    title: str
    # What the keeping unit numbered it by, as numbers are compared.
    own_number: str = ""
    pk: int | None = None
    where: str = ""
    is_archived: bool = False

    @property
    def told(self) -> str:
        if self.pk is None:
            return f"Sama dengan {self.where} berkas ini."
        if self.is_archived:
            return "Sudah tercatat dan ada di Sampah; pulihkan dari sana bila masih diperlukan."
        return f"Sudah tercatat: “{self.title or 'tanpa judul'}”."


@lru_cache(maxsize=20_000)
def title_key(title: str) -> str:
    return normalise(title)


@dataclass(frozen=True)
class Marks:
    """By what one paper is known again."""

    unit: int
    # p12, u34, or what a partner is called that is new.
    sides: tuple[str, ...]
    # The first is the keeping unit's, or blank.
    numbers: tuple[str, ...]
    day: str
    title: str

    @property
    def own_number(self) -> str:
        return number_key(self.numbers[0])

    def of_numbers(self) -> Iterable[tuple[int, str, str]]:
        # Shorter ones are running numbers: two papers of one partner share them.
        keys = [key for key in map(number_key, self.numbers) if len(key) >= SHORTEST_TELLING_NUMBER]
        return ((self.unit, side, key) for key in dict.fromkeys(keys) for side in self.sides)

    def of_facts(self) -> Iterable[tuple[int, str, str, str]]:
        title = title_key(self.title)
        return ((self.unit, side, self.day, title) for side in self.sides or ("",))


class Recognition:
    def __init__(self) -> None:
        self.numbers: defaultdict[tuple[int, str, str], list[Known]] = defaultdict(list)
        self.facts: defaultdict[tuple[int, str, str, str], list[Known]] = defaultdict(list)

    def add(self, marks: Marks, known: Known, *, with_numbers: bool = True) -> None:
        for key in marks.of_numbers() if with_numbers else ():
            self.numbers[key].append(known)
        for facts in marks.of_facts():
            self.facts[facts].append(known)

    def same(self, marks: Marks, kind: str | None, signed_on: date | None) -> Known | None:
        """The paper that is surely the same one; of another kind it is another paper."""
        for facts in marks.of_facts():
            for known in self.facts.get(facts, ()):
                if kind in (None, known.kind):
                    return known
        for known in self.of_same_number(marks, kind):
            if known.signed_on == signed_on or None in (known.signed_on, signed_on):
                return known
        return None

    def doubtful(self, marks: Marks, kind: str | None) -> Known | None:
        """Unit, side and number are those of a paper of another day."""
        return next(iter(self.of_same_number(marks, kind)), None)

    def of_same_number(self, marks: Marks, kind: str | None) -> Iterable[Known]:
        """A partner may give several papers one number; then the unit's own tells them apart."""
        for key in marks.of_numbers():
            for known in self.numbers.get(key, ()):
                same_own = known.own_number == marks.own_number
                if kind in (None, known.kind) and (
                    same_own or not (known.own_number and marks.own_number)
                ):
                    yield known


def read_recognition(user: User, own: set[int], others: set[int], wanted: Wanted) -> Recognition:
    """Papers of the units a file names; of units of others only what every card tells."""
    found = Recognition()
    columns = ("pk", "unit_id", "kind", "signed_on", "signed_text", "title", "archived_on")
    parties = ("parties__unit_id", "parties__partner_id", "parties__number")
    own_papers = Agreement.objects.editable_by(user).filter(unit__in=own)
    signed = Agreement.objects.listed_to(user).current().filter(stage=Stage.SIGNED)
    for papers, with_numbers in ((own_papers, True), (signed.filter(unit__in=others), False)):
        rows = papers.order_by("pk").values_list(*columns, *parties)
        for facts, sides in together(rows.iterator(chunk_size=2000)):
            marks, known = read_paper(facts, sides)
            if wanted.has(marks) or (with_numbers and wanted.has_a_number_of(marks)):
                found.add(marks, known, with_numbers=with_numbers)
    return found


def together(rows: Iterable[Columns]) -> Iterator[tuple[Columns, list[Columns]]]:
    """Rows of one paper, one for each of its parties."""
    for _, group in groupby(rows, key=itemgetter(0)):
        found = list(group)
        yield found[0][:-3], [row[-3:] for row in found]


def read_paper(facts: Columns, sides: list[Columns]) -> tuple[Marks, Known]:
    pk, unit, kind, signed_on, signed_text, title, archived_on = facts
    others = tuple(
        f"u{side}" if side else f"p{partner}"
        for side, partner, _ in sides
        if partner or (side and side != unit)
    )
    own = next((number for side, _, number in sides if side == unit), "")
    numbers = (own, *(number or "" for side, _, number in sides if side != unit))
    day = signed_on.isoformat() if signed_on else normalise(signed_text)
    marks = Marks(unit, others, numbers, day, title)
    is_archived = archived_on is not None
    known = Known(kind, signed_on, title, marks.own_number, pk=pk, is_archived=is_archived)
    return marks, known
