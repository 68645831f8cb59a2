"""Hapus, Sampah and Pulihkan of events."""

import pytest
from django.test import Client

from institutions.models import Unit, User
from partnerships.models import Event
from tests.factories import make_agreement, make_delivery, make_event

pytestmark = pytest.mark.django_db
REASON = {"reason": "Tercatat dua kali"}


@pytest.fixture
def event(bapas_jember: Unit) -> Event:
    return make_event(bapas_jember, title="Rapat ganda")


@pytest.fixture
def desk(client: Client, humas: User) -> Client:
    client.force_login(humas)
    return client


def hapus(event: Event) -> str:
    return f"/kegiatan/{event.pk}/hapus/"


def test_a_reason_moves_it_to_the_sampah_and_back(desk: Client, event: Event) -> None:
    page = desk.post(hapus(event), REASON, follow=True).content.decode()
    assert "Rapat ganda" in page
    assert "Tercatat dua kali" in page
    assert "Rapat ganda" not in desk.get("/kegiatan/").content.decode()
    assert "Pulihkan" in desk.get(event.get_absolute_url()).content.decode()
    desk.post(f"/kegiatan/{event.pk}/pulihkan/")
    assert Event.objects.current().get() == event


def test_without_a_reason_it_stays(desk: Client, event: Event) -> None:
    assert "Isi alasan." in desk.post(hapus(event), {"reason": " "}).content.decode()
    assert Event.objects.current().exists()


def test_with_deliveries_it_stays_and_says_why(
    desk: Client, event: Event, bapas_jember: Unit
) -> None:
    make_delivery(make_agreement(bapas_jember), event=event)
    assert "sudah punya realisasi" in desk.get(hapus(event)).content.decode()
    assert "sudah punya realisasi" in desk.post(hapus(event), REASON).content.decode()
    assert Event.objects.current().exists()


def test_asking_alone_removes_nothing(desk: Client, event: Event) -> None:
    assert desk.get(hapus(event)).status_code == 200
    assert Event.objects.current().exists()


def test_what_lies_in_the_sampah_is_not_removed_again(
    desk: Client, event: Event, humas: User
) -> None:
    event.archive(by=humas, reason="Tercatat dua kali")
    assert desk.post(hapus(event), REASON).status_code == 404


def test_the_sampah_of_others_is_not_shown_to_those_who_took_part(
    client: Client, humas_lain: User, bapas_jember: Unit, humas: User
) -> None:
    event = make_event(bapas_jember, title="Rapat ganda", units=[humas_lain.unit])
    event.archive(by=humas, reason="Tercatat dua kali")
    client.force_login(humas_lain)
    assert "Rapat ganda" not in client.get("/kegiatan/?tab=sampah").content.decode()
    assert client.get(event.get_absolute_url()).status_code == 404
    assert client.post(f"/kegiatan/{event.pk}/pulihkan/").status_code == 404


def test_an_outsider_does_not_learn_of_it(client: Client, humas_lain: User, event: Event) -> None:
    client.force_login(humas_lain)
    assert client.get(hapus(event)).status_code == 404
    assert client.post(hapus(event), REASON).status_code == 404


def test_taking_part_does_not_mean_removing(
    client: Client, humas_lain: User, bapas_jember: Unit
) -> None:
    event = make_event(bapas_jember, units=[humas_lain.unit])
    client.force_login(humas_lain)
    response = client.post(hapus(event), REASON)
    assert response.status_code == 403
    assert "Bapas Jember" in response.content.decode()


def test_a_manager_does_not_remove(client: Client, pembaca: User, event: Event) -> None:
    client.force_login(pembaca)
    assert client.post(hapus(event), REASON).status_code == 403


def test_pulihkan_is_a_button_not_a_link(desk: Client, event: Event) -> None:
    assert desk.get(f"/kegiatan/{event.pk}/pulihkan/").status_code == 405


def test_a_form_from_elsewhere_is_refused(humas: User, event: Event) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(humas)
    assert strict.post(hapus(event), REASON).status_code == 403
    assert Event.objects.current().exists()
