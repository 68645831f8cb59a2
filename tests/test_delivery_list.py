"""The list of deliveries, its filters and the sums above it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from institutions.models import Unit, User
from partnerships.models import ActivityKind, Delivery, Party
from tests.factories import (
    make_agreement,
    make_area,
    make_delivery,
    make_event,
    make_partner,
)

pytestmark = pytest.mark.django_db
URL = "/realisasi/"


@pytest.fixture
def desk(client: Client, humas: User) -> Client:
    client.force_login(humas)
    return client


def done(unit: Unit, output: str, **fields: Any) -> Delivery:
    fields.setdefault("partner", None if fields.keys() & {"agreement", "event"} else make_partner())
    return make_delivery(unit=unit, output=output, **fields)


def outputs(desk: Client, query: str = "") -> list[str]:
    response = desk.get(URL + query)
    assert response.status_code == 200
    return [delivery.output for delivery in response.context["page_obj"]]


def test_the_latest_day_comes_first(desk: Client, bapas_jember: Unit) -> None:
    done(bapas_jember, "lama", date=date(2025, 1, 2))
    done(bapas_jember, "baru", date=date(2026, 2, 3))
    assert outputs(desk) == ["baru", "lama"]
    assert outputs(desk, "?sort=tanggal") == ["lama", "baru"]


@pytest.mark.parametrize(
    ("sort", "first"), [("peserta", "sedikit"), ("-peserta", "banyak"), ("unit", "sedikit")]
)
def test_it_is_sorted_by_a_link(desk: Client, bapas_jember: Unit, sort: str, first: str) -> None:
    done(bapas_jember, "banyak", clients_male=30, staff_female=9, kind=ActivityKind.REHAB)
    done(bapas_jember, "sedikit", inmates_male=35, kind=ActivityKind.LAYANAN)
    assert outputs(desk, f"?sort={sort}")[0] == first


def test_a_row_tells_day_kind_paper_sides_people_and_check(
    desk: Client, humas: User, rekan: User
) -> None:
    partner = make_partner("Dinas Kesehatan Contoh")
    agreement = make_agreement(humas.unit, partner, title="Layanan kesehatan")
    delivery = make_delivery(
        agreement, date=date(2026, 3, 3), output="Skrining TB", inmates_male=1204, by=rekan
    )
    delivery.verify(by=humas)
    page = desk.get(URL).content.decode()
    for text in ("Skrining TB", "3 Mar 2026", "Pelatihan/bimbingan kerja", "Layanan kesehatan"):
        assert text in page
    for text in ("Dinas Kesehatan Contoh", "Bapas Jember", "1.204", "diperiksa"):
        assert text in page


def test_the_sums_are_those_of_all_filtered_rows(desk: Client, bapas_jember: Unit) -> None:
    for number in range(30):
        done(bapas_jember, f"pelatihan {number}", inmates_male=40, staff_female=1)
    done(bapas_jember, "lain", kind=ActivityKind.REHAB, clients_female=500)
    page = desk.get(f"{URL}?kind=PELATIHAN").content.decode()
    assert "<b>1.230 peserta</b> pada 30 realisasi ini (1.200 laki-laki, 30 perempuan)" in page
    assert "1.200 warga binaan, 0 klien, 30 petugas." in page


def test_a_list_too_long_to_count_is_added_up_on_request(
    desk: Client, bapas_jember: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("institutions.lists.COUNTED_BEYOND", 1)
    for number in range(27):
        done(bapas_jember, f"hasil {number}", inmates_male=2)
    page = desk.get(URL).content.decode()
    assert "1–25 dari lebih dari 26 realisasi" in page
    assert '<a href="?count=all" rel="nofollow">jumlahkan semuanya</a>' in page
    assert "<b>" not in page[page.index('class="sum"') : page.index("<table")]
    page = desk.get(URL, {"count": "all"}).content.decode()
    assert "<b>54 peserta</b> pada 27 realisasi ini (54 laki-laki, 0 perempuan)" in page
    assert "jumlahkan semuanya" not in page


def test_filters_narrow_the_list(desk: Client, humas: User) -> None:
    area = make_area()
    agreement = make_agreement(humas.unit, make_partner("Dinas Sosial Contoh"))
    wanted = make_delivery(
        agreement, output="cocok", kind=ActivityKind.REHAB, date=date(2026, 3, 3), area=area
    )
    done(humas.unit, "lain", date=date(2025, 12, 31), kind=ActivityKind.LAYANAN)
    partner = agreement.parties.get(order=2).partner
    for query in (
        "?kind=REHAB",
        f"?area={area.code}",
        "?since=2026",
        "?since=1+Maret+2026&until=31+Maret+2026",
        "?since=Maret+2026&until=Maret+2026",
        f"?perjanjian={agreement.pk}",
        f"?mitra={partner.pk}",
        "?q=cocok",
        "?q=dinsos",
    ):
        assert outputs(desk, query) == ["cocok"], query
    assert wanted.kind == ActivityKind.REHAB


def test_filters_by_unit_look_below_it(client: Client, pembaca: User, humas: User) -> None:
    client.force_login(pembaca)
    done(humas.unit, "bapas")
    done(pembaca.unit, "kanwil")
    assert set(outputs(client, f"?unit={pembaca.unit.code}")) == {"bapas", "kanwil"}
    assert outputs(client, f"?unit={humas.unit.code}") == ["bapas"]
    assert outputs(client, "?unit=bapas+jember") == ["bapas"]
    assert set(outputs(client, f"?kanwil={pembaca.unit.code}")) == {"bapas", "kanwil"}
    assert outputs(client, "?regency=jember") == ["bapas"]
    assert set(outputs(client, "?province=35")) == {"bapas", "kanwil"}
    assert outputs(client, "?province=33") == []


def test_filters_by_check(desk: Client, humas: User, rekan: User) -> None:
    done(humas.unit, "sudah", by=rekan).verify(by=humas)
    done(humas.unit, "punya rekan", by=rekan)
    done(humas.unit, "punya saya", by=humas)
    assert outputs(desk, "?checked=sudah") == ["sudah"]
    assert set(outputs(desk, "?checked=belum")) == {"punya rekan", "punya saya"}
    assert outputs(desk, "?checked=saya") == ["punya rekan"]


def test_a_list_of_one_event(desk: Client, humas: User) -> None:
    event = make_event(humas.unit, title="Rapat koordinasi")
    done(humas.unit, "di rapat", event=event, partner=None)
    done(humas.unit, "lain")
    assert outputs(desk, f"?kegiatan={event.pk}") == ["di rapat"]


def test_a_linked_record_is_a_chip_and_stays_while_searching(desk: Client, humas: User) -> None:
    agreement = make_agreement(humas.unit, title="Layanan kesehatan")
    make_delivery(agreement)
    page = desk.get(f"{URL}?perjanjian={agreement.pk}").content.decode()
    assert "Perjanjian: <b>Layanan kesehatan</b>" in page
    assert f'<input type="hidden" name="perjanjian" value="{agreement.pk}"' in page
    assert f'href="/realisasi/baru/?perjanjian={agreement.pk}"' in page


def test_a_linked_record_of_strangers_is_not_named(desk: Client, lapas_purwodadi: Unit) -> None:
    draft = make_agreement(lapas_purwodadi, title="KENARI", signed_on=None)
    event = make_event(lapas_purwodadi, title="KENARI")
    for query in (f"?perjanjian={draft.pk}", f"?kegiatan={event.pk}"):
        page = desk.get(URL + query).content.decode()
        assert "tidak ditemukan" in page
        assert "KENARI" not in page


def test_other_units_are_not_listed_nor_counted(
    desk: Client, humas: User, lapas_purwodadi: Unit
) -> None:
    done(humas.unit, "milik sendiri", inmates_male=1)
    done(lapas_purwodadi, "KENARI", inmates_male=70_000)
    page = desk.get(URL).content.decode()
    assert "KENARI" not in page
    assert "<b>1 peserta</b>" in page
    assert outputs(desk, f"?unit={lapas_purwodadi.code}") == []


def test_deliveries_under_a_paper_one_is_party_to_are_listed(
    desk: Client, humas: User, lapas_purwodadi: Unit
) -> None:
    agreement = make_agreement(lapas_purwodadi)
    Party(agreement=agreement, order=3, unit=humas.unit).record(by=None)
    make_delivery(agreement, output="bersama")
    assert outputs(desk) == ["bersama"]


def test_the_sampah_holds_what_was_removed_and_why(desk: Client, humas: User) -> None:
    done(humas.unit, "keliru").archive(by=humas, reason="tercatat dua kali")
    assert outputs(desk) == []
    page = desk.get(f"{URL}?tab=sampah").content.decode()
    assert "keliru" in page
    assert "tercatat dua kali" in page


def test_an_empty_list_says_what_to_do(desk: Client) -> None:
    page = desk.get(URL).content.decode()
    assert "Catat realisasi pertama agar perjanjian terhitung berjalan." in page
    assert "Kurangi saringan" in desk.get(f"{URL}?kind=REHAB").content.decode()
    assert "Sampah kosong" in desk.get(f"{URL}?tab=sampah").content.decode()


def test_a_manager_is_not_offered_to_record(client: Client, pembaca: User) -> None:
    client.force_login(pembaca)
    assert "/realisasi/baru/" not in client.get(URL).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "?page=1e400",
        "?page=-1",
        "?page=9999999999999999999999",
        "?kind=TIDAKADA",
        "?kind=REHAB&kind=LAYANAN",
        "?area=%27",
        "?unit=" + "x" * 5000,
        "?perjanjian=abc",
        "?perjanjian=-5",
        "?perjanjian=" + "9" * 60,
        "?mitra=1.5",
        "?kegiatan=1e3",
        "?since=besok",
        "?since=05/13/2025",
        "?since=2026&until=2025",
        "?checked=semua",
        "?sort=unit__email",
        "?per_page=100000",
        "?tab=x",
        "?q=" + "%25" * 300,
        "?cari=perjanjian",
        "?kanwil=1",
        "?province=%20",
    ],
)
def test_hostile_addresses_are_answered_calmly(desk: Client, humas: User, query: str) -> None:
    done(humas.unit, "ada")
    assert desk.get(URL + query).status_code == 200


def test_a_filter_that_cannot_be_read_says_so(desk: Client, humas: User) -> None:
    done(humas.unit, "ada")
    page = desk.get(f"{URL}?perjanjian=abc").content.decode()
    assert "Perjanjian harus angka" in page
    assert "Saringan belum dapat dibaca" in page


def test_a_head_request_is_answered_without_a_body(desk: Client) -> None:
    response = desk.head(URL)
    assert (response.status_code, response.content) == (200, b"")


def test_the_number_of_queries_does_not_grow(desk: Client, humas: User, rekan: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get(URL)
        return len(queries)

    def fill(number: int) -> None:
        for _ in range(number):
            agreement = make_agreement(humas.unit)
            day = timezone.localdate() - timedelta(days=1)
            make_delivery(agreement, date=day, by=rekan, event=make_event(humas.unit))

    fill(2)
    before = cost()
    fill(8)
    assert cost() == before
