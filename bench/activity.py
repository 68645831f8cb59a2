"""Events with their attendances, and what was delivered."""

import random
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from bench.bulk import Table, found_by
from bench.papers import YEARS, Paper
from bench.sides import Side
from partnerships.models import (
    DELIVERY_KINDS,
    ActivityKind,
    Attendance,
    Delivery,
    Event,
    EventArea,
    EventPart,
    EventUnit,
    Presence,
    ProgrammeArea,
    UnitRole,
)

TITLES = ("Rapat koordinasi", "Kunjungan kerja", "Sosialisasi", "Penandatanganan", "Pelatihan")
AHEAD_DAYS = 30


class Activity:
    def __init__(
        self, chance: random.Random, units: list[Side], papers: list[Paper], people: list[int]
    ) -> None:
        self.chance, self.units, self.people = chance, units, people
        self.today = timezone.localdate()
        self.papers = [paper for paper in papers if paper.signed_on and paper.is_current]
        self.events, self.parts, self.roles = Table(Event), Table(EventPart), Table(EventUnit)
        self.areas, self.attendances = Table(EventArea), Table(Attendance)
        self.deliveries = Table(Delivery)
        self.labels = dict(ProgrammeArea.objects.values_list("pk", "label"))
        self.titles: dict[int, tuple[str, Paper, date]] = {}
        self.event_keys: list[int] = []

    @property
    def tables(self) -> list[Table]:
        parts = [self.parts, self.roles, self.areas, self.attendances]
        return [self.events, *parts, self.deliveries]

    def event(self) -> None:
        paper = self.chance.choice(self.papers)
        age = int(YEARS * 365 * self.chance.random() ** 1.6) - AHEAD_DAYS
        row = Event(starts_on=self.today - timedelta(days=age))
        row.fill_derived()
        title = f"{self.chance.choice(TITLES)}: {paper.title}"[:300]
        place = f"Aula {paper.unit.label}"[:200]
        texts = [title, place, *paper.unit.texts, *paper.partner.texts]
        key = self.events.add(
            unit_id=paper.unit.pk,
            title=title,
            place=place,
            recorded_by_id=self.chance.choice(self.people),
            search_text=found_by(*texts, *self.attend(paper)),
            **{name: getattr(row, name) for name in DATE_COLUMNS},
        )
        self.parts.add(event_id=key, kind=self.chance.choice(ActivityKind.values))
        self.roles.add(event_id=key, unit_id=paper.unit.pk, role=UnitRole.HOST)
        if self.chance.random() < 0.2:
            other = self.chance.choice(self.units)
            if other.pk != paper.unit.pk:
                self.roles.add(event_id=key, unit_id=other.pk)
        self.areas.add(event_id=key, area_id=paper.area)
        if row.starts_on and row.starts_on <= self.today:
            self.titles[key] = (title, paper, row.starts_on)

    def attend(self, paper: Paper) -> list[str]:
        """The partner of the paper and some who are known by a written name only."""
        key = self.events.next_key
        self.attendances.add(event_id=key, partner_id=paper.partner.pk)
        written = [f"Perwakilan Contoh {n}" for n in range(self.chance.choice((0, 0, 1, 2)))]
        for name in written:
            self.attendances.add(event_id=key, name_as_written=name, presence=Presence.INVITED)
        return written

    def delivery(self, number: int) -> None:
        """Two of five come from an event, the others stand alone."""
        event = None
        if number % 5 < 2 and self.titles:
            event = self.chance.choice(self.event_keys)
            title, paper, day = self.titles[event]
        else:
            paper = self.chance.choice(self.papers)
            title, day = "", self.today - timedelta(days=int(1500 * self.chance.random() ** 1.5))
        output = f"{self.chance.randint(1, 400)} peserta, {paper.title}"[:300]
        texts = [output, *paper.unit.texts, title, self.labels[paper.area], *paper.partner.texts]
        recorder, checker = self.chance.sample(self.people, 2)
        checked: dict[str, Any] = {}
        if self.chance.random() < 0.6:
            checked = {"verified_by_id": checker, "verified_on": day}
        self.deliveries.add(
            unit_id=paper.unit.pk,
            agreement_id=paper.pk,
            partner_id=paper.partner.pk,
            event_id=event,
            area_id=paper.area,
            kind=self.chance.choice(DELIVERY_KINDS),
            date=day,
            inmates_male=self.chance.randint(0, 300),
            inmates_female=self.chance.randint(0, 60),
            output=output,
            recorded_by_id=recorder,
            search_text=found_by(*texts, *paper.texts),
            **checked,
        )


DATE_COLUMNS = ("starts_on", "date_precision", "year", "month", "date_key")


def add_activity(
    chance: random.Random,
    events: int,
    deliveries: int,
    units: list[Side],
    partners: list[Side],
    papers: list[Paper],
    people: list[int],
) -> list[Table]:
    activity = Activity(chance, units, papers, people)
    for _ in range(events):
        activity.event()
    activity.event_keys = list(activity.titles)
    for number in range(deliveries):
        activity.delivery(number)
    return activity.tables
