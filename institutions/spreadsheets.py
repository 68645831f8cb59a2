"""Tables as files for spreadsheets: XLSX and CSV, written row by row and safe to open.

Text stays text. In XLSX a text that a spreadsheet would take for a formula is a text cell marked
as such (quotePrefix) and is read back as it was. CSV knows no types, so there such a text gets an
apostrophe in front, which `unguarded` takes off again.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import IO, Any, NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from indonesian.calendar import format_short

Value = str | int | date | None

# What a spreadsheet may take for the beginning of a formula, in its wide forms too.
RISKY = "=+\\-@\t\r\n＝＋－＠"
TO_GUARD = re.compile(f"'*[{RISKY}]")
GUARDED = re.compile(f"'+[{RISKY}]")
# What XML has no way to say; nothing of it is stored, but files take text from anywhere.
UNSAYABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Excel's own limit for a cell.
LONGEST = 32_767
# Lets Excel know UTF-8.
MARK = "\ufeff"
DAY_FORMAT = "DD/MM/YYYY"
END_OF_ROWS = b"</sheetData>"
# Handed over at a time, in bytes.
PIECE = 64 * 1024


@dataclass(frozen=True)
class Sheet:
    """A table with one line of headings; `rows` is gone through once."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]
    # In characters, from the first column on; columns without one get that of the last.
    widths: Sequence[int] = (16,)


def guarded(text: str) -> str:
    """As CSV holds it: an apostrophe before what would be run as a formula."""
    return f"'{text}" if TO_GUARD.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if GUARDED.match(text) else text


def sayable(text: str) -> str:
    """Without what no file can hold, and no longer than a cell may be."""
    text = UNSAYABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def csv_lines(sheet: Sheet) -> Iterator[str]:
    """Semicolons between columns, as Excel in Indonesian expects, and CR LF between rows."""
    writer = csv.writer(Line(), delimiter=";", lineterminator="\r\n")
    yield MARK + writer.writerow([guarded(heading) for heading in sheet.headings])
    for row in sheet.rows:
        yield writer.writerow([in_csv(value) for value in row])


class Line:
    """Hands over what the csv module writes instead of keeping it."""

    def write(self, text: str) -> Any:
        return text


def in_csv(value: Value) -> Any:
    if isinstance(value, str):
        return guarded(sayable(value))
    return format_short(value) if isinstance(value, date) else value


class Pieces:
    """A file that only grows; what was written is taken out of it piece by piece."""

    def __init__(self) -> None:
        self.kept = bytearray()

    def write(self, content: bytes) -> int:
        self.kept += content
        return len(content)

    def flush(self) -> None:
        """What is kept goes nowhere by itself."""

    def taken(self) -> bytes:
        piece, self.kept = bytes(self.kept), bytearray()
        return piece


def xlsx_pieces(sheets: Sequence[Sheet]) -> Iterator[bytes]:
    """A workbook with a sheet for each table, handed over as its rows come.

    The library makes all of it but the rows, for which it takes six times as long.
    """
    blank, looks = workbook_without_rows(sheets)
    tables = {f"xl/worksheets/sheet{number}.xml": each for number, each in enumerate(sheets, 1)}
    pieces: Any = Pieces()
    with ZipFile(blank) as known, ZipFile(pieces, "w", ZIP_DEFLATED) as parts:
        for name in known.namelist():
            before, end, after = known.read(name).partition(END_OF_ROWS)
            with parts.open(name, "w") as part:
                part.write(before)
                for number, row in enumerate(tables[name].rows if name in tables else (), 2):
                    part.write(row_in_xml(number, row, looks).encode())
                    if len(pieces.kept) > PIECE:
                        yield pieces.taken()
                part.write(end + after)
    yield pieces.taken()


class Looks(NamedTuple):
    """Numbers of the styles of a workbook."""

    day: int
    guarded: int


def workbook_without_rows(sheets: Sequence[Sheet]) -> tuple[IO[bytes], Looks]:
    book, file = Workbook(write_only=True), BytesIO()
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        page.freeze_panes = "A2"
        for number in range(len(sheet.headings)):
            width = sheet.widths[min(number, len(sheet.widths) - 1)]
            page.column_dimensions[get_column_letter(number + 1)].width = width
        page.append([heading_cell(page, heading) for heading in sheet.headings])
    day, risky = WriteOnlyCell(page), WriteOnlyCell(page)
    day.number_format, risky.quotePrefix = DAY_FORMAT, True
    looks = Looks(day.style_id, risky.style_id)
    book.save(file)
    return file, looks


def heading_cell(page: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page)
    # Past the setter, which would make a formula of some texts.
    cell._value, cell.data_type = sayable(text), "s"
    cell.quotePrefix = bool(TO_GUARD.match(text))
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="bottom")
    return cell


def row_in_xml(number: int, row: Sequence[Value], looks: Looks) -> str:
    cells = (
        cell_in_xml(f"{get_column_letter(place)}{number}", value, looks)
        for place, value in enumerate(row, 1)
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def cell_in_xml(at: str, value: Value, looks: Looks) -> str:
    if isinstance(value, str):
        text = escape(sayable(value))
        look = f' s="{looks.guarded}"' if TO_GUARD.match(value) else ""
        inside = f'<is><t xml:space="preserve">{text}</t></is>'
        return f'<c r="{at}" t="inlineStr"{look}>{inside}</c>' if text else ""
    if isinstance(value, date):
        return f'<c r="{at}" s="{looks.day}"><v>{to_excel(value)}</v></c>'
    return "" if value is None else f'<c r="{at}"><v>{value}</v></c>'
