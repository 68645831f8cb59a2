"""The list of partners."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from institutions.models import Unit, User
from partnerships.models import AgreementKind, PartnerName, Party
from tests.factories import (
    make_agreement,
    make_area,
    make_delivery,
    make_event,
    make_partner,
    make_province,
    make_regency,
)

pytestmark = pytest.mark.django_db
URL = "/mitra/"


@pytest.fixture
def desk(client: Client, humas: User) -> Client:
    client.force_login(humas)
    return client


def names(desk: Client, query: str = "") -> list[str]:
    response = desk.get(URL + query)
    assert response.status_code == 200
    return [partner.name for partner in response.context["page_obj"]]


def recent() -> date:
    return timezone.localdate() - timedelta(days=100)


def test_names_are_in_order_whatever_their_case(desk: Client) -> None:
    for name in ("yayasan contoh", "Balai Contoh", "dinas contoh"):
        make_partner(name)
    assert names(desk) == ["Balai Contoh", "dinas contoh", "yayasan contoh"]
    assert names(desk, "?sort=-nama") == ["yayasan contoh", "dinas contoh", "Balai Contoh"]


def test_partners_of_the_centre_stay_last_when_sorted_by_region(desk: Client) -> None:
    make_partner("Pusat", regency=None)
    make_partner(
        "Aceh", regency=make_regency("11.01", "Simeulue", province=make_province("11", "Aceh"))
    )
    make_partner("Grobogan")
    assert names(desk, "?sort=wilayah") == ["Aceh", "Grobogan", "Pusat"]
    assert names(desk, "?sort=-wilayah") == ["Grobogan", "Aceh", "Pusat"]


def test_a_row_tells_kind_region_and_what_moves(desk: Client, humas: User) -> None:
    partner = make_partner("Dinas Kesehatan Contoh", acronym="DKC")
    moving = make_agreement(humas.unit, partner, signed_on=recent(), term_months=24)
    make_agreement(humas.unit, partner, signed_on=recent(), term_months=24)
    make_agreement(humas.unit, partner, signed_on=date(2019, 1, 2))
    make_agreement(humas.unit, partner, signed_on=None)
    make_agreement(humas.unit, partner, signed_on=recent(), kind=AgreementKind.ADD)
    make_delivery(moving, date=timezone.localdate())
    row = desk.get(URL).context["page_obj"][0]
    assert (row.active_count, row.moving_count) == (2, 1)
    page = desk.get(URL).content.decode()
    for text in ("Dinas Kesehatan Contoh", "(DKC)", "Dinas/OPD", "Kabupaten Grobogan"):
        assert text in page


def test_a_paper_with_two_partners_counts_for_each(desk: Client, humas: User) -> None:
    first, second = make_partner("Dinas A"), make_partner("Dinas B")
    agreement = make_agreement(humas.unit, first, signed_on=recent(), term_months=24)
    Party(agreement=agreement, order=3, partner=second).record(by=None)
    rows = desk.get(URL).context["page_obj"]
    assert [row.active_count for row in rows] == [1, 1]


@pytest.mark.parametrize("sought", ["dinkes grobogan", "DINAS KESEHATAN", "puskesmas lama", "dkg"])
def test_it_is_found_by_words_acronym_and_other_names(desk: Client, sought: str) -> None:
    partner = make_partner("Dinas Kesehatan", acronym="DKG")
    PartnerName(partner=partner, name="Puskesmas Lama").record(by=None)
    partner.refresh_search_text()
    make_partner("Yayasan Lain")
    assert names(desk, f"?q={sought}") == ["Dinas Kesehatan"]


def test_filters_narrow_the_list(desk: Client, humas: User) -> None:
    area = make_area()
    jember = make_regency("35.09", "Jember", province=make_province("35", "Jawa Timur"))
    wanted = make_partner("Yayasan Cocok", kind="YAYASAN", regency=jember)
    make_agreement(humas.unit, wanted, areas=[area])
    make_partner("Dinas Lain")
    for query in ("?kind=YAYASAN", "?regency=jember", "?province=35", f"?area={area.code}"):
        assert names(desk, query) == ["Yayasan Cocok"], query
    assert names(desk, f"?kind=OPD&area={area.code}") == []


def test_it_is_narrowed_by_what_the_papers_do(desk: Client, humas: User) -> None:
    moving, idle, former = make_partner("A jalan"), make_partner("B diam"), make_partner("C lama")
    make_delivery(
        make_agreement(humas.unit, moving, signed_on=recent(), term_months=24),
        date=timezone.localdate(),
    )
    make_agreement(humas.unit, idle, signed_on=recent(), term_months=24)
    make_agreement(humas.unit, former, signed_on=date(2019, 1, 2))
    assert names(desk, "?standing=aktif") == ["A jalan", "B diam"]
    assert names(desk, "?standing=berjalan") == ["A jalan"]
    assert names(desk, "?standing=diam") == ["B diam"]
    assert names(desk, "?standing=tanpa") == ["C lama"]


def test_the_own_unit_has_a_tab(desk: Client, humas: User) -> None:
    for partner in (make_partner("A naskah"), make_partner("B draf")):
        make_agreement(humas.unit, partner, signed_on=None if "draf" in partner.name else recent())
    make_event(humas.unit, partners=[make_partner("C rapat")])
    make_delivery(partner=make_partner("D realisasi"), unit=humas.unit)
    make_partner("E belum")
    assert names(desk, f"?unit={humas.unit.code}") == [
        "A naskah",
        "B draf",
        "C rapat",
        "D realisasi",
    ]
    page = desk.get(f"{URL}?unit={humas.unit.code}").content.decode()
    assert "Bekerja sama dengan unit: <b>Bapas Jember</b>" in page
    assert 'aria-current="page">Mitra unit saya' in page


def test_what_other_units_prepare_or_meet_about_does_not_show(
    desk: Client, lapas_purwodadi: Unit
) -> None:
    area = make_area()
    make_agreement(lapas_purwodadi, make_partner("Rahasia draf"), signed_on=None, areas=[area])
    make_event(lapas_purwodadi, partners=[make_partner("Rahasia rapat")])
    make_agreement(lapas_purwodadi, make_partner("Terbuka"), areas=[area])
    assert names(desk, f"?unit={lapas_purwodadi.code}") == ["Terbuka"]
    assert names(desk, f"?area={area.code}") == ["Terbuka"]


def test_a_kanwil_looks_below_itself(client: Client, pembaca: User, humas: User) -> None:
    client.force_login(pembaca)
    make_agreement(humas.unit, make_partner("Dinas Contoh"))
    assert names(client, f"?unit={pembaca.unit.code}") == ["Dinas Contoh"]


def test_the_sampah_holds_what_was_removed(desk: Client, humas: User) -> None:
    make_partner("Keliru").archive(by=humas, reason="tercatat dua kali")
    assert names(desk) == []
    assert "tercatat dua kali" in desk.get(f"{URL}?tab=sampah").content.decode()


def test_a_search_without_result_offers_the_name_as_a_new_partner(desk: Client) -> None:
    page = desk.get(f"{URL}?q=Yayasan+Baru+%26+Indah").content.decode()
    assert "Tidak ada mitra yang cocok." in page
    assert 'href="/mitra/baru/?nama=Yayasan+Baru+%26+Indah"' in page


def test_a_manager_is_not_offered_to_add(client: Client, pembaca: User) -> None:
    client.force_login(pembaca)
    for query in ("", "?q=tidak+ada"):
        assert "/mitra/baru/" not in client.get(URL + query).content.decode()


def test_many_rows_are_counted_in_full_on_request(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("institutions.lists.COUNTED_BEYOND", 1)
    for number in range(28):
        make_partner(f"Dinas Contoh {number}")
    page = desk.get(URL + "?q=dinas").content.decode()
    assert "1–25 dari lebih dari 26 mitra" in page
    assert 'href="?q=dinas&amp;count=all"' in page
    page = desk.get(URL + "?q=dinas&count=all&page=2").content.decode()
    assert "26–28 dari 28 mitra" in page
    assert "count=all" in page
    assert "hitung semuanya" not in page


def test_pages_are_cut_and_counted(desk: Client) -> None:
    for number in range(30):
        make_partner(f"Dinas {number:02}")
    page = desk.get(f"{URL}?page=2").content.decode()
    assert "Menampilkan 26–30 dari 30 mitra" in page
    assert len(names(desk, "?per_page=50")) == 30


@pytest.mark.parametrize(
    "query",
    [
        "?page=1e400",
        "?kind=X",
        "?kind=OPD&kind=LSM",
        "?province=99",
        "?area=%27",
        "?unit=" + "x" * 5000,
        "?standing=x",
        "?regency=" + "%25" * 90,
        "?q=" + "a+" * 90,
        "?sort=password",
        "?per_page=-1",
        "?cari=regency&regency-q=x",
        "?tambah=names",
    ],
)
def test_hostile_addresses_are_answered_calmly(desk: Client, query: str) -> None:
    make_partner()
    assert desk.get(URL + query).status_code == 200


def test_the_number_of_queries_does_not_grow(desk: Client, humas: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(URL)
        return len(queries)

    def fill(number: int) -> None:
        for _ in range(number):
            make_delivery(make_agreement(humas.unit, make_partner()))

    fill(2)
    before = cost()
    fill(8)
    assert cost() == before
