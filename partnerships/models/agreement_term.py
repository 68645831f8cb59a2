"""How long an agreement runs, in the words people use for it."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from indonesian.calendar import format_date, term_end
from indonesian.numbers import format_number

if TYPE_CHECKING:
    from partnerships.models.agreements import Agreement

LONGEST_TERM_MONTHS = 1200


def duration_words(months: int) -> str:
    """24 is "2 tahun", 18 is "1 tahun 6 bulan"."""
    years, rest = divmod(months, 12)
    words = [f"{years} tahun"] if years else []
    return " ".join([*words, f"{rest} bulan"] if rest else words)


def whole_months(start: date, end: date) -> int | None:
    """The term in months that ends on exactly that day; None where it is not a whole number."""
    months = (end.year - start.year) * 12 + end.month - start.month
    for candidate in (months, months + 1):
        if 1 <= candidate <= LONGEST_TERM_MONTHS and term_end(start, candidate) == end:
            return candidate
    return None


def term_words(row: "Agreement") -> str:
    """14 Desember 2023 s.d. 13 Desember 2025 (2 tahun); blank while nothing is known."""
    start, end = row.start, row.ends_on
    since = format_date(start) if start else ""
    if row.is_open_ended:
        return f"sejak {since}, tanpa batas waktu" if since else "tanpa batas waktu"
    months = row.term_months
    if start and end:
        months = whole_months(start, end)
    lasting = duration_words(months) if months else ""
    if end is None:
        known = [f"mulai {since}" if since else "", lasting]
        return ", ".join(filter(None, known))
    until = f"{since} s.d. {format_date(end)}" if since else f"s.d. {format_date(end)}"
    return f"{until} ({lasting})" if lasting else until


@dataclass(frozen=True)
class Elapsed:
    """How far a term has run: whole per cent, and the same in words."""

    percent: int
    words: str


def elapsed(row: "Agreement", today: date) -> Elapsed | None:
    """None where the term has no two ends, has not begun, or the paper was not signed."""
    start, end = row.start, row.ends_on
    if start is None or end is None or row.signed_on is None or today < start:
        return None
    percent = min(100 * ((today - start).days + 1) // ((end - start).days + 1), 100)
    left = (end - today).days
    if left < 0:
        words = f"masa berlaku habis {format_date(end)}"
    else:
        words = f"sisa {format_number(left)} hari, sampai {format_date(end)}"
    return Elapsed(percent, words)


def end_words(row: "Agreement") -> str:
    """How the term ends, as a sentence about the paper goes on."""
    if row.is_open_ended:
        return "berlaku tanpa batas waktu"
    return f"berakhir pada {format_date(row.ends_on)}" if row.ends_on else "belum bertanggal akhir"


def same_term(row: "Agreement") -> dict[str, Any]:
    """Columns of a paper that lasts as long as this one; the amended length does not count."""
    months, end = row.term_months, row.original_ends_on or row.ends_on
    if months is None and row.start and end:
        months = whole_months(row.start, end)
    return {"is_open_ended": row.is_open_ended, "term_months": months}
