"""The pages under /laporan/: defaults, tabs, sentences, what is asked and what is refused."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from institutions.models import MinistryName, Officeholder, Unit, User
from partnerships.models import Party
from tests.factories import make_agreement, make_area, make_delivery, make_file, make_unit

pytestmark = pytest.mark.django_db
URL = "/laporan/"
PAGES = ("", "akan-berakhir/", "belum-berjalan/", "pengisian/", "perkembangan/")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    day = date(2026, 11, 22)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: day)
    return day


def shown(client: Client, user: User, query: str = "") -> Any:
    client.force_login(user)
    answer = client.get(URL + query)
    assert answer.status_code == 200
    return answer


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_last_full_quarter_of_the_own_unit_is_shown_first(client: Client, humas: User) -> None:
    area = make_area()
    kept = make_agreement(humas.unit, areas=[area], term_months=24)
    make_delivery(kept, date=date(2026, 8, 1), inmates_male=1204, area=area)
    make_delivery(kept, date=date(2026, 10, 1), inmates_male=7)
    page = text(shown(client, humas))
    assert "Bapas Kelas II Jember, TW III 2026" in page
    assert "Bapas Jember memiliki 1 perjanjian aktif per 30 September 2026; 1 (100%)" in page
    assert "Selama 1 Juli – 30 September 2026 tercatat 1 realisasi dengan 1.204 peserta." in page


def test_a_paper_signed_after_the_day_is_left_out(client: Client, humas: User) -> None:
    make_agreement(humas.unit, signed_on=date(2026, 10, 5))
    assert "Belum ada perjanjian aktif pada Bapas Jember" in text(shown(client, humas))
    later = text(shown(client, humas, "?masa=tw4&tahun=2026"))
    assert "memiliki 1 perjanjian aktif per 22 November 2026" in later
    assert "(masa berjalan)" in later


def test_a_kanwil_sees_a_line_for_each_unit_and_one_without_papers(
    client: Client, humas: User, pembaca: User
) -> None:
    make_agreement(humas.unit)
    make_unit("Lapas Kelas I Malang", code="lapas-malang", province=humas.unit.province)
    page = text(shown(client, pembaca))
    assert "1 dari 3 unit memiliki 1 perjanjian aktif" in page
    assert "Lapas Kelas I Malang" in page
    assert "lingkup=lapas-malang" in page
    only = text(shown(client, pembaca, "?jenis_unit=BAPAS"))
    assert "1 dari 1 Bapas memiliki 1 perjanjian aktif" not in only
    assert "Lapas Kelas I Malang" not in only


def test_a_paper_between_units_counts_in_both_lines_and_once_in_all(
    client: Client, humas: User, pembaca: User
) -> None:
    other = make_unit("Lapas Kelas I Malang", code="lapas-malang", province=humas.unit.province)
    paper = make_agreement(humas.unit)
    Party(agreement=paper, order=3, unit=other).record(by=None)
    page = shown(client, pembaca).context["page"]
    assert {row.name: row.sums[0].number for row in page.rows} == {
        "Kanwil Ditjenpas Jawa Timur": 0,
        "Bapas Jember": 1,
        other.short_name: 1,
    }
    assert page.total.sums[0].number == 1


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?masa=tw1&tahun=25", "Tulis tahun dengan empat angka, misalnya 2025."),
        ("?masa=tw1&tahun=20x5", "Tulis tahun dengan empat angka, misalnya 2025."),
        ("?masa=tw1&tahun=1900", "Isi tahun antara 1945 dan 2026."),
        ("?masa=s2&tahun=2027", "Isi tahun antara 1945 dan 2026."),
        ("?masa=tanggal", "Isi tanggalnya."),
        ("?masa=tanggal&tanggal=23-11-2026", "Masa ini belum mulai."),
        ("?masa=tanggal&tanggal=2025", "Tanggal belum lengkap."),
        ("?masa=apa", "tidak ada dalam daftar"),
        ("?lingkup=lapas-purwodadi", "tidak ada dalam daftar"),
        ("?isi=" + "a" * 10_000, "tidak ada dalam daftar"),
        ("?jenis_unit=%ED%A0%80", "tidak ada dalam daftar"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_field(
    client: Client, humas: User, lapas_purwodadi: Unit, query: str, words: str
) -> None:
    answer = shown(client, humas, query)
    assert [error for errors in answer.context["form"].errors.values() for error in errors]
    assert words in text(answer) or "Pilih" in text(answer)
    assert "Laporan belum dapat disusun." in text(answer)


def test_a_year_is_not_asked_for_beside_a_day(client: Client, humas: User) -> None:
    page = text(shown(client, humas, "?masa=tanggal&tahun=x&tanggal=15+Mei+2026"))
    assert "realisasi 1 Januari – 15 Mei 2026" in page


def test_the_scope_of_another_kanwil_is_refused(
    client: Client, pembaca: User, humas_lain: User
) -> None:
    make_agreement(humas_lain.unit, title="Rahasia")
    answer = shown(client, pembaca, f"?lingkup={humas_lain.unit.code}")
    assert "page" not in answer.context
    assert humas_lain.unit.short_name not in text(answer)


def test_ditjenpas_sees_kanwil_and_goes_down_to_each(
    client: Client, humas: User, pengelola: User
) -> None:
    make_agreement(humas.unit)
    page = shown(client, pengelola).context["page"]
    assert [row.name for row in page.rows] == ["Ditjenpas", "Kanwil Ditjenpas Jawa Timur"]
    below = shown(client, pengelola, "?lingkup=kanwil-35").context["page"]
    assert [row.name for row in below.rows] == ["Kanwil Ditjenpas Jawa Timur", "Bapas Jember"]
    every = shown(client, pengelola, "?rinci=unit").context["page"]
    assert len(list(every.rows)) == 3


def test_an_empty_register_says_what_is_missing(client: Client) -> None:
    top = User.objects.create_superuser("utama")
    assert "Belum ada unit yang dapat dilaporkan." in text(shown(client, top))
    assert "Belum ada unit yang dapat dilaporkan." in text(shown(client, top, "pengisian/"))
    for name in PAGES:
        shown(client, top, name)
    for name in ("rekap.csv", "rekap.xlsx"):
        assert client.get(URL + name).status_code == 302


def test_paper_carries_the_letterhead_of_the_day_and_the_head_in_office(
    client: Client, humas: User
) -> None:
    MinistryName(name="Kementerian Lama", valid_until=date(2024, 10, 20)).record(by=None)
    MinistryName(name="Kementerian Baru", valid_from=date(2024, 10, 21)).record(by=None)
    head = {"unit": humas.unit, "position": "Kepala Bapas", "is_head": True}
    Officeholder(
        person_name="Contoh Satu", valid_until=date(2025, 1, 1), valid_from=date(2023, 1, 1), **head
    ).record(by=None)
    Officeholder(
        person_name="Contoh Dua", degrees="S.H.", valid_from=date(2025, 1, 2), **head
    ).record(by=None)
    now = text(shown(client, humas))
    assert "Kementerian Baru" in now
    assert "Contoh Dua, S.H." in now
    assert "Kementerian Lama" not in now
    then = text(shown(client, humas, "?masa=s1&tahun=2024"))
    assert "Kementerian Lama" in then
    assert "Contoh Satu" in then
    assert "Contoh Dua" not in then


def test_a_letterhead_the_unit_wrote_stands_instead(client: Client, humas: User) -> None:
    MinistryName(name="Kementerian Contoh").record(by=None)
    humas.unit.change(by=None, letterhead="BARIS SATU\nBARIS DUA")
    page = text(shown(client, humas))
    assert "BARIS SATU" in page
    assert "Kementerian Contoh" not in page


def test_a_text_for_whatsapp_stands_ready_without_a_script(client: Client, humas: User) -> None:
    make_agreement(humas.unit, areas=[make_area()])
    message = shown(client, humas).context["message"]
    assert message.startswith("*Kerja sama Bapas Jember, TW III 2026*\nBapas Jember memiliki 1")
    assert "Bidang terbanyak: Pelayanan kesehatan 1." in message
    assert "<textarea" in text(shown(client, humas))


def test_papers_that_end_are_listed_within_90_days_or_a_year(client: Client, humas: User) -> None:
    make_agreement(humas.unit, title="Dekat", signed_on=date(2025, 12, 1), term_months=12)
    make_agreement(humas.unit, title="Jauh", signed_on=date(2025, 6, 1), term_months=24)
    make_agreement(humas.unit, title="Sesudahnya", signed_on=date(2026, 6, 1), term_months=60)
    soon = shown(client, humas, "akan-berakhir/")
    assert [row.title for row in soon.context["page_obj"]] == ["Dekat"]
    year = shown(client, humas, "akan-berakhir/?hari=365")
    assert [row.title for row in year.context["page_obj"]] == ["Dekat", "Jauh"]
    listed = client.get(year.context["list_url"])
    assert listed.context["page_obj"].paginator.count == 2
    assert [row.title for row in shown(client, humas, "akan-berakhir/?hari=x").context["page_obj"]]


def test_papers_that_have_not_moved_are_listed_oldest_first(client: Client, humas: User) -> None:
    make_agreement(humas.unit, title="Lama", signed_on=date(2026, 1, 1), term_months=24)
    make_agreement(humas.unit, title="Lebih lama", signed_on=date(2025, 2, 1), term_months=36)
    moving = make_agreement(humas.unit, title="Berjalan", term_months=24)
    make_delivery(moving, date=date(2026, 11, 1))
    found = shown(client, humas, "belum-berjalan/")
    assert [row.title for row in found.context["page_obj"]] == ["Lebih lama", "Lama"]
    assert client.get(found.context["list_url"]).context["page_obj"].paginator.count == 2


def test_units_that_do_not_record_stand_first(
    client: Client, humas: User, pembaca: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_agreement(humas.unit, title="")
    make_file(agreement=make_agreement(humas.unit, areas=[make_area()]))
    make_agreement(humas.unit, areas=[make_area()])
    make_agreement(humas.unit, signed_on=None)
    answer = shown(client, pembaca, "pengisian/")
    entries = answer.context["found"].entries
    assert [entry.unit.code for entry in entries] == ["kanwil-35", "bapas-jember"]
    assert [entry.last_on is None for entry in entries] == [True, False]
    assert "belum pernah mengisi" in answer.context["found"].finding
    for lacking, number in ((entries[1].incomplete, 1), (entries[1].without_scan, 2)):
        assert lacking.number == number
        assert client.get(lacking.url).context["page_obj"].paginator.count == number


def test_the_year_is_drawn_and_stands_in_a_table(client: Client, humas: User) -> None:
    kept = make_agreement(humas.unit, signed_on=date(2026, 8, 15), term_months=24)
    make_delivery(kept, date=date(2026, 10, 1))
    answer = shown(client, humas, "perkembangan/")
    months = answer.context["chart"].months
    assert [(month.active, month.moving) for month in months[-3:]] == [(1, 0), (1, 0), (1, 1)]
    assert "bertambah 1, menjadi 1 per 31 Oktober 2026; yang berjalan 100%" in text(answer)
    assert client.get(months[-1].moving_url).context["page_obj"].paginator.count == 1
    assert text(answer).count("<polyline") == 2


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("user_name", ["humas", "pengelola"])
def test_the_number_of_queries_does_not_grow_with_rows(
    client: Client, request: pytest.FixtureRequest, humas: User, user_name: str, name: str
) -> None:
    client.force_login(request.getfixturevalue(user_name))
    counts = []
    for _ in range(2):
        for number in range(3):
            make_agreement(make_unit(province=humas.unit.province), areas=[make_area(f"A{number}")])
            make_delivery(make_agreement(humas.unit, term_months=12), area=make_area())
        with CaptureQueriesContext(connection) as queries:
            client.get(URL + name)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_rows_of_a_list_for_a_day_tell_that_day(client: Client, humas: User) -> None:
    make_agreement(humas.unit, signed_on=date(2025, 1, 5), term_months=12)
    client.force_login(humas)
    now = client.get("/perjanjian/").content.decode()
    then = client.get("/perjanjian/?pada=1+Juni+2025").content.decode()
    assert "Kedaluwarsa</span>" in now
    assert "Berlaku</span>" in then
    assert "Keadaan pada tanggal: <b>1 Juni 2025</b>" in then
