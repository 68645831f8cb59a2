"""An XLSX by its zip, before anything of it is parsed: whole, plain, within limits.

Stricter than Excel, because there is always another way in: saving anew, or CSV.
"""

import re
import zipfile
from typing import IO

from partnerships.documents.docx import (
    DOCUMENT_TYPE,
    ENCODING,
    METHODS,
    STUMBLES,
    UTF8,
    is_plain,
    overlap,
    pieces,
    require_one_plain_zip,
)
from partnerships.documents.refusals import Refused
from partnerships.imports.refusals import (
    DAMAGED,
    LOCKED,
    MACROS,
    OTHER_FORM,
    TOO_LARGE_INSIDE,
    NotAList,
)

TYPES, BOOK = "[Content_Types].xml", "xl/workbook.xml"
WORKBOOK = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_TYPES = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
# Ten thousand rows of fourteen columns are ten megabytes; what is read row by row may be longer
# than what is read as a whole. Marks are counted because a reader makes an object of each.
MOST_UNPACKED = 32 * 1024 * 1024
MOST_MARKS = 1_000_000
LARGEST_TEXTS = 16 * 1024 * 1024
LARGEST_PART = 3 * 1024 * 1024
SHEETS = re.compile(r"xl/worksheets/[^/]{1,80}\.xml\Z", re.IGNORECASE)
TEXTS = re.compile(r"xl/sharedStrings\.xml\Z", re.IGNORECASE)
# Never read by us: pictures, printer settings, the cache of pivot tables, drawings.
UNREAD = re.compile(
    r"xl/(?:media|printerSettings|drawings|charts|pivotCache|externalLinks|embeddings|ctrlProps"
    r"|comments|calcChain|customXml)",
    re.IGNORECASE,
)
FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")


def require_plain_workbook(file: IO[bytes]) -> bool:
    """Whether cells hold formulas. Raises NotAList."""
    try:
        require_one_plain_zip(file)
    except Refused as refused:
        raise NotAList(DAMAGED) from refused
    has_formulas = False
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            require_plain_parts(parts)
            for part in parts:
                if not part.is_dir() and not UNREAD.match(part.filename):
                    has_formulas |= look_through(archive, part)
    except STUMBLES as error:
        raise NotAList(DAMAGED) from error
    file.seek(0)
    return has_formulas


def require_plain_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len({name.casefold() for name in names}) != len(names) or not all(map(is_plain, names)):
        raise NotAList(DAMAGED)
    if any(part.flag_bits & 1 for part in parts):
        raise NotAList(LOCKED)
    if TYPES not in names or BOOK not in names:
        raise NotAList(OTHER_FORM)
    if any("vba" in name.casefold() for name in names):
        raise NotAList(MACROS)
    if any(part.compress_type not in METHODS for part in parts):
        raise NotAList(DAMAGED)
    read = [part for part in parts if not UNREAD.match(part.filename)]
    too_large = sum(part.file_size for part in read) > MOST_UNPACKED
    if too_large or any(part.file_size > most_of(part) for part in read) or overlap(parts):
        raise NotAList(TOO_LARGE_INSIDE)


def most_of(part: zipfile.ZipInfo) -> int:
    if SHEETS.match(part.filename):
        return MOST_UNPACKED
    return LARGEST_TEXTS if TEXTS.match(part.filename) else LARGEST_PART


def look_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Unpacks the part, which compares its checksum; whether it is a sheet with formulas."""
    is_types, is_sheet = part.filename == TYPES, SHEETS.match(part.filename) is not None
    found, first, unpacked, marks = False, b"", b"", 0
    with archive.open(part) as content:
        for piece in pieces(content):
            first = first or piece
            marks += piece.count(b"<")
            if marks > MOST_MARKS:
                raise NotAList(TOO_LARGE_INSIDE)
            unpacked = unpacked + piece if is_types else b""
            if DOCUMENT_TYPE.search(piece):
                raise NotAList(MACROS)
            found |= is_sheet and FORMULA.search(piece) is not None
    named = ENCODING.match(first)
    if b"\0" in first or (named is not None and named[1].lower() not in UTF8):
        raise NotAList(DAMAGED)
    if is_types and (MACRO_TYPES.search(unpacked) or WORKBOOK not in unpacked):
        raise NotAList(MACROS if MACRO_TYPES.search(unpacked) else OTHER_FORM)
    return found
