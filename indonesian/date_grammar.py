"""The grammar of a written date: which days, months and years a text names, unchecked.

The whole text must be a date: "UU Nomor 22 Tahun 2022" has words that no date has, and a date
inside a sentence is not looked for. Whether the day exists is for `indonesian.dates` to judge.
"""

import re
from dataclasses import dataclass, replace

from indonesian.calendar import MONTH_OF, MONTHS, ROMAN_MONTH_OF, WEEKDAY_OF
from indonesian.date_text import (
    ABOUT_WORDS,
    DAY_PARTS,
    LEADS,
    TIME_WORDS,
    YEAR_WORDS,
    ZONES,
    NotADate,
    clean,
    is_number,
    is_year,
    split_words,
    whole_year,
    why_unread,
)

_MARKS = ("/", "-", ".")


@dataclass(frozen=True)
class Written:
    """One date as its text names it; `mark` stands between day and month, the day first."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    mark: str = ""


@dataclass(frozen=True)
class Phrase:
    first: Written
    last: Written | None = None
    first_weekday: int | None = None
    last_weekday: int | None = None
    # "1 dan 2 Juli 2025": two days, a range only when they follow each other.
    both: bool = False


def read_phrase(text: str, *, this_year: int) -> Phrase:
    """Raises NotADate."""
    text = clean(text, this_year)
    if iso := re.fullmatch(r"--([0-9]{2})-([0-9]{2})", text):
        return Phrase(Written(day=int(iso[2]), month=int(iso[1])))
    phrase = _Reader(split_words(text), this_year).phrase()
    if phrase is None:
        raise NotADate(why_unread(text))
    return phrase


class _Reader:
    """Walks the words once from the left; a step that does not fit leaves them untouched."""

    def __init__(self, words: list[str], this_year: int) -> None:
        self.words = words
        self.this_year = this_year
        self.at = 0

    def peek(self, ahead: int = 0) -> str:
        at = self.at + ahead
        return self.words[at] if at < len(self.words) else ""

    def take(self, *choices: str) -> str:
        word = self.peek()
        if word and word in choices:
            self.at += 1
            return word
        return ""

    def phrase(self) -> Phrase | None:
        """None when the words are no date to their very end."""
        self.take("(")
        self.leads()
        weekdays = self.weekdays()
        self.take("(")
        first = self.date()
        if first is None:
            return None
        self.take(")")
        start = self.at
        joint = self.connector()
        last, last_weekday = self.last(weekdays) if joint else (None, None)
        if last is None:
            self.at = start
            weekdays += self.tail(first, wants_weekday=not weekdays)
            if len(weekdays) > 1:
                return None
        elif joint == "-" == last.mark and first.month is None:
            return None  # "1-3-07-2025" can be cut in two ways
        else:
            self.tail(first, wants_weekday=False)
        if self.at < len(self.words):
            return None
        first_weekday = weekdays[0] if weekdays else None
        return Phrase(first, last, first_weekday, last_weekday, both=joint == "dan")

    def last(self, weekdays: list[int]) -> tuple[Written | None, int | None]:
        """The end of a range, and its weekday: said here, or before with that of the start."""
        self.leads()
        said = self.weekdays()
        self.take("(")
        last = self.date()
        if last is None or last.month is None or len(said) + len(weekdays) > 2:
            return None, None
        later = said or weekdays[1:]
        return last, later[0] if later else None

    def leads(self) -> None:
        """pada hari ini, tanggal; Hari/Tgl :"""
        while self.take(*LEADS):
            self.take(":", "/", ",", ".", "dan", "&")
            self.take(":")

    def weekdays(self) -> list[int]:
        """One, or the first and last of a range; with the mark that parts them from the date."""
        found: list[int] = []
        while self.peek() in WEEKDAY_OF and len(found) < 2:
            found.append(WEEKDAY_OF[self.peek()])
            self.at += 1
            self.take(".")
            self.day_parts()
            start = self.at
            if not (self.connector() and self.peek() in WEEKDAY_OF):
                self.at = start
        if found:
            self.take(",", "/", "-", ":")
            self.leads()
        return found

    def day_parts(self) -> bool:
        start = self.at
        while self.take(*DAY_PARTS):
            pass
        return self.at > start

    def connector(self) -> str:
        """What joins the two ends of a range: "-", "dan" or "s.d."; "" where nothing does."""
        start = self.at
        word = self.take("-", "dan", "&", "sd", "s", "sampai", "hingga")
        if word in ("-", ""):
            return word
        if word in ("dan", "&"):
            return "dan"
        if word == "s":
            self.take(".", "/")
            if not self.take("d"):
                self.at = start
                return ""
        if word == "sampai":
            self.take("dengan", "dgn")
        else:
            self.take(".")
        return "s.d."

    def date(self) -> Written | None:
        start = self.at
        about = self.take(*ABOUT_WORDS)
        if is_number(self.peek()):
            found = self.day_first()
        elif is_year(self.peek()) or self.peek() in YEAR_WORDS:
            found = self.year_first()
        else:
            found = self.month_first()
        if found is None or (about and found.day is not None):
            self.at = start
            return None
        return found

    def day_first(self) -> Written | None:
        day, mark, second, third, fourth = (self.peek(ahead) for ahead in range(5))
        month = int(second) if is_number(second) else ROMAN_MONTH_OF.get(second)
        short = len(fourth) == 2 and is_number(fourth) and is_number(second)
        if mark in _MARKS and third == mark and month is not None and (short or is_year(fourth)):
            self.at += 5
            return Written(int(day), month, self.year(fourth), mark)
        if is_year(second) and (is_number(mark) or mark in ROMAN_MONTH_OF):
            self.at += 3
            return Written(int(day), ROMAN_MONTH_OF.get(mark) or int(mark), int(second), " ")
        if mark == "/" and is_number(second):
            self.at += 3
            return Written(int(day), int(second), mark=mark)
        if mark in ("/", "-") and is_year(second):
            self.at += 3
            return Written(month=int(day), year=int(second))
        self.at += 1
        return self.named_month(int(day)) or Written(int(day))

    def named_month(self, day: int | None) -> Written | None:
        """The month in words and the year behind it, if there is one."""
        start = self.at
        mark = self.take(*_MARKS) if day is not None else ""
        said = self.take("bulan")
        month = MONTH_OF.get(self.peek())
        if said and is_number(self.peek()) and 1 <= int(self.peek()) <= 12:
            month = int(self.peek())
        if month is None:
            self.at = start
            return None
        self.at += 1
        self.take(".")
        start = self.at
        second_mark = self.take(*_MARKS, ",")
        if said := self.take(*YEAR_WORDS):
            self.take(".")
        word, after, beyond = self.peek(), self.peek(1), self.peek(2)
        # "1 Juli - 13 Agustus 2025": 13 is the next day, not a year.
        next_day = after in MONTH_OF or (after in _MARKS and beyond in MONTH_OF)
        short = day is not None and not said and second_mark in ("", mark) and not next_day
        if is_year(word) or (is_number(word) and len(word) == 2 and short):
            self.at += 1
            self.take("m", "masehi")
            return Written(day, month, self.year(word), mark or " ")
        self.at = start
        return Written(day, month, mark=mark or " ")

    def month_first(self) -> Written | None:
        found = self.named_month(None)
        if found is None or found.month is None or found.year is not None:
            return found
        start = self.at
        self.take(*_MARKS, ",")
        if not is_number(self.peek()):
            self.at = start
            return found
        day, name = int(self.peek()), MONTHS[found.month - 1]
        self.at += 1
        self.take(",")
        if is_year(self.peek()):
            raise NotADate(f"Tulis hari dulu, lalu bulan: {day} {name} {self.peek()}.")
        raise NotADate(
            f"Tulis hari dulu, lalu bulan: {day} {name}. Tulis tahun dengan empat angka."
        )

    def year_first(self) -> Written | None:
        if self.take(*YEAR_WORDS):
            self.take(".")
        year, mark, second, third, fourth = (self.peek(ahead) for ahead in range(5))
        if not is_year(year):
            return None
        if mark in _MARKS and third == mark and is_number(second) and is_number(fourth):
            self.at += 5
            return Written(int(fourth), int(second), int(year))
        if mark == "-" and is_number(second) and len(second) == 2:
            self.at += 3
            return Written(month=int(second), year=int(year))
        self.at += 1
        return Written(year=int(year))

    def tail(self, first: Written, *, wants_weekday: bool) -> list[int]:
        """What may follow a date: weekday, part of the day, the date once more, the time."""
        weekdays: list[int] = []
        while True:
            self.take(")")
            start = self.at
            self.take(",", "|")
            opened = self.take("(")
            if self.day_parts():
                continue
            if wants_weekday and self.peek() in WEEKDAY_OF:
                weekdays.append(WEEKDAY_OF[self.peek()])
                self.at += 1
                continue
            if opened and first.year is not None and (again := self.date()):
                if replace(again, mark="") != replace(first, mark=""):
                    raise NotADate("Ada dua tanggal yang berbeda. Tulis satu saja.")
                continue
            self.at = start
            if not self.time(year_known=first.year is not None):
                return weekdays

    def time(self, *, year_known: bool) -> bool:
        """pukul 09.00 WIB s.d. selesai; hours alone only behind a year, so never a date's part."""
        start = self.at
        self.take(",", "|", "-")
        named = self.take(*TIME_WORDS)
        self.take(".", ":")
        if not (named or year_known) or not self.clock(needs_minutes=not named):
            self.at = start
            return False
        start = self.at
        if not self.connector() or not (
            self.take("selesai") or self.clock(needs_minutes=not named)
        ):
            self.at = start
        return True

    def clock(self, *, needs_minutes: bool) -> bool:
        hour, mark, minute = self.peek(), self.peek(1), self.peek(2)
        if not is_number(hour) or int(hour) > 24:
            return False
        if mark in (".", ":") and is_number(minute) and len(minute) == 2 and int(minute) < 60:
            self.at += 3
            if self.peek() == ":" and is_number(self.peek(1)) and int(self.peek(1)) < 60:
                self.at += 2
        elif needs_minutes:
            return False
        else:
            self.at += 1
        self.take(*ZONES)
        return True

    def year(self, word: str) -> int:
        return int(word) if len(word) == 4 else whole_year(int(word), self.this_year)
