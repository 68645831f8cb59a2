"""The page of one unit."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from institutions.models import KanwilProvince, Officeholder, Unit, UnitKind, UnitName, User
from tests.factories import make_province, make_unit

pytestmark = pytest.mark.django_db
URL = "/unit/bapas-jember/"


def page(client: Client, url: str = URL) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def make_officeholder(unit: Unit, person_name: str = "Contoh Satu", **fields: object) -> None:
    dates = {"valid_from", "valid_until", "seen_on"} & fields.keys()
    fields |= {} if dates else {"seen_on": date(2025, 7, 1)}
    fields.setdefault("position", "Kepala Bapas")
    Officeholder(unit=unit, person_name=person_name, **fields).record(by=None)


def test_facts_and_the_way_up(client: Client, humas: User) -> None:
    humas.unit.change(by=None, address="Jalan Contoh 1", phone="0331 000000")
    client.force_login(humas)
    html = page(client)
    for fact in ("Bapas Kelas II Jember", "Kabupaten Jember", "Jawa Timur", "WIB"):
        assert fact in html
    assert "Jalan Contoh 1" in html
    assert 'href="/unit/kanwil-35/"' in html
    assert 'href="/unit/ditjenpas/"' in html


def test_records_of_the_unit_are_one_link_away(client: Client, humas: User) -> None:
    client.force_login(humas)
    html = page(client)
    for name in ("agreement_list", "event_list", "delivery_list"):
        assert f'href="{reverse(name)}?unit=bapas-jember"' in html


def test_officeholders_stand_under_what_is_known(client: Client, humas: User) -> None:
    make_officeholder(humas.unit, "Contoh Kini", valid_from=date(2024, 1, 1), acting="PLT")
    make_officeholder(humas.unit, "Contoh Lama", valid_until=date(2023, 12, 31))
    make_officeholder(humas.unit, "Contoh Terlihat", source="Berita contoh")
    client.force_login(humas)
    groups = client.get(URL).context["officeholders"]
    assert [[row.person_name for row in rows] for _, rows in groups] == [
        ["Contoh Kini"],
        ["Contoh Terlihat"],
        ["Contoh Lama"],
    ]
    html = page(client)
    assert "terlihat menjabat pada 1 Juli 2025" in html
    assert "sumber: Berita contoh" in html
    assert "Plt. Kepala Bapas" in html
    assert "sejak 1 Januari 2024" in html


def test_names_of_other_times_and_spellings(client: Client, humas: User) -> None:
    UnitName(unit=humas.unit, name="Bispa Jember", valid_until=date(1997, 5, 30)).record(by=None)
    UnitName(unit=humas.unit, name="Bapas Djember").record(by=None)
    client.force_login(humas)
    html = page(client)
    assert "sampai 30 Mei 1997" in html
    assert "Ejaan lain" in html


def test_kanwil_names_its_provinces_and_counts_its_units(client: Client, humas: User) -> None:
    kanwil = humas.unit.parent
    KanwilProvince(unit=kanwil, province=make_province("51", "Bali")).record(by=None)
    make_unit("Pos Bapas Contoh", kind=UnitKind.POSBAPAS, parent=humas.unit)
    client.force_login(humas)
    html = page(client, kanwil.get_absolute_url())
    assert "Bali" in html
    assert 'href="/unit/?kanwil=kanwil-35&amp;kind=BAPAS">1 Bapas<' in html
    assert 'href="/unit/?kanwil=kanwil-35&amp;kind=POSBAPAS">1 Pos Bapas<' in html
    assert "Pos Bapas Contoh" in page(client)


def test_closed_unit_names_its_successor(client: Client, humas: User) -> None:
    old = make_unit("Rutan Lama", is_active=False, replaced_by=humas.unit)
    client.force_login(humas)
    assert "tidak lagi beroperasi" in page(client, old.get_absolute_url())
    assert "Menggantikan" in page(client)


def test_humas_keeps_officeholders_but_not_the_unit(client: Client, rekan: User) -> None:
    make_officeholder(rekan.unit)
    client.force_login(rekan)
    html = page(client)
    assert f'href="{URL}pejabat/baru/"' in html
    assert f'href="{URL}riwayat/"' in html
    assert "Ubah unit" not in html


def test_humas_of_another_unit_only_reads(client: Client, bapas_jember: Unit, humas_lain: User):
    make_officeholder(bapas_jember)
    client.force_login(humas_lain)
    html = page(client)
    assert "Contoh Satu" in html
    assert f'href="{URL}' not in html


def test_manager_only_reads(client: Client, bapas_jember: Unit, pembaca: User) -> None:
    client.force_login(pembaca)
    html = page(client)
    assert "Humas unit ini yang mengisinya" in html
    assert f'href="{URL}' not in html


def test_admin_is_led_to_what_is_missing(client: Client, bapas_jember: Unit, pengelola: User):
    bapas_jember.change(by=None, source_note="Alamat belum ditemukan")
    client.force_login(pengelola)
    html = page(client)
    assert f'href="{URL}ubah/#id_address"' in html
    assert "Alamat belum ditemukan" in html


def test_readers_see_no_source_note(client: Client, humas: User) -> None:
    humas.unit.change(by=None, source_note="Alamat belum ditemukan")
    client.force_login(humas)
    assert "Alamat belum ditemukan" not in page(client)


@pytest.mark.parametrize("code", ["tidak-ada", "BAPAS-JEMBER", "1", "x" * 3000])
def test_unknown_code_is_not_found(client: Client, humas: User, code: str) -> None:
    client.force_login(humas)
    assert client.get(f"/unit/{code}/").status_code == 404


def test_stranger_signs_in_first(client: Client, bapas_jember: Unit) -> None:
    assert client.get(URL)["Location"] == f"{reverse('login')}?next={URL}"


def test_only_reading_is_known(client: Client, humas: User) -> None:
    client.force_login(humas)
    assert client.head(URL).status_code == 200
    assert client.post(URL).status_code == 405


def test_queries_do_not_grow_with_the_rows(client: Client, pengelola: User, humas: User) -> None:
    client.force_login(pengelola)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client)
        return len(captured)

    def add(number: int) -> None:
        make_officeholder(humas.unit, f"Contoh {number}")
        UnitName(unit=humas.unit, name=f"Nama {number}").record(by=None)
        make_unit(f"Pos Bapas {number}", kind=UnitKind.POSBAPAS, parent=humas.unit)

    add(0)
    few = queries()
    for number in range(1, 6):
        add(number)
    assert queries() == few <= 15
