"""The list of events."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indonesian.dates import read_date
from institutions.models import Unit, User
from partnerships.models import ActivityKind, Event, EventArea, EventPart, Mode
from tests.factories import make_area, make_event, make_partner, make_unit

pytestmark = pytest.mark.django_db
URL = "/kegiatan/"
TODAY = date(2026, 11, 22)


@pytest.fixture
def desk(client: Client, humas: User) -> Client:
    client.force_login(humas)
    return client


def dated(unit: Unit, text: str, **fields: Any) -> Event:
    event = make_event(unit, **{"title": text} | fields)
    event.set_date(read_date(text, today=TODAY))
    return event.record(by=None)


def titles(desk: Client, query: str = "") -> list[str]:
    response = desk.get(URL + query)
    assert response.status_code == 200
    return [event.title for event in response.context["page_obj"]]


SPELLINGS = ["2024", "20 November", "3 Maret 2025", "November 2024", "Rabu (20/11)"]


def test_the_newest_come_first_and_partial_dates_in_their_place(
    desk: Client, bapas_jember: Unit
) -> None:
    make_event(bapas_jember, title="Tanpa tanggal")
    for text in SPELLINGS:
        dated(bapas_jember, text)
    assert titles(desk) == [
        "3 Maret 2025",
        "Rabu (20/11)",
        "November 2024",
        "2024",
        "20 November",
        "Tanpa tanggal",
    ]
    assert titles(desk, "?sort=tanggal")[-1] == "3 Maret 2025"


def test_a_row_tells_date_kind_unit_and_partners(desk: Client, bapas_jember: Unit) -> None:
    partners = [make_partner(), make_partner()]
    dated(bapas_jember, "Rabu (20/11)", kind="KUNJUNGAN", partners=partners, declared_partners=1204)
    page = desk.get(URL).content.decode()
    for text in (
        "20 November 2024",
        "tahun disimpulkan",
        "Kunjungan",
        "Bapas Jember",
        "sumber: 1.204",
    ):
        assert text in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=menjahit", ["Pelatihan menjahit"]),
        ("?q=MENJAHIT+pelatihan", ["Pelatihan menjahit"]),
        ("?q=dinkes", ["Rapat dengan dinas"]),
        ("?kind=PELATIHAN", ["Pelatihan menjahit"]),
        ("?kind=SOSIALISASI", ["Pelatihan menjahit"]),
        ("?mode=DARING", ["Rapat dengan dinas"]),
        ("?area=KES_LAYANAN", ["Rapat dengan dinas"]),
        ("?unit=bapas-jember", ["Rapat dengan dinas", "Pelatihan menjahit"]),
        ("?unit=purwodadi", []),
        ("?kanwil=kanwil-35", ["Rapat dengan dinas", "Pelatihan menjahit"]),
        ("?kanwil=kanwil-33", []),
        ("?province=35", ["Rapat dengan dinas", "Pelatihan menjahit"]),
        ("?regency=jember", ["Rapat dengan dinas", "Pelatihan menjahit"]),
        ("?regency=grobogan", []),
        ("?since=1+Juli+2025", ["Rapat dengan dinas"]),
        ("?until=30-6-2025", ["Pelatihan menjahit"]),
        ("?since=2025&until=2025", ["Rapat dengan dinas", "Pelatihan menjahit"]),
        ("?since=Maret+2025&until=Maret+2025", ["Pelatihan menjahit"]),
        ("?kind=PELATIHAN&mode=DARING", []),
    ],
)
def test_filters_narrow_the_list(
    desk: Client, bapas_jember: Unit, lapas_purwodadi: Unit, query: str, found: list[str]
) -> None:
    training = make_event(
        bapas_jember, title="Pelatihan menjahit", kind="PELATIHAN", starts_on=date(2025, 3, 3)
    )
    EventPart(event=training, kind=ActivityKind.SOSIALISASI, order=2).record(by=None)
    meeting = make_event(
        bapas_jember,
        title="Rapat dengan dinas",
        partners=[make_partner("Dinas Kesehatan Kabupaten Jember")],
        mode=Mode.DARING,
        starts_on=date(2025, 7, 3),
    )
    EventArea(event=meeting, area=make_area()).record(by=None)
    assert titles(desk, query) == found


def test_events_of_a_partner_are_reached_by_a_link(desk: Client, bapas_jember: Unit) -> None:
    partner = make_partner("Yayasan Contoh Sepuluh")
    make_event(bapas_jember, title="Dengan mitra", partners=[partner])
    make_event(bapas_jember, title="Tanpa mitra")
    assert titles(desk, f"?mitra={partner.pk}") == ["Dengan mitra"]
    assert "Yayasan Contoh Sepuluh" in desk.get(f"{URL}?mitra={partner.pk}").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?since=2024&until=2024", ["20 November 2024", "November 2024", "2024"]),
        ("?since=1+November+2024&until=30+November+2024", ["20 November 2024", "November 2024"]),
        ("?since=November+2024&until=November+2024", ["20 November 2024", "November 2024"]),
        ("?since=2+November+2024&until=30+November+2024", ["20 November 2024"]),
        ("?since=20+November+2024&until=20+November+2024", ["20 November 2024"]),
        ("?since=2+Agustus+2025&until=2+Agustus+2025", ["1 – 3 Agustus 2025"]),
        ("?since=4+Agustus+2025", []),
        ("?until=2023", []),
    ],
)
def test_a_partial_date_lies_in_a_period_when_all_of_it_does(
    desk: Client, bapas_jember: Unit, query: str, found: list[str]
) -> None:
    for text in ("2024", "November 2024", "20 November 2024", "1 – 3 Agustus 2025", "20 November"):
        dated(bapas_jember, text)
    assert titles(desk, query) == found


def test_a_chip_takes_its_filter_away(desk: Client, bapas_jember: Unit) -> None:
    make_event(bapas_jember)
    chips = desk.get(f"{URL}?kind=RAKOR&unit=bapas-jember").context["chips"]
    assert [(chip["label"], chip["value"]) for chip in chips] == [
        ("Jenis", "Rapat koordinasi"),
        ("Unit pencatat", "Bapas Jember"),
    ]
    assert chips[0]["remove_url"] == f"{URL}?unit=bapas-jember"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?kind=XYZ", "Pilih jenis dari daftar."),
        ("?area=XYZ", "Pilih bidang dari daftar."),
        ("?kanwil=XYZ", "Pilih kanwil dari daftar."),
        ("?mode=1", "Pilih cara pelaksanaan dari daftar."),
        ("?since=31+November+2024", "November hanya sampai tanggal 30."),
        ("?since=20+November", "Tulis juga tahunnya."),
        ("?since=2025&until=2024", "Akhir masa harus setelah awalnya."),
        ("?q=" + "a" * 300, "batasnya 200"),
    ],
)
def test_a_filter_that_cannot_be_says_so(
    desk: Client, bapas_jember: Unit, query: str, message: str
) -> None:
    make_event(bapas_jember)
    response = desk.get(URL + query)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not response.context["page_obj"].object_list


@pytest.mark.parametrize(
    "query",
    [
        "?page=1e400",
        "?page=-1",
        "?page=99999999999999999999",
        "?per_page=1e9",
        "?sort=-pk",
        "?sort=unit__code",
        "?sort=--tanggal",
        "?tab=XYZ",
        "?kind=RAKOR&kind=XYZ",
        "?q=%ED%A0%80",
        "?q=%25_%27%22",
        "?mitra=1e400",
        "?mitra=99999999999999999999999",
        "?since=" + "9" * 5000,
        "?unit=" + "a" * 200,
        "?%ED%A0%80=1",
    ],
)
def test_hostile_parameters_do_no_harm(desk: Client, bapas_jember: Unit, query: str) -> None:
    make_event(bapas_jember)
    assert desk.get(URL + query).status_code == 200


def test_nul_in_a_parameter_is_a_bad_request(desk: Client) -> None:
    assert desk.get(f"{URL}?kind=%00").status_code == 400


def test_columns_sort_by_links(desk: Client, bapas_jember: Unit) -> None:
    make_event(bapas_jember, title="Satu", partners=[make_partner()])
    make_event(bapas_jember, title="Nol")
    assert titles(desk, "?sort=mitra") == ["Nol", "Satu"]
    assert titles(desk, "?sort=-mitra") == ["Satu", "Nol"]
    assert "?sort=-mitra" in desk.get(f"{URL}?sort=mitra").content.decode()


def test_pages_hold_25_50_or_100_rows(desk: Client, bapas_jember: Unit) -> None:
    for _ in range(30):
        make_event(bapas_jember)
    assert len(titles(desk)) == 25
    assert len(titles(desk, "?per_page=50")) == 30
    assert "Menampilkan 26–30 dari 30" in desk.get(f"{URL}?page=2").content.decode()


def test_the_list_holds_own_events_and_those_taken_part_in(
    client: Client, humas_lain: User, bapas_jember: Unit
) -> None:
    make_event(humas_lain.unit, title="Milik sendiri")
    make_event(bapas_jember, title="Ikut serta", units=[humas_lain.unit])
    make_event(bapas_jember, title="Milik orang lain", notes="rahasia")
    client.force_login(humas_lain)
    assert set(titles(client)) == {"Milik sendiri", "Ikut serta"}


def test_notes_of_others_cannot_be_found_by_searching(
    client: Client, humas_lain: User, bapas_jember: Unit
) -> None:
    make_event(bapas_jember, units=[humas_lain.unit], notes="kenari")
    client.force_login(humas_lain)
    assert titles(client, "?q=kenari") == []


def test_a_manager_reads_the_list_but_records_nothing(
    client: Client, pembaca: User, bapas_jember: Unit
) -> None:
    make_event(bapas_jember, title="Rapat")
    client.force_login(pembaca)
    assert titles(client) == ["Rapat"]
    assert "/kegiatan/baru/" not in client.get(URL).content.decode()


def test_an_empty_list_says_what_to_do(desk: Client) -> None:
    page = desk.get(URL).content.decode()
    assert "Belum ada kegiatan." in page
    assert "/kegiatan/baru/" in page
    assert "Tidak ada kegiatan yang cocok." in desk.get(f"{URL}?q=kenari").content.decode()
    assert "Sampah kosong." in desk.get(f"{URL}?tab=sampah").content.decode()


def test_more_rows_do_not_mean_more_queries(desk: Client, bapas_jember: Unit) -> None:
    make_event(bapas_jember, partners=[make_partner()])
    few = queries_for(desk)
    for _ in range(20):
        make_event(make_unit(parent=bapas_jember.parent, province=bapas_jember.province))
        make_event(bapas_jember, partners=[make_partner(), make_partner()], units=[make_unit()])
    assert queries_for(desk) == few <= 12


def queries_for(desk: Client) -> int:
    desk.get(URL)
    with CaptureQueriesContext(connection) as queries:
        desk.get(URL)
    return len(queries)


def test_posting_to_the_list_is_refused(desk: Client) -> None:
    assert desk.post(URL).status_code == 405


def test_nobody_reads_without_signing_in(client: Client) -> None:
    assert client.get(URL).status_code == 302
