"""Old lists for tests: the same rows as XLSX and as CSV."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

HEADINGS = (
    *("No", "Unit", "Mitra", "Kategori", "Jenis dokumen", "Judul"),
    *("No. Pihak Kesatu", "No. Pihak Kedua", "Tgl ttd", "Masa berlaku", "Bidang"),
)
USUAL: dict[str, Any] = {
    "No": 1,
    "Unit": "",
    "Mitra": "Dinas Sosial Kabupaten Jember",
    "Kategori": "Dinas/OPD",
    "Jenis dokumen": "PKS",
    "Judul": "Layanan contoh",
    "No. Pihak Kesatu": "WP.15.PAS-1/2025",
    "No. Pihak Kedua": "440/1/2025",
    "Tgl ttd": "12 Januari 2025",
    "Masa berlaku": "2 tahun",
    "Bidang": "",
}


def list_row(number: int = 1, **changes: Any) -> list[Any]:
    """A row that is in order; names with blanks are given as a dict in `cells`."""
    cells = USUAL | {
        "No": number,
        "Judul": f"Layanan contoh {number}",
        "No. Pihak Kesatu": f"WP.15.PAS-{number}/2025",
    }
    cells |= changes.pop("cells", {}) | changes
    return [cells[heading] for heading in HEADINGS]


def xlsx(*rows: Sequence[Any], headings: Sequence[Any] = HEADINGS, **sheets: Any) -> bytes:
    book = Workbook()
    fill(book.active, [headings, *rows])
    for name, content in sheets.items():
        fill(book.create_sheet(name), content)
    return written(book)


def fill(sheet: Any, rows: Any) -> None:
    for line in rows:
        sheet.append(list(line))


def written(book: Any) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def csv(*rows: Sequence[Any], headings: Sequence[Any] = HEADINGS, separator: str = ";") -> bytes:
    lines = (separator.join(f'"{cell}"' for cell in line) for line in (headings, *rows))
    return "\r\n".join(lines).encode()
