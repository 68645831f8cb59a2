"""Perlu perhatian: what of the own units waits for somebody, each kind with a way to all of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from indonesian.calendar import format_date
from indonesian.numbers import format_number
from institutions.models import User
from partnerships.filters.agreements import COUNTED, INCOMPLETE
from partnerships.filters.deliveries import FOR_ME
from partnerships.models import (
    ENDING_SOON_DAYS,
    Agreement,
    Delivery,
    Evidence,
    FollowUp,
    Status,
)
from partnerships.models.agreement_queries import AgreementQuerySet
from partnerships.survey import SHOWN, Survey

# Promises have no list of their own yet, so more of them stand on the page.
SHOWN_PROMISES = 5
UNIT = ("unit__code", "unit__short_name")
ACCOUNT = tuple(f"recorded_by__{name}" for name in ("username", "first_name", "last_name"))
PAPER_SHOWN = (
    *("kind", "title", "signed_on", "ends_on", "is_open_ended", "stage", "term_months"),
    *UNIT,
)
DELIVERY_SHOWN = (
    *("kind", "output", "date", "agreement__kind", "agreement__title", "partner__name"),
    *(*UNIT, *ACCOUNT),
)
PROMISE_SHOWN = (
    *("text", "due", "owner_unit__code", "owner_unit__short_name"),
    *("agreement__kind", "agreement__title", "event__title"),
    *("attendance__name_as_written", "attendance__event__title", "attendance__partner__name"),
)
# Nobody works off more than these; a whole country of them takes long to count.
COUNTED_UP_TO = 1000
GAPS = {
    "title": "pokok perjanjian",
    "parties": "pihak kedua",
    "signed_on": "tanggal tanda tangan",
    "ends_on": "tanggal berakhir",
    "areas": "bidang",
}


@dataclass
class Matter:
    """One thing that waits: what it is, why, and where something can be done about it."""

    title: str
    url: str
    note: str
    detail: str = ""
    action: str = ""
    action_url: str = ""


@dataclass
class Heap:
    """Matters of one kind: the first few, how many there are, and the list of all of them."""

    heading: str
    icon: str
    count: int
    all_url: str
    matters: list[Matter]

    @property
    def left_out(self) -> int:
        """How many do not stand on the page."""
        return self.count - len(self.matters)

    @property
    def number(self) -> str:
        """How many there are."""
        return self.in_words(0)

    @property
    def rest(self) -> str:
        """How many there are besides those on the page."""
        return self.in_words(len(self.matters))

    def in_words(self, shown: int) -> str:
        if self.count > COUNTED_UP_TO:
            return f"lebih dari {format_number(COUNTED_UP_TO - shown)}"
        return format_number(self.count - shown)


def agreements_url(user: User, **filters: str) -> str:
    """The list that shows exactly the agreements home counted."""
    if user.unit is not None:
        filters["unit"] = user.unit.code
    return f"{reverse('agreement_list')}?{urlencode({**filters, 'kind': COUNTED})}"


def heaps_of(user: User, found: Survey, today: date) -> list[Heap]:
    """What waits, the most pressing first; heaps without anything are left out."""
    heaps = [promises(user, today), *papers(user, found, today), unchecked(user)]
    return [heap for heap in heaps if heap.matters]


def papers(user: User, found: Survey, today: date) -> list[Heap]:
    """Agreements that end soon, that have not moved, that lack something."""
    tally = found.tally
    rows = agreements_with_names().select_related("unit").prefetch_related("area_links")
    rows = rows.only(*PAPER_SHOWN)
    by_key = rows.in_bulk(found.keys)
    ending, idle, lacking = (
        [by_key[key] for key in keys if key in by_key]
        for keys in (found.ending, found.idle, found.lacking)
    )
    return [
        Heap(
            f"Berakhir dalam {ENDING_SOON_DAYS} hari",
            "status-ending_soon",
            tally["ending_soon"],
            agreements_url(user, status=Status.ENDING_SOON, sort="berakhir"),
            [ending_matter(agreement, user, today) for agreement in ending],
        ),
        Heap(
            "Belum berjalan sejak ditandatangani",
            "evidence-not_moving",
            tally["not_moving"],
            agreements_url(user, status="aktif", evidence=Evidence.NOT_MOVING, sort="tanda-tangan"),
            [idle_matter(agreement, user) for agreement in idle],
        ),
        Heap(
            "Catatan belum lengkap",
            "status-drafting",
            tally["incomplete"],
            agreements_url(user, status="aktif", completeness=INCOMPLETE),
            [lacking_matter(agreement, user) for agreement in lacking],
        ),
    ]


def agreements_with_names() -> AgreementQuerySet:
    return Agreement.objects.prefetch_related(with_names())


def with_names() -> Prefetch:
    """The parties of agreements with their names, in one query."""
    return Prefetch("parties", Agreement.objects.parties_with_names())


def about(agreement: Agreement, user: User) -> dict[str, str]:
    """A paper as staff speak of it: PKS dengan Dinas Kesehatan Kabupaten Grobogan."""
    others = [str(party) for party in agreement.parties.all() if party.unit_id != agreement.unit_id]
    title = f"{agreement.kind} dengan {', '.join(others)}" if others else str(agreement)
    keeper = "" if agreement.unit_id == user.unit_id else str(agreement.unit)
    detail = " · ".join(filter(None, [agreement.title if others else "", keeper]))
    return {"title": title, "url": agreement.get_absolute_url(), "detail": detail}


def ending_matter(agreement: Agreement, user: User, today: date) -> Matter:
    days = (agreement.ends_on - today).days if agreement.ends_on else 0
    left = f"{format_number(days)} hari lagi" if days else "hari ini"
    ends = format_date(agreement.ends_on) if agreement.ends_on else ""
    return Matter(**about(agreement, user), note=f"berakhir {ends}, {left}")


def idle_matter(agreement: Agreement, user: User) -> Matter:
    signed = agreement.signed_on
    since = f"sejak {format_date(signed)}" if signed else "sejak ditandatangani"
    matter = Matter(**about(agreement, user), note=f"belum ada realisasi {since}")
    if user.has_perm("partnerships.add_delivery"):
        matter.action = "Catat realisasi"
        matter.action_url = f"{reverse('delivery_create')}?perjanjian={agreement.pk}"
    return matter


def lacking_matter(agreement: Any, user: User) -> Matter:
    gaps = ", ".join(GAPS[gap] for gap in agreement.missing())
    matter = Matter(**about(agreement, user), note=f"belum ada {gaps}")
    if user.works_for(agreement.unit_id) and user.has_perm("partnerships.change_agreement"):
        matter.action = "Lengkapi"
        matter.action_url = reverse("agreement_edit", args=[agreement.pk])
    return matter


def unchecked(user: User) -> Heap:
    """Deliveries of the own units that this user may confirm."""
    links = ("agreement", "partner", "unit", "recorded_by")
    rows = Delivery.objects.checkable_by(user).select_related(*links).only(*DELIVERY_SHOWN)
    if not user.has_perm("partnerships.verify_delivery"):
        rows = rows.none()
    first, number = first_and_number(rows.order_by("date", "pk"), SHOWN)
    matters = []
    for delivery in first:
        keeper = None if delivery.unit_id == user.unit_id else delivery.unit
        parts = (delivery.agreement, delivery.partner, keeper)
        matters.append(
            Matter(
                str(delivery),
                delivery.get_absolute_url(),
                f"{format_date(delivery.date)}, dicatat {delivery.recorded_by or 'sistem'}",
                detail=" · ".join(str(part) for part in parts if part is not None),
                action="Periksa",
                action_url=f"{delivery.get_absolute_url()}#pemeriksaan",
            )
        )
    all_url = f"{reverse('delivery_list')}?checked={FOR_ME}"
    return Heap("Realisasi menunggu pemeriksaan Anda", "checked", number, all_url, matters)


def promises(user: User, today: date) -> Heap:
    """Follow-ups of the own units that are due and still open."""
    links = ("agreement", "event", "attendance__event", "attendance__partner", "owner_unit")
    rows = FollowUp.objects.visible_to(user).due_by(today).select_related(*links)
    rows = rows.only(*PROMISE_SHOWN)
    first, number = first_and_number(rows.order_by("due", "pk"), SHOWN_PROMISES)
    matters = []
    for promise in first:
        attended = promise.attendance
        source: Any = promise.agreement or promise.event or (attended and attended.event)
        late = (today - promise.due).days if promise.due else 0
        keeper = "" if promise.owner_unit_id == user.unit_id else promise.owner_unit
        matters.append(
            Matter(
                promise.text,
                source.get_absolute_url(),
                f"terlambat {format_number(late)} hari" if late else "jatuh tempo hari ini",
                detail=" · ".join(str(part) for part in (source, attended, keeper) if part),
            )
        )
    return Heap("Tindak lanjut jatuh tempo", "calendar", number, "", matters)


def first_and_number(rows: QuerySet[Any], shown: int) -> tuple[list[Any], int]:
    """The first rows and how many there are in all, counted no further than one too many."""
    first = list(rows[:shown])
    if len(first) < shown:
        return first, len(first)
    return first, rows.order_by().values("pk")[: COUNTED_UP_TO + 1].count()
