"""Dates as Indonesian letters and press texts write them.

A wrong date costs more than an empty field, so what can be read in two ways is refused, and
every refusal says why. Decided here and held by tests/test_indonesian_dates.py:

- The day stands before the month: 05/07/2025 is 5 July, 05/13/2025 and "Juli 1, 2025" are
  refused. Only a year of four digits may stand in front (2025-07-01, 2025/07/01).
- Two digits of a year: 20yy up to ten years ahead of today, else 19yy. Years lie between 1900
  and 2100.
- A month alone is "November 2024", "07/2025" or "2024-11"; "awal Juli 2025" is a month too.
  "20/11" is a day of a month; "20-11" and "20.11" may be a range or an hour and are refused.
- Without a year a weekday gives it: the latest year in which it fits and that is not after
  today, marked `inferred`. With a year a wrong weekday only warns.
- A range needs its year once, at the end; it may lack it when both weekdays are there.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from indonesian.calendar import (
    MONTHS,
    WEEKDAYS,
    days_in_month,
    format_date,
    weekday_name,
)
from indonesian.date_grammar import Phrase, Written, read_phrase
from indonesian.date_text import INCOMPLETE, NotADate

FIRST_YEAR, LAST_YEAR = 1900, 2100


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DAY_MONTH = "day_month"


@dataclass(frozen=True)
class ReadDate:
    """What a text says about a date.

    `start` and `end` are set for whole days only, `end` only for a range. `precision` is None
    for a text that is refused, and `problem` then says why, in Indonesian.
    """

    text: str
    start: date | None = None
    end: date | None = None
    precision: Precision | None = None
    inferred: bool = False
    warning: str = ""
    problem: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str | None:
        """Cut to what is known: 2025-07-01, 2024-11, 2024, --11-20."""
        match self.precision:
            case Precision.DAY:
                return f"{self.year:04}-{self.month:02}-{self.day:02}"
            case Precision.MONTH:
                return f"{self.year:04}-{self.month:02}"
            case Precision.YEAR:
                return f"{self.year:04}"
            case Precision.DAY_MONTH:
                return f"--{self.month:02}-{self.day:02}"
        return None

    @property
    def end_iso(self) -> str | None:
        return self.end.isoformat() if self.end else None


def read_date(text: str, *, today: date) -> ReadDate:
    """Never raises; `today` bounds inferred years and years of two digits."""
    try:
        phrase = read_phrase(text, this_year=today.year)
        if phrase.last is not None:
            return _read_range(text, phrase, phrase.last, today)
        return _read_single(text, phrase, today)
    except NotADate as refusal:
        return ReadDate(text, problem=str(refusal))


def _read_single(text: str, phrase: Phrase, today: date) -> ReadDate:
    written, weekday = phrase.first, phrase.first_weekday
    _check(written)
    year, month, day = written.year, written.month, written.day
    if day is None and year is not None and weekday is None:
        precision = Precision.YEAR if month is None else Precision.MONTH
        return ReadDate(text, precision=precision, year=year, month=month)
    if day is None or month is None:
        raise NotADate(INCOMPLETE)
    if year is not None:
        start = date(year, month, day)
        return _whole_days(text, start, None, warning=_weekday_warning(start, weekday))
    if weekday is None:
        return ReadDate(text, precision=Precision.DAY_MONTH, month=month, day=day)
    for year in range(today.year, FIRST_YEAR - 1, -1):
        if fitting := _fits(written, year, weekday, today):
            return _whole_days(text, fitting, None, inferred=True)
    raise NotADate(f"{day} {MONTHS[month - 1]} belum pernah jatuh pada hari {WEEKDAYS[weekday]}.")


def _read_range(text: str, phrase: Phrase, last: Written, today: date) -> ReadDate:
    first = phrase.first
    if last.day is None or first.day is None:
        raise NotADate("Tulis rentang dengan tanggal lengkap, misalnya 1–3 Juli 2025.")
    first = Written(
        day=first.day,
        month=first.month or last.month,
        year=first.year or last.year,
        mark=first.mark or last.mark,
    )
    _check(first)
    _check(last)
    inferred = last.year is None
    if inferred:
        start, end = _infer_range(phrase, first, last, today)
    else:
        start, end = _day(first), _day(last)
    if end < start:
        raise NotADate(f"Tanggal akhir harus setelah tanggal mulai, {format_date(start)}.")
    if phrase.both and end - start != timedelta(days=1):
        raise NotADate("Tulis satu tanggal, atau rentang seperti 1–3 Juli 2025.")
    warnings = (
        _weekday_warning(start, phrase.first_weekday),
        _weekday_warning(end, phrase.last_weekday),
    )
    warning = " ".join(filter(None, warnings))
    return _whole_days(text, start, end, inferred=inferred, warning=warning)


def _infer_range(phrase: Phrase, first: Written, last: Written, today: date) -> tuple[date, date]:
    weekday, last_weekday = phrase.first_weekday, phrase.last_weekday
    if first.year is not None or weekday is None or last_weekday is None:
        raise NotADate("Tulis juga tahunnya di belakang, misalnya 1–3 Juli 2025.")
    # "29 Desember – 2 Januari" ends in the year after.
    turn = int((last.month, last.day) < (first.month, first.day))
    for year in range(today.year, FIRST_YEAR - 1, -1):
        start = _fits(first, year, weekday, today)
        end = _fits(last, year + turn, last_weekday, date.max)
        if start and end:
            return start, end
    raise NotADate("Hari dan tanggal ini tidak pernah jatuh bersamaan. Tulis juga tahunnya.")


def _fits(written: Written, year: int, weekday: int, latest: date) -> date | None:
    try:
        day = _day(written, year)
    except ValueError:
        return None
    return day if day.weekday() == weekday and day <= latest else None


def _day(written: Written, year: int | None = None) -> date:
    return date(year or written.year or 0, written.month or 0, written.day or 0)


def _whole_days(
    text: str, start: date, end: date | None, *, inferred: bool = False, warning: str = ""
) -> ReadDate:
    return ReadDate(
        text,
        start=start,
        end=None if end == start else end,
        precision=Precision.DAY,
        inferred=inferred,
        warning=warning,
        year=start.year,
        month=start.month,
        day=start.day,
    )


def _weekday_warning(day: date, weekday: int | None) -> str:
    if weekday is None or day.weekday() == weekday:
        return ""
    return f"{format_date(day)} adalah hari {weekday_name(day)}, bukan {WEEKDAYS[weekday]}."


def _check(written: Written) -> None:
    """Raises NotADate where a number is beyond what its place allows."""
    day, month, year = written.day, written.month, written.year
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotADate(f"Tahun {year} di luar {FIRST_YEAR} sampai {LAST_YEAR}.")
    if month is not None and not 1 <= month <= 12:
        # Above 12 it can only be the day of somebody who writes the month first.
        fits_turned = day is not None and 1 <= day <= 12 and 1 <= month <= days_in_month(day, year)
        if written.mark and fits_turned:
            turned = f"{month:02}/{day:02}" + (f"/{year}" if year else "")
            raise NotADate(f"Tulis hari dulu, lalu bulan: {turned}.")
        raise NotADate(f"Bulan {month} tidak ada. Bulan hanya sampai 12.")
    if day == 0:
        raise NotADate("Tanggal 0 tidak ada. Tanggal dimulai dari 1.")
    if day is not None and month is not None and day > (longest := days_in_month(month, year)):
        name = MONTHS[month - 1]
        # Only February's length depends on the year.
        stated = f"{name} {year}" if month == 2 and year else name
        raise NotADate(f"{day} {stated} tidak ada. {stated} hanya sampai tanggal {longest}.")
