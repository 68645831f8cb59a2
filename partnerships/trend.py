"""How many agreements were in force at the end of each month, and how many of those moved."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from indonesian.calendar import add_months
from institutions.models import User
from partnerships.models import Agreement, Delivery
from partnerships.models.evidence import recent_since
from partnerships.survey import agreements_of

MONTHS = 12
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Point:
    """The end of one month."""

    day: date
    active: int
    moving: int


def month_ends(today: date) -> list[date]:
    """The last days of the twelve months that were over last, in order."""
    first = today.replace(day=1)
    return [add_months(first, 1 - number) - ONE_DAY for number in range(MONTHS, 0, -1)]


def trend_of(user: User, today: date) -> list[Point]:
    """Three questions, whatever they find; in Python, because each day anew would be 24.

    A paper is in force from one day to another (`terms`), which says for one paper what
    `agreement_status` says for one day; a test holds the two together.
    """
    days = month_ends(today)
    moving = moving_masks(user, days)
    found: Counter[tuple[int, int]] = Counter()
    for paper, begins, ends in terms(user):
        active = mask(bisect_left(days, begins), bisect_right(days, ends))
        found[active, active & moving.get(paper, 0)] += 1
    return [
        Point(
            day,
            sum(number for (active, _), number in found.items() if active >> place & 1),
            sum(number for (_, moves), number in found.items() if moves >> place & 1),
        )
        for place, day in enumerate(days)
    ]


def terms(user: User) -> Iterable[tuple[int, date, date]]:
    """The first and the last day in force of each paper; the last lies before the first if none."""
    signed = Agreement.objects.current().signed()
    rows: Any = agreements_of(user).signed().order_by()
    successors = signed.filter(replaces__gt=0).order_by()
    if not user.sees_everything:
        successors = successors.filter(replaces__in=rows.values("pk"))
    renewed = {
        paper: start_of(starts_on, signed_on)
        for paper, starts_on, signed_on in successors.values_list(
            "replaces_id", "starts_on", "signed_on"
        )
    }
    columns = ("pk", "starts_on", "signed_on", "ends_on", "is_open_ended", "terminated_on")
    for paper, starts_on, signed_on, ends_on, is_open_ended, terminated_on in rows.values_list(
        *columns
    ):
        last = date.max if is_open_ended or ends_on is None else ends_on
        for over in (terminated_on, renewed.get(paper)):
            if over is not None:
                last = min(last, over - ONE_DAY)
        yield paper, start_of(starts_on, signed_on), last


def start_of(*days: date | None) -> date:
    """From when a signed paper is in force; since ever where neither day is known."""
    # A day before it has to exist too.
    return max((day for day in days if day), default=date.min + ONE_DAY)


def moving_masks(user: User, days: list[date]) -> dict[int, int]:
    """For each paper with deliveries, a bit for each of the days on which it moved."""
    recent = [recent_since(day) for day in days]
    rows = Delivery.objects.current().filter(date__range=(recent[0], days[-1]))
    rows = rows.filter(agreement__isnull=False)
    if not user.sees_everything:
        rows = rows.filter(agreement__in=agreements_of(user).order_by().values("pk"))
    found: dict[int, int] = {}
    for paper, day in rows.order_by().values_list("agreement_id", "date"):
        moves = mask(bisect_left(days, day), bisect_right(recent, day))
        found[paper] = found.get(paper, 0) | moves
    return found


def mask(first: int, end: int) -> int:
    """Bits from `first` up to but not including `end`; none where that is nothing."""
    return (1 << end) - (1 << first) if end > first else 0
