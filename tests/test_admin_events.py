"""A humas officer records an event in the Django admin, from the source to the delivery."""

from datetime import date, time

import pytest

from partnerships.models import (
    ActivityKind,
    Delivery,
    Event,
    Evidence,
    FollowUp,
    Outcome,
    PersonRole,
    Presence,
    UnitRole,
)
from tests.admin_forms import (
    add,
    address,
    as_user,
    change_address,
    changed,
    errors_of,
    fill_row,
    form_data,
)
from tests.factories import make_agreement, make_area, make_event, make_partner, make_unit

pytestmark = pytest.mark.django_db


def test_a_humas_officer_records_an_event_with_everything(humas):
    partner = make_partner("Dinas Sosial Kabupaten Jember")
    guest = make_unit("Lapas Kelas IIA Jember")
    agreement = make_agreement(humas.unit, partner, title="Pelatihan klien", by=humas)
    area = make_area("PELATIHAN", "Pelatihan kerja")
    client = as_user(humas)

    page, data = add(
        client,
        Event,
        title="Rapat koordinasi Pokmas Lipas",
        when="Selasa (1/7/2025)",
        time="pukul 09.00 WIB",
        place="Aula Bapas",
        mode="LURING",
        source_kind="RILIS_SENDIRI",
        source_url="https://contoh.go.id/rapat",
        published_on="2 Juli 2025",
        declared_partners="9",
        notes="Lanjutkan bulan depan.",
    )
    assert data["unit"] == str(humas.unit_id)
    fill_row(data, "parts", 0, order=1, kind=ActivityKind.RAKOR)
    fill_row(data, "parts", 1, order=2, kind=ActivityKind.PELATIHAN, text="menjahit")
    fill_row(data, "unit_roles", 0, unit=guest, role=UnitRole.ATTENDING, online="on")
    fill_row(
        data, "attendances", 0, partner=partner, presence=Presence.PRESENT,
        representative="Contoh Satu", outcome=Outcome.SEPAKAT_PKS, agreement=agreement,
    )  # fmt: skip
    fill_row(data, "attendances", 1, name_as_written="KUA Ambulu", presence=Presence.INVITED)
    fill_row(
        data, "people", 0, name="Budi Contoh", degrees="S.H.", position="Kepala Bapas",
        role=PersonRole.LEADER, unit=humas.unit,
    )  # fmt: skip
    fill_row(data, "area_links", 0, area=area)
    fill_row(
        data, "followups", 0, text="Kirim konsep PKS", owner_unit=humas.unit, due="15 Juli 2025"
    )
    fill_row(data, "served", 0, agreement=agreement)
    fill_row(
        data, "deliveries", 0, agreement=agreement, kind=ActivityKind.PELATIHAN, area=area,
        date="1 Juli 2026", inmates_male=0, inmates_female=0, clients_male=12, clients_female=8,
        staff_male=0, staff_female=0, output="20 sertifikat",
    )  # fmt: skip
    fill_row(
        data, "coverage", 0, outlet="Koran Contoh", url="https://contoh.id/1",
        published_on="3 Juli 2025", reach=1200,
    )  # fmt: skip
    answer = client.post(address(Event, "add"), data, follow=True)

    assert answer.redirect_chain, errors_of(answer)
    event = Event.objects.get()
    assert (event.starts_on, event.time) == (date(2025, 7, 1), time(9))
    assert (event.unit, event.recorded_by) == (humas.unit, humas)
    assert [part.kind for part in event.parts.all()] == ["RAKOR", "PELATIHAN"]
    assert event.unit_roles.get().online
    assert [row.name for row in event.attendances.all()] == [str(partner), "KUA Ambulu"]
    assert event.attendances.first().agreement == agreement
    assert event.people.get().unit == humas.unit
    assert event.area_links.get().area == area
    assert (event.followups.get().due, event.followups.get().done_by) == (date(2025, 7, 15), None)
    assert event.served.get().agreement == agreement
    assert event.coverage.get().reach == 1200
    delivery = Delivery.objects.get()
    assert (delivery.event, delivery.unit, delivery.recorded_by) == (event, humas.unit, humas)
    assert delivery.participants == 20
    assert agreement.evidence_on(date(2026, 7, 2)) == Evidence.MOVING
    assert Event.objects.search("dinas sosial menjahit ambulu").get() == event
    for row in (event, event.parts.first(), event.followups.get(), delivery):
        assert row.history.get().history_user == humas


def test_rows_are_corrected_removed_and_added_in_one_go(humas):
    event = make_event(humas.unit, partners=[make_partner("Dinas Satu")], by=humas)
    client = as_user(humas)
    data = form_data(client.get(change_address(event)))
    data |= {"parts-0-text": "terbatas", "attendances-0-DELETE": "on"}
    fill_row(data, "attendances", 1, partner=make_partner("Dinas Dua"), presence=Presence.PRESENT)
    assert errors_of(client.post(change_address(event), data)) == []
    assert event.parts.get().text == "terbatas"
    assert [row.name for row in event.attendances.all()] == ["Dinas Dua"]


def test_rows_are_numbered_on_and_a_number_alone_is_no_row(humas):
    event = make_event(humas.unit, by=humas)
    client = as_user(humas)
    data = form_data(client.get(change_address(event)))
    assert data["parts-1-order"] == "2"
    fill_row(data, "parts", 1, kind=ActivityKind.PELATIHAN)
    fill_row(data, "parts", 2, order=3, event=event)
    assert errors_of(client.post(change_address(event), data)) == []
    assert [(part.order, part.kind) for part in event.parts.all()] == [
        (1, "RAKOR"),
        (2, "PELATIHAN"),
    ]


def test_empty_rows_are_not_recorded(humas):
    client = as_user(humas)
    _, data = add(client, Event, title="Rapat")
    assert errors_of(client.post(address(Event, "add"), data)) == []
    event = Event.objects.get()
    for relation in ("parts", "unit_roles", "attendances", "followups", "deliveries"):
        assert not getattr(event, relation).exists()


def test_a_follow_up_says_who_finished_it(humas, rekan):
    event = make_event(humas.unit, by=humas)
    task = FollowUp(event=event, text="Kirim konsep", owner_unit=humas.unit).record(by=humas)
    answer = changed(as_user(rekan), event, **{"followups-0-done_on": "20 Juli 2025"})
    assert errors_of(answer) == []
    task.refresh_from_db()
    assert (task.done_on, task.done_by) == (date(2025, 7, 20), rekan)


def test_the_errors_of_rows_are_listed_with_a_way_to_them(humas):
    client = as_user(humas)
    _, data = add(client, Event, title="", when="05/13/2025")
    fill_row(data, "deliveries", 0, kind=ActivityKind.PELATIHAN, date="besok")
    fill_row(data, "attendances", 0, representative="Contoh Satu")
    answer = client.post(address(Event, "add"), data)
    targets = {problem.target for problem in answer.context["problems"]}
    assert {"id_title", "id_when", "id_deliveries-0-date", "attendances-0"} <= targets
    page = answer.content.decode()
    for target in targets - {""}:
        assert f'id="{target}"' in page
    assert "Contoh Satu" in page
    assert "05/13/2025" in page
    assert not Event.objects.exists()


def test_a_delivery_in_the_future_is_refused_with_the_whole_event(humas):
    client = as_user(humas)
    _, data = add(client, Event, title="Rapat")
    zeros = dict.fromkeys(Delivery.COUNT_FIELDS, 0)
    fill_row(data, "deliveries", 0, kind="PELATIHAN", date="1 Juli 2090", **zeros)
    assert errors_of(client.post(address(Event, "add"), data))
    assert not Event.objects.exists()


def test_the_same_unit_twice_is_refused(humas):
    client = as_user(humas)
    _, data = add(client, Event, title="Rapat")
    fill_row(data, "unit_roles", 0, unit=humas.unit, role=UnitRole.HOST)
    fill_row(data, "unit_roles", 1, unit=humas.unit, role=UnitRole.WITNESS)
    assert errors_of(client.post(address(Event, "add"), data))
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "hostile",
    [
        {"parts-TOTAL_FORMS": "1e400"},
        {"parts-TOTAL_FORMS": "-1"},
        {"parts-TOTAL_FORMS": "999999"},
        {"parts-INITIAL_FORMS": "500"},
        {"parts-INITIAL_FORMS": ""},
        {"parts-0-id": "9" * 30},
        {"parts-0-id": "ya"},
        {"parts-0-event": "9e99"},
        {"parts-0-order": "9" * 30, "parts-0-kind": "TTD"},
        {"title": "x" * 5000},
        {"title": "a\0b"},
        {"title": "a\ud800b".encode("utf-8", "surrogatepass")},
        {"declared_partners": "9" * 40},
        {"declared_partners": "1e400"},
        {"declared_partners": "-1"},
        {"mode": "\0"},
        {"mode": "zzz"},
        {"unit": ["1", "2"]},
        {"time": "99.99"},
        {"when": "x" * 10_000},
        {"source_url": "javascript:alert(1)"},
        {"version": "9" * 40},
        {"cari": "unit"},
        {"tambah": "parts"},
        {"_saveasnew": "1"},
        {"_popup": "1"},
        {"_to_field": "version"},
        {"_continue": "1", "_addanother": "1"},
    ],
    ids=str,
)
def test_a_hostile_form_is_answered_and_never_with_an_error(hostile, humas):
    event = make_event(humas.unit, by=humas)
    client = as_user(humas)
    data = form_data(client.get(change_address(event)))
    for path in (change_address(event), address(Event, "add")):
        answer = client.post(path, {**data, **hostile})
        assert answer.status_code in {200, 302, 400}
    event.refresh_from_db()
    assert len(event.title) <= 300


def test_a_form_without_its_rows_is_refused(humas):
    event = make_event(humas.unit, by=humas)
    answer = as_user(humas).post(change_address(event), {"title": "Lain", "version": event.version})
    assert answer.status_code == 200
    event.refresh_from_db()
    assert event.title != "Lain"


def test_every_field_of_the_model_sent_along_changes_only_those_of_the_form(humas, humas_lain):
    event = make_event(humas.unit, by=humas)
    client = as_user(humas)
    data = form_data(client.get(change_address(event)))
    hidden = {
        "archived_on": "2025-01-01", "archived_by": str(humas_lain.pk), "archive_reason": "x",
        "recorded_by": str(humas_lain.pk), "search_text": "x", "year": "1999", "date_key": "1999",
        "date_inferred": "on", "starts_on": "2000-01-01", "id": "77",
    }  # fmt: skip
    before = Event.objects.values(*(name for name in hidden)).get(pk=event.pk)
    assert errors_of(client.post(change_address(event), data | hidden)) == []
    assert Event.objects.values(*(name for name in hidden)).get(pk=event.pk) == before
