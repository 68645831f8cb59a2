"""Adding a partner to the directory."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from institutions.models import User
from partnerships.models import Partner
from tests.factories import make_partner, make_regency

pytestmark = pytest.mark.django_db
URL = "/mitra/baru/"


def payload(**overrides: Any) -> dict[str, Any]:
    empty = {
        f"{prefix}-{name}": number
        for prefix in ("names", "contacts")
        for name, number in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0))
    }
    return empty | {"name": "Dinas Sosial", "kind": "OPD"} | overrides


def test_humas_adds_a_partner_with_its_regency(client: Client, humas: User) -> None:
    client.force_login(humas)
    regency = make_regency()
    response = client.post(URL, payload(regency=regency.pk), follow=True)
    partner = Partner.objects.get()
    assert (partner.regency, partner.province) == (regency, regency.province)
    assert "Mitra tersimpan" in response.content.decode()


def test_searching_a_regency_keeps_what_was_typed_and_saves_nothing(
    client: Client, humas: User
) -> None:
    client.force_login(humas)
    make_regency()
    response = client.post(URL, payload(cari="regency", **{"regency-q": "grobogan"}))
    page = response.content.decode()
    assert "Kabupaten Grobogan" in page
    assert 'value="Dinas Sosial"' in page
    assert "Galat" not in page
    assert not Partner.objects.exists()


def test_adding_a_row_keeps_the_others(client: Client, humas: User) -> None:
    client.force_login(humas)
    data = payload(tambah="names", **{"names-TOTAL_FORMS": 1, "names-0-name": "Dinsos"})
    page = client.post(URL, data).content.decode()
    assert 'value="Dinsos"' in page
    assert "names-1-name" in page


def test_a_name_is_asked_for_in_words(client: Client, humas: User) -> None:
    client.force_login(humas)
    page = client.post(URL, payload(name="")).content.decode()
    assert "Isi nama." in page
    assert "Ada 1 hal yang perlu diperbaiki" in page


def test_a_regency_searched_but_not_chosen_is_asked_for(client: Client, humas: User) -> None:
    client.force_login(humas)
    make_regency()
    page = client.post(URL, payload(**{"regency-q": "grobogan"})).content.decode()
    assert "Pilih salah satu dari hasil pencarian." in page
    assert "Kabupaten Grobogan" in page


def test_names_and_contacts_are_saved_with_the_partner(client: Client, humas: User) -> None:
    client.force_login(humas)
    data = payload(
        **{
            "names-TOTAL_FORMS": 1,
            "names-0-name": "Dinsos Grobogan",
            "names-0-kind": "ALIAS",
            "contacts-TOTAL_FORMS": 1,
            "contacts-0-position": "Sekretaris",
            "contacts-0-basis": "DUTY",
        }
    )
    client.post(URL, data)
    partner = Partner.objects.get()
    assert partner.names.get().name == "Dinsos Grobogan"
    assert partner.contacts.get().unit == humas.unit
    assert "grobogan" in partner.search_text


def test_a_manager_does_not_add_partners(client: Client, pembaca: User) -> None:
    client.force_login(pembaca)
    assert client.get(URL).status_code == 403


def test_nobody_adds_without_signing_in(client: Client) -> None:
    assert client.get(URL).headers["Location"].startswith(reverse("login"))


def test_blank_form_knows_the_name_searched_for(client: Client, humas: User) -> None:
    client.force_login(humas)
    make_partner()
    assert "Yayasan Contoh" in client.get(URL + "?nama=Yayasan+Contoh").content.decode()
