"""A file as a list of agreements: lines of known columns, and what was left unread."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import IO

from indonesian.names import strip_control
from indonesian.numbers import format_number
from partnerships.imports import delimited, workbooks
from partnerships.imports.headings import (
    LOOKED_THROUGH,
    Column,
    Headings,
    find_headings,
    is_numbering,
)
from partnerships.imports.refusals import (
    EMPTY,
    OLD_FORM,
    OTHER_FORM,
    NotAList,
)

MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 10
MOST_LINES = 10_000
# One more than any column holds, so that what is too long is refused and not cut.
LONGEST_CELL = 4001
TOTAL = re.compile(
    r"(grand |sub ?)?(jumlah|total)( (semua|seluruhnya|keseluruhan))?[ :]*", re.IGNORECASE
)
NO_HEADINGS = (
    "Baris judul kolom tidak ditemukan. Daftar perlu sedikitnya kolom Mitra atau Judul, dan satu"
    " kolom lain, misalnya Tanggal tanda tangan. Pakai templat bila ragu."
)
NO_LINES = "Tidak ada baris perjanjian di bawah judul kolom."
TOO_MANY = (
    f"Daftar ini lebih dari {format_number(MOST_LINES)} baris. Bagi menjadi beberapa berkas,"
    " misalnya per unit atau per tahun."
)
Row = list[str]
Rows = Iterable[tuple[int, Row]]


@dataclass(frozen=True)
class Line:
    """One row of the file under its headings; cells without text are left out."""

    row: int
    cells: dict[Column, str]
    # Where a file has several sheets with lists.
    sheet: str = ""

    @property
    def where(self) -> str:
        return f"lembar {self.sheet}, baris {self.row}" if self.sheet else f"baris {self.row}"

    def text(self, column: Column) -> str:
        """In one line."""
        return " ".join(self.cells.get(column, "").split())


@dataclass
class OldList:
    lines: list[Line] = field(default_factory=list)
    # Headings of columns that are not read, and rows that hold no paper.
    unread: list[str] = field(default_factory=list)
    passed_over: int = 0


def read_list(file: IO[bytes], size: int) -> OldList:
    """Raises NotAList."""
    if not size:
        raise NotAList(EMPTY)
    if size > MOST_MEGABYTES * MEGABYTE:
        raise NotAList(
            f"Berkas lebih besar dari {MOST_MEGABYTES} MB. Hapus gambar di dalamnya, atau bagi"
            " menjadi beberapa berkas."
        )
    file.seek(0)
    beginning = file.read(8)
    file.seek(0)
    if beginning.startswith(b"PK"):
        return joined(list(lists_in(workbooks.sheets_of(file))))
    if beginning.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotAList(OLD_FORM)
    if beginning.lstrip()[:1] in (b"<", b"%", b"{") or beginning[:2] in (b"MZ", b"\x1f\x8b"):
        raise NotAList(OTHER_FORM)
    found = one_list(delimited.rows_of(file.read()))
    return joined([("", found)] if found else [])


def lists_in(sheets: Iterable[tuple[str, Rows]]) -> Iterator[tuple[str, OldList]]:
    total = 0
    for title, rows in sheets:
        if (found := one_list(rows, MOST_LINES - total)) is not None:
            total += len(found.lines)
            yield title, found


def joined(lists: list[tuple[str, OldList]]) -> OldList:
    if not lists:
        raise NotAList(NO_HEADINGS)
    filled = [(title, each) for title, each in lists if each.lines]
    if not filled:
        raise NotAList(NO_LINES)
    whole = OldList(passed_over=sum(each.passed_over for _, each in lists))
    for title, each in filled:
        sheet = strip_control(title)[:60] if len(filled) > 1 else ""
        whole.lines += [Line(line.row, line.cells, sheet) for line in each.lines]
        whole.unread += [name for name in each.unread if name not in whole.unread]
    return whole


def one_list(rows: Rows, most: int = MOST_LINES) -> OldList | None:
    """The list on one sheet; None where no headings stand in its first rows."""
    walk = iter(rows)
    first = list(islice(walk, LOOKED_THROUGH))
    found = find_headings([row for _, row in first])
    if found is None:
        return None
    at, headings = found
    result = OldList(unread=[strip_control(name) for name in headings.unread])
    for number, row in chain(first[at + headings.rows :], walk):
        take(result, number, row, headings)
        if len(result.lines) > most:
            raise NotAList(TOO_MANY)
    drop_serial_numbers(result)
    return result


def take(result: OldList, number: int, row: Row, headings: Headings) -> None:
    cells = {
        column: strip_control(row[place])[:LONGEST_CELL].strip()
        for place, column in headings.places.items()
        if place < len(row) and row[place]
    }
    said = {column for column, text in cells.items() if text} - {Column.SERIAL}
    if not said or is_numbering(row) or is_total(row) or repeats(row, headings):
        result.passed_over += 1
        return
    result.lines.append(Line(number, {column: cells[column] for column in cells if column in said}))


def is_total(row: Row) -> bool:
    """A sum below the list: the word, and beside it numbers alone."""
    texts = [text.strip() for text in row if text and text.strip()]
    rest = [text for text in texts if not TOTAL.fullmatch(text)]
    return len(rest) < len(texts) and all(text.replace(".", "").isdecimal() for text in rest)


def repeats(row: Row, headings: Headings) -> bool:
    """The headings once more, as at the top of each printed page."""
    again = find_headings([row])
    return again is not None and again[1].places == headings.places and headings.weight > 2


def drop_serial_numbers(result: OldList) -> None:
    """A column called "Nomor" that counts 1, 2, 3 holds no numbers of papers."""
    numbers = [line.cells.get(Column.OUR_NUMBER, "") for line in result.lines]
    if len(numbers) > 1 and numbers == [str(n) for n in range(1, len(numbers) + 1)]:
        for line in result.lines:
            del line.cells[Column.OUR_NUMBER]
