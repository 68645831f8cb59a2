"""What home counts and what waits among the papers of a user; remembered while nothing changes."""

import time
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from heapq import nsmallest
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import IntegerField, QuerySet, Subquery, Value
from django.utils import timezone

from indonesian.calendar import add_months, days_in_month
from institutions.models import User
from institutions.questions import Question, Reader, ReaderQuestion
from partnerships.models import (
    ACTIVE_STATUSES,
    DRAFT_STATUSES,
    Agreement,
    AgreementArea,
    AgreementQuerySet,
    Delivery,
    Evidence,
    Party,
    Status,
)
from partnerships.models.agreement_codes import COUNTED_KINDS

SHOWN = 3
MONTHS = 12
# A survey that takes longer than this is shown again for a minute, with the time it was made.
QUICK_SECONDS = 0.3
FRESH_SECONDS = 60
# Not for long: a change that commits behind a later one leaves the newest entry what it was.
KEPT_SECONDS = 120


@dataclass(frozen=True)
class Survey:
    """Counts, how many papers end in each month, and the keys of the first that wait.

    Drafts, prospects and all papers are tallied of every kind, the rest of what counts count.
    """

    tally: dict[str, int]
    endings: dict[tuple[int, int], int]
    ending: list[int]
    idle: list[int]
    lacking: list[int]
    made_at: datetime
    seconds: float
    changes: tuple[Any, ...] = ()

    @property
    def keys(self) -> list[int]:
        return [*self.ending, *self.idle, *self.lacking]

    def may_stand(self, changes: tuple[Any, ...]) -> bool:
        """Whether nothing changed since, or it was made a moment ago and with some labour."""
        age = (timezone.now() - self.made_at).total_seconds()
        return self.changes == changes or (self.seconds > QUICK_SECONDS and age < FRESH_SECONDS)


class Standing(NamedTuple):
    """How one paper stands today."""

    pk: int
    kind: str
    status: str
    evidence: str
    is_complete: bool
    ends_on: date | None
    signed_on: date | None


def own_papers(user: User | Reader) -> AgreementQuerySet:
    """Papers that a unit of the own subtree keeps or is a party to."""
    rows = Agreement.objects.listed_to(user).current()
    if user.sees_everything or user.sees_nothing:
        return rows
    return rows.among(Agreement.objects.of_units(user.own_units).order_by().values("pk"))


def agreements_of(user: User | Reader) -> AgreementQuerySet:
    """What home and reports count: own papers without addenda and plans."""
    return own_papers(user).counted()


def standings(reader: Reader, today: date) -> QuerySet[Any]:
    rows: Any = own_papers(reader).with_status(today).with_evidence(today)
    return rows.with_completeness().order_by().values_list(*Standing._fields)


STANDINGS = ReaderQuestion(standings)


def survey_of(user: User, today: date) -> Survey:
    """Of the papers of the user; one that was made before stands as long as nothing changed."""
    reader = user.reader
    if reader.sees_nothing:
        return survey(reader, today)
    own = () if reader.sees_everything else reader.own_units
    # Nobody whose units are none may be taken for somebody who sees all of them.
    scope = (reader.sees_everything, *own)
    name, changes = f"survey-{today}-{hash(scope)}", latest_changes()
    kept: tuple[tuple[int, ...], Survey] | None = cache.get(name)
    if kept is not None and kept[0] == scope and kept[1].may_stand(changes):
        return kept[1]
    found = survey(reader, today, changes)
    cache.set(name, (scope, found), KEPT_SECONDS)
    return found


def latest_changes() -> tuple[Any, ...]:
    """What tells one state of the papers from another: every change leaves a row of history."""
    return tuple(sorted(LATEST_CHANGES.ask()))


def newest_entries(_: int) -> QuerySet[Any]:
    """(place, number, date) of the newest row of history of whatever counts are made of."""
    first, *others = (
        model.history.filter(pk=Subquery(model.history.order_by("-pk").values("pk")[:1]))
        .order_by()
        .values_list(Value(place, IntegerField()), "history_id", "history_date")
        for place, model in enumerate((Agreement, Party, AgreementArea, Delivery))
    )
    return first.union(*others, all=True)


LATEST_CHANGES = Question(newest_entries)


def survey(reader: Reader, today: date, changes: tuple[Any, ...] = ()) -> Survey:
    """Everything from one look at the papers: five questions would judge each five times."""
    began = time.monotonic()
    every = [Standing(*row) for row in STANDINGS.ask(reader, today)]
    papers = [paper for paper in every if paper.kind in COUNTED_KINDS]
    active = [paper for paper in papers if paper.status in ACTIVE_STATUSES]
    moving = Counter(paper.evidence for paper in active)
    soon = [paper for paper in active if paper.status == Status.ENDING_SOON]
    idle = [paper for paper in active if paper.evidence == Evidence.NOT_MOVING]
    lacking = [paper for paper in active if not paper.is_complete]
    tally = {
        "active": len(active),
        "moving": moving[Evidence.MOVING],
        "not_moving": len(idle),
        "incomplete": len(lacking),
        "ending_soon": len(soon),
        "expired": sum(paper.status == Status.EXPIRED for paper in papers),
        "drafts": sum(paper.status in DRAFT_STATUSES for paper in every),
        "prospects": sum(paper.status == Status.PROSPECT for paper in every),
        "all": len(every),
    }
    return Survey(
        tally,
        endings_by_month(active, today),
        first(soon, key=lambda paper: (paper.ends_on, paper.pk)),
        first(idle, key=lambda paper: (paper.signed_on or date.min, paper.pk)),
        first(lacking, key=lambda paper: (latest_first(paper.signed_on), -paper.pk)),
        timezone.now(),
        time.monotonic() - began,
        changes,
    )


def first(papers: list[Standing], key: Any) -> list[int]:
    return [paper.pk for paper in nsmallest(SHOWN, papers, key=key)]


def latest_first(day: date | None) -> int:
    """Sorts late days before early ones and unknown ones last."""
    return -day.toordinal() if day else 0


def endings_by_month(active: list[Standing], today: date) -> dict[tuple[int, int], int]:
    """Twelve months from this one on; the running month counts from today."""
    last = end_of(add_months(today.replace(day=1), MONTHS - 1))
    ends = (paper.ends_on for paper in active if paper.ends_on)
    return Counter((day.year, day.month) for day in ends if today <= day <= last)


def end_of(month: date) -> date:
    return month.replace(day=days_in_month(month.month, month.year))
