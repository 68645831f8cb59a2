"""The rows of a CSV as texts, whatever wrote it: alphabet and separator are found out."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from indonesian.names import strip_control
from institutions.spreadsheets import unguarded
from partnerships.imports.refusals import NotAList

Row = list[str]
SEPARATORS = ";,\t|"
# Enough to see which separator makes columns.
LOOKED_AT = 40
MOST_COLUMNS = 60
NO_TEXT = "Berkas ini bukan CSV: isinya bukan teks. Simpan ulang dari Excel, lalu unggah lagi."
UNREADABLE = (
    "CSV tidak dapat dibaca: ada tanda petik yang tidak ditutup atau sel yang terlalu panjang."
    " Simpan ulang dari Excel, lalu unggah lagi."
)


def rows_of(content: bytes) -> Iterator[tuple[int, Row]]:
    """Rows that say something, each with its number. Raises NotAList, also on the way."""
    text = decoded(content)
    separator, text = separator_of(text)
    try:
        for number, cells in enumerate(cells_of(text, separator), start=1):
            row = [strip_control(unguarded(cell)).strip() for cell in cells[:MOST_COLUMNS]]
            if any(row):
                yield number, row
    except csv.Error as error:
        raise NotAList(UNREADABLE) from error


def cells_of(text: str, separator: str) -> Iterator[Row]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def decoded(content: bytes) -> str:
    """UTF-8, or UTF-16 where it says so, or else the alphabet of an older Windows."""
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = content.decode("utf-16")
        else:
            text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise NotAList(NO_TEXT) from None
        text = content.decode("cp1252", errors="replace")
    beginning = text[:20_000]
    odd = sum(not letter.isprintable() and letter not in "\r\n\t" for letter in beginning)
    if "\0" in text or odd * 50 > len(beginning):
        raise NotAList(NO_TEXT)
    return text


def separator_of(text: str) -> tuple[str, str]:
    """The separator that most rows at the top have most of; Excel may say it in a first line."""
    if text[:5].casefold().startswith("sep=") and text[5:6] in "\r\n":
        return text[4], text[5:].lstrip("\r\n")
    if found := max(SEPARATORS, key=lambda each: columns_by(text, each)):
        return found, text
    return SEPARATORS[0], text


def columns_by(text: str, separator: str) -> int:
    try:
        return sum(len(row) - 1 for row in islice(cells_of(text, separator), LOOKED_AT))
    except csv.Error:
        return -1
