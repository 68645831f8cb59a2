"""Periods that reports are made for: quarters, half-years, years, and a year up to one day."""

from dataclasses import dataclass
from datetime import date

from indonesian.calendar import days_in_month, format_date, format_range

# By code: what stands before the year, the first and the last month.
WHOLE_MONTHS = {
    "tw1": ("TW I", 1, 3),
    "tw2": ("TW II", 4, 6),
    "tw3": ("TW III", 7, 9),
    "tw4": ("TW IV", 10, 12),
    "s1": ("Semester I", 1, 6),
    "s2": ("Semester II", 7, 12),
    "tahun": ("Tahun", 1, 12),
}
UP_TO_A_DAY = "tanggal"


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both included; `last` may lie before the end its name says."""

    code: str
    first: date
    last: date

    @property
    def label(self) -> str:
        """TW III 2025; of a year up to one day: 1 Januari – 15 Mei 2025."""
        if self.code == UP_TO_A_DAY:
            return format_range(self.first, self.last)
        return f"{WHOLE_MONTHS[self.code][0]} {self.first.year}"

    @property
    def slug(self) -> str:
        """As it stands in the name of a file: tw3-2025, per-2025-05-15."""
        if self.code == UP_TO_A_DAY:
            return f"per-{self.last.isoformat()}"
        return f"{self.code}-{self.first.year}"

    @property
    def days(self) -> str:
        return format_range(self.first, self.last)

    @property
    def as_of(self) -> str:
        """The day for which agreements are counted: 30 September 2025."""
        return format_date(self.last)

    def up_to(self, day: date) -> "Period":
        """Without what lies after that day."""
        return Period(self.code, self.first, min(self.last, day))


def period_of(code: str, year: int) -> Period:
    """A quarter, half-year or year in full."""
    _, first, last = WHOLE_MONTHS[code]
    return Period(code, date(year, first, 1), date(year, last, days_in_month(last, year)))


def year_up_to(day: date) -> Period:
    return Period(UP_TO_A_DAY, date(day.year, 1, 1), day)


def last_full_quarter(today: date) -> Period:
    """The quarter that was over last."""
    quarter = (today.month - 1) // 3
    if quarter == 0:
        return period_of("tw4", today.year - 1)
    return period_of(f"tw{quarter}", today.year)
