"""The rows of an XLSX as texts, sheet by sheet."""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import repeat
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from partnerships.imports.packages import require_plain_workbook
from partnerships.imports.refusals import DAMAGED, NotAList

Row = list[str]
# What is read of each row and sheet; a list has fourteen columns, and Excel ends at this row.
MOST_COLUMNS = 60
LAST_ROW = 1_048_576
MOST_SHEETS = 40
# Stands where a formula has no result: the file was not written by Excel.
NO_RESULT = "#RUMUS!"
# What openpyxl raises for parts that are well-formed and mean nothing.
STUMBLES = (
    *(ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError),
    *(zipfile.BadZipFile, ParseError, OSError, RecursionError),
)


def sheets_of(file: IO[bytes]) -> Iterator[tuple[str, Iterator[tuple[int, Row]]]]:
    """Visible sheets with their rows that say something, each with its number in Excel.

    Raises NotAList, at once or while the rows are gone through.
    """
    has_formulas = require_plain_workbook(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = opened(file, data_only=True)
            raw = opened(file, data_only=False) if has_formulas else None
            for sheet in book.worksheets[:MOST_SHEETS]:
                if sheet.sheet_state == "visible":
                    yield sheet.title, rows_of(sheet, raw[sheet.title] if raw else None)
    except STUMBLES as error:
        raise NotAList(DAMAGED) from error


def opened(file: IO[bytes], *, data_only: bool) -> Any:
    return load_workbook(file, read_only=True, data_only=data_only, keep_links=False)


def rows_of(sheet: Any, raw: Any) -> Iterator[tuple[int, Row]]:
    """`raw` is the same sheet with its formulas."""
    formulas = values_of(raw) if raw is not None else repeat(())
    try:
        pairs = zip(values_of(sheet), formulas, strict=False)
        for number, (values, written) in enumerate(pairs, start=1):
            # Below a list there may be a million rows that are only coloured.
            if is_blank(values) and is_blank(written):
                continue
            row = [text_of(value) for value in values]
            for place, formula in enumerate(written):
                if values[place] is None and formula is not None:
                    row[place] = NO_RESULT
            if any(row):
                yield number, row
    except STUMBLES as error:
        raise NotAList(DAMAGED) from error


def is_blank(values: tuple[Any, ...]) -> bool:
    return values.count(None) == len(values)


def values_of(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # The size a file states may be too small, and rows beyond it would be left out.
    sheet.reset_dimensions()
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(
        max_row=LAST_ROW, max_col=MOST_COLUMNS, values_only=True
    )
    return rows


def text_of(value: Any) -> str:
    """As a person would type it; days as 2025-07-01."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        is_day = value.time() == time(0)
        return value.date().isoformat() if is_day else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
