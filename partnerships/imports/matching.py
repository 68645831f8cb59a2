"""The units, sides and areas of a line: found in the register, new, or to be asked for."""

from dataclasses import dataclass, field

from indonesian.names import normalise
from partnerships.imports.directory import (
    Areas,
    KnownPartner,
    KnownUnit,
    Partners,
    Regencies,
    Units,
    kind_label,
)
from partnerships.imports.headings import Column
from partnerships.imports.papers import Paper
from partnerships.imports.partner_kinds import NATIONWIDE, guessed_kind, stated_kind
from partnerships.imports.questions import NEW_PARTNER, NO_AREA, Questions, new_partner_choices
from partnerships.models import PartnerKind

LONGEST_NAME = 200


@dataclass(frozen=True)
class NewPartner:
    name: str
    kind: PartnerKind
    regency: int | None = None


@dataclass
class Side:
    """The other side of a paper: a partner (p12), a unit (u34), a new partner, or not yet known."""

    ref: str = ""
    name: str = ""
    new: NewPartner | None = None
    # Who it may be, while it is not known.
    candidates: tuple[str, ...] = ()


@dataclass
class Matcher:
    units: Units
    partners: Partners
    regencies: Regencies
    areas: Areas
    questions: Questions
    # For rows that name no unit; None where the user has to say it.
    default_unit: int | None
    new: dict[str, NewPartner] = field(default_factory=dict)

    def unit_of(self, paper: Paper) -> KnownUnit | None:
        """The unit that keeps the paper; a unit of others is returned too and is the caller's to
        refuse."""
        text = paper.line.text(Column.UNIT)
        if not text:
            return self.units.by_key[self.default_unit] if self.default_unit else None
        found = self.units.called(text)
        own = found & self.units.own
        if len(own) == 1 or len(found) == 1:
            return self.units.by_key[min(own or found)]
        likely = [self.units.by_key[key] for key in sorted(own)] or self.units.similar(text)
        if not found and not likely and self.default_unit:
            # Who records for one unit is asked whether a "Pihak Kesatu" means it.
            likely = [self.units.by_key[self.default_unit]]
        if not likely:
            paper.problems.append(
                f"Unit “{text[:80]}” tidak dikenal di bawah unit Anda. Tulis nama unit seperti di"
                " register."
            )
            return None
        answer = self.questions.ask(
            ("unit", normalise(text)),
            f"Unit “{text}”",
            "Unit mana yang dimaksud?",
            [(str(unit.pk), unit.name) for unit in likely],
            paper.line.where,
        )
        return self.units.by_key[int(answer)] if answer else None

    def sides_of(self, paper: Paper, unit: KnownUnit) -> list[Side]:
        sides = [self.side_of(paper, name, unit) for name in paper.partners]
        kept: dict[str, Side] = {}
        for side in sides:
            # The own unit among the parties is no other side.
            if side.ref != f"u{unit.pk}":
                kept.setdefault(side.ref or side.name, side)
        return list(kept.values())

    def side_of(self, paper: Paper, name: str, unit: KnownUnit) -> Side:
        if len(name) > LONGEST_NAME:
            paper.problems.append(f"Nama mitra lebih dari {LONGEST_NAME} huruf: “{name[:60]}…”")
            return Side(name=name)
        key = normalise(name)[:500]
        base, _ = self.regencies.parted(key)
        regency = self.regency_of(paper, key)
        called = self.partners.called(key, regency, base)
        if self.partners.surely(called, unit, regency):
            return Side(f"p{called[0].pk}", called[0].name)
        as_unit = self.units.called(name)
        if not called and len(as_unit) == 1:
            found = self.units.by_key[min(as_unit)]
            return Side(f"u{found.pk}", found.name)
        likely = called or self.partners.similar(key, unit, regency)
        if not likely:
            return self.new_side(paper, name, key, unit)
        return self.asked_side(paper, name, key, unit, likely)

    def regency_of(self, paper: Paper, key: str) -> int | None:
        """Where the partner is, as far as the list says it: in a column, or in the name."""
        stated = self.regencies.called(paper.line.text(Column.REGION))
        return stated or self.regencies.within(key)

    def asked_side(
        self, paper: Paper, name: str, key: str, unit: KnownUnit, likely: list[KnownPartner]
    ) -> Side:
        candidates = [
            (f"p{row.pk}", " · ".join(filter(None, [row.name, kind_label(row.kind), row.place])))
            for row in likely
        ]
        answer = self.questions.ask(
            ("mitra", str(unit.pk), key),
            f"Mitra “{name}” di {unit.name}",
            "Nama ini mirip dengan mitra di direktori. Pilih mitra itu, atau jenis mitra barunya.",
            [*candidates, *new_partner_choices()],
            paper.line.where,
        )
        if answer.startswith(f"{NEW_PARTNER}:"):
            return self.make_new(name, key, PartnerKind(answer.partition(":")[2]), paper, unit)
        if answer:
            return Side(answer, self.partners.by_key[int(answer[1:])].name)
        return Side(name=name, candidates=tuple(code for code, _ in candidates))

    def new_side(self, paper: Paper, name: str, key: str, unit: KnownUnit) -> Side:
        stated = stated_kind(paper.line.text(Column.CATEGORY))
        kind = stated or guessed_kind(key)
        if kind is None:
            answer = self.questions.ask(
                ("jenis mitra", key),
                f"Mitra baru “{name}”",
                "Mitra ini belum ada di direktori. Pilih jenisnya.",
                new_partner_choices(),
                paper.line.where,
            )
            if not answer:
                return Side(name=name)
            kind = PartnerKind(answer.partition(":")[2])
        elif stated is None:
            paper.notes.append(f"Mitra baru “{name}”: jenis {kind.label}, menurut namanya.")
        return self.make_new(name, key, kind, paper, unit)

    def make_new(
        self, name: str, key: str, kind: PartnerKind, paper: Paper, unit: KnownUnit
    ) -> Side:
        """One partner for all rows that mean it: of a region where its name comes back in each."""
        regency = self.regency_of(paper, key)
        if regency is None and kind not in NATIONWIDE and unit.regency is not None:
            regency = unit.regency
            place = self.regencies.names[regency]
            paper.notes.append(f"Mitra baru “{name}” dicatat di {place}, menurut letak unit.")
        ref = f"n{key}|{regency or ''}"
        self.new.setdefault(ref, NewPartner(name, kind, regency))
        return Side(ref, name, self.new[ref])

    def areas_of(self, paper: Paper) -> list[int]:
        found: list[int] = []
        for piece in self.areas.pieces(paper.line.cells.get(Column.AREAS, "")):
            area = self.areas.called(piece)
            if area is None and (area := self.areas.only_one_like(piece)) is not None:
                paper.notes.append(f"Bidang “{piece[:60]}” dibaca {self.areas.labels[area]}.")
            if area is None:
                answer = self.questions.ask(
                    ("bidang", normalise(piece[:200])),
                    f"Bidang “{piece[:100]}”",
                    "Bidang ini tidak ada di daftar. Pilih yang dimaksud.",
                    [
                        *((str(pk), label) for pk, label in self.areas.labels.items()),
                        (NO_AREA, "Tanpa bidang"),
                    ],
                    paper.line.where,
                )
                area = int(answer) if answer and answer != NO_AREA else None
            if area is not None and area not in found:
                found.append(area)
        return found
