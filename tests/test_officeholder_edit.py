"""Correcting who held an office and when."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from institutions.models import Officeholder, Unit, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(bapas_jember: Unit) -> Officeholder:
    return Officeholder(
        unit=bapas_jember, person_name="Budi Contoh", position="Kepala", seen_on=date(2025, 7, 1)
    ).record(by=None)


def url(row: Officeholder, code: str = "bapas-jember") -> str:
    return f"/unit/{code}/pejabat/{row.pk}/ubah/"


def payload(**overrides: Any) -> dict[str, Any]:
    stored = {"person_name": "Budi Contoh", "position": "Kepala", "seen_on": "1 Juli 2025"}
    return stored | {"version": 1} | overrides


def test_humas_corrects_a_name(client: Client, humas: User, head: Officeholder) -> None:
    client.force_login(humas)
    response = client.post(url(head), payload(person_name="Budi S. Contoh"), follow=True)
    head.refresh_from_db()
    assert (head.person_name, head.version) == ("Budi S. Contoh", 2)
    assert "Perubahan pejabat tersimpan." in response.content.decode()


def test_form_shows_what_is_stored(client: Client, humas: User, head: Officeholder) -> None:
    client.force_login(humas)
    html = client.get(url(head)).content.decode()
    assert 'value="Budi Contoh"' in html
    assert 'value="1 Juli 2025"' in html


@pytest.mark.parametrize("version", ["", "0", "XYZ", "9" * 5000])
def test_older_version_overwrites_nothing(
    client: Client, humas: User, head: Officeholder, version: str
) -> None:
    head.change(by=None, position="Kepala Bapas")
    client.force_login(humas)
    html = client.post(url(head), payload(version=version, position="Plt.")).content.decode()
    head.refresh_from_db()
    assert head.position == "Kepala Bapas"
    assert "diubah orang lain" in html
    assert "Tulisan Anda" in html


def test_an_empty_name_is_asked_for(client: Client, humas: User, head: Officeholder) -> None:
    client.force_login(humas)
    assert "Isi nama." in client.post(url(head), payload(person_name="")).content.decode()


def test_admin_corrects_any(client: Client, pengelola: User, head: Officeholder) -> None:
    client.force_login(pengelola)
    assert client.post(url(head), payload(degrees="S.H.")).status_code == 302


def test_another_unit_is_named_in_the_refusal(
    client: Client, humas_lain: User, head: Officeholder
) -> None:
    client.force_login(humas_lain)
    response = client.post(url(head), payload(person_name="Bukan Dia"))
    head.refresh_from_db()
    assert response.status_code == 403
    assert "milik Bapas Jember" in response.content.decode()
    assert head.person_name == "Budi Contoh"


def test_manager_only_reads(client: Client, pembaca: User, head: Officeholder) -> None:
    client.force_login(pembaca)
    assert client.get(url(head)).status_code == 403


def test_own_unit_in_the_address_opens_no_other_row(
    client: Client, humas_lain: User, head: Officeholder
) -> None:
    client.force_login(humas_lain)
    assert client.get(url(head, "lapas-purwodadi")).status_code == 404


@pytest.mark.parametrize("pk", ["0", "9" * 30])
def test_unknown_row_is_not_found(client: Client, humas: User, pk: str) -> None:
    client.force_login(humas)
    assert client.get(f"/unit/bapas-jember/pejabat/{pk}/ubah/").status_code == 404


def test_stranger_signs_in_first(client: Client, head: Officeholder) -> None:
    assert client.get(url(head))["Location"] == f"{reverse('login')}?next={url(head)}"


def test_other_methods_are_refused(client: Client, humas: User, head: Officeholder) -> None:
    client.force_login(humas)
    assert client.head(url(head)).status_code == 200
    assert client.delete(url(head)).status_code == 405
