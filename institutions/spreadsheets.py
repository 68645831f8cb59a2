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
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

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


def write_xlsx(file: IO[bytes], sheets: Sequence[Sheet]) -> None:
    """A workbook with a sheet for each table; rows go to the disk as they come."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        page.freeze_panes = "A2"
        for number in range(len(sheet.headings)):
            width = sheet.widths[min(number, len(sheet.widths) - 1)]
            page.column_dimensions[get_column_letter(number + 1)].width = width
        page.append([heading_cell(page, heading) for heading in sheet.headings])
        for row in sheet.rows:
            page.append([in_xlsx(page, value) for value in row])
    book.save(file)


def heading_cell(page: Any, text: str) -> WriteOnlyCell:
    cell = text_cell(page, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="bottom")
    return cell


def in_xlsx(page: Any, value: Value) -> Any:
    if isinstance(value, str):
        # The library itself would make formulas and errors of some texts, and cells cost time.
        is_odd = TO_GUARD.match(value) or value.startswith("#")
        return text_cell(page, value) if is_odd else sayable(value) or None
    if isinstance(value, date):
        cell = WriteOnlyCell(page, value)
        cell.number_format = DAY_FORMAT
        return cell
    return value


def text_cell(page: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page)
    # Past the setter, which judges the text.
    cell._value, cell.data_type = sayable(text), "s"
    if TO_GUARD.match(text):
        cell.quotePrefix = True
    return cell
