"""Days and terms as cells hold them; what is read in an unexpected way is said."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from indonesian.calendar import format_date, term_end
from indonesian.dates import Precision, ReadDate, read_date
from indonesian.durations import find_duration

# What Excel counts days from, and the numbers that are days of 1955 to 2064.
EXCEL_START = date(1899, 12, 30)
SERIAL = re.compile(r"[2-5][0-9]{4}")
SHORT_YEAR = re.compile(r"\b[0-9]{1,2}[-/. ][0-9a-zA-Z]{1,9}[-/. ]'?[0-9]{2}\b")
NOTHING = frozenset(
    {"-", "--", "–", "—", "n/a", "tidak ada", "tidak disebut", "belum ada", "kosong"}
)
ENDLESS = re.compile(
    r"tanpa batas(?: waktu)?|tidak (?:ada |di)?batas(?:i)?(?: waktu)?|tidak terbatas(?: waktu)?"
    r"|tak terbatas|selamanya|(?:dan )?seterusnya",
    re.IGNORECASE,
)
UNTIL = re.compile(
    r"(?:berlaku )?(?:s\.?\s?/?d\.?|sampai dengan|sampai|hingga|berakhir(?: pada)?)\s+",
    re.IGNORECASE,
)
SINCE = re.compile(r"(?:berlaku )?(?:sejak|mulai|tmt|dari)\b[ :]*", re.IGNORECASE)
LITTLE_WORDS = re.compile(r"^(?:berlaku selama|selama|terhitung)\b|\bterhitung$", re.IGNORECASE)
# "5 tahun sejak ditandatangani": counted from the signing, as every term is.
FROM_SIGNING = re.compile(
    r"(?:terhitung )?(?:sejak|mulai|dari|setelah)(?: tanggal)?(?: (?:perjanjian|pks|naskah) ini)?"
    r" (?:ditandatangani|tandatangan|penandatanganan|tanda tangan)(?:nya)?",
    re.IGNORECASE,
)
YEARS = re.compile(r"(?:19|20)[0-9]{2}(?:\s*(?:-|–|s\.?d\.?|sampai|/)\s*(?:19|20)[0-9]{2})?")


class Unreadable(Exception):
    """Carries the sentence that says why."""


@dataclass
class Read:
    """A day, or the text of one of which only part is known; and what looked odd."""

    day: date | None = None
    text: str = ""
    notes: tuple[str, ...] = ()


@dataclass
class Term:
    starts: date | None = None
    ends: date | None = None
    months: int | None = None
    is_open_ended: bool = False
    notes: tuple[str, ...] = ()

    @property
    def says_nothing(self) -> bool:
        return not (self.starts or self.ends or self.months or self.is_open_ended)


def says_nothing(text: str) -> bool:
    return not text or text.casefold() in NOTHING


def read_day(text: str, *, today: date) -> Read:
    """Raises Unreadable for what is no date; a partial date keeps its text."""
    if says_nothing(text):
        return Read()
    if SERIAL.fullmatch(text):
        day = EXCEL_START + timedelta(days=int(text))
        return Read(day, notes=(f"Angka {text} dibaca sebagai {format_date(day)}.",))
    read = read_date(text, today=today)
    if read.precision is None:
        raise Unreadable(read.problem)
    if read.end is not None:
        raise Unreadable("Tulis satu tanggal saja, bukan rentang.")
    if read.inferred and read.start:
        raise Unreadable(f"Tulis juga tahunnya. Apakah maksudnya {format_date(read.start)}?")
    if read.precision == Precision.DAY_MONTH:
        raise Unreadable("Tulis juga tahunnya.")
    if read.start is None:
        return Read(text=text, notes=(f"Dari tanggal hanya diketahui “{text}”.",))
    return Read(read.start, notes=notes_on(text, read))


def notes_on(text: str, read: ReadDate) -> tuple[str, ...]:
    """Years of two digits, and weekdays that do not fit."""
    notes = [read.warning] if read.warning else []
    if SHORT_YEAR.fullmatch(text.strip()) and read.start and not re.search(r"[0-9]{4}", text):
        notes.append(f"“{text}” dibaca sebagai {format_date(read.start)}.")
    return tuple(notes)


def read_term(text: str, *, today: date) -> Term:
    """2 tahun; 14-12-2023 s.d. 13-12-2025; s.d. 13 Desember 2025; sejak …, tanpa batas waktu."""
    if says_nothing(text):
        return Term()
    if endless := ENDLESS.search(text):
        rest = bare(text[: endless.start()] + text[endless.end() :])
        starts = read_day(SINCE.sub("", rest), today=today).day if rest else None
        return Term(starts=starts, is_open_ended=True)
    if YEARS.fullmatch(text):
        raise Unreadable(f"“{text}” hanya menyebut tahun. Tulis tanggal mulai dan berakhirnya.")
    length = find_duration(text)
    rest = bare(length.rest if length else text)
    says_more = rest and not (length and FROM_SIGNING.fullmatch(rest))
    term = read_span(rest, today=today) if says_more else Term()
    term.months = length.months if length else None
    if term.says_nothing:
        raise Unreadable(f"“{text[:60]}” tidak dapat dibaca. Tulis misalnya 2 tahun.")
    return term


def bare(text: str) -> str:
    """Without the marks and little words that stood around what was taken out."""
    text = re.sub(r"\(\s*\)", " ", text).strip(" ,;:()")
    return LITTLE_WORDS.sub("", text).strip(" ,;:()")


def read_span(text: str, *, today: date) -> Term:
    if until := UNTIL.match(text):
        return Term(ends=whole_day(text[until.end() :], today))
    since = SINCE.match(text)
    text = text[since.end() :] if since else text
    read = read_date(text, today=today)
    if read.end is not None:
        return Term(starts=read.start, ends=read.end, notes=notes_on(text, read))
    day = whole_day(text, today)
    if since:
        return Term(starts=day)
    return Term(ends=day, notes=(f"“{text}” dibaca sebagai tanggal berakhir.",))


def whole_day(text: str, today: date) -> date:
    read = read_day(text, today=today)
    if read.day is None:
        raise Unreadable(f"“{text[:60]}” belum lengkap. Tulis tanggal, bulan, dan tahun.")
    return read.day


def settled(term: Term, start: date | None) -> dict[str, object]:
    """The columns that follow, as a form settles them: a stated end wins over the length."""
    computed = term_end(start, term.months) if start and term.months else None
    is_typed = term.ends is not None and term.ends != computed
    return {
        "is_open_ended": term.is_open_ended,
        "term_months": None if is_typed else term.months,
        "end_is_typed": is_typed,
        "ends_on": term.ends or computed,
    }
