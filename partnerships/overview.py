"""What home shows beside what needs attention: counts, endings per month, agenda, the latest."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from indonesian.calendar import add_months, format_date, month_name
from indonesian.numbers import format_number, format_percent
from institutions.models import Unit, User
from partnerships.attention import about, agreements_url
from partnerships.home_rows import COUNTED_UP_TO
from partnerships.models import (
    ENDING_SOON_DAYS,
    Agreement,
    Delivery,
    Event,
    Evidence,
    Notice,
    Partner,
    ProgrammeArea,
    Status,
)
from partnerships.survey import MONTHS, Survey, end_of


@dataclass(frozen=True)
class MonthEnd:
    """How many agreements end in one month, and how long its bar is."""

    label: str
    count: int
    url: str
    share: int


def greeting(now: datetime) -> str:
    if now.hour < 11:
        return "Selamat pagi"
    if now.hour < 15:
        return "Selamat siang"
    return "Selamat sore" if now.hour < 19 else "Selamat malam"


def counts_of(user: User, tally: dict[str, int]) -> list[dict[str, Any]]:
    """The figures at the top; each links to the list with exactly that many rows."""
    active, moving = tally["active"], tally["moving"]
    share = f"{format_percent(moving / active)} ada realisasi dalam 6 bulan" if active else ""
    return [
        {
            "value": format_number(active),
            "label": "perjanjian aktif",
            "url": agreements_url(user, status="aktif"),
        },
        {
            "value": format_number(moving),
            "label": f"berjalan, dari {format_number(active)} yang aktif",
            "note": share,
            "url": agreements_url(user, status="aktif", evidence=Evidence.MOVING),
            "hero": True,
        },
        {
            "value": format_number(tally["ending_soon"]),
            "label": "segera berakhir",
            "note": f"dalam {ENDING_SOON_DAYS} hari",
            "url": agreements_url(user, status=Status.ENDING_SOON, sort="berakhir"),
        },
        {
            "value": format_number(tally["expired"]),
            "label": "kedaluwarsa",
            "note": "belum diperpanjang",
            "url": agreements_url(user, status=Status.EXPIRED, sort="-berakhir"),
        },
    ]


def unread_notices(user: User) -> str:
    """How many reminders were not read, counted no further than one too many; blank for none."""
    rows = Notice.objects.shown_to(user).unread().order_by().values("pk")
    number = rows[: COUNTED_UP_TO + 1].count()
    if number > COUNTED_UP_TO:
        return f"lebih dari {format_number(COUNTED_UP_TO)}"
    return format_number(number) if number else ""


def endings_per_month(user: User, found: Survey, today: date) -> list[MonthEnd]:
    """Twelve months from this one on; the running month counts from today."""
    first = today.replace(day=1)
    months = [add_months(first, number) for number in range(MONTHS)]
    most = max(found.endings.values(), default=0)
    return [month_end(user, month, today, found.endings, most) for month in months]


def month_end(
    user: User, month: date, today: date, found: dict[tuple[int, int], int], most: int
) -> MonthEnd:
    count = found.get((month.year, month.month), 0)
    period = {
        "ends_from": format_date(max(month, today)),
        "ends_to": format_date(end_of(month)),
    }
    return MonthEnd(
        label=f"{month_name(month.month)} {month.year}",
        count=count,
        url=agreements_url(user, status="aktif", **period),
        share=round(100 * count / most) if most else 0,
    )


def finding(months: list[MonthEnd]) -> str:
    """What the bars say, in one sentence."""
    busiest = max(months, key=lambda month: month.count)
    if not busiest.count:
        return f"Tidak ada perjanjian aktif yang berakhir dalam {MONTHS} bulan ke depan."
    return f"Paling banyak pada {busiest.label}: {format_number(busiest.count)} perjanjian."


def drafts_of(user: User, drafts: list[Agreement]) -> list[dict[str, str]]:
    """Papers this person began and that are not signed yet, the latest touched first."""
    return [about(draft, user) | {"note": draft.get_stage_display()} for draft in drafts]


def latest_of(rows: list[Any]) -> list[dict[str, Any]]:
    """What the own units recorded last, of any kind."""
    return [{"noun": row._meta.verbose_name, "row": row} for row in rows]


def what_is_missing(user: User) -> str:
    """What an empty register lacks first: "acuan", "catatan", or nothing."""
    if not Unit.objects.exists() or not ProgrammeArea.objects.exists():
        return "acuan"
    recorded = (model.objects.exists() for model in (Agreement, Event, Delivery, Partner))
    return "" if any(recorded) else "catatan"
