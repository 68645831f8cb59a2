"""Files as lists: alphabets, separators, headings under titles, sheets, cells of every kind."""

from contextlib import suppress
from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from indonesian.calendar import MONTHS, format_date, format_short
from institutions.spreadsheets import guarded
from partnerships.exports import COLUMNS
from partnerships.imports.dates import Unreadable, read_day, read_term
from partnerships.imports.headings import TITLES, Column, column_of, read_headings
from partnerships.imports.reading import MOST_LINES, OldList, read_list
from partnerships.imports.refusals import NotAList
from tests.lists import HEADINGS, csv, fill, written, xlsx
from tests.lists import list_row as row

TODAY = date(2026, 11, 28)


def read(content: bytes) -> OldList:
    return read_list(BytesIO(content), len(content))


# Headings


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("No.", Column.SERIAL),
        ("Nomor PKS", Column.OUR_NUMBER),
        ("No. PKS/MoU", Column.OUR_NUMBER),
        ("Nomor Surat Perjanjian", Column.OUR_NUMBER),
        ("No. Pihak Kesatu", Column.OUR_NUMBER),
        ("Nomor Lapas", Column.OUR_NUMBER),
        ("NOMOR PIHAK KEDUA", Column.THEIR_NUMBER),
        ("No Mitra", Column.THEIR_NUMBER),
        ("Mitra", Column.PARTNER),
        ("Nama Instansi", Column.PARTNER),
        ("Instansi/Lembaga", Column.PARTNER),
        ("Pihak Kedua", Column.PARTNER),
        ("Kategori Mitra", Column.CATEGORY),
        ("Jenis Mitra", Column.CATEGORY),
        ("Judul", Column.TITLE),
        ("Tentang", Column.TITLE),
        ("Perihal Kerja Sama", Column.TITLE),
        ("Jenis", Column.KIND),
        ("PKS / MoU", Column.KIND),
        ("Jenis Dokumen", Column.KIND),
        ("Tgl. TTD", Column.SIGNED),
        ("Tanggal", Column.SIGNED),
        ("Tanggal Penandatanganan", Column.SIGNED),
        ("Tanggal Mulai Berlaku", Column.STARTS),
        ("TMT", Column.STARTS),
        ("Tgl Berakhir", Column.ENDS),
        ("Tanggal Akhir PKS", Column.ENDS),
        ("Berakhir", Column.ENDS),
        ("Masa Berlaku", Column.TERM),
        ("Jangka Waktu", Column.TERM),
        ("Masa Berlaku Mulai", Column.STARTS),
        ("Masa Berlaku Sampai", Column.ENDS),
        ("Masa Berlaku Berakhir", Column.ENDS),
        ("Bidang Kerja Sama", Column.AREAS),
        ("Ruang Lingkup", Column.SCOPE),
        ("Pejabat Penandatangan", Column.OUR_SIGNATORY),
        ("Penanda Tangan Mitra", Column.THEIR_SIGNATORY),
        ("Ket.", Column.NOTES),
        ("Keterangan", Column.NOTES),
        ("Tindak Lanjut", Column.FOLLOW_UP),
        ("Status", Column.STATUS),
        ("UPT", Column.UNIT),
        ("Satuan Kerja", Column.UNIT),
        ("Unit", Column.UNIT),
        ("Kabupaten/Kota", Column.REGION),
        ("Tempat", Column.PLACE),
        ("Foto", None),
        ("", None),
        ("x" * 500, None),
    ],
)
def test_headings_are_known_in_their_variants(heading: str, column: Column | None) -> None:
    assert column_of(heading) == column


def test_every_column_of_our_own_tables_is_read() -> None:
    own = read_headings(list(COLUMNS))
    assert own.unread == ()
    assert own.weight == len(COLUMNS)
    assert list(read_headings(list(TITLES.values())).places.values()) == list(TITLES)


def test_headings_stand_under_a_title() -> None:
    titles = "REKAP KERJA SAMA;;\nLAPAS CONTOH;;\n;;\n"
    found = read(f"{titles}No;Mitra;Tentang\n1;Dinas Contoh;Layanan\n".encode())
    assert [(line.row, line.text(Column.PARTNER)) for line in found.lines] == [(5, "Dinas Contoh")]


def test_headings_in_two_rows_and_their_numbering() -> None:
    content = (
        "No;Mitra;Nomor;;Tanggal\n;;Lapas;Mitra;\n1;2;3;4;5\n1;Dinas Contoh;A-1;B-1;1/2/2025\n"
    )
    [line] = read(content.encode()).lines
    assert line.cells == {
        Column.PARTNER: "Dinas Contoh",
        Column.OUR_NUMBER: "A-1",
        Column.THEIR_NUMBER: "B-1",
        Column.SIGNED: "1/2/2025",
    }


def test_rows_without_a_paper_are_passed_over_and_counted() -> None:
    content = (
        "No;Mitra;Tanggal\n1;Dinas Contoh;1/2/2025\n;;\n2;;\nJumlah;;\nNo;Mitra;Tanggal\n"
        "3;Dinas Lain;2/2/2025\n"
    )
    found = read(content.encode())
    assert [line.row for line in found.lines] == [2, 7]
    assert found.passed_over == 3


@pytest.mark.parametrize(
    ("row", "is_sum"),
    [
        (";JUMLAH;", True),
        ("Total keseluruhan:;37;", True),
        ("37;Sub Total;1.204", True),
        ("1;Total Contoh Indonesia;1/2/2025", False),
        ("1;Jumlah;1/2/2025", False),
    ],
)
def test_a_sum_below_the_list_is_no_paper(row: str, is_sum: bool) -> None:
    found = read(f"No;Mitra;Tanggal\n1;Dinas Contoh;1/2/2025\n{row}\n".encode())
    assert len(found.lines) == (1 if is_sum else 2)
    assert found.passed_over == is_sum


def test_columns_that_mean_nothing_are_named() -> None:
    assert read(b"Mitra;Tanggal;Foto;Tautan\nA;1/2/2025;x;y\n").unread == ["Foto", "Tautan"]


def test_a_column_that_only_counts_holds_no_numbers() -> None:
    lines = read(b"Nomor;Mitra;Judul\n1;A;x\n2;B;y\n").lines
    assert [line.text(Column.OUR_NUMBER) for line in lines] == ["", ""]
    [line] = read(b"Nomor;Mitra;Judul\nW.1/2025;A;x\n").lines
    assert line.text(Column.OUR_NUMBER) == "W.1/2025"


# CSV


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_alphabet_and_separator_are_found_out(separator: str, encoding: str) -> None:
    text = csv(row(Mitra="Café Ñandú – Contoh"), separator=separator).decode()
    [line] = read(text.encode(encoding)).lines
    assert line.text(Column.PARTNER) == "Café Ñandú – Contoh"


def test_excel_may_name_its_separator() -> None:
    assert read(b"sep=|\r\nMitra|Judul\r\nA; B|x\r\n").lines[0].text(Column.PARTNER) == "A; B"


@given(st.sampled_from(["=1+1", "+62 1", "-a", "@b", "'=x", "'Aisyiyah", "biasa"]))
def test_what_our_csv_guards_comes_back(text: str) -> None:
    content = f'Mitra;Judul\r\n"{guarded(text)}";x\r\n'.encode()
    assert read(content).lines[0].cells[Column.PARTNER] == text


# XLSX


def test_days_and_numbers_of_excel() -> None:
    changes = {"Tgl ttd": date(2025, 1, 12), "No. Pihak Kesatu": 12, "Masa berlaku": 2.0}
    [line] = read(xlsx(row(cells=changes))).lines
    assert line.text(Column.SIGNED) == "2025-01-12"
    assert line.text(Column.OUR_NUMBER) == "12"
    assert line.text(Column.TERM) == "2"
    [line] = read(xlsx(row(cells={"Tgl ttd": datetime(2025, 1, 12, 8, 30)}))).lines
    assert line.text(Column.SIGNED) == "2025-01-12 08:30"


def test_every_visible_sheet_with_a_list_is_read() -> None:
    book = Workbook()
    fill(book.active, [["Catatan"], ["Halaman muka"]])
    for name in ("2024", "2025", "rahasia"):
        fill(book.create_sheet(name), [HEADINGS, row(1, Judul=f"Tahun {name}")])
    book["rahasia"].sheet_state = "hidden"
    found = read(written(book))
    assert [(line.where, line.text(Column.TITLE)) for line in found.lines] == [
        ("lembar 2024, baris 2", "Tahun 2024"),
        ("lembar 2025, baris 2", "Tahun 2025"),
    ]


def test_a_formula_counts_by_its_result_and_is_told_without_one() -> None:
    [line] = read(xlsx(row(Judul="=1+1"))).lines
    assert line.text(Column.TITLE) == "#RUMUS!"


def test_more_rows_than_are_read_at_once_are_refused() -> None:
    lines = b"".join(b"Dinas %d;x\n" % n for n in range(MOST_LINES + 1))
    with pytest.raises(NotAList, match="lebih dari 10.000 baris"):
        read(b"Mitra;Judul\n" + lines)
    assert len(read(b"Mitra;Judul\n" + lines[: lines.rindex(b"Dinas")]).lines) == MOST_LINES


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Berkas kosong"),
        (b"halo dunia\n", "Baris judul kolom tidak ditemukan"),
        (b"Mitra;Judul\n", "Tidak ada baris perjanjian"),
        (b"Foto;Tautan\nA;B\n", "Baris judul kolom tidak ditemukan"),
    ],
)
def test_a_file_without_a_list_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(NotAList, match=words):
        read(content)


# Days and terms


@given(st.dates(date(1946, 1, 1), date(2027, 1, 1)))
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    spellings = [format_date(day), format_short(day), day.isoformat(), f"{day:%d-%m-%Y}"]
    assert {read_day(text, today=TODAY).day for text in spellings} == {day}


@given(st.dates(date(1970, 1, 1), date(2030, 1, 1)))
def test_what_is_read_in_an_unexpected_way_is_said(day: date) -> None:
    serial = read_day(str((day - date(1899, 12, 30)).days), today=TODAY)
    assert serial.day == day
    assert format_date(day) in serial.notes[0]
    short = read_day(f"{day:%d-%m-%y}", today=TODAY)
    assert short.day == day
    assert format_date(day) in short.notes[0]


@pytest.mark.parametrize("text", ["01/13/2025", "31 Februari 2025", "Juli 1, 2025", "kemarin"])
def test_a_doubtful_day_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_day(text, today=TODAY)


def test_part_of_a_day_stays_text() -> None:
    found = read_day("awal 2019", today=TODAY)
    assert (found.day, found.text) == (None, "awal 2019")


@pytest.mark.parametrize(
    ("text", "starts", "ends", "months", "endless"),
    [
        ("2 tahun", None, None, 24, False),
        ("5 (lima) tahun sejak tanggal ditandatangani", None, None, 60, False),
        ("12 bulan terhitung sejak 1 Januari 2025", "2025-01-01", None, 12, False),
        ("14 Desember 2023 s.d. 13 Desember 2025", "2023-12-14", "2025-12-13", None, False),
        ("2 tahun (14/12/2023 - 13/12/2025)", "2023-12-14", "2025-12-13", 24, False),
        ("s.d. 13 Desember 2025", None, "2025-12-13", None, False),
        ("sampai dengan 13-12-2025", None, "2025-12-13", None, False),
        ("berlaku hingga 13/12/2025", None, "2025-12-13", None, False),
        ("31 Desember 2025", None, "2025-12-31", None, False),
        ("tanpa batas waktu", None, None, None, True),
        ("sejak 1 Juli 2025, tanpa batas waktu", "2025-07-01", None, None, True),
        ("sejak 1 Juli 2025", "2025-07-01", None, None, False),
        ("-", None, None, None, False),
    ],
)
def test_terms(text: str, starts: str, ends: str, months: int, endless: bool) -> None:
    term = read_term(text, today=TODAY)
    found = [day.isoformat() if day else None for day in (term.starts, term.ends)]
    assert [*found, term.months, term.is_open_ended] == [starts, ends, months, endless]


@pytest.mark.parametrize("text", ["2023-2026", "2025", "lama sekali", "sejak kapan saja"])
def test_a_term_that_says_no_day_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_term(text, today=TODAY)


@settings(max_examples=300)
@given(st.text(alphabet=st.sampled_from("0123456789 -/.,()sdtahunblwjk" + MONTHS[0]), max_size=60))
def test_any_cell_is_answered(text: str) -> None:
    for reader in (read_day, read_term):
        with suppress(Unreadable):
            reader(text, today=TODAY)
