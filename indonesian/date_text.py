"""From typed text to the words and figures a date is made of."""

import re
import unicodedata

from indonesian.calendar import MONTH_OF, ROMAN_MONTH_OF, WEEKDAY_OF
from indonesian.numbers import NUMBER_WORDS, words_value

MAX_LENGTH = 200
INCOMPLETE = "Tanggal belum lengkap. Tulis tanggal, bulan, dan tahun."

LEADS = frozenset({"pada", "hari", "tanggal", "tgl", "tggl", "tertanggal", "ini"})
DAY_PARTS = frozenset(
    {
        "pagi",
        "siang",
        "sore",
        "petang",
        "malam",
        "subuh",
        "dini",
        "hari",
        "ini",
        "tadi",
        "kemarin",
        "lalu",
    }
)
YEAR_WORDS = frozenset({"tahun", "thn", "th"})
ABOUT_WORDS = frozenset({"awal", "pertengahan", "akhir"})
TIME_WORDS = frozenset({"pukul", "pkl", "jam", "t"})
ZONES = frozenset({"wib", "wita", "wit"})
_OTHER_WORDS = frozenset(
    {"s", "d", "sd", "sampai", "dengan", "dgn", "hingga", "dan", "bulan", "selesai", "m", "masehi"}
)
_KNOWN_WORDS = frozenset().union(
    *(MONTH_OF, WEEKDAY_OF, ROMAN_MONTH_OF, NUMBER_WORDS, LEADS, DAY_PARTS),
    *(YEAR_WORDS, ABOUT_WORDS, TIME_WORDS, ZONES, _OTHER_WORDS),
)

_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ`´ʻ′＇"), "'")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
# Soft hyphen, joiners, direction marks, byte order mark: they come along with copied text.
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
)
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|\S")
# Jum'at; between figures it stays, and is refused.
_INNER_APOSTROPHE = re.compile(r"(?<=[a-zA-Z])'(?=[a-zA-Z])")
_SHORT_YEAR = re.compile(r"(?<![0-9])'([0-9]{2})(?![0-9])")


class NotADate(Exception):
    """Carries the Indonesian sentence that says why."""


def clean(text: str, this_year: int) -> str:
    """Plain marks, '25 as 2025, nothing invisible. Raises NotADate for nothing and for too much."""
    # Whitespace first, so that a megabyte of blanks around a date costs one pass.
    text = " ".join(text.split())
    if not text:
        raise NotADate("Tanggal belum diisi.")
    if len(text) > MAX_LENGTH:
        raise NotADate("Teks ini terlalu panjang untuk satu tanggal.")
    text = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES).translate(_INVISIBLE))
    text = _SHORT_YEAR.sub(lambda found: str(whole_year(int(found[1]), this_year)), text)
    text = _INNER_APOSTROPHE.sub("", text.translate(_DASHES)).replace(" -- ", " - ")
    return text.strip(" '\"“”").rstrip(".,; ")


def split_words(text: str) -> list[str]:
    """Words in lower case, figures and single marks; number words become figures."""
    return _as_figures(_TOKEN.findall(text.casefold()))


def whole_year(two_digits: int, this_year: int) -> int:
    """20yy up to ten years ahead, else 19yy."""
    return 2000 + two_digits - (100 if 2000 + two_digits > this_year + 10 else 0)


def is_number(word: str, digits: int = 2) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= digits


def is_year(word: str) -> bool:
    return is_number(word, 4) and len(word) == 4


def why_unread(text: str) -> str:
    """The sentence for a cleaned text that no rule fits."""
    words = _TOKEN.findall(text)
    for number, word, year in zip(words, words[1:], words[2:], strict=False):
        if number.isdigit() and word.casefold() in YEAR_WORDS and is_year(year):
            return f"{number[:9]} Tahun {year} adalah nomor peraturan, bukan tanggal."
    for word in words:
        if word.isalpha() and word.casefold() not in _KNOWN_WORDS:
            return f'Kata "{word[:30]}" tidak dikenal dalam tanggal. Tulis misalnya 1 Juli 2025.'
    if any(word.isalpha() for word in words) and not any(word.isdigit() for word in words):
        return INCOMPLETE
    return "Tanggal ini tidak dapat dibaca. Tulis misalnya 1 Juli 2025 atau 01/07/2025."


def _as_figures(words: list[str]) -> list[str]:
    """Letters write days in words, or both ways: "1 (satu)" becomes 1."""
    figures: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if word in NUMBER_WORDS:
            run.append(word)
            continue
        value = words_value(run)
        figures += run if value is None else [str(value)]
        run = []
        figures.append(word)
        if _says_twice(figures[-4:]):
            del figures[-3:]
    return figures[:-1]


def _says_twice(tail: list[str]) -> bool:
    return (
        len(tail) == 4
        and (tail[1], tail[3]) == ("(", ")")
        and is_number(tail[0], 4)
        and is_number(tail[2], 4)
        and int(tail[0]) == int(tail[2])
    )
