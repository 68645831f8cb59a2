"""Who changed a delivery, when and why."""

import pytest
from django.test import Client

from institutions.models import Unit, User
from partnerships.models import Delivery, Party
from tests.factories import make_agreement, make_delivery, make_partner

pytestmark = pytest.mark.django_db


def address(delivery: Delivery) -> str:
    return f"/realisasi/{delivery.pk}/riwayat/"


@pytest.fixture
def delivery(humas: User, rekan: User) -> Delivery:
    delivery = make_delivery(
        partner=make_partner("Dinas Sosial Contoh"), unit=humas.unit, output="lama", by=humas
    )
    delivery.output, delivery.inmates_male = "baru", 12
    delivery.record(by=rekan, reason="salah hitung")
    return delivery


def test_it_shows_who_changed_what_and_why(client: Client, humas: User, delivery: Delivery) -> None:
    client.force_login(humas)
    page = client.get(address(delivery)).content.decode()
    for text in ("Humas", "Rekan", "lama", "baru", "salah hitung", "Dinas Sosial Contoh"):
        assert text in page, text
    assert page.index("salah hitung") < page.index("Dicatat")


def test_it_stays_readable_in_the_sampah(client: Client, humas: User, delivery: Delivery) -> None:
    delivery.archive(by=humas, reason="tercatat dua kali")
    client.force_login(humas)
    assert "tercatat dua kali" in client.get(address(delivery)).content.decode()


def test_the_manager_above_reads_it(client: Client, pembaca: User, delivery: Delivery) -> None:
    client.force_login(pembaca)
    assert client.get(address(delivery)).status_code == 200


def test_the_other_party_does_not_because_notes_stand_there(
    client: Client, humas: User, lapas_purwodadi: Unit
) -> None:
    agreement = make_agreement(lapas_purwodadi)
    Party(agreement=agreement, order=3, unit=humas.unit).record(by=None)
    delivery = make_delivery(agreement, note="KENARI")
    client.force_login(humas)
    assert client.get(address(delivery)).status_code == 404


def test_strangers_find_nothing(client: Client, humas_lain: User, delivery: Delivery) -> None:
    client.force_login(humas_lain)
    assert client.get(address(delivery)).status_code == 404


def test_history_is_only_read(client: Client, humas: User, delivery: Delivery) -> None:
    client.force_login(humas)
    assert client.post(address(delivery)).status_code == 405
