"""What nobody types and somebody sends: a corpus by hand, and more of it made by hypothesis.

Every value is bytes, as it travels: broken UTF-8 has no other spelling.
"""

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote_from_bytes

import hypothesis
from hypothesis import strategies as st

from tests.faults.markup import PAYLOADS


@dataclass(frozen=True)
class Bad:
    """One value; `keys` are the names it is sent under, `{}` being that of the parameter."""

    name: str
    raw: bytes
    keys: tuple[str, ...] = ("{}",)

    def pairs(self, parameter: str) -> list[tuple[str, bytes]]:
        return [(key.replace("{}", parameter), self.raw) for key in self.keys]

    @property
    def in_a_path(self) -> str:
        return quote_from_bytes(self.raw, safe="")


def encoded(pairs: list[tuple[str, bytes]]) -> str:
    """What a query string or a form body holds of these pairs."""
    return "&".join(
        f"{quote_from_bytes(key.encode())}={quote_from_bytes(raw, safe='')}" for key, raw in pairs
    )


NUMBERS = """
0|-0|-1|1|01|+1|1.0|1.5|1,5|1.204|1e3|1e400|-1e400|1e1000000|9e99|0x10|0b1|0o7|1_000|NaN|inf|-inf
Infinity|32767|32768|-32769|65536|2147483647|2147483648|-2147483649|4294967296|9007199254740993
9223372036854775807|9223372036854775808|18446744073709551616|999999999999999999|1000000000000000000
١٢٣|１２３|²|½|Ⅷ|൧൨|1 000|1;2|1,2,3|seribu|minus satu|1%|$1|#1|1/0|()
"""
DATES = """
31 Februari 2025|29 Februari 2023|0 Januari 2025|32-01-2025|00-00-0000|01-13-2025|9999-12-31
10000-01-01|0001-01-01|0000-00-00|-2025-01-01|1 Januari 0001|31 Desember 9999|1 Januari 99999
2025-02-30T25:61:61Z|2025-W01-1|1-1-1|1/1/70|Senin (31/2)|Rabu (20/11)|Jumat, 1 Juli 2025|kemarin
01–02 Juli 2025|1 s.d. 99 Juli 2025|Juli|2025|99:99|24.00|-1:00|12.60.60|١ يوليو ٢٠٢٥
"""
SYNTAX = """
' OR '1'='1|'; DROP TABLE partnerships_partner;--|" OR ""="|1) UNION SELECT NULL--|%' ESCAPE '|%_[]^
\\|\\'|/*|--|%s%s%s%n|%(password)s|{0.__class__}|{user.password}|{{ 7|add:7 }}
{% load static %}|${7*7}
#{7*7}|<%= 7 %>|@{1}|$ne|[]|{}|null|undefined|true|None|__proto__|constructor|self|../../etc/passwd
..%2f..%2fetc|....//|C:\\boot.ini|/etc/passwd%00.pdf|file:///etc/passwd|javascript:alert(1)
data:text/html,x|//contoh.invalid/|///contoh.invalid|http:contoh|https://|https://[::1
\\\\host\\bagi
mailto:x@x|a@b
"a b"@contoh.id|a@-contoh-.id|@|=1+1|=HYPERLINK("x")|@SUM(1)|+1+cmd|'|`id`|;id;|$(id)
|ls|(((((|a{1,99999}|^(a+)+$|\\d+|.*.*.*|[[:alpha:]]|on|off|baru|tanpa|__all__|pk__in|password
id__gt
%|%2|%zz|%u0041|%25|%2500|%2525|%ED%A0%80|+|&|=|?|#|;|:|~|/|//|.|..|,|-|_|*|!
{"a": [1, {"b": null}]}
[1,2,3]|{"$gt": ""}|<?xml version="1.0"?>|<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>
"""
UNICODE = {
    "NUL": "\0",
    "NUL inside": "Dinas\0Sosial",
    "lone high surrogate": "a\ud800b",
    "lone low surrogate": "\udfff",
    "surrogates the wrong way round": "\ude00\ud83d",
    "vertical tab": "Dinas\x0bSosial",
    "form feed": "\x0c",
    "every control": "".join(map(chr, range(1, 32))),
    "C1 controls": "".join(map(chr, range(0x7F, 0xA0))),
    "escape sequence": "\x1b[2J\x1b]0;judul\x07",
    "file and record separators": "1\x1c2\x1d3\x1e4\x1f5",
    "CR LF and a header": "x\r\nSet-Cookie: y=1\r\n\r\n<b>",
    "LF alone": "\n",
    "CR alone": "\r",
    "next line and line separators": "a\x85b\u2028c\u2029d",
    "tab": "\t",
    "NFC": "Café São",
    "NFD": unicodedata.normalize("NFD", "Café São"),
    "RTL override": "dokumen\u202efdp.exe",
    "RTL isolates": "\u2067abc\u2069",
    "Arabic": "وزارة العدل",
    "zero-width space": "\u200b",
    "zero-width joiner": "\u200d",
    "byte order mark": "\ufeffDinas",
    "soft hyphen": "Di\u00adnas",
    "word joiner": "\u2060",
    "variation selector": "\ufe0f",
    "tag characters": "\U000e0041\U000e0042",
    "noncharacters": "\ufffe\uffff\U0010ffff",
    "private use": "\ue000\U000f0000",
    "replacement character": "\ufffd",
    "emoji": "🤝",
    "emoji family": "👨‍👩‍👧‍👦",
    "flag": "🇮🇩",
    "skin tone": "👍🏿",
    "Cyrillic homoglyphs": "Dіnаs Ѕоsіаl",
    "Greek homoglyphs": "ΒΑΡΑՏ",
    "full-width": "ＬＡＰＡＳ＜ｂ＞",
    "mathematical letters": "𝐋𝐚𝐩𝐚𝐬",
    "ligatures": "ﬁ ﷺ ŉ",
    "sharp s and dotless i": "STRASSE ß ı İ",
    "Thai": "กรมราชทัณฑ์",
    "Javanese": "ꦲꦏ꧀ꦱꦫ",
    "Chinese": "监狱",
    "many accents": "e" + "\u0301" * 500,
    "Hangul jamo": "\u1112\u1161\u11ab",
    "no-break spaces": "\u00a0\u2007\u202f\u3000",
    "Ogham space": "\u1680",
    "blanks": "   ",
    "one letter": "a",
    "curly quotes": "“a” ‘b’ «c»",
}
BROKEN = {
    "lone continuation byte": b"\x80",
    "byte FF": b"\xff\xfe",
    "overlong slash": b"\xc0\xaf",
    "overlong NUL": b"\xc0\x80",
    "cut-off letter": b"Caf\xc3",
    "cut-off emoji": b"\xf0\x9f\xa4",
    "beyond Unicode": b"\xf4\x90\x80\x80",
    "five-byte letter": b"\xf8\x88\x80\x80\x80",
    "Latin-1": b"Caf\xe9",
    "UTF-16": "Dinas".encode("utf-16"),
    "UTF-7": b"+ADw-script+AD4-",
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
}
LONG = {
    "200 letters": "x" * 200,
    "201 letters": "x" * 201,
    "255 bytes": "x" * 255,
    "256 letters": "x" * 256,
    "4,001 letters": "x" * 4_001,
    "10,000 letters": "x" * 10_000,
    "5,000 digits": "9" * 5_000,
    "41 digits": "9" * 41,
    "300 words": "kata " * 300,
    "300 emoji": "🤝" * 300,
    "1,000 quotes": '"' * 1_000,
    "1,000 backslashes": "\\" * 1_000,
    "1,000 brackets": "(" * 1_000,
    "500 slashes": "/" * 500,
    "2,000 line breaks": "\n" * 2_000,
    "1,000 percent signs": "%" * 1_000,
}
SHAPES = (
    Bad("repeated", b"1", ("{}", "{}")),
    Bad("repeated ten times", b"x", ("{}",) * 10),
    Bad("array", b"1", ("{}[]", "{}[]")),
    Bad("numbered array", b"1", ("{}[0]", "{}[1]")),
    Bad("object", b"1", ("{}[$ne]",)),
    Bad("dotted", b"1", ("{}.id",)),
    Bad("left out", b"", ()),
    Bad("lookup by expression", b"((((", ("{}__regex",)),
    Bad("lookup by list", b"1,2", ("{}__in",)),
    Bad("lookup of nothing", b"True", ("{}__isnull",)),
    Bad("lookup along a relation", b"a", ("{}__password__startswith",)),
    Bad("a key with NUL", b"1", ("{}\0",)),
    Bad("a key in capitals", b"1", ("{}", "{}_ID")),
)


@cache
def corpus() -> tuple[Bad, ...]:
    """Written by hand: every value has a name and stands once."""
    words = [word for text in (NUMBERS, DATES, SYNTAX) for word in split(text)]
    texts = {f"“{word}”": word for word in words} | UNICODE | LONG
    texts |= {f"markup {number}": text for number, text in enumerate(PAYLOADS)}
    written = [Bad(name, as_bytes(text)) for name, text in texts.items()]
    return (*written, *(Bad(name, raw) for name, raw in BROKEN.items()), *SHAPES)


def split(text: str) -> Iterator[str]:
    for line in text.strip().splitlines():
        yield from line.split("|")


def as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


PIECES = [bad.raw.decode("utf-8", "replace") for bad in corpus() if 0 < len(bad.raw) < 40]
ANY_LETTER = st.characters(codec=None, categories=None)

hostile_texts = st.one_of(
    st.text(ANY_LETTER, max_size=60),
    st.text(st.characters(categories=["Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Zs"]), max_size=20),
    st.lists(st.sampled_from(PIECES), min_size=2, max_size=5).map("".join),
    st.lists(st.sampled_from(PIECES), min_size=2, max_size=5).map(" ".join),
    st.integers().map(str),
    st.floats().map(str),
    st.dates().map(str),
    st.datetimes().map(str),
    st.builds(lambda text, times: text * times, st.text(max_size=5), st.integers(1, 200)),
)
hostile_bytes = st.one_of(hostile_texts.map(as_bytes), st.binary(max_size=40))


def generated(number: int, seed: int) -> tuple[Bad, ...]:
    """As many values by hypothesis; the same ones for the same seed, wherever they are made."""
    found: dict[bytes, None] = {}

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=3 * number,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(hostile_bytes)
    def collect(raw: bytes) -> None:
        found[raw] = None

    collect()
    return tuple(Bad(f"generated {n}", raw) for n, raw in enumerate(list(found)[:number]))


def values(seed: int, number: int = 400) -> list[Bad]:
    """The corpus and as many generated ones, shuffled."""
    found = [*corpus(), *generated(number, seed)]
    random.Random(seed).shuffle(found)
    return found
