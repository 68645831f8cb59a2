"""The rows home shows beside the papers that wait: one question finds them, one a table reads them.

Home looks at seven heaps of five tables; asking for each of them by itself took longer than the
rows.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import IntegerField, Prefetch, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from institutions.models import User
from institutions.questions import Reader, ReaderQuestion
from partnerships.models import Agreement, Delivery, Event, FollowUp, Stage
from partnerships.survey import SHOWN

AGENDA_DAYS = 7
# Promises have no list of their own yet, so more of them stand on the page.
SHOWN_PROMISES = 5
LATEST = COMING = 5
# Nobody works off more than these; a whole country of them takes long to count.
COUNTED_UP_TO = 1000
UNIT = ("unit__code", "unit__short_name")
PERSON = ("username", "first_name", "last_name")
NEWEST = ("recorded_at", *(f"recorded_by__{name}" for name in PERSON))
PAPERS_SHOWN = (
    Agreement.objects.select_related("unit", "recorded_by")
    .prefetch_related(Prefetch("parties", Agreement.objects.parties_with_names()), "area_links")
    .only(
        *("kind", "title", "signed_on", "ends_on", "is_open_ended", "stage", "term_months"),
        *("updated_at", *UNIT, *NEWEST),
    )
)
EVENTS_SHOWN = Event.objects.select_related("unit__province", "recorded_by").only(
    *("title", "starts_on", "time", "unit__province__timezone", *UNIT, *NEWEST)
)
DELIVERIES_SHOWN = Delivery.objects.select_related(
    *("agreement", "partner", "unit", "recorded_by")
).only(
    *("kind", "output", "date", "agreement__kind", "agreement__title", "partner__name"),
    *(*UNIT, *NEWEST),
)
PROMISES_SHOWN = FollowUp.objects.select_related(
    *("agreement", "event", "attendance__event", "attendance__partner", "owner_unit")
).only(
    *("text", "due", "done_on", "owner_unit__code", "owner_unit__short_name"),
    *("agreement__kind", "agreement__title", "event__title"),
    *("attendance__name_as_written", "attendance__event__title", "attendance__partner__name"),
)
PAPERS, EVENTS, DELIVERIES, DRAFTS, AGENDA, UNCHECKED, PROMISES = range(7)
NEWEST_OF: dict[int, Any] = {PAPERS: Agreement, EVENTS: Event, DELIVERIES: Delivery}


@dataclass(frozen=True)
class Counted:
    """The first rows of a heap, and how many there are: no further than one too many."""

    rows: list[Any]
    number: int


@dataclass(frozen=True)
class HomeRows:
    """`papers` holds those asked for by key, with the names of their parties."""

    papers: dict[int, Agreement]
    drafts: list[Agreement]
    agenda: list[Event]
    latest: list[Any]
    unchecked: Counted
    promises: Counted


def home_rows(user: User, paper_keys: Iterable[int], today: date) -> HomeRows:
    found: defaultdict[int, list[int]] = defaultdict(list)
    checks = user.has_perm("partnerships.verify_delivery")
    for heap, *_, key in sorted(FOUND.ask(user.reader, today, checks)):
        found[heap].append(key)
    coming, waiting, due = (
        found[heap][:shown]
        for heap, shown in ((AGENDA, COMING), (UNCHECKED, SHOWN), (PROMISES, SHOWN_PROMISES))
    )
    papers = read(PAPERS_SHOWN, [*paper_keys, *found[PAPERS], *found[DRAFTS]])
    events = read(EVENTS_SHOWN, [*found[EVENTS], *coming])
    deliveries = read(DELIVERIES_SHOWN, [*found[DELIVERIES], *waiting])
    promises = read(PROMISES_SHOWN, due)
    newest = [
        *of_keys(papers, found[PAPERS]),
        *of_keys(events, found[EVENTS]),
        *of_keys(deliveries, found[DELIVERIES]),
    ]
    drafts = of_keys(papers, found[DRAFTS])
    return HomeRows(
        papers=papers,
        drafts=sorted(drafts, key=attrgetter("updated_at", "pk"), reverse=True),
        agenda=of_keys(events, coming),
        latest=sorted(newest, key=attrgetter("recorded_at"), reverse=True)[:LATEST],
        unchecked=Counted(of_keys(deliveries, waiting), len(found[UNCHECKED])),
        promises=Counted(of_keys(promises, due), len(found[PROMISES])),
    )


def read(rows: QuerySet[Any], keys: list[int]) -> dict[int, Any]:
    return rows.in_bulk(keys) if keys else {}


def of_keys(rows: dict[int, Any], keys: list[int]) -> list[Any]:
    """The rows in the order of the keys; one that went since they were found is left out."""
    return [rows[key] for key in keys if key in rows]


def finding(reader: Reader, today: date, checks: bool) -> QuerySet[Any]:
    """(heap, two texts that sort it, key) of everything home shows, papers that wait aside."""
    newest = (
        part(heap, model.objects.editable_by(reader).current().order_by("-pk")[:LATEST])
        for heap, model in NEWEST_OF.items()
    )
    drafts = Agreement.objects.editable_by(reader).current().exclude(stage=Stage.SIGNED)
    mine = drafts.filter(recorded_by=reader.pk).order_by("-updated_at", "-pk")
    due = FollowUp.objects.visible_to(reader).due_by(today).order_by("due", "pk")
    heaps = [
        *newest,
        part(DRAFTS, mine[:LATEST]),
        part(AGENDA, agenda_of(reader, today), "starts_on", "time"),
        part(PROMISES, due[: COUNTED_UP_TO + 1], "due"),
    ]
    if checks:
        waiting = Delivery.objects.checkable_by(reader).order_by("date", "pk")
        heaps.append(part(UNCHECKED, waiting[: COUNTED_UP_TO + 1], "date"))
    return heaps[0].union(*heaps[1:], all=True)


def agenda_of(reader: Reader, today: date) -> QuerySet[Event]:
    """Events of the coming days that a unit of the own subtree keeps or takes part in."""
    rows = Event.objects.visible_to(reader).current()
    return rows.between(today, today + timedelta(days=AGENDA_DAYS)).order_by()


def part(heap: int, rows: QuerySet[Any], *sort: str) -> QuerySet[Any]:
    if rows.query.is_sliced:
        # SQLite takes no LIMIT in a part of a union.
        rows = rows.model._base_manager.filter(pk__in=rows.values("pk"))
    # What has no time of the day comes first.
    texts: Any = [Coalesce(Cast(name, TextField()), Value("", TextField())) for name in sort]
    nothing = [Value("", TextField())] * (2 - len(sort))
    return rows.order_by().values_list(Value(heap, IntegerField()), *texts, *nothing, "pk")


FOUND = ReaderQuestion(finding)
