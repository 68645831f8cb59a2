"""What the page of a partner shows, found by few questions however much hangs on it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from institutions.models import User
from institutions.questions import Question
from partnerships.models import (
    ACTIVE_STATUSES,
    COUNTED_KINDS,
    Agreement,
    Delivery,
    Event,
    Evidence,
    Partner,
)
from partnerships.models.agreement_queries import FACTS

# Of each kind on the page; the lists show the rest.
SHOWN = 10
PAPERS, EVENTS, DELIVERIES, UNDER_PAPERS = range(4)
NAMES, SECTORS, CHILDREN = range(3)
PAPER_COLUMNS = (*FACTS, "kind", "title", "unit__code", "unit__short_name")
EVENT_COLUMNS = (
    *("title", "starts_on", "ends_on", "date_precision", "date_text", "year", "month"),
    *("unit__code", "unit__short_name"),
)
DELIVERY_COLUMNS = (
    *("kind", "output", "date", "unit__code", "unit__short_name"),
    *Delivery.COUNT_FIELDS,
)


@dataclass(frozen=True)
class Involvement:
    """The keys of everything a partner takes part in, and the units that keep it."""

    papers: list[int]
    events: list[int]
    deliveries: list[int]
    units: set[int]

    def archivable_by(self, user: User) -> bool:
        """As `PartnerQuerySet.archivable_by` tells it for the partner."""
        may_anyway = user.has_perm("partnerships.change_partner_identity")
        return may_anyway or self.units <= {user.unit_id}


def involvement_of(partner: Partner) -> Involvement:
    """One question; archived records are in it."""
    keys: defaultdict[int, set[int]] = defaultdict(set)
    units = set()
    for place, key, unit in INVOLVING.ask(partner.pk):
        keys[place].add(key)
        if place != UNDER_PAPERS:
            units.add(unit)
    deliveries = keys[DELIVERIES] | keys[UNDER_PAPERS]
    return Involvement(sorted(keys[PAPERS]), sorted(keys[EVENTS]), sorted(deliveries), units)


def involving(key: int) -> QuerySet[Any]:
    """(kind, key, unit) of what a partner takes part in."""
    partner = Partner(pk=key)
    under_papers = Delivery.objects.filter(agreement__parties__partner=key)
    papers, *others = (
        rows.order_by().values_list(Value(place, IntegerField()), column, unit)
        for place, rows, column, unit in (
            (PAPERS, partner.parties, "agreement", "agreement__unit"),
            (EVENTS, partner.attendances, "event", "event__unit"),
            (DELIVERIES, partner.deliveries, "pk", "unit"),
            (UNDER_PAPERS, under_papers, "pk", "unit"),
        )
    )
    return papers.union(*others, all=True)


INVOLVING = Question(involving)


def records_of(found: Involvement, user: User) -> dict[str, Any]:
    """The latest papers, events and deliveries that the user sees, and how the papers stand."""
    papers = Agreement.objects.listed_to(user).current().among(found.papers).with_state()
    newest = F("signed_on").desc(nulls_first=True)
    agreements = list(papers.only(*PAPER_COLUMNS).order_by(newest, "-pk"))
    events = Event.objects.among(found.events).visible_to(user).current().newest_first()
    deliveries = Delivery.objects.among(found.deliveries).visible_to(user).current()
    return standing(agreements) | {
        "agreements": agreements[: SHOWN + 1],
        "events": shown(events, EVENT_COLUMNS),
        "deliveries": shown(deliveries.order_by("-date", "-pk"), DELIVERY_COLUMNS),
        "shown": SHOWN,
    }


def shown(rows: QuerySet[Any], columns: Iterable[str]) -> list[Any]:
    """One row more than the page shows, so that it knows of more."""
    return list(rows.select_related("unit").only(*columns)[: SHOWN + 1])


def standing(agreements: list[Agreement]) -> dict[str, int]:
    """How many counted papers are in force today, and how many of those move."""
    counted = [row for row in agreements if row.kind in COUNTED_KINDS]
    active = [row for row in counted if row.status in ACTIVE_STATUSES]
    moving = [row for row in active if row.evidence == Evidence.MOVING]
    return {"active": len(active), "moving": len(moving)}


def labels_of(partner: Partner) -> dict[str, Any]:
    """Other names, sectors and parts of the partner, by one question."""
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for place, _, _, key, label in sorted(LABELLING.ask(partner.pk)):
        found[place].append((key, label))
    return {
        "names": [name for _, name in found[NAMES]],
        "sectors": [sector for _, sector in found[SECTORS]],
        "children": [Partner(pk=key, name=name) for key, name in found[CHILDREN]],
    }


def labelling(key: int) -> QuerySet[Any]:
    """(kind, number and text to sort by, key, label) of what a partner is called and made of."""
    partner, no_number = Partner(pk=key), Value(0, IntegerField())
    first, *others = (
        rows.order_by().values_list(
            Value(place, IntegerField()), number, text(order), "pk", text(label)
        )
        for place, rows, number, order, label in (
            (NAMES, partner.names, no_number, Concat("kind", "name_key"), "name"),
            (SECTORS, partner.sector_links, F("sector__order"), "sector__code", "sector__label"),
            (CHILDREN, partner.children.current(), no_number, "name_key", "name"),
        )
    )
    return first.union(*others, all=True)


def text(column: str | Concat) -> Cast:
    return Cast(column, TextField())


LABELLING = Question(labelling)
