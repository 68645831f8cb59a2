"""Which unit records and which does not: the latest entry of each, and what its papers lack."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone

from indonesian.numbers import format_number
from institutions.models import Unit, User
from partnerships.filters.agreements import COUNTED, INCOMPLETE, WITHOUT_SCAN
from partnerships.models import Agreement, Delivery, Event

# Without an entry for so long, a unit counts as one that does not record.
SILENT_DAYS = 90
# What papers may lack, as the list filters it.
LACKING = ({"completeness": INCOMPLETE}, {"naskah": WITHOUT_SCAN})


class Lacking(NamedTuple):
    """How many papers in force lack something, and where they are listed."""

    number: int
    url: str


@dataclass(frozen=True)
class Entry:
    """How one unit records."""

    unit: Unit
    last_on: date | None
    days: int
    incomplete: Lacking
    without_scan: Lacking

    @property
    def is_silent(self) -> bool:
        return self.last_on is None or self.days > SILENT_DAYS


@dataclass(frozen=True)
class Recording:
    """Units that recorded nothing first, then those whose latest entry is oldest."""

    entries: list[Entry]

    @property
    def finding(self) -> str:
        units = format_number(len(self.entries))
        never = sum(entry.last_on is None for entry in self.entries)
        silent = sum(entry.is_silent for entry in self.entries)
        if not silent:
            return f"Semua {units} unit mengisi dalam {SILENT_DAYS} hari terakhir."
        return (
            f"{format_number(silent)} dari {units} unit tidak mengisi dalam {SILENT_DAYS} hari"
            f" terakhir; {format_number(never)} di antaranya belum pernah mengisi."
        )


def recording_of(user: User, scope: Unit, today: date) -> Recording:
    """Of the units in operation within the scope, by what they keep themselves."""
    units = Unit.objects.active().within(scope.pk).only("code", "short_name", "name_key")
    last = latest_entries(user)
    lacking = lacking_papers(user, today)
    entries = [
        entry_of(unit, last.get(unit.pk), lacking.get(unit.pk, (0, 0)), today)
        for unit in units.order_by("name_key", "code")
    ]
    entries.sort(key=lambda entry: entry.last_on or date.min)
    return Recording(entries)


def latest_entries(user: User) -> dict[int, datetime]:
    """When an agreement, an event or a delivery of each unit was recorded last."""
    found: dict[int, datetime] = {}
    for model in (Agreement, Event, Delivery):
        rows: Any = model.objects.editable_by(user).current().order_by()
        for unit, last in rows.values_list("unit_id").annotate(last=Max("recorded_at")):
            found[unit] = max(last, found.get(unit, last))
    return found


def lacking_papers(user: User, today: date) -> dict[int, tuple[int, int]]:
    """Of each unit: papers in force that are incomplete, and those without their scan."""
    papers: Any = Agreement.objects.editable_by(user).current().counted().in_force(today)
    rows = papers.with_completeness().with_scans().order_by().values_list("unit_id")
    counted = rows.annotate(
        incomplete=Count("pk", filter=Q(is_complete=False)),
        without_scan=Count("pk", filter=Q(has_scan=False)),
    )
    return {unit: (incomplete, without) for unit, incomplete, without in counted}


def entry_of(unit: Unit, last: datetime | None, lacking: tuple[int, int], today: date) -> Entry:
    last_on = timezone.localtime(last).date() if last else None
    days = (today - last_on).days if last_on else 0
    incomplete, without_scan = (
        Lacking(number, papers_url(unit, **filters))
        for number, filters in zip(lacking, LACKING, strict=True)
    )
    return Entry(unit, last_on, days, incomplete, without_scan)


def papers_url(unit: Unit, **filters: str) -> str:
    """The list that shows exactly the papers counted."""
    query = {"status": "aktif", "kind": COUNTED, **filters, "pencatat": unit.code}
    return f"{reverse('agreement_list')}?{urlencode(query)}"
