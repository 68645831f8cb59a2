"""Which dates and deliveries bring an agreement into a given status and evidence state."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import Any

from indonesian.calendar import add_months
from partnerships.demo.world import World
from partnerships.models import Evidence, Stage, Status

NEW, NOT_MOVING = Evidence.NEW, Evidence.NOT_MOVING
MOVING, STALLED = Evidence.MOVING, Evidence.STALLED


@dataclass
class Paper:
    """The columns of an agreement and the days on which something was delivered under it."""

    status: Status
    evidence: Evidence | None
    columns: dict[str, Any]
    deliveries: list[date] = field(default_factory=list)
    terminated_on: date | None = None
    successor: dict[str, Any] | None = None


Maker = Callable[[World, Evidence], Paper]

# Every state once, before the more usual ones follow by weight.
SIGNED = (
    Status.ACTIVE,
    Status.ENDING_SOON,
    Status.EXPIRED,
    Status.OPEN_ENDED,
    Status.NO_END,
    Status.TERMINATED,
    Status.RENEWED,
)
CASES: tuple[tuple[Status, Evidence | None], ...] = (
    *product(SIGNED, (MOVING, NOT_MOVING, STALLED, NEW)),
    *product((Status.NOT_YET, Status.ARCHIVED), (NEW, NOT_MOVING)),
    *product((Status.PROSPECT, Status.DRAFTING, Status.AWAITING), (None,)),
)
USUAL: tuple[tuple[Status, Evidence | None, int], ...] = (
    (Status.ACTIVE, MOVING, 9),
    (Status.ACTIVE, NOT_MOVING, 6),
    (Status.ACTIVE, STALLED, 4),
    (Status.ACTIVE, NEW, 3),
    (Status.ENDING_SOON, MOVING, 2),
    (Status.ENDING_SOON, NOT_MOVING, 2),
    (Status.EXPIRED, STALLED, 3),
    (Status.EXPIRED, NOT_MOVING, 2),
    (Status.OPEN_ENDED, MOVING, 1),
    (Status.NO_END, NOT_MOVING, 1),
    (Status.RENEWED, STALLED, 1),
    (Status.TERMINATED, STALLED, 1),
    (Status.PROSPECT, None, 2),
    (Status.DRAFTING, None, 2),
    (Status.AWAITING, None, 1),
)


def make_paper(world: World, status: Status, evidence: Evidence | None) -> Paper:
    if evidence is None:
        return unsigned(world, status)
    return MAKERS[status](world, evidence)


def unsigned(world: World, status: Status) -> Paper:
    stages = {
        Status.PROSPECT: Stage.PROSPECT,
        Status.DRAFTING: Stage.DRAFTING,
        Status.AWAITING: Stage.AWAITING,
    }
    columns: dict[str, Any] = {"stage": stages[status]}
    if status == Status.AWAITING:
        columns |= {"starts_on": world.today + timedelta(days=30), "term_months": 24}
    return Paper(status, None, columns)


def running(world: World, evidence: Evidence, *, status: Status = Status.ACTIVE) -> Paper:
    signed_on = signing_day(world, evidence)
    enough = [n for n in (24, 36, 60) if add_months(signed_on, n) > ahead(world, 100)]
    columns = {"signed_on": signed_on, "term_months": enough[0]}
    return Paper(status, evidence, columns, delivery_days(world, evidence, signed_on))


def open_ended(world: World, evidence: Evidence) -> Paper:
    paper = running(world, evidence, status=Status.OPEN_ENDED)
    paper.columns = {"signed_on": paper.columns["signed_on"], "is_open_ended": True}
    return paper


def no_end(world: World, evidence: Evidence) -> Paper:
    """The end is not known; some papers do not even tell the day of signing."""
    paper = running(world, evidence, status=Status.NO_END)
    paper.columns = {"signed_on": paper.columns["signed_on"]}
    if evidence == NOT_MOVING:
        paper.columns = {"stage": Stage.SIGNED, "signed_text": "awal 2024"}
    return paper


def ending_soon(world: World, evidence: Evidence) -> Paper:
    return ending(world, evidence, Status.ENDING_SOON, ahead(world, world.dice.randint(5, 80)))


def expired(world: World, evidence: Evidence) -> Paper:
    return ending(world, evidence, Status.EXPIRED, world.days_ago(10, 60))


def ending(world: World, evidence: Evidence, status: Status, end: date) -> Paper:
    if evidence == NEW:
        signed_on = world.days_ago(70, 85)
        columns = {"signed_on": signed_on, "ends_on": end, "end_is_typed": True}
        return Paper(status, evidence, columns)
    months = 12 if evidence == MOVING else 24
    signed_on = add_months(end + timedelta(days=1), -months)
    columns = {"signed_on": signed_on, "term_months": months}
    return Paper(status, evidence, columns, delivery_days(world, evidence, signed_on, end))


def terminated(world: World, evidence: Evidence) -> Paper:
    paper = running(world, evidence, status=Status.TERMINATED)
    since = max([paper.columns["signed_on"], *paper.deliveries])
    paper.terminated_on = since + (world.today - since) / 2
    return paper


def renewed(world: World, evidence: Evidence) -> Paper:
    paper = ending(world, evidence, Status.RENEWED, world.days_ago(10, 40))
    if evidence == NEW:
        start = paper.columns["ends_on"] + timedelta(days=1)
    else:
        months = paper.columns["term_months"]
        start = add_months(paper.columns["signed_on"], months)
    signed_on = start - timedelta(days=world.dice.randint(0, 5))
    paper.successor = {"signed_on": signed_on, "starts_on": start, "term_months": 24}
    return paper


def not_yet(world: World, evidence: Evidence) -> Paper:
    signed_on = world.days_ago(5, 30) if evidence == NEW else world.days_ago(100, 150)
    starts_on = ahead(world, world.dice.randint(10, 60))
    columns = {"signed_on": signed_on, "starts_on": starts_on, "term_months": 36}
    return Paper(Status.NOT_YET, evidence, columns)


def archived(world: World, evidence: Evidence) -> Paper:
    return running(world, evidence, status=Status.ARCHIVED)


MAKERS: dict[Status, Maker] = {
    Status.ACTIVE: running,
    Status.ENDING_SOON: ending_soon,
    Status.EXPIRED: expired,
    Status.OPEN_ENDED: open_ended,
    Status.NO_END: no_end,
    Status.TERMINATED: terminated,
    Status.RENEWED: renewed,
    Status.NOT_YET: not_yet,
    Status.ARCHIVED: archived,
}


def ahead(world: World, days: int) -> date:
    return world.today + timedelta(days=days)


def signing_day(world: World, evidence: Evidence) -> date:
    match evidence:
        case Evidence.NEW:
            return world.days_ago(5, 80)
        case Evidence.NOT_MOVING:
            return world.days_ago(120, 800)
        case Evidence.MOVING:
            return world.days_ago(200, 800)
    return world.days_ago(500, 1000)


def delivery_days(
    world: World, evidence: Evidence, signed_on: date, last: date | None = None
) -> list[date]:
    """Days that make the state: some within half a year, or some and none since then."""
    if evidence == MOVING:
        latest = min(last or world.today, world.today)
        return sorted(latest - timedelta(days=world.dice.randint(0, 90)) for _ in range(3))
    if evidence == STALLED:
        return sorted(
            signed_on + timedelta(days=world.dice.randint(20, 200))
            for _ in range(world.dice.randint(1, 2))
        )
    return []
