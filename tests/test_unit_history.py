"""Who changed a unit, its names and its officeholders."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from institutions.models import Officeholder, Unit, User

pytestmark = pytest.mark.django_db
URL = "/unit/bapas-jember/riwayat/"


def keep(person_name: str, by: User) -> None:
    office = {"unit": by.unit, "position": "Kepala Bapas", "is_head": True}
    Officeholder(person_name=person_name, seen_on=date(2025, 7, 1), **office).record(by=by)


def test_says_who_when_what_and_why(client: Client, humas: User, pengelola: User) -> None:
    humas.unit.change(by=pengelola, reason="Dari kop surat", phone="0331 000000")
    keep("Contoh Satu", humas)
    client.force_login(humas)
    html = client.get(URL).content.decode()
    for text in ("Pengelola", "telepon kantor", "0331 000000", "Dari kop surat", "Contoh Satu"):
        assert text in html
    assert "kepala unit" in html


def test_readers_of_the_unit_see_no_history(client: Client, humas: User, pembaca: User) -> None:
    client.force_login(pembaca)
    assert client.get(URL).status_code == 403


def test_another_unit_is_named_in_the_refusal(
    client: Client, bapas_jember: Unit, humas_lain: User
) -> None:
    client.force_login(humas_lain)
    response = client.get(URL)
    assert response.status_code == 403
    assert "milik Bapas Jember" in response.content.decode()


def test_unknown_unit_is_not_found(client: Client, humas: User) -> None:
    client.force_login(humas)
    assert client.get("/unit/tidak-ada/riwayat/").status_code == 404


def test_stranger_signs_in_first(client: Client, bapas_jember: Unit) -> None:
    assert client.get(URL)["Location"] == f"{reverse('login')}?next={URL}"


def test_only_reading_is_known(client: Client, humas: User) -> None:
    client.force_login(humas)
    assert client.head(URL).status_code == 200
    assert client.post(URL).status_code == 405


def test_queries_do_not_grow_with_the_changes(client: Client, humas: User) -> None:
    client.force_login(humas)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(URL)
        return len(captured)

    keep("Contoh Satu", humas)
    few = queries()
    for number in range(5):
        keep(f"Contoh {number}", humas)
        humas.unit.change(by=humas, phone=f"0331 {number}")
    assert queries() == few <= 15
