"""Correcting an event."""

from datetime import date

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from indonesian.dates import read_date
from institutions.models import Unit, User
from partnerships.models import Attendance, Event, EventPart
from tests.event_form import came, payload, stored
from tests.factories import make_event, make_partner, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, humas: User) -> Client:
    client.force_login(humas)
    return client


@pytest.fixture
def event(bapas_jember: Unit, humas: User) -> Event:
    """Recorded from "Rabu (20/11)", with two partners."""
    event = make_event(
        bapas_jember,
        title="Rapat koordinasi",
        partners=[make_partner("Dinas Sosial"), make_partner("Dinas Kesehatan")],
        by=humas,
    )
    event.set_date(read_date("Rabu (20/11)", today=date(2026, 11, 22)))
    return event.record(by=humas)


def url(event: Event) -> str:
    return f"/kegiatan/{event.pk}/ubah/"


def test_saving_without_a_change_alters_nothing(desk: Client, event: Event) -> None:
    desk.post(url(event), stored(desk, event))
    again = Event.objects.get()
    assert (again.starts_on, again.date_text) == (date(2024, 11, 20), "Rabu (20/11)")
    assert again.date_inferred
    assert again.attendances.count() == 2
    assert Attendance.history.count() == 2


def test_a_year_can_be_confirmed(desk: Client, event: Event) -> None:
    desk.post(url(event), stored(desk, event, year_is_sure="on"))
    again = Event.objects.get()
    assert (again.starts_on, again.date_inferred) == (date(2024, 11, 20), False)


def test_what_was_written_is_shown_as_text(desk: Client, event: Event) -> None:
    event.date_text = "<b>Rabu</b> (20/11)"
    event.record(by=None)
    for page in (event.get_absolute_url(), url(event)):
        assert "<b>Rabu" not in desk.get(page).content.decode()


def test_a_date_that_is_emptied_is_forgotten(desk: Client, event: Event) -> None:
    desk.post(url(event), stored(desk, event, when=""))
    again = Event.objects.get()
    assert (again.starts_on, again.date_text, again.date_inferred) == (None, "", False)


def test_a_publication_day_bounds_an_inferred_year(desk: Client, event: Event) -> None:
    desk.post(url(event), stored(desk, event, published_on="1 Januari 2020"))
    assert Event.objects.get().starts_on == date(2019, 11, 20)


def test_a_partial_date_stays_when_the_title_changes(desk: Client, bapas_jember: Unit) -> None:
    event = make_event(bapas_jember)
    event.set_date(read_date("November 2024", today=date(2026, 11, 22)))
    event.record(by=None)
    desk.post(url(event), stored(desk, event, title="Judul baru"))
    again = Event.objects.get()
    assert (again.title, again.date_key, again.date_text) == (
        "Judul baru",
        "2024-11",
        "November 2024",
    )


def test_rows_are_changed_removed_and_added_together(desk: Client, event: Event) -> None:
    first, second = event.attendances.all()
    data = stored(desk, event) | {
        "attendances-0-outcome": "SEPAKAT_PKS",
        "attendances-1-DELETE": "on",
        "attendances-TOTAL_FORMS": 3,
        "attendances-2-partner": second.partner.pk,
        "attendances-2-presence": "represented",
    }
    desk.post(url(event), data)
    rows = event.attendances.order_by("pk")
    assert [(row.partner, row.presence, row.outcome) for row in rows] == [
        (first.partner, "present", "SEPAKAT_PKS"),
        (second.partner, "represented", ""),
    ]


def test_a_part_that_is_added_comes_last(desk: Client, event: Event) -> None:
    EventPart(event=event, kind="SOSIALISASI", order=7).record(by=None)
    data = stored(desk, event) | {"parts-TOTAL_FORMS": 3, "parts-2-kind": "PELATIHAN"}
    desk.post(url(event), data)
    assert [part.kind for part in event.parts.all()] == ["RAKOR", "SOSIALISASI", "PELATIHAN"]


def test_a_removed_first_part_makes_the_next_the_main_kind(desk: Client, event: Event) -> None:
    EventPart(event=event, kind="SOSIALISASI", order=2).record(by=None)
    desk.post(url(event), stored(desk, event) | {"parts-0-DELETE": "on"})
    assert Event.objects.with_main_kind().get().main_kind == "SOSIALISASI"


def test_search_finds_a_partner_that_was_added(desk: Client, event: Event) -> None:
    data = stored(desk, event) | {
        "attendances-TOTAL_FORMS": 3,
        "attendances-2-name_as_written": "Yayasan Contoh Delapan",
        "attendances-2-presence": "present",
    }
    desk.post(url(event), data)
    assert Event.objects.search("contoh delapan").exists()


def test_a_second_editor_sees_both_values_and_overwrites_nothing(
    desk: Client, event: Event, rekan: User
) -> None:
    data = stored(desk, event, place="Aula", when="21 November 2024")
    event.place = "Ruang rapat"
    event.record(by=rekan)
    response = desk.post(url(event), data)
    page = response.content.decode()
    assert "diubah orang lain" in page
    assert "Ruang rapat" in page
    assert "20 November 2024" in page
    assert 'value="Aula"' in page
    assert Event.objects.get().place == "Ruang rapat"
    desk.post(url(event), data | {"version": event.version})
    assert Event.objects.get().place == "Aula"


def test_a_missing_version_is_a_conflict(desk: Client, event: Event) -> None:
    data = stored(desk, event, place="Aula")
    del data["version"]
    assert "diubah orang lain" in desk.post(url(event), data).content.decode()
    assert Event.objects.get().place == ""


def test_a_row_that_is_gone_can_be_given_up(desk: Client, event: Event, rekan: User) -> None:
    data = stored(desk, event)
    event.attendances.all()[1].remove(by=rekan)
    page = desk.post(url(event), data).content.decode()
    assert "Baris ini sudah dihapus." in page
    desk.post(url(event), data | {"attendances-1-DELETE": "on"})
    assert event.attendances.count() == 1


def test_rows_of_another_event_are_not_touched(desk: Client, event: Event) -> None:
    other = make_event(partners=[make_partner("Dinas Pendidikan")])
    row = other.attendances.get()
    data = stored(desk, event) | {
        "attendances-1-id": row.pk,
        "attendances-1-representative": "Direbut",
    }
    assert desk.post(url(event), data).status_code == 200
    row.refresh_from_db()
    assert (row.event, row.representative) == (other, "")


def test_a_colleague_may_correct_it(client: Client, rekan: User, event: Event) -> None:
    client.force_login(rekan)
    client.post(url(event), stored(client, event, place="Aula"))
    assert Event.objects.get().place == "Aula"
    assert Event.history.first().history_user == rekan


def test_an_outsider_does_not_learn_of_it(client: Client, humas_lain: User, event: Event) -> None:
    client.force_login(humas_lain)
    assert client.get(url(event)).status_code == 404
    assert client.post(url(event), payload()).status_code == 404


def test_a_unit_that_took_part_is_told_whose_it_is(client: Client, humas_lain: User) -> None:
    event = make_event(make_unit("Lapas Kelas IIB Contoh Dua"), units=[humas_lain.unit])
    client.force_login(humas_lain)
    response = client.post(url(event), payload())
    assert response.status_code == 403
    assert "Lapas Contoh Dua" in response.content.decode()


def test_a_manager_reads_but_does_not_change(client: Client, pembaca: User, event: Event) -> None:
    client.force_login(pembaca)
    assert client.get(f"/kegiatan/{event.pk}/").status_code == 200
    assert client.get(url(event)).status_code == 403
    assert client.post(url(event), payload()).status_code == 403


def test_what_is_in_the_sampah_is_not_edited(desk: Client, event: Event, humas: User) -> None:
    event.archive(by=humas, reason="Tercatat dua kali")
    assert desk.get(url(event)).status_code == 404


@pytest.mark.parametrize("pk", ["0", "999999999", "9" * 40])
def test_an_event_that_is_not_there_is_not_found(desk: Client, pk: str) -> None:
    assert desk.get(f"/kegiatan/{pk}/ubah/").status_code == 404


def test_more_rows_do_not_mean_more_queries(
    desk: Client, event: Event, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        Attendance(event=event, partner=make_partner(f"Dinas {number}")).record(by=None)
    with django_assert_max_num_queries(35):
        desk.get(url(event))


def test_folded_parts_open_when_they_are_asked_for(desk: Client, event: Event) -> None:
    assert not desk.get(url(event)).context["opened"]["sumber"]
    assert desk.get(url(event) + "?bagian=sumber").context["opened"]["sumber"]


def test_the_unit_can_be_corrected_from_above(
    client: Client, pengelola: User, event: Event
) -> None:
    client.force_login(pengelola)
    other = make_unit()
    client.post(url(event), stored(client, event, unit=other.pk))
    assert Event.objects.get().unit == other


def test_swapping_two_partners_saves_or_says_why(desk: Client, event: Event) -> None:
    first, second = event.attendances.all()
    data = stored(desk, event) | {
        "attendances-0-partner": second.partner.pk,
        "attendances-1-partner": first.partner.pk,
    }
    assert desk.post(url(event), data).status_code in {200, 302}
    assert {row.partner for row in event.attendances.all()} == {first.partner, second.partner}


def test_a_new_row_must_hold_something(desk: Client, event: Event) -> None:
    rows = payload({"attendances": [came()]}, version=event.version)
    assert desk.post(url(event), rows).status_code == 302
    assert event.attendances.count() == 2
