"""The page of one delivery."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from institutions.models import Unit, User
from partnerships.models import Party
from tests.factories import (
    make_agreement,
    make_area,
    make_delivery,
    make_event,
    make_partner,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, humas: User) -> Client:
    client.force_login(humas)
    return client


def test_it_shows_facts_counts_and_who_recorded_it(desk: Client, humas: User) -> None:
    agreement = make_agreement(humas.unit, title="Layanan kesehatan")
    delivery = make_delivery(
        agreement,
        date=date(2026, 3, 3),
        area=make_area(),
        inmates_male=1200,
        clients_female=34,
        output="Skrining TB",
        note="Bersama puskesmas",
        event=make_event(humas.unit, title="Bakti kesehatan"),
        by=humas,
    )
    page = desk.get(delivery.get_absolute_url()).content.decode()
    for text in (
        "<h1>Skrining TB</h1>",
        "Selasa, 3 Maret 2026",
        "Layanan kesehatan",
        "Pelayanan kesehatan",
        "Bersama puskesmas",
        "Bakti kesehatan",
        "1.200",
        "1.234",
        "Dicatat Humas",
        "Bapas Kelas II Jember",
    ):
        assert text in page, text


def test_empty_facts_are_links_that_fill_them(desk: Client, humas: User) -> None:
    delivery = make_delivery(partner=make_partner(), unit=humas.unit)
    page = desk.get(delivery.get_absolute_url()).content.decode()
    edit = f"/realisasi/{delivery.pk}/ubah/"
    for anchor, words in (("id_area", "Isi bidang"), ("id_agreement", "Pilih perjanjian")):
        assert f'href="{edit}#{anchor}">{words}</a>' in page


def test_a_reader_gets_no_way_to_change_it(client: Client, pembaca: User, humas: User) -> None:
    client.force_login(pembaca)
    delivery = make_delivery(partner=make_partner(), unit=humas.unit)
    page = client.get(delivery.get_absolute_url()).content.decode()
    assert "/ubah/" not in page
    assert "/hapus/" not in page


def test_the_other_party_reads_it_without_notes_and_the_event_of_strangers(
    desk: Client, humas: User, lapas_purwodadi: Unit
) -> None:
    agreement = make_agreement(lapas_purwodadi, title="Perjanjian bersama")
    Party(agreement=agreement, order=3, unit=humas.unit).record(by=None)
    delivery = make_delivery(
        agreement,
        output="Pelatihan bersama",
        note="KENARI CATATAN",
        event=make_event(lapas_purwodadi, title="KENARI KEGIATAN"),
    )
    page = desk.get(delivery.get_absolute_url()).content.decode()
    assert "Pelatihan bersama" in page
    assert "KENARI" not in page
    assert "/riwayat/" not in page
    assert "Tandai sudah diperiksa" not in page


def test_a_delivery_of_strangers_does_not_exist(desk: Client, lapas_purwodadi: Unit) -> None:
    delivery = make_delivery(partner=make_partner(), unit=lapas_purwodadi, output="KENARI")
    response = desk.get(delivery.get_absolute_url())
    assert response.status_code == 404
    assert "KENARI" not in response.content.decode()


def test_in_the_sampah_it_can_be_brought_back(desk: Client, humas: User) -> None:
    delivery = make_delivery(partner=make_partner(), unit=humas.unit, output="keliru")
    delivery.archive(by=humas, reason="tercatat dua kali")
    page = desk.get(delivery.get_absolute_url()).content.decode()
    assert "Ada di Sampah" in page
    assert "tercatat dua kali" in page
    assert f'action="/realisasi/{delivery.pk}/pulihkan/"' in page
    assert "/ubah/" not in page
    assert "Tandai sudah diperiksa" not in page


def test_it_tells_who_may_check_it(client: Client, humas: User, rekan: User, pembaca: User) -> None:
    delivery = make_delivery(partner=make_partner(), unit=humas.unit, by=humas)
    pages = {}
    for user in (humas, rekan, pembaca):
        client.force_login(user)
        pages[user] = client.get(delivery.get_absolute_url()).content.decode()
    assert "Anda yang mencatatnya" in pages[humas]
    assert "Tandai sudah diperiksa" not in pages[humas]
    assert "Tandai sudah diperiksa" in pages[rekan]
    assert "Tandai sudah diperiksa" in pages[pembaca]


def test_it_shows_who_checked_it(desk: Client, humas: User, rekan: User) -> None:
    delivery = make_delivery(partner=make_partner(), unit=humas.unit, by=humas)
    delivery.verify(by=rekan)
    page = desk.get(delivery.get_absolute_url()).content.decode()
    assert "Rekan menyatakan realisasi ini benar terjadi." in page


def test_text_is_shown_as_text(desk: Client, humas: User) -> None:
    hostile = "<script>x</script>"
    delivery = make_delivery(
        partner=make_partner(hostile), unit=humas.unit, output=hostile, note=hostile
    )
    assert hostile not in desk.get(delivery.get_absolute_url()).content.decode()


@pytest.mark.parametrize("key", ["0", "-1", "abc", "9" * 30, "1.5", "%00"])
def test_crooked_addresses_are_not_found(desk: Client, key: str) -> None:
    assert desk.get(f"/realisasi/{key}/").status_code in {400, 404}


def test_the_page_costs_the_same_however_busy_the_agreement_is(desk: Client, humas: User) -> None:
    agreement = make_agreement(humas.unit)
    delivery = make_delivery(agreement)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(delivery.get_absolute_url())
        return len(queries)

    before = cost()
    for _ in range(5):
        make_delivery(agreement)
    assert cost() == before
