"""Files of the reports: names, contents, and what of other units' papers stands in them."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from institutions.models import User
from partnerships.models import Agreement, FollowUp
from tests.factories import make_agreement, make_area, make_delivery, make_partner
from tests.xlsx_parts import faults_of

pytestmark = pytest.mark.django_db
TABLE = "/laporan/rekap-kerja-sama"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    day = date(2026, 11, 22)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: day)
    return day


def body(client: Client, user: User, address: str) -> bytes:
    client.force_login(user)
    answer: Any = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def csv_rows(client: Client, user: User, address: str) -> list[list[str]]:
    text = body(client, user, address).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def xlsx_rows(client: Client, user: User, address: str, sheet: int = 0) -> list[tuple[Any, ...]]:
    book = load_workbook(io.BytesIO(body(client, user, address)))
    return list(book.worksheets[sheet].values)


def numbered(paper: Agreement) -> Agreement:
    for party, number in zip(paper.parties.all(), ("W15-SATU", "440/DUA"), strict=True):
        party.number = number
        party.record(by=None)
    return paper


def full_paper(user: User, **fields: Any) -> Agreement:
    fields = {"title": "Layanan contoh", "term_months": 24, "notes": "CATATAN DALAM"} | fields
    fields |= {"internal_contact": "ORANG DALAM", "areas": [make_area()]}
    return numbered(make_agreement(user.unit, make_partner("Dinas Contoh"), **fields))


def test_the_table_has_the_columns_offices_know(client: Client, humas: User) -> None:
    paper = full_paper(humas)
    make_delivery(paper, date=date(2026, 10, 1))
    promise = FollowUp(agreement=paper, text="Kirim draf", due=date(2026, 12, 1))
    promise.owner_unit = humas.unit
    promise.record(by=humas)
    heading, row = csv_rows(client, humas, f"{TABLE}.csv")
    assert ";".join(heading) == (
        "No;Mitra;Kategori;Jenis dokumen;Judul;No. Pihak Kesatu;No. Pihak Kedua;Tgl ttd;"
        "Masa berlaku;Bidang;Status;Tindak lanjut;Keterangan;Unit"
    )
    assert row == [
        "1",
        "Dinas Contoh",
        "Dinas/OPD",
        "Perjanjian Kerja Sama (PKS)",
        "Layanan contoh",
        "W15-SATU",
        "440/DUA",
        "05/01/2026",
        "5 Januari 2026 s.d. 4 Januari 2028",
        "Pelayanan kesehatan",
        "Berlaku",
        "Kirim draf (tenggat 1 Desember 2026)",
        "Berjalan",
        "Bapas Jember",
    ]


def test_the_xlsx_says_the_same_and_days_are_days(client: Client, humas: User) -> None:
    full_paper(humas)
    (row,) = csv_rows(client, humas, f"{TABLE}.csv")[1:]
    (cells,) = xlsx_rows(client, humas, f"{TABLE}.xlsx")[1:]
    assert cells[7].date() == date(2026, 1, 5)
    assert faults_of(body(client, humas, f"{TABLE}.xlsx")) == []
    plain = [str("" if cell is None else cell) for cell in cells]
    assert plain[:7] + plain[8:] == row[:7] + row[8:]


def test_of_other_units_only_the_card_is_told(
    client: Client, humas: User, humas_lain: User, pembaca: User
) -> None:
    paper = full_paper(humas_lain)
    promise = FollowUp(agreement=paper, text="JANJI MEREKA", owner_unit=humas_lain.unit)
    promise.record(by=humas_lain)
    full_paper(humas_lain, title="DRAF MEREKA", signed_on=None)
    for user in (humas, pembaca):
        (row,) = csv_rows(client, user, f"{TABLE}.csv")[1:]
        assert row[4:7] == ["Layanan contoh", "", ""]
        assert row[11] == ""
    whole = body(client, humas_lain, f"{TABLE}.csv").decode()
    assert "W15-SATU" in whole
    assert "JANJI MEREKA" in whole
    assert "DRAF MEREKA" in whole


def test_notes_and_internal_contacts_are_never_told(client: Client, humas: User) -> None:
    full_paper(humas)
    whole = body(client, humas, f"{TABLE}.csv").decode()
    cells = str(xlsx_rows(client, humas, f"{TABLE}.xlsx"))
    for text in (whole, cells):
        assert "Layanan contoh" in text
        assert "DALAM" not in text


def test_it_holds_what_the_list_shows_with_the_same_filters(client: Client, humas: User) -> None:
    full_paper(humas, title="Kini")
    full_paper(humas, title="Dulu", signed_on=date(2020, 1, 1), term_months=12)
    titles = [row[4] for row in csv_rows(client, humas, f"{TABLE}.csv?status=aktif")[1:]]
    assert titles == ["Kini"]
    then = csv_rows(client, humas, f"{TABLE}.csv?status=aktif&pada=1+Juni+2020")[1:]
    assert [(row[4], row[10]) for row in then] == [("Dulu", "Berlaku")]


def test_a_filter_that_cannot_be_read_leads_back_to_the_list(client: Client, humas: User) -> None:
    client.force_login(humas)
    answer = client.get(f"{TABLE}.xlsx?pada=13/13/2025")
    assert (answer.status_code, answer.url) == (302, "/perjanjian/?pada=13%2F13%2F2025")
    assert client.get("/laporan/rekap.csv?masa=apa").url == "/laporan/?masa=apa"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (
            f"{TABLE}.xlsx?unit=bapas-jember&masa=tw3-2025&pada=30+September+2025",
            "rekap-kerja-sama_bapas-jember_tw3-2025.xlsx",
        ),
        (f"{TABLE}.csv?unit=../../x%0d%0a%22", "rekap-kerja-sama_x_per-2026-11-22.csv"),
        (f"{TABLE}.csv?unit=" + "a" * 99, f"rekap-kerja-sama_{'a' * 80}_per-2026-11-22.csv"),
        ("/laporan/rekap.csv", "rekap-unit-bidang_bapas-jember_tw3-2026.csv"),
        (
            "/laporan/rekap.xlsx?masa=tanggal&tanggal=15+Mei+2026",
            "rekap-unit-bidang_bapas-jember_per-2026-05-15.xlsx",
        ),
    ],
)
def test_a_file_is_named_for_what_it_holds(
    client: Client, humas: User, address: str, name: str
) -> None:
    client.force_login(humas)
    answer = client.get(address)
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    kind = "text/csv" if name.endswith("csv") else "application/vnd.openxmlformats"
    assert answer["Content-Type"].startswith(kind)
    b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_the_rekap_is_the_table_of_the_page(client: Client, humas: User, pembaca: User) -> None:
    area = make_area()
    make_delivery(make_agreement(humas.unit, areas=[area]), date=date(2026, 7, 2), inmates_male=5)
    rows = csv_rows(client, pembaca, "/laporan/rekap.csv")
    assert rows[0][:2] == ["Unit", "Perjanjian aktif"]
    assert rows[0][-1] == "Pelayanan kesehatan"
    assert rows[1] == ["Kanwil Ditjenpas Jawa Timur (tanpa unit di bawahnya)", *"00000"]
    assert rows[2] == ["Bapas Jember", "1", "1", "1", "5", "1"]
    assert rows[3] == ["Jumlah", "1", "1", "1", "5", "1"]
    assert faults_of(body(client, pembaca, "/laporan/rekap.xlsx")) == []
    cells = xlsx_rows(client, pembaca, "/laporan/rekap.xlsx")
    assert cells[2] == ("Bapas Jember", 1, 1, 1, 5, 1)
    about = dict(xlsx_rows(client, pembaca, "/laporan/rekap.xlsx", sheet=1))
    assert about["Masa"] == "TW III 2026 (1 Juli – 30 September 2026)"


def test_a_title_that_looks_like_a_formula_is_text(client: Client, humas: User) -> None:
    full_paper(humas, title="=1+1 kerja sama")
    assert csv_rows(client, humas, f"{TABLE}.csv")[1][4] == "'=1+1 kerja sama"
    (row,) = xlsx_rows(client, humas, f"{TABLE}.xlsx")[1:]
    assert row[4] == "=1+1 kerja sama"


def test_a_long_table_is_read_in_parts(
    client: Client, humas: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partnerships.exports.CHUNK", 2)
    partner = make_partner()
    for number in range(5):
        make_agreement(humas.unit, partner, title=f"Naskah {number}")
    rows = csv_rows(client, humas, f"{TABLE}.csv")[1:]
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5"]
    assert len({row[4] for row in rows}) == 5
