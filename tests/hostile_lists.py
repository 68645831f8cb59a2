"""Lists that are not what they say, or that are meant to harm who reads them; made on the spot."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from tests.hostile_files import HTML, MEGABYTE, PROGRAM, SVG, a_zip, patched
from tests.lists import csv, xlsx
from tests.lists import list_row as row

Maker = Callable[[], bytes]
SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEAD = b'<?xml version="1.0"?><worksheet ' + NAMESPACE.encode() + b"><sheetData>"
TAIL = b"</sheetData></worksheet>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def with_parts(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A list in order, with these parts beside or in place of its own."""
    written = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(xlsx(row()))) as before,
        zipfile.ZipFile(written, "w", method) as after,
    ):
        own = {name: before.read(name) for name in before.namelist()}
        for name, content in (own | parts).items():
            after.writestr(name, content)
    return written.getvalue()


def part_of(name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(xlsx(row()))) as archive:
        return archive.read(name)


def with_sheet(rows: bytes) -> bytes:
    return with_parts({SHEET: HEAD + rows + TAIL})


def cell(text: str, place: str = "") -> bytes:
    at = f' r="{place}"' if place else ""
    return f'<c{at} t="inlineStr"><is><t>{text}</t></is></c>'.encode()


def line(*texts: str) -> bytes:
    return b"<row>" + b"".join(map(cell, texts)) + b"</row>"


TOP = line("Mitra", "Judul")
PAPER = line("Dinas Contoh", "Layanan")


def entity(text: str) -> bytes:
    content = part_of(SHEET)
    return with_parts({SHEET: content.replace(b"<worksheet", text.encode() + b"<worksheet", 1)})


def other_alphabet() -> bytes:
    text = f'<?xml version="1.0" encoding="UTF-16"?>{part_of(SHEET).decode()}'
    return with_parts({SHEET: text.encode("utf-16")})


def laughs() -> bytes:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return entity(f'<!DOCTYPE x [<!ENTITY a0 "ha">{levels}]>')


def lying_sizes() -> bytes:
    def lie(content: bytearray, place: int) -> None:
        found = content.index(SHEET.encode(), place) - 46
        content[found + 24 : found + 28] = (100).to_bytes(4, "little")

    return patched(with_sheet(TOP + PAPER * 300_000), lie)


def locked() -> bytes:
    def lock(content: bytearray, place: int) -> None:
        content[place + 8] |= 1

    return patched(xlsx(row()), lock)


def of_type(words: bytes) -> bytes:
    types = part_of("[Content_Types].xml")
    return with_parts({"[Content_Types].xml": re.sub(rb"sheet\.main\+xml", words, types)})


def broken_checksum() -> bytes:
    content = bytearray(with_parts({}, method=zipfile.ZIP_STORED))
    content[content.index(b"Layanan contoh")] ^= 0xFF
    return bytes(content)


# They have to be refused.
HOSTILE: dict[str, Maker] = {
    "nothing": lambda: b"",
    "one byte": lambda: b"P",
    "HTML": lambda: HTML,
    "SVG": lambda: SVG,
    "program": lambda: PROGRAM,
    "PDF": lambda: b"%PDF-1.7\n%%EOF",
    "JSON": lambda: b'{"Mitra": "Judul"}',
    "gzip": lambda: b"\x1f\x8b\x08" + bytes(200),
    "bytes of chance": lambda: bytes(range(256)) * 200,
    "NUL bytes": lambda: b"Mitra;Judul\nA\0;B\n",
    "half of UTF-16": lambda: b"\xff\xfeM\0i\0t",
    "Excel of before 2007, or locked": lambda: OLE + bytes(3000),
    "plain zip": lambda: a_zip({"a.txt": b"isi"}),
    "OpenDocument": lambda: a_zip({"mimetype": b"application/vnd.oasis", "content.xml": b"<a/>"}),
    "document of Word": lambda: a_zip({"[Content_Types].xml": b"", "word/document.xml": b"<a/>"}),
    "locked zip": locked,
    "half a workbook": lambda: xlsx(*(row(n) for n in range(90)))[:-40],
    "HTML behind a workbook": lambda: xlsx(row()) + HTML,
    "program before a workbook": lambda: PROGRAM + xlsx(row()),
    "workbook with a wrong checksum": broken_checksum,
    "macro": lambda: with_parts({"xl/vbaProject.bin": OLE}),
    "macro by its type": lambda: of_type(b"sheet.macroEnabled.main+xml"),
    "of another type": lambda: of_type(b"presentation.main+xml"),
    "workbook packed otherwise": lambda: with_parts({}, method=zipfile.ZIP_LZMA),
    "part above the folder": lambda: with_parts({"../../a.xml": b"<a/>"}),
    "the same part twice": lambda: with_parts({SHEET.upper(): b"<a/>"}),
    "XXE": lambda: entity('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
    "DTD from elsewhere": lambda: entity('<!DOCTYPE x SYSTEM "http://contoh.id/a.dtd">'),
    "entities that multiply": laughs,
    "another alphabet": lambda: with_parts(
        {
            SHEET: ('<?xml version="1.0" encoding="UTF-16"?>' + part_of(SHEET).decode()).encode(
                "utf-16"
            )
        }
    ),
    "unpacks to 90 MB": lambda: with_sheet(TOP + b" " * (90 * MEGABYTE)),
    "unpacks to 600,000 rows": lambda: with_sheet(TOP + PAPER * 600_000),
    "8 million cells without a word": lambda: with_sheet(
        TOP + b"<row>" + b"<c/>" * 8_000_000 + b"</row>"
    ),
    "a million rows without a word": lambda: with_sheet(TOP + PAPER + b"<row/>" * 1_000_000),
    "texts of 30 MB": lambda: with_parts(
        {"xl/sharedStrings.xml": b"<sst>" + b"<si><t>a</t></si>" * 2_000_000 + b"</sst>"}
    ),
    "styles of 5 MB": lambda: with_parts({"xl/styles.xml": b"<a>" + b"<b/>" * 1_300_000 + b"</a>"}),
    "lies about a size": lying_sizes,
    "600,000 rows of CSV": lambda: b"Mitra;Judul\n" + b"A;B\n" * 600_000,
    "11 MB of CSV": lambda: b"Mitra;Judul\n" + b"A;" + b"x" * (11 * MEGABYTE),
    "a quote that never ends": lambda: b'Mitra;Judul\n"' + b"A;B\n" * 90_000,
    "one line of 5 MB": lambda: b"Mitra;Judul;" + b"x;" * 2_500_000,
    "half a letter": lambda: "Mitra;Judul\nDinas \ud800;x\n".encode("utf-8", "surrogatepass"),
    "sheet that is no XML": lambda: with_parts({SHEET: b"<worksheet><sheetData><row>"}),
    "no sheet": lambda: with_parts({SHEET: b"<chartsheet/>"}),
    "texts that are missing": lambda: with_sheet(TOP + b'<row><c t="s"><v>99</v></c></row>'),
    "a number that is none": lambda: with_sheet(TOP + b'<row><c t="n"><v>x</v></c></row>'),
    "a row of a number that is none": lambda: with_sheet(TOP + b'<row r="x"/>'),
    "a cell in no column": lambda: with_sheet(TOP + b"<row>" + cell("A", "ZZZZZ9") + b"</row>"),
}

# They are read like any other; nothing in them does harm.
HARMLESS: dict[str, Maker] = {
    "16,384 columns": lambda: with_sheet(TOP + PAPER + b"<row>" + cell("A") * 16_384 + b"</row>"),
    "a row of the number 10 to the 15": lambda: with_sheet(
        TOP + PAPER + b'<row r="1000000000000000">' + cell("A") + b"</row>"
    ),
    "a size that is too small": lambda: with_parts(
        {SHEET: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', part_of(SHEET))}
    ),
    "200,000 rows without a word": lambda: with_sheet(TOP + PAPER + b"<row/>" * 200_000),
    "400,000 cells without a word": lambda: with_sheet(
        TOP + PAPER + (b"<row>" + b"<c/>" * 100 + b"</row>") * 4000
    ),
    "a cell of a megabyte": lambda: with_sheet(TOP + line("Dinas", "x" * MEGABYTE)),
    "a picture of 8 MB": lambda: with_parts({"xl/media/image1.png": bytes(range(256)) * 32_000}),
    "settings of a printer": lambda: with_parts({"xl/printerSettings/a.bin": PROGRAM}),
    "markup in cells": lambda: csv(row(Mitra=HTML.decode().replace('"', "'"))),
    "formulas in a CSV": lambda: csv(row(Mitra="=cmd|' /C calc'!A0", Judul="@SUM(1)")),
    "letters written backwards": lambda: csv(row(Mitra="Dinas \u202eContoh\u200b")),
    "days beyond the calendar": lambda: with_sheet(
        line("Mitra", "Tanggal") + b"<row>" + cell("A") + b"<c><v>99999999</v></c></row>"
    ),
}
