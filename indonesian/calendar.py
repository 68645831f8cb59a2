"""Months and weekdays: their spellings, how we write dates, arithmetic in whole months."""

from calendar import isleap
from datetime import MAXYEAR, MINYEAR, date, timedelta

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")

# The English ones come from spreadsheets set to English ("14-May-25", "5-Dec-24").
_MONTH_SPELLINGS = (
    "januari jan january",
    "februari pebruari febuari feb peb february",
    "maret mar mrt march",
    "april apr",
    "mei may",
    "juni jun june",
    "juli jul july",
    "agustus agust agus agu agt ags agst august aug",
    "september sept sep",
    "oktober okt october oct",
    "november nopember nov nop",
    "desember des december dec",
)
_WEEKDAY_SPELLINGS = (
    "senin sen",
    "selasa sel",
    "rabu rab",
    "kamis kam",
    "jumat jum",
    "sabtu sab",
    "minggu ahad min mgg",
)
MONTH_OF = {word: i for i, line in enumerate(_MONTH_SPELLINGS, 1) for word in line.split()}
WEEKDAY_OF = {word: i for i, line in enumerate(_WEEKDAY_SPELLINGS) for word in line.split()}
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
ROMAN_MONTH_OF = {word: i for i, word in enumerate(_ROMAN, 1)}


def month_name(month: int) -> str:
    """1 is Januari."""
    if not 1 <= month <= 12:
        raise ValueError(f"no month {month}")
    return MONTHS[month - 1]


def weekday_name(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def days_in_month(month: int, year: int | None = None) -> int:
    """Without a year February has 29 days: the longest it can be."""
    if month == 2:
        return 29 if year is None or isleap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def format_date(day: date) -> str:
    """1 Juli 2025."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_day(day: date) -> str:
    """Selasa, 1 Juli 2025."""
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def format_short(day: date) -> str:
    """01/07/2025."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def format_range(start: date, end: date | None) -> str:
    """1–3 Juli 2025; 30 Juni – 2 Juli 2025; one date when it begins and ends on one day."""
    if end is None or end == start:
        return format_date(start)
    if start.year != end.year:
        return f"{format_date(start)} – {format_date(end)}"
    if start.month != end.month:
        return f"{start.day} {MONTHS[start.month - 1]} – {format_date(end)}"
    return f"{start.day}–{format_date(end)}"


def add_months(day: date, months: int) -> date:
    """The same day of another month; where that month is too short, the 1st of the next one.

    Raises ValueError where the calendar of Python ends (years 1 to 9999).
    """
    year, month_index = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"{months} months from {day} lie outside the calendar")
    month = month_index + 1
    if day.day > days_in_month(month, year):
        # Never December, so the year stays.
        return date(year, month + 1, 1)
    return date(year, month, day.day)


def term_end(start: date, months: int) -> date:
    """Last day of a term of so many months: two years from 14-12-2023 end on 13-12-2025."""
    return add_months(start, months) - timedelta(days=1)
