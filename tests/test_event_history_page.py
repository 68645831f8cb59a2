"""Who changed an event, when and why."""

import pytest
from django.test import Client

from institutions.models import Unit, User
from partnerships.models import Event, FollowUp
from tests.event_form import stored
from tests.factories import make_event, make_partner

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(bapas_jember: Unit, humas: User, humas_lain: User) -> Event:
    event = make_event(bapas_jember, units=[humas_lain.unit], place="Aula", by=humas)
    FollowUp(event=event, text="KENARI", owner_unit=bapas_jember).record(by=humas)
    return event


def url(event: Event) -> str:
    return f"/kegiatan/{event.pk}/riwayat/"


def test_before_and_after_stand_side_by_side(client: Client, rekan: User, event: Event) -> None:
    client.force_login(rekan)
    data = stored(client, event, place="Ruang rapat") | {
        "attendances-TOTAL_FORMS": 1,
        "attendances-0-partner": make_partner("Dinas Sosial").pk,
        "attendances-0-presence": "present",
    }
    client.post(f"/kegiatan/{event.pk}/ubah/", data)
    entry = client.get(url(event)).context["entries"][0]
    changes = {change.label: (change.before, change.after) for change in entry.changes}
    assert entry.who == rekan
    assert changes["tempat"] == ("Aula", "Ruang rapat")
    assert "Dinas Sosial" in changes["kehadiran mitra"][1]


def test_the_reason_of_a_removal_is_told(client: Client, humas: User, event: Event) -> None:
    event.archive(by=humas, reason="Tercatat dua kali")
    client.force_login(humas)
    assert "Tercatat dua kali" in client.get(url(event)).content.decode()


def test_a_manager_above_reads_it(client: Client, pembaca: User, event: Event) -> None:
    client.force_login(pembaca)
    assert "KENARI" in client.get(url(event)).content.decode()


def test_those_who_only_took_part_do_not(client: Client, humas_lain: User, event: Event) -> None:
    client.force_login(humas_lain)
    assert client.get(event.get_absolute_url()).status_code == 200
    assert client.get(url(event)).status_code == 404


def test_nothing_is_posted_to_it(client: Client, humas: User, event: Event) -> None:
    client.force_login(humas)
    assert client.post(url(event)).status_code == 405
