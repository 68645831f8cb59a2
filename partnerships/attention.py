"""Perlu perhatian: what of the own units waits for somebody, each kind with a way to all of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from indonesian.calendar import format_date
from indonesian.numbers import format_number
from institutions.models import User
from partnerships.filters.agreements import COUNTED, INCOMPLETE
from partnerships.filters.deliveries import FOR_ME
from partnerships.home_rows import COUNTED_UP_TO, Counted, HomeRows, of_keys
from partnerships.models import (
    ENDING_SOON_DAYS,
    Agreement,
    Evidence,
    FollowUp,
    Status,
)
from partnerships.survey import Survey

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


def heaps_of(user: User, found: Survey, rows: HomeRows, today: date) -> list[Heap]:
    """What waits, the most pressing first; heaps without anything are left out."""
    waiting = papers(user, found, rows.papers, today)
    heaps = [promises(user, rows.promises, today), *waiting, unchecked(user, rows.unchecked)]
    return [heap for heap in heaps if heap.matters]


def papers(user: User, found: Survey, rows: dict[int, Agreement], today: date) -> list[Heap]:
    """Agreements that end soon, that have not moved, that lack something."""
    tally = found.tally
    ending, idle, lacking = (
        of_keys(rows, keys) for keys in (found.ending, found.idle, found.lacking)
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


def about(agreement: Agreement, user: User) -> dict[str, str]:
    """A paper as staff speak of it: PKS dengan Dinas Kesehatan Kabupaten Grobogan."""
    others = [str(party) for party in agreement.parties.all() if party.unit_id != agreement.unit_id]
    title = f"{agreement.kind} dengan {', '.join(others)}" if others else str(agreement)
    keeper = "" if agreement.unit_id == user.unit_id else str(agreement.unit)
    detail = " · ".join(filter(None, [agreement.title if others else "", keeper]))
    return {"title": title, "url": agreement.get_absolute_url(), "detail": detail}


def ending_matter(agreement: Agreement, user: User, today: date) -> Matter:
    note = ending_note(agreement.ends_on, today)
    matter = Matter(**about(agreement, user), note=note)
    if user.works_for(agreement.unit_id) and user.has_perm("partnerships.change_agreement"):
        matter.action = "Perpanjang"
        matter.action_url = reverse("agreement_renew", args=[agreement.pk])
    return matter


def ending_note(ends_on: date | None, today: date) -> str:
    """Berakhir 13 Desember 2025, 21 hari lagi."""
    if ends_on is None:
        return ""
    days = (ends_on - today).days
    if days < 0:
        return f"berakhir {format_date(ends_on)}, {format_number(-days)} hari yang lalu"
    left = f"{format_number(days)} hari lagi" if days else "hari ini"
    return f"berakhir {format_date(ends_on)}, {left}"


def idle_note(agreement: Agreement) -> str:
    signed = agreement.signed_on
    since = f"sejak {format_date(signed)}" if signed else "sejak ditandatangani"
    return f"belum ada realisasi {since}"


def idle_matter(agreement: Agreement, user: User) -> Matter:
    matter = Matter(**about(agreement, user), note=idle_note(agreement))
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


def unchecked(user: User, found: Counted) -> Heap:
    """Deliveries of the own units that this user may confirm."""
    matters = []
    for delivery in found.rows:
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
    return Heap("Realisasi menunggu pemeriksaan Anda", "checked", found.number, all_url, matters)


def promises(user: User, found: Counted, today: date) -> Heap:
    """Follow-ups of the own units that are due and still open."""
    matters = [promise_matter(promise, user, today) for promise in found.rows]
    return Heap("Tindak lanjut jatuh tempo", "calendar", found.number, "", matters)


def promise_matter(promise: FollowUp, user: User, today: date) -> Matter:
    attended = promise.attendance
    source: Any = promise.agreement or promise.event or (attended and attended.event)
    late = (today - promise.due).days if promise.due else 0
    keeper = "" if promise.owner_unit_id == user.unit_id else promise.owner_unit
    return Matter(
        promise.text,
        source.get_absolute_url(),
        f"terlambat {format_number(late)} hari" if late else "jatuh tempo hari ini",
        detail=" · ".join(str(part) for part in (source, attended, keeper) if part),
    )
