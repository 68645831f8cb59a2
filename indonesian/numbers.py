"""Numbers as Indonesian texts write them: 1.204, 37,5%, tiga puluh tujuh."""

import re
import unicodedata

_UNITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_DIGIT_OF = {word: value for value, word in enumerate(_UNITS)}
_SCALES = (("miliar", 10**9), ("juta", 10**6), ("ribu", 10**3))
_LIMIT = 10**12
_WHOLE = re.compile(r"[0-9]{1,12}")
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){1,3}")
# "tiga puluh tujuh (37)": letters write a count twice.
_TWICE = re.compile(r"([^()]{1,200})\(([^()]{1,200})\)")

NUMBER_WORDS = frozenset(_UNITS) | {
    *("sepuluh", "sebelas", "belas", "puluh", "seratus", "ratus", "seribu", "ribu"),
    *("juta", "miliar"),
}


def format_number(value: int) -> str:
    """1204 is written 1.204."""
    return f"{value:,}".replace(",", ".")


def format_percent(share: float, decimals: int = 0) -> str:
    """0.375 is written 38%, with one decimal 37,5%."""
    return f"{share * 100:,.{decimals}f}%".translate({ord(","): ".", ord("."): ","})


def number_words(value: int) -> str:
    """37 is written tiga puluh tujuh; from 0 to below one trillion."""
    if not 0 <= value < _LIMIT:
        raise ValueError(f"{value} is not between 0 and {_LIMIT - 1}")
    if value == 0:
        return _UNITS[0]
    words: list[str] = []
    for scale, size in _SCALES:
        count, value = divmod(value, size)
        if scale == "ribu" and count == 1:
            words.append("seribu")
        elif count:
            words += [*_below_thousand(count), scale]
    return " ".join([*words, *_below_thousand(value)])


def read_count(text: str) -> int | None:
    """37, 1.204, tiga puluh tujuh, or both at once where they agree; None for anything else.

    "1,204" is refused: it is 1.204 to an English reader and 1 point 204 to an Indonesian one.
    """
    if len(text) > 400:
        return None
    text = unicodedata.normalize("NFKC", text).casefold().strip()
    if twice := _TWICE.fullmatch(text):
        first, second = (_read_once(part.strip()) for part in twice.groups())
        return first if first == second else None
    return _read_once(text)


def words_value(words: list[str]) -> int | None:
    """The value of number words in their proper order: ["dua", "puluh", "lima"] is 25."""
    if not words:
        return None
    if words == ["nol"]:
        return 0
    total = 0
    for scale, size in _SCALES:
        count = None
        if scale in words:
            at = words.index(scale)
            count, words = _value_below_thousand(words[:at]), words[at + 1 :]
            if not count or (scale == "ribu" and count == 1):
                return None
        elif scale == "ribu" and words[:1] == ["seribu"]:
            count, words = 1, words[1:]
        total += (count or 0) * size
    rest = _value_below_thousand(words) if words else 0
    return None if rest is None else total + rest


def _read_once(text: str) -> int | None:
    if _WHOLE.fullmatch(text):
        return int(text)
    if _GROUPED.fullmatch(text):
        return int(text.replace(".", ""))
    return words_value(text.split())


def _below_thousand(value: int) -> list[str]:
    hundreds, value = divmod(value, 100)
    words = {0: [], 1: ["seratus"]}.get(hundreds, [_UNITS[hundreds], "ratus"])
    if value in (10, 11):
        return [*words, "sepuluh" if value == 10 else "sebelas"]
    tens, units = divmod(value, 10)
    if tens == 1:
        return [*words, _UNITS[units], "belas"]
    return [*words, *([_UNITS[tens], "puluh"] if tens else []), *([_UNITS[units]] if units else [])]


def _value_below_thousand(words: list[str]) -> int | None:
    """From 1 to 999, written as we write it ourselves; anything else is no number."""
    value = 0
    rest = words
    if rest[:1] == ["seratus"]:
        value, rest = 100, rest[1:]
    elif rest[1:2] == ["ratus"]:
        value, rest = 100 * _DIGIT_OF.get(rest[0], 0), rest[2:]
    if rest in (["sepuluh"], ["sebelas"]):
        value, rest = value + (10 if rest == ["sepuluh"] else 11), []
    elif rest[1:] == ["belas"]:
        value, rest = value + 10 + _DIGIT_OF.get(rest[0], 0), []
    elif rest[1:2] == ["puluh"]:
        value, rest = value + 10 * _DIGIT_OF.get(rest[0], 0), rest[2:]
    if len(rest) == 1:
        value, rest = value + _DIGIT_OF.get(rest[0], 0), []
    # Written back it must be the same words: refuses "satu belas", "dua puluh nol", "lima ratus x".
    return value if 1 <= value <= 999 and not rest and _below_thousand(value) == words else None
