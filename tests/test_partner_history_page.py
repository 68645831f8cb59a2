"""Who changed a partner, when and why."""

import pytest
from django.test import Client

from institutions.models import User
from partnerships.models import Partner, PartnerName
from tests.factories import make_partner
from tests.specimens import make_contact

pytestmark = pytest.mark.django_db


def page_of(client: Client, partner: Partner) -> str:
    return client.get(f"/mitra/{partner.pk}/riwayat/").content.decode()


def test_it_shows_who_changed_what_and_why(client: Client, humas: User, rekan: User) -> None:
    partner = make_partner("Dinas Lama", by=humas)
    partner.name = "Dinas Baru"
    partner.record(by=rekan, reason="perbaikan ejaan")
    PartnerName(partner=partner, name="Dinkes Contoh").record(by=rekan)
    client.force_login(humas)
    page = page_of(client, partner)
    for text in ("Dinas Lama", "Dinas Baru", "Rekan", "perbaikan ejaan", "Dinkes Contoh"):
        assert text in page, text


def test_people_to_call_are_not_in_it(client: Client, humas: User, humas_lain: User) -> None:
    partner = make_partner()
    make_contact(partner=partner, unit=humas_lain.unit, name="KENARI", phone="0811-KENARI")
    client.force_login(humas)
    assert "KENARI" not in page_of(client, partner)


def test_it_is_only_read(client: Client, humas: User) -> None:
    client.force_login(humas)
    assert client.post(f"/mitra/{make_partner().pk}/riwayat/").status_code == 405


def test_a_removed_partner_keeps_its_history(client: Client, humas: User) -> None:
    partner = make_partner()
    partner.archive(by=humas, reason="tercatat dua kali")
    client.force_login(humas)
    assert "tercatat dua kali" in page_of(client, partner)
