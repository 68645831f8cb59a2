"""One way to compare names, whatever their spelling: for keys, search columns and queries.

`abbreviations.csv` says what stands for what, each row with where it was seen: `press` (texts
about corrections cooperation), `law`, `region` (names of provinces and regencies), `usage`
(common, not observed one by one). Left out on purpose, because they mean more than one thing:
PKS, DJP, PK, PP, PA, PB, LP, UB, UMK, PMI, PUPR of a ministry, PKM, LPKS, SKB, DKP, Kadin, Pemkot,
Kep., SK, Kemenham and Kemenhan. A canonical form is the one other spellings can be turned into
without harm: `rutan` is the short one, because a unit in the town of Negara is called "Rutan
Negara"; Kota Palangka Raya is one word, so that half-typed spellings of both kinds are found.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

SEARCH_WORDS = 12
SEARCH_WORD_LENGTH = 60
SEARCH_LENGTH = 1000
_PASSES = 4

_APOSTROPHES = "'’‘`´′＇\u1ffd"
# Letters that no decomposition brings back to a-z.
_LETTERS = {
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
}
# Direction marks, byte order mark, zero-width blanks, soft hyphen and what XML forbids. The
# joiners U+200C and U+200D stay: scripts and emoji need them.
_UNSTORABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff\ufffe\uffff]"
)
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_WORD_AND_NUMBER = re.compile(r"([a-z]{3,})([0-9]+)|(kelas|klas|kls)([0-9])([a-z]+)")
_CLASS = re.compile(r"(i{1,3}|l{1,3}|[123]|satu|dua|tiga)([abc]?)")
_CLASS_OF = {"1": "i", "2": "ii", "3": "iii", "satu": "i", "dua": "ii", "tiga": "iii"}
# "Lapas 2A Pekanbaru": behind the kind of a unit a class needs no "Kelas", but its letter.
_UNIT_KINDS = frozenset(
    {"pemasyarakatan", "rutan", "perempuan", "narkotika", "pemuda", "terbuka", "anak"}
)


def normalise(text: str) -> str:
    """The form in which two spellings of one name are equal.

    Lower-case words of a-z, 0-9 and letters of other scripts, single blanks between them;
    accents, punctuation and invisible characters gone; abbreviations written out; classes as in
    "kelas iia". Stable (a second pass changes nothing), linear, and never longer than 20 times
    the text.
    """
    words = [_SPELLINGS.get(word, word) for word in _split(plain(text))]
    # A word written out may complete an entry with its neighbour: "kadis pmd", "kalapas anak".
    for _ in range(_PASSES):
        words, before = list(_written_out(words)), words
        if words == before:
            break
    return " ".join(_with_classes(words))


def plain(text: str) -> str:
    """Case, accents and punctuation gone; words as they were written."""
    if not text.isascii():
        text = _with_few_marks(text.translate(_NO_APOSTROPHES))
        text = unicodedata.normalize("NFKC", text)
        text = unicodedata.normalize("NFKD", text.casefold())
        text = unicodedata.normalize("NFC", text.translate(_PLAIN))
    else:
        text = text.lower().translate(_PLAIN)
    return " ".join(text.split())


def search_text(*parts: str) -> str:
    """What a search column holds: every part normalised, and plain where that differs.

    The plain form lets a half-typed "lapa" or "dink" be found too.
    """
    forms = (form for part in parts for form in (normalise(part), plain(part)) if form)
    return " ".join(dict.fromkeys(forms))


def search_words(query: str) -> list[str]:
    """The words a search column must contain: at most 12, each of at most 60 characters.

    Of a longer query the first 1,000 characters count. "dan" does not count beside other words:
    one office writes it where another puts a comma.
    """
    words = dict.fromkeys(
        word[:SEARCH_WORD_LENGTH] for word in normalise(query[:SEARCH_LENGTH]).split()
    )
    if len(words) > 1:
        words.pop("dan", None)
    return list(words)[:SEARCH_WORDS]


def number_key(text: str) -> str:
    """An agreement number without blanks, dots, dashes and slashes, to find it again."""
    return plain(text).replace(" ", "")


def strip_control(text: str) -> str:
    """Text fit to be stored: composed, without control, invisible and direction characters.

    Tabs stay, and line breaks as \\n; word processors have four more of them.
    """
    text = _UNSTORABLE.sub("", _LINE_BREAK.sub("\n", text))
    return unicodedata.normalize("NFC", _with_few_marks(text))


def _with_few_marks(text: str) -> str:
    """At most 30 accents on one letter, as Unicode's stream-safe text has it.

    Python sorts them in quadratic time: a megabyte of accents would take minutes.
    """
    if text.isascii():
        return text
    kept = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= 30:
            kept.append(letter)
    return "".join(kept)


class _PlainLetters(dict[int, str]):
    """What str.translate makes of each character once case and compatibility are settled."""

    def __missing__(self, code: int) -> str:
        plain_letter = _plain_letter(chr(code))
        # The far planes are not kept: they have a million characters.
        if code < 0x10000:
            self[code] = plain_letter
        return plain_letter


def _plain_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if letter in _LETTERS:
        return _LETTERS[letter]
    if letter == "&":
        return " dan "
    if letter.isspace() and letter not in "\x1c\x1d\x1e\x1f":
        return " "
    # Marks, controls, surrogates, apostrophes and the spacing modifiers that look like them.
    if category[0] in "MC" or letter in _APOSTROPHES or "ʰ" <= letter <= "˿":
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    return letter if category[0] == "L" else " "


def _read_abbreviations() -> dict[str, str]:
    path = Path(__file__).with_name("abbreviations.csv")
    with path.open(encoding="utf-8", newline="") as rows:
        return {row["written"]: row["meant"] for row in csv.DictReader(rows)}


def _split(text: str) -> Iterator[str]:
    """smkn2 is smkn 2, kelas2a is kelas 2a; DP3A stays."""
    for word in text.split():
        if found := _WORD_AND_NUMBER.fullmatch(word):
            first, number, kelas, grade, rest = found.groups()
            yield from (first, number) if first else _split_class(kelas, grade, rest)
        else:
            yield word


def _split_class(kelas: str, grade: str, rest: str) -> tuple[str, ...]:
    return (kelas, grade + rest) if rest in ("a", "b") else (kelas, grade, rest)


def _written_out(words: list[str]) -> Iterator[str]:
    """The longest entry first, whole words only, in one pass."""
    at = 0
    while at < len(words):
        for length in _LENGTHS.get(words[at], ()):
            meant = _ENTRIES.get(tuple(words[at : at + length]))
            if meant is not None:
                yield from meant
                at += length
                break
        else:
            yield words[at]
            at += 1


def _with_classes(words: list[str]) -> Iterator[str]:
    """kelas ii a, kelas 2a, kelas lla: kelas iia."""
    at = 0
    before = ""
    while at < len(words):
        word = words[at]
        at += 1
        if (before == "kelas" or before in _UNIT_KINDS) and (found := _CLASS.fullmatch(word)):
            grade, letter = found.groups()
            if not letter and words[at : at + 1] and words[at] in ("a", "b", "c"):
                letter = words[at]
                at += 1
            if letter or before == "kelas":
                word = _CLASS_OF.get(grade, grade.replace("l", "i")) + letter
        yield word
        before = word


_NO_APOSTROPHES = dict.fromkeys(map(ord, _APOSTROPHES), "")
_PLAIN = _PlainLetters()
_ABBREVIATIONS = _read_abbreviations()
_IN_LONGER_ENTRIES = {word for key in _ABBREVIATIONS if " " in key for word in key.split()}
# One word for another comes first, so that longer entries need no second spelling; but "fak" waits,
# because Fak Fak is a regency.
_SPELLINGS = {
    written: meant
    for written, meant in _ABBREVIATIONS.items()
    if " " not in written + meant and written not in _IN_LONGER_ENTRIES
}
_ENTRIES = {
    tuple(written.split()): tuple(meant.split())
    for written, meant in _ABBREVIATIONS.items()
    if written not in _SPELLINGS
}
# Where a finished form holds an entry it is left alone: no "dki jakarta jakarta".
_ENTRIES |= {
    meant: meant
    for meant in _ENTRIES.values()
    if any(
        meant[start:end] in _ENTRIES
        for start in range(len(meant))
        for end in range(start + 1, len(meant) + 1)
    )
}
_LENGTHS = {
    first: sorted({len(key) for key in _ENTRIES if key[0] == first}, reverse=True)
    for first in {key[0] for key in _ENTRIES}
}
