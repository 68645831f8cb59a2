"""The rows of a list that were not imported, with the reason of each, as a file to be put right."""

from collections.abc import Iterator
from typing import Any

from institutions.spreadsheets import Sheet, Value
from partnerships.imports.headings import TITLES

TITLE = "Belum diimpor"
# They mean nothing when the file comes back.
FIRST, LAST = "Baris di berkas", "Alasan"
WIDTHS = (10, *[26] * len(TITLES), 60)


def sheet_of(lines: Any) -> Sheet:
    """`lines` are ImportLine rows in their order."""
    return Sheet(TITLE, (FIRST, *TITLES.values(), LAST), rows_of(lines), WIDTHS)


def rows_of(lines: Any) -> Iterator[list[Value]]:
    for line in lines.iterator(chunk_size=1000):
        where = f"{line.sheet}, {line.row}" if line.sheet else line.row
        cells = [line.cells.get(column.value, "") for column in TITLES]
        yield [where, *cells, " ".join(line.reasons)]
