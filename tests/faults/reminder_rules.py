"""What is owed to whom on one day, said again from the rules alone.

Written without looking at `partnerships/reminders.py` and without a database: plain objects and
loops over everything there is, so that the two have nothing in common but the rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

ENDING, IDLE, PROMISE = "BERAKHIR", "BELUM_JALAN", "JANJI"

# (person, kind, paper or promise, deadline): what a lead time is told about.
About = tuple[int, str, int, date]


@dataclass
class Place:
    """A unit: a UPT under its Kanwil, or a post under a UPT."""

    key: int
    kanwil: int
    upt: int


@dataclass
class Somebody:
    key: int
    place: Place
    is_manager: bool
    joined: date
    leads: set[int] = field(default_factory=lambda: {90, 30, 7})
    wants_idle: bool = True
    wants_promises: bool = True
    is_open: bool = True

    def keeps_watch_over(self, place: Place) -> bool:
        if self.place.key in {place.key, place.upt}:
            return True
        return self.is_manager and self.place.key == place.kanwil


@dataclass
class Paper:
    key: int
    place: Place
    recorded: date
    signed: date | None
    ends: date | None
    starts: date | None = None
    terminated: date | None = None
    is_archived: bool = False
    successor: "Paper | None" = None
    deliveries: int = 0

    def has_begun(self, today: date) -> bool:
        if self.signed is None or self.is_archived:
            return False
        return self.signed <= today and (self.starts is None or self.starts <= today)

    def waits_for_an_answer(self, today: date) -> bool:
        renewal = self.successor
        is_renewed = renewal is not None and renewal.signed and not renewal.is_archived
        return self.has_begun(today) and not is_renewed and self.terminated is None

    def is_in_force(self, today: date) -> bool:
        if not self.has_begun(today) or (self.terminated and self.terminated <= today):
            return False
        if self.successor is not None and self.successor.has_begun(today):
            return False
        return self.ends is None or self.ends >= today


@dataclass
class Word:
    """A promise of a unit."""

    key: int
    place: Place
    due: date
    is_done: bool = False


@dataclass
class Known:
    """Everything there is."""

    people: list[Somebody] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)

    def true_today(self, today: date) -> set[tuple[str, int, date]]:
        """What a notice may say without being wrong."""
        true = {(PROMISE, word.key, word.due) for word in self.words if not word.is_done}
        for paper in self.papers:
            if paper.waits_for_an_answer(today) and paper.ends:
                true.add((ENDING, paper.key, paper.ends))
            if paper.is_in_force(today) and not paper.deliveries and paper.signed:
                idle_since = paper.signed + timedelta(days=90)
                if idle_since <= today:
                    true.add((IDLE, paper.key, idle_since))
        return true

    def owed(self, today: date) -> dict[About, int]:
        """The tightest lead time of everything that somebody has to have been told by today."""
        found: dict[About, int] = {}
        for somebody in self.people:
            if somebody.is_open:
                found |= {(somebody.key, *about): lead for about, lead in self.of(somebody, today)}
        return found

    def of(self, somebody: Somebody, today: date) -> Iterator[tuple[tuple[str, int, date], int]]:
        true = self.true_today(today)
        for paper in self.papers:
            if not somebody.keeps_watch_over(paper.place):
                continue
            if paper.ends and (ENDING, paper.key, paper.ends) in true:
                left = (paper.ends - today).days
                was_there = paper.ends >= paper.recorded and paper.ends >= somebody.joined
                reached = {lead for lead in somebody.leads if left <= lead}
                if reached and (left >= 0 or was_there):
                    yield (ENDING, paper.key, paper.ends), min(reached)
            if paper.signed and somebody.wants_idle:
                about = (IDLE, paper.key, paper.signed + timedelta(days=90))
                if about in true:
                    yield about, 0
        for word in self.words:
            is_due = not word.is_done and word.due <= today
            if is_due and somebody.wants_promises and somebody.keeps_watch_over(word.place):
                yield (PROMISE, word.key, word.due), 0
