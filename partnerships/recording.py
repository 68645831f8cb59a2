"""Which unit records and which does not: the latest entry of each, and what its papers lack."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone

from indonesian.numbers import format_number
from institutions.models import Unit, User
from partnerships.filters.agreements import COUNTED, INCOMPLETE
from partnerships.models import Agreement, Delivery, Event

# Without an entry for so long, a unit counts as one that does not record.
SILENT_DAYS = 90


@dataclass(frozen=True)
class Entry:
    """How one unit records."""

    unit: Unit
    last_on: date | None
    days: int
    incomplete: int
    url: str

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
    papers: Any = Agreement.objects.editable_by(user).current().counted().incomplete(today)
    lacking = dict(papers.order_by().values_list("unit_id").annotate(number=Count("pk")))
    entries = [
        entry_of(unit, last.get(unit.pk), lacking.get(unit.pk, 0), today)
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


def entry_of(unit: Unit, last: datetime | None, incomplete: int, today: date) -> Entry:
    last_on = timezone.localtime(last).date() if last else None
    filters = {"status": "aktif", "kind": COUNTED, "completeness": INCOMPLETE}
    url = f"{reverse('agreement_list')}?{urlencode(filters | {'pencatat': unit.code})}"
    days = (today - last_on).days if last_on else 0
    return Entry(unit, last_on, days, incomplete, url)
