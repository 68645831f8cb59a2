"""Files for spreadsheets: text stays text, comes back as it was, and is never run."""

import csv
import io
import zipfile
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from institutions.spreadsheets import (
    LONGEST,
    Sheet,
    csv_lines,
    guarded,
    sayable,
    unguarded,
    write_xlsx,
)

RISKY = (
    "=1+1",
    "+62 811",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "\n=1",
    '=HYPERLINK("http://contoh.id";"x")',
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "'=1+1",
    "''=1",
)
HARMLESS = (
    "Dinas Kesehatan",
    "'Aisyiyah",
    "0012",
    "TRUE",
    "#N/A",
    "#REF!",
    "1;2",
    'kata "dalam" kutip',
    "dua\nbaris",
    " spasi ",
    "a" * 10_000,
)


def as_csv(*texts: str) -> str:
    return "".join(csv_lines(Sheet("Contoh", ["No", "Teks"], list(enumerate(texts)))))


def from_csv(text: str) -> list[str]:
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
    return [cell for _, cell in list(rows)[1:]]


def as_xlsx(*texts: str) -> bytes:
    file = io.BytesIO()
    write_xlsx(file, [Sheet("Contoh", ["No", "Teks"], list(enumerate(texts)))])
    return file.getvalue()


def cells_of(file: bytes) -> list[Any]:
    page = load_workbook(io.BytesIO(file))["Contoh"]
    return [page.cell(row=number, column=2) for number in range(2, page.max_row + 1)]


@pytest.mark.parametrize("text", RISKY)
def test_a_formula_in_a_csv_is_text_and_comes_back(text: str) -> None:
    (cell,) = from_csv(as_csv(text))
    assert cell.startswith("'")
    assert unguarded(cell) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_in_a_csv_stands_as_it_is(text: str) -> None:
    assert from_csv(as_csv(text)) == [text]
    assert unguarded(text) == text


@pytest.mark.parametrize("text", RISKY + HARMLESS)
def test_an_xlsx_has_no_formula_and_gives_the_text_back(text: str) -> None:
    (cell,) = cells_of(as_xlsx(text))
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.quotePrefix == (text in RISKY)


def test_the_parts_of_an_xlsx_name_no_formula_and_no_link() -> None:
    with zipfile.ZipFile(io.BytesIO(as_xlsx(*RISKY, *HARMLESS))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        names = parts.namelist()
    assert "<f>" not in sheet
    assert 't="e"' not in sheet
    assert not [name for name in names if "external" in name.lower()]


@given(st.text(max_size=200))
def test_any_text_makes_the_round_trip_through_csv(text: str) -> None:
    assert [unguarded(cell) for cell in from_csv(as_csv(text))] == [sayable(text)]


@given(st.text(alphabet="='+-@\t\r\n＝a ", max_size=8))
def test_what_is_guarded_is_told_from_what_is_not(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.lists(st.text(max_size=60), min_size=1, max_size=20))
def test_any_text_makes_the_round_trip_through_xlsx(texts: list[str]) -> None:
    cells = cells_of(as_xlsx(*texts))
    assert [cell.value or "" for cell in cells] == [sayable(text) for text in texts]
    assert {cell.data_type for cell in cells} <= {"s", "n"}


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe"])
def test_what_no_file_can_hold_is_left_out(sign: str) -> None:
    (cell,) = cells_of(as_xlsx(f"a{sign}b"))
    assert cell.value == "ab"
    assert from_csv(as_csv(f"a{sign}b")) == ["ab"]


def test_a_text_longer_than_a_cell_ends_with_an_ellipsis() -> None:
    (cell,) = cells_of(as_xlsx("x" * (LONGEST + 1)))
    assert (len(cell.value), cell.value[-1]) == (LONGEST, "…")


def test_a_csv_is_what_excel_in_indonesian_opens() -> None:
    text = as_csv("Dinas; Sosial")
    assert text.startswith("\ufeffNo;Teks\r\n")
    assert text.endswith('0;"Dinas; Sosial"\r\n')


def test_days_are_days_and_numbers_are_numbers() -> None:
    sheet = Sheet("Contoh", ["Tanggal", "Jumlah", "Kosong"], [(date(2025, 7, 1), 1204, None)])
    file = io.BytesIO()
    write_xlsx(file, [sheet])
    page = load_workbook(file)["Contoh"]
    assert page["A2"].value.date() == date(2025, 7, 1)
    assert page["A2"].number_format == "DD/MM/YYYY"
    assert (page["B2"].value, page["C2"].value) == (1204, None)
    assert "".join(csv_lines(sheet)).splitlines()[1] == "01/07/2025;1204;"
    assert page.freeze_panes == "A2"


def test_rows_are_written_as_they_come() -> None:
    """A CSV is under way before its last row was asked for."""
    asked = []

    def rows():
        for number in range(3):
            asked.append(number)
            yield (number,)

    lines = csv_lines(Sheet("Contoh", ["No"], rows()))
    assert next(lines) == "\ufeffNo\r\n"
    assert next(lines) == "0\r\n"
    assert asked == [0]
