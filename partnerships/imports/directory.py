"""Units, partners and areas as lists name them, read once for a whole file.

Only an exact name counts: of a unit, of a partner, or one of its other names, spelled as
`normalise` folds them. What is merely similar is offered, never taken.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from indonesian.names import normalise
from institutions.models import Regency, Unit, UnitName, User
from partnerships.imports.partner_kinds import NATIONWIDE
from partnerships.models import PartnerKind, PartnerName, Party, ProgrammeArea
from partnerships.pickers import known_partners

SOME = 5
# Of a longer name the choices would be too many.
MOST_WORDS = 8
# Words that tell little about who somebody is.
COMMON = frozenset(
    {
        *("dan", "di", "pt", "cv", "ud", "yayasan", "indonesia", "cabang"),
        *("kabupaten", "kota", "provinsi", "kecamatan", "daerah"),
    }
)


class KnownUnit(NamedTuple):
    pk: int
    name: str
    regency: int | None
    province: int | None


class KnownPartner(NamedTuple):
    pk: int
    name: str
    key: str
    kind: str
    regency: int | None
    province: int | None
    place: str


@dataclass
class Units:
    """Every unit in operation; `own` are the keys of those the user may record for."""

    by_key: dict[int, KnownUnit] = field(default_factory=dict)
    named: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    own: frozenset[int] = frozenset()

    def called(self, text: str) -> set[int]:
        return self.named.get(normalise(text[:300]), set())

    def similar(self, text: str) -> list[KnownUnit]:
        """Units of the user whose names hold every word."""
        words = set(normalise(text[:300]).split())
        found = {
            key
            for name, keys in self.named.items()
            if words and words <= set(name.split())
            for key in keys & self.own
        }
        return sorted((self.by_key[key] for key in found), key=lambda unit: unit.name)[:SOME]


def read_units(user: User) -> Units:
    units = Units(own=frozenset(user.units_in_scope().active().values_list("pk", flat=True)))
    columns = ("pk", "short_name", "regency_id", "province_id", "name", "code")
    for pk, short_name, regency, province, name, code in Unit.objects.active().values_list(
        *columns
    ):
        units.by_key[pk] = KnownUnit(pk, short_name, regency, province)
        for known in (short_name, name, code.replace("-", " ")):
            units.named[normalise(known)].add(pk)
    for pk, name in UnitName.objects.values_list("unit_id", "name"):
        if pk in units.by_key:
            units.named[normalise(name)].add(pk)
    return units


@dataclass
class Regencies:
    """Kabupaten and kota by their full names."""

    named: dict[str, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    def called(self, text: str) -> int | None:
        return self.named.get(normalise(text[:200]))

    def within(self, name_key: str) -> int | None:
        """The regency a name holds: Dinas Sosial Kabupaten Grobogan."""
        return self.parted(name_key)[1]

    def parted(self, name_key: str) -> tuple[str, int | None]:
        """The name without the regency at its end, and that regency."""
        words = name_key.split()
        for at, word in enumerate(words):
            if word in ("kabupaten", "kota"):
                for end in range(min(at + 5, len(words)), at + 1, -1):
                    if found := self.named.get(" ".join(words[at:end])):
                        base = words[:at] if end == len(words) else words
                        return " ".join(base), found
        return name_key, None


def read_regencies() -> Regencies:
    found = Regencies()
    for pk, name in Regency.objects.values_list("pk", "full_name"):
        found.named[normalise(name)] = pk
        found.names[pk] = name
    return found


class Name(NamedTuple):
    """The telling words of one of the names of a partner."""

    words: frozenset[str]
    partner: int


@dataclass
class Partners:
    """Partners that have a telling word in common with one of the names in the file.

    Of fifty thousand that keeps memory small; nobody else can be meant or be similar.
    """

    # Telling words of the names in the file.
    words: frozenset[str]
    by_key: dict[int, KnownPartner] = field(default_factory=dict)
    named: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    worded: dict[frozenset[str], list[int]] = field(default_factory=lambda: defaultdict(list))
    holding: dict[str, list[Name]] = field(default_factory=lambda: defaultdict(list))
    # (unit, partner) of agreements that are recorded.
    together: set[tuple[int, int]] = field(default_factory=set)

    def concerns(self, key: str) -> bool:
        return not self.words.isdisjoint(telling(key))

    def add_name(self, key: str, partner: int) -> None:
        if partner not in self.named[key]:
            self.named[key].append(partner)
        name = Name(telling(key), partner)
        self.worded[name.words].append(partner)
        for word in name.words & self.words:
            self.holding[word].append(name)

    def called(self, key: str, regency: int | None, base: str) -> list[KnownPartner]:
        """Partners of that name, without those that are known to be elsewhere.

        `base` is the name without the regency in it: "Dinas Sosial" of Kabupaten Jember.
        """
        found = dict.fromkeys(self.named.get(key, ()))
        rows = [row for row in map(self.by_key.get, found) if row is not None]
        near = [row for row in rows if not is_elsewhere(row, regency)]
        there = [self.by_key[partner] for partner in self.named.get(base, ())]
        return near + [row for row in there if row.regency == regency and row not in near]

    def similar(self, key: str, unit: KnownUnit, regency: int | None) -> list[KnownPartner]:
        """Partners one of whose names holds all telling words of this one, or the other way.

        Those nearest to the unit come first.
        """
        words = telling(key)
        found = {partner for fewer in some_of(words) for partner in self.worded.get(fewer, ())}
        if len(words) > 1:
            rarest = min(words, key=lambda word: len(self.holding.get(word, ())))
            holders = self.holding.get(rarest, ())
            found |= {name.partner for name in holders if words <= name.words}
        near = [
            row for row in map(self.by_key.__getitem__, found) if not is_elsewhere(row, regency)
        ]
        return sorted(near, key=lambda row: (farness(row, unit), row.name))[:SOME]

    def surely(self, found: list[KnownPartner], unit: KnownUnit, regency: int | None) -> bool:
        """Whether the one partner of this name is meant, and not one of the same name elsewhere.

        `regency` is where the list says it is; else it has to be where the unit is, or the unit
        has worked with it before.
        """
        if len(found) != 1:
            return False
        [row] = found
        if (unit.pk, row.pk) in self.together or row.kind in NATIONWIDE:
            return True
        return row.regency is not None and row.regency == (regency or unit.regency)


def is_elsewhere(row: KnownPartner, regency: int | None) -> bool:
    return regency is not None and row.regency is not None and row.regency != regency


def telling(key: str) -> frozenset[str]:
    words = frozenset(key.split())
    return words - COMMON or words


def some_of(words: frozenset[str]) -> Iterator[frozenset[str]]:
    """The words, and every choice of several of them; of two also each alone."""
    chosen = sorted(words)[:MOST_WORDS]
    for number in range(1 if len(words) < 3 else 2, len(chosen) + 1):
        yield from map(frozenset, combinations(chosen, number))


def farness(row: KnownPartner, unit: KnownUnit) -> int:
    if row.regency is not None and row.regency == unit.regency:
        return 0
    return 1 if row.province is not None and row.province == unit.province else 2


def read_partners(
    user: User, units: set[int], regencies: Regencies, wanted: Iterable[str]
) -> Partners:
    """`wanted` are the names in the file, as names are compared."""
    partners = Partners(frozenset(word for key in wanted for word in telling(key)))
    columns = ("pk", "name", "name_key", "kind", "regency_id", "province_id")
    places = ("regency__full_name", "province__name")
    rows = known_partners(user).select_related(None).order_by().values_list(*columns, *places)
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    for partner, key in PartnerName.objects.values_list("partner_id", "name_key").iterator():
        if partners.concerns(key):
            aliases[partner].append(key)
    for pk, name, key, kind, regency, province, *place in rows.iterator():
        if not (pk in aliases or partners.concerns(key)):
            continue
        regency = regency or regencies.within(key)
        shown = place[0] or place[1] or ""
        partners.by_key[pk] = KnownPartner(pk, name, key, kind, regency, province, shown)
        for each in (key, *aliases.get(pk, ())):
            partners.add_name(each, pk)
    pairs = Party.objects.filter(partner__isnull=False, agreement__unit__in=units).order_by()
    partners.together.update(pairs.values_list("agreement__unit_id", "partner_id").distinct())
    return partners


@dataclass
class Areas:
    labels: dict[int, str] = field(default_factory=dict)
    named: dict[str, int] = field(default_factory=dict)

    def called(self, text: str) -> int | None:
        return self.named.get(normalise(text[:200]))

    def only_one_like(self, text: str) -> int | None:
        """The one area whose name holds every word."""
        words = set(normalise(text[:200]).split())
        found = {pk for name, pk in self.named.items() if words and words <= set(name.split())}
        return found.pop() if len(found) == 1 else None

    def pieces(self, text: str) -> Iterator[str]:
        """The cell cut where it parts areas; labels hold commas and strokes themselves."""
        for piece in text.replace("\n", ";").split(";"):
            piece = " ".join(piece.split())
            if not piece or piece == "-":
                continue
            smaller = [part.strip() for part in piece.replace("/", ",").split(",") if part.strip()]
            whole = self.called(piece) or not all(map(self.called, smaller))
            yield from [piece] if whole else smaller


def read_areas() -> Areas:
    areas = Areas()
    for pk, code, label in ProgrammeArea.objects.values_list("pk", "code", "label"):
        areas.labels[pk] = label
        areas.named[normalise(label)] = pk
        areas.named[normalise(code)] = pk
    return areas


def kind_label(kind: str) -> str:
    return str(PartnerKind(kind).label)
