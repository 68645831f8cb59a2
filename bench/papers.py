"""Agreements of many years in every state, with their parties and areas."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from bench.bulk import Table, found_by
from bench.sides import Side
from indonesian.names import number_key
from partnerships.demo.words import SUBJECTS
from partnerships.models import Agreement, AgreementArea, AgreementKind, Party, ProgrammeArea, Stage

YEARS = 11
KINDS = (AgreementKind.PKS,) * 7 + (AgreementKind.NK, AgreementKind.NKB, AgreementKind.KB)
TERMS = (12, 12, 24, 36, 36, 60)
# Per cent of all papers.
DRAFTS, PROSPECTS, OPEN_ENDED, NO_END, TERMINATED, ARCHIVED, RENEWED = 4, 2, 8, 3, 2, 1, 18
MOST_SIDES = 9


@dataclass
class Paper:
    """What events and deliveries need to know of an agreement."""

    pk: int
    unit: Side
    partner: Side
    area: int
    title: str
    texts: tuple[str, ...]
    signed_on: date | None
    ends_on: date | None
    is_current: bool


class Papers:
    """Writes agreements one after the other; keys are known before the rows are written."""

    def __init__(self, chance: random.Random, people: list[int]) -> None:
        self.chance, self.people = chance, people
        self.today = timezone.localdate()
        self.agreements, self.parties = Table(Agreement), Table(Party)
        self.areas = Table(AgreementArea)
        self.subjects = [
            (area.pk, SUBJECTS.get(area.code, (area.label,)))
            for area in ProgrammeArea.objects.filter(is_active=True)
        ]

    def per_cent(self, share: int) -> bool:
        return self.chance.random() * 100 < share

    def state(self) -> dict[str, Any]:
        """Stage and dates, as the form would store them; derived ones come from the model."""
        row = Agreement(stage=Stage.SIGNED)
        if self.per_cent(DRAFTS):
            row.stage = self.chance.choice((Stage.DRAFTING, Stage.AWAITING))
        elif self.per_cent(PROSPECTS):
            row.stage = Stage.PROSPECT
        else:
            # More papers of late than of long ago.
            age = int(YEARS * 365 * self.chance.random() ** 1.6)
            row.signed_on = self.today - timedelta(days=age)
        if self.per_cent(OPEN_ENDED):
            row.is_open_ended = True
        elif not self.per_cent(NO_END):
            row.term_months = self.chance.choice(TERMS)
        row.fill_derived()
        values = {
            name: getattr(row, name)
            for name in ("stage", "signed_on", "ends_on", "is_open_ended", "term_months")
        }
        if row.signed_on and self.per_cent(TERMINATED):
            # A paper ends early only after its term began.
            values |= {"terminated_on": row.signed_on, "termination_reason": "Contoh pengakhiran"}
        if self.per_cent(ARCHIVED):
            values |= {"archived_on": self.today, "archive_reason": "Contoh tercatat dua kali"}
        return values

    def write(self, unit: Side, partners: list[Side], replaces: Paper | None) -> Paper:
        area, words = self.chance.choice(self.subjects)
        title = f"{self.chance.choice(words)} di {unit.label}"[:300]
        values = self.state()
        if replaces and replaces.ends_on:
            values = renewal(replaces, values)
        key = self.agreements.next_key
        sides = [(f"W.{unit.pk}-HH.04.05-{key}", unit), *(("", side) for side in partners)]
        texts: list[str] = [title, *unit.texts]
        for number, side in sides:
            texts += [number, number_key(number), *side.texts]
        self.agreements.add(
            **values,
            kind=self.chance.choice(KINDS),
            title=title,
            unit_id=unit.pk,
            place=f"Aula {unit.label}"[:120],
            replaces_id=replaces.pk if replaces else None,
            recorded_by_id=self.chance.choice(self.people),
            search_text=found_by(*texts),
        )
        for order, (number, side) in enumerate(sides, 1):
            link = "unit_id" if order == 1 else "partner_id"
            self.parties.add(agreement_id=key, order=order, number=number, **{link: side.pk})
        self.link_areas(key, area)
        return Paper(
            key,
            unit,
            partners[0],
            area,
            title,
            tuple(texts),
            values["signed_on"],
            values["ends_on"],
            values.get("archived_on") is None,
        )

    def link_areas(self, key: int, area: int) -> None:
        if self.per_cent(NO_END):
            return
        self.areas.add(agreement_id=key, area_id=area)
        other = self.chance.choice(self.subjects)[0]
        if other != area and self.per_cent(30):
            self.areas.add(agreement_id=key, area_id=other)


def renewal(replaced: Paper, values: dict[str, Any]) -> dict[str, Any]:
    """The paper that goes on where the replaced one ended."""
    row = Agreement(stage=Stage.SIGNED, signed_on=replaced.ends_on, term_months=24)
    row.fill_derived()
    return values | {
        "stage": Stage.SIGNED,
        "signed_on": row.signed_on,
        "ends_on": row.ends_on,
        "term_months": 24,
        "is_open_ended": False,
        "terminated_on": None,
        "termination_reason": "",
    }


def add_agreements(
    chance: random.Random,
    number: int,
    units: list[Side],
    partners: list[Side],
    people: list[int],
) -> tuple[list[Paper], list[Table]]:
    """So many agreements, mostly with partners of the unit's own province."""
    writer = Papers(chance, people)
    near: dict[int | None, list[Side]] = {}
    for side in partners:
        near.setdefault(side.province, []).append(side)
    found: list[Paper] = []
    waiting: list[Paper] = []
    for place in range(number):
        if waiting and writer.per_cent(RENEWED):
            old = waiting.pop()
            paper = writer.write(old.unit, [old.partner], old)
        else:
            unit = units[place % len(units)]
            choice = near.get(unit.province) or partners
            count = MOST_SIDES if writer.per_cent(1) else chance.choice((1, 1, 1, 2))
            sides = chance.sample(choice, min(count, len(choice)))
            paper = writer.write(unit, sides, None)
            if paper.is_current and paper.ends_on and paper.ends_on < writer.today:
                waiting.append(paper)
        found.append(paper)
    return found, [writer.agreements, writer.parties, writer.areas]
