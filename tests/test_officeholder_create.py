"""Recording who holds an office: kept by the humas of the unit."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from institutions.models import Officeholder, Unit, User

pytestmark = pytest.mark.django_db
URL = "/unit/bapas-jember/pejabat/baru/"


def payload(**overrides: Any) -> dict[str, Any]:
    smallest = {"person_name": "Budi Contoh", "position": "Kepala Bapas", "seen_on": "1 Juli 2025"}
    return smallest | overrides


@pytest.fixture
def signed_in(client: Client, humas: User) -> Client:
    client.force_login(humas)
    return client


def refused(client: Client, **overrides: Any) -> str:
    """The page that asks to put something right; nothing was recorded."""
    response = client.post(URL, payload(**overrides))
    assert response.status_code == 200
    assert not Officeholder.objects.exists()
    html = response.content.decode()
    assert "perlu diperbaiki" in html
    return html


def test_humas_records_who_was_seen_in_office(signed_in: Client, humas: User) -> None:
    sent = payload(is_head="on", acting="PLH", degrees="S.H.", source="Berita contoh")
    response = signed_in.post(URL, sent, follow=True)
    row = Officeholder.objects.get()
    assert (row.unit, row.seen_on, row.recorded_by) == (humas.unit, date(2025, 7, 1), humas)
    assert response.redirect_chain == [("/unit/bapas-jember/#pejabat", 302)]
    html = response.content.decode()
    assert "Pejabat tersimpan." in html
    assert "Plh. Kepala Bapas" in html


def test_blank_form_asks_for_dates_in_words(signed_in: Client) -> None:
    html = signed_in.get(URL).content.decode()
    assert "Misalnya 14 Desember 2023 atau 14-12-2023." in html
    assert "Definitif" in html


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"person_name": ""}, "Isi nama."),
        ({"position": "  "}, "Isi jabatan."),
        ({"seen_on": ""}, "Isi masa jabatan, atau tanggal orang ini terlihat menjabat."),
        ({"seen_on": "31 November 2024"}, "November"),
        ({"seen_on": "05/13/2025"}, "05/13/2025"),
        ({"valid_from": "November 2024"}, "Tanggal belum lengkap"),
        ({"valid_from": "1-1-2025", "valid_until": "31-12-2024"}, "harus setelah awalnya"),
        ({"acting": "XYZ"}, "Pilih status jabatan dari daftar."),
        ({"person_name": "x" * 10_000}, "Nama terlalu panjang: 10000 huruf, batasnya 120."),
        ({"degrees": "x" * 10_000}, "Gelar terlalu panjang"),
        ({"position": "x" * 10_000}, "Jabatan terlalu panjang"),
        ({"source": "x" * 10_000}, "Sumber terlalu panjang"),
        ({"seen_on": "x" * 10_000}, "Tulis tanggalnya saja"),
        ({"person_name": "Budi\0"}, "tidak dapat disimpan"),
        ({"position": "\0"}, "tidak dapat disimpan"),
        ({"seen_on": "1 Juli\0 2025"}, "Galat"),
        ({"source": "\0"}, "tidak dapat disimpan"),
        ({"acting": "\0"}, "Pilih status jabatan dari daftar."),
    ],
)
def test_refusal_says_what_to_do(
    signed_in: Client, overrides: dict[str, str], message: str
) -> None:
    assert message in refused(signed_in, **overrides)


def test_nobody_was_seen_in_the_future(signed_in: Client) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "Tanggal ini belum tiba" in refused(signed_in, seen_on=tomorrow.isoformat())


def test_what_was_typed_stays(signed_in: Client) -> None:
    html = refused(signed_in, person_name="", degrees="S.Contoh")
    assert 'value="S.Contoh"' in html
    assert 'value="1 Juli 2025"' in html


def test_second_head_of_the_same_time_warns(signed_in: Client, humas: User) -> None:
    head = payload(is_head="on", seen_on="", valid_from="1 Januari 2024")
    signed_in.post(URL, head)
    response = signed_in.post(URL, head | {"person_name": "Contoh Dua"}, follow=True)
    assert Officeholder.objects.count() == 2
    assert "Kepala lain tercatat pada masa yang sama: Budi Contoh" in response.content.decode()


def test_wrong_weekday_warns(signed_in: Client) -> None:
    response = signed_in.post(URL, payload(seen_on="Senin, 1 Juli 2025"), follow=True)
    assert Officeholder.objects.count() == 1
    assert "notice-warning" in response.content.decode()


def test_the_unit_is_that_of_the_address(signed_in: Client, humas: User, humas_lain: User) -> None:
    signed_in.post(URL, payload(unit=humas_lain.unit.pk))
    assert Officeholder.objects.get().unit == humas.unit


def test_colleague_records_too(client: Client, rekan: User) -> None:
    client.force_login(rekan)
    assert client.post(URL, payload()).status_code == 302


def test_admin_records_for_any_unit(client: Client, bapas_jember: Unit, pengelola: User) -> None:
    client.force_login(pengelola)
    assert client.post(URL, payload()).status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_unit_is_named_in_the_refusal(
    client: Client, bapas_jember: Unit, humas_lain: User, method: str
) -> None:
    client.force_login(humas_lain)
    response = getattr(client, method)(URL, payload())
    assert response.status_code == 403
    assert "milik Bapas Jember" in response.content.decode()
    assert not Officeholder.objects.exists()


def test_manager_only_reads(client: Client, bapas_jember: Unit, pembaca: User) -> None:
    client.force_login(pembaca)
    assert client.post(URL, payload()).status_code == 403


def test_unknown_unit_is_not_found(signed_in: Client) -> None:
    assert signed_in.get("/unit/tidak-ada/pejabat/baru/").status_code == 404


def test_stranger_signs_in_first(client: Client, bapas_jember: Unit) -> None:
    assert client.post(URL, payload())["Location"] == f"{reverse('login')}?next={URL}"
    assert not Officeholder.objects.exists()


def test_other_methods_are_refused(signed_in: Client) -> None:
    assert signed_in.head(URL).status_code == 200
    assert signed_in.put(URL).status_code == 405


def test_without_the_token_nothing_is_recorded(humas: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(humas)
    assert strict.post(URL, payload()).status_code == 403
    assert not Officeholder.objects.exists()
