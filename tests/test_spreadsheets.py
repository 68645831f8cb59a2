"""Files for spreadsheets: text stays text, comes back as it was, and is never run."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from secrets import token_hex
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from institutions.spreadsheets import (
    LONGEST,
    Sheet,
    csv_lines,
    guarded,
    sayable,
    unguarded,
    xlsx_pieces,
)
from tests.xlsx_parts import faults_of

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
    return made(Sheet("Contoh", ["No", "Teks"], list(enumerate(texts))))


def made(*sheets: Sheet) -> bytes:
    return b"".join(xlsx_pieces(sheets))


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


def test_markup_in_an_xlsx_is_text() -> None:
    texts = ("<r><t>a</t></r>", "</t></is></c><c><f>1+1</f></c>", "a & b", "]]>", "_x0041_")
    assert [cell.value for cell in cells_of(as_xlsx(*texts))] == list(texts)


@given(st.text(max_size=200))
def test_any_text_makes_the_round_trip_through_csv(text: str) -> None:
    assert [unguarded(cell) for cell in from_csv(as_csv(text))] == [sayable(text)]


@given(st.text(alphabet="='+-@\t\r\n＝a ", max_size=8))
def test_what_is_guarded_is_told_from_what_is_not(text: str) -> None:
    assert unguarded(guarded(text)) == text


@settings(deadline=None)
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
    page = load_workbook(io.BytesIO(made(sheet)))["Contoh"]
    assert page["A2"].value.date() == date(2025, 7, 1)
    assert page["A2"].number_format == "DD/MM/YYYY"
    assert (page["B2"].value, page["C2"].value) == (1204, None)
    assert "".join(csv_lines(sheet)).splitlines()[1] == "01/07/2025;1204;"
    assert page.freeze_panes == "A2"


def noted(asked: list[int], number: int) -> Iterator[tuple[int]]:
    for each in range(number):
        asked.append(each)
        yield (each,)


def test_rows_are_written_as_they_come() -> None:
    """A CSV is under way before its last row was asked for."""
    asked: list[int] = []
    lines = csv_lines(Sheet("Contoh", ["No"], noted(asked, 3)))
    assert next(lines) == "\ufeffNo\r\n"
    assert next(lines) == "0\r\n"
    assert asked == [0]


def test_an_xlsx_is_handed_over_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("institutions.spreadsheets.PIECE", 1000)
    asked: list[int] = []
    texts = ((token_hex(500),) for _ in noted(asked, 500))
    pieces = xlsx_pieces([Sheet("Contoh", ["Teks"], texts)])
    first = next(pieces)
    assert 0 < len(asked) < 250
    page = load_workbook(io.BytesIO(b"".join([first, *pieces])))["Contoh"]
    assert page.max_row == 501


# What Excel asks of the parts


def test_the_parts_of_an_xlsx_are_in_order() -> None:
    row = (1, "=1+1", date(2025, 7, 1), None, "", "#N/A", "a\nb")
    sheets = [
        Sheet("Rekap", [f"Kolom {number}" for number in range(30)], [row * 4]),
        Sheet("Kosong", ["=Judul"], []),
        Sheet("Teks", ["No", "Teks"], list(enumerate((*RISKY, *HARMLESS)))),
    ]
    assert faults_of(made(*sheets)) == []


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ('<c r="A2"><f>1+1</f></c>', "cell A2 is no text, number or day"),
        ('<c r="A2" t="e"><v>#N/A</v></c>', "cell A2 is no text, number or day"),
        ('<c r="A2" s="99"><v>1</v></c>', "cell A2 has an unknown style"),
        ('<c r="A3"><v>1</v></c>', "cell A3 stands in the wrong place"),
        ('<c r="B2"/><c r="A2"/>', "cell A2 stands in the wrong place"),
    ],
)
def test_what_is_not_in_order_is_found(
    monkeypatch: pytest.MonkeyPatch, cell: str, fault: str
) -> None:
    monkeypatch.setattr("institutions.spreadsheets.cell_in_xml", lambda *args: cell)
    assert faults_of(made(Sheet("Contoh", ["No"], [(1,)]))) == [
        f"xl/worksheets/sheet1.xml: {fault}"
    ]
