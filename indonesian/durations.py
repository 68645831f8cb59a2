"""How long something runs, as agreements and lists of them write it: 2 (dua) tahun, 18 bulan."""

import re
import unicodedata
from dataclasses import dataclass

from indonesian.numbers import read_count

LONGEST_TEXT = 200
MOST_MONTHS = 1200
MONTHS_OF = {"tahun": 12, "thn": 12, "th": 12, "bulan": 1, "bln": 1}
# A count, perhaps said twice, and its unit. "22 Tahun 2022" is the number of a law.
_PART = re.compile(
    r"(?<![\w.,/-])(?P<count>[0-9]{1,4}(?:[.,]5)?|[a-z]+(?: [a-z]+){0,3}?)"
    r"\s*(?:\((?P<again>[^()]{1,60})\)\s*)?"
    r"(?<![a-z])(?P<unit>tahun|thn|th|bulan|bln)\b\.?(?!\s*[0-9]{4})"
)


@dataclass(frozen=True)
class Duration:
    """Whole months, and what the text says besides."""

    months: int
    rest: str


def find_duration(text: str) -> Duration | None:
    """The length a text names; None where it names none, or one that is no whole month."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).casefold()
    months, rest = 0, folded
    for found in _PART.finditer(folded):
        part = _months(found["count"], found["again"], MONTHS_OF[found["unit"]])
        if part is None:
            return None
        months += part
        rest = rest.replace(found[0], " ", 1)
    if not 1 <= months <= MOST_MONTHS:
        return None
    return Duration(months, " ".join(rest.split()))


def _months(count: str, again: str | None, each: int) -> int | None:
    if count[-2:] in (".5", ",5"):
        return int(count[:-2]) * each + each // 2 if each == 12 and again is None else None
    value = read_count(count)
    if value is None or (again is not None and read_count(again) != value):
        return None
    return value * each
