"""Crafted ids in forms of the Django admin: another unit's row reads as a missing one."""

from datetime import date

import pytest

from institutions.models import Officeholder, Unit
from partnerships.models import (
    Agreement,
    Contact,
    Delivery,
    Event,
    EventAgreement,
    EventPart,
    FollowUp,
    Partner,
)
from tests.admin_forms import (
    add,
    address,
    as_user,
    change_address,
    errors_of,
    fill_row,
    form_data,
)
from tests.factories import make_agreement, make_delivery, make_event, make_partner

pytestmark = pytest.mark.django_db

SECRET = "Rahasia Purwodadi"
MISSING = 987_654_321


@pytest.fixture
def theirs(humas_lain):
    """Rows of another unit; the agreement is a draft that nobody else may know of."""
    unit = humas_lain.unit
    agreement = make_agreement(unit, title=SECRET, signed_on=None, notes=SECRET, by=humas_lain)
    event = make_event(unit, title=SECRET, place=SECRET, by=humas_lain)
    return {
        Agreement: agreement,
        Event: event,
        Delivery: make_delivery(event=event, output=SECRET, by=humas_lain),
        Officeholder: Officeholder(
            unit=unit, person_name=SECRET, position="Kepala", seen_on=date(2024, 1, 1)
        ).record(by=humas_lain),
    }


def refusal(client, model, field, value, **fields):
    _, data = add(client, model, **fields)
    data[field] = str(value)
    return errors_of(client.post(address(model, "add"), data))


@pytest.mark.parametrize(
    ("model", "field", "fields"),
    [
        (Event, "unit", {"title": "Rapat"}),
        (Agreement, "unit", {"title": "Layanan"}),
        (Agreement, "parent", {"title": "Layanan"}),
        (Agreement, "replaces", {"title": "Layanan"}),
        (Agreement, "amends", {"title": "Layanan"}),
        (Agreement, "signing_event", {"title": "Layanan"}),
        (Delivery, "unit", {"kind": "PELATIHAN", "date": "1 Maret 2026"}),
        (Delivery, "agreement", {"kind": "PELATIHAN", "date": "1 Maret 2026"}),
        (Delivery, "event", {"kind": "PELATIHAN", "date": "1 Maret 2026"}),
        (Officeholder, "unit", {"person_name": "Budi", "position": "K", "seen_on": "1-1-2025"}),
    ],
)
def test_another_units_id_is_refused_like_a_missing_one(model, field, fields, humas, theirs):
    target = model._meta.get_field(field).related_model
    foreign = theirs[Event].unit if target is Unit else theirs[target]
    client, before = as_user(humas), model.objects.count()
    crafted = refusal(client, model, field, foreign.pk, **fields)
    assert crafted
    assert crafted == refusal(client, model, field, MISSING, **fields)
    for hostile in ("9e99", "-1", "9" * 30, "ya", "1 OR 1=1", "٣٤٥", "\0"):
        assert refusal(client, model, field, hostile, **fields)
    assert model.objects.count() == before


def event_with(humas, **changes):
    mine = make_event(humas.unit, title="Rapat Jember", by=humas)
    client = as_user(humas)
    data = form_data(client.get(change_address(mine))) | changes
    return mine, client, data


@pytest.mark.parametrize("prefix", ["served", "attendances", "deliveries"])
def test_another_units_id_in_a_row_is_refused_like_a_missing_one(prefix, humas, theirs):
    answers = []
    for key in (theirs[Agreement].pk, MISSING):
        mine, client, data = event_with(humas)
        fields = {"agreement": key}
        if prefix == "attendances":
            fields["name_as_written"] = "Dinas Contoh"
        if prefix == "deliveries":
            fields |= {"kind": "PELATIHAN", "date": "1 Maret 2026"}
        fill_row(data, prefix, 0, **fields)
        answer = client.post(change_address(mine), data)
        answers.append(errors_of(answer))
        assert SECRET not in answer.content.decode()
    assert answers[0] == answers[1]
    assert "dari daftar" in answers[0][0]
    assert not EventAgreement.objects.filter(agreement=theirs[Agreement]).exists()


@pytest.mark.parametrize("number", [0, 5])
def test_the_key_of_another_units_part_is_refused_like_a_missing_one(number, humas, theirs):
    foreign = theirs[Event].parts.get()
    answers = []
    for key in (foreign.pk, MISSING):
        mine, client, data = event_with(humas)
        data["parts-INITIAL_FORMS"] = str(number + 1)
        fill_row(data, "parts", number, id=key, event=mine.pk, kind="TTD", order=1, text="Diambil")
        answers.append(errors_of(client.post(change_address(mine), data)))
        assert EventPart.objects.filter(event=mine).count() == 1
    assert answers[0] == answers[1]
    assert answers[0]
    foreign.refresh_from_db()
    assert (foreign.event_id, foreign.text) == (theirs[Event].pk, "")


def test_a_part_cannot_be_deleted_through_anothers_form(humas, theirs):
    foreign = theirs[Event].parts.get()
    mine, client, data = event_with(humas)
    data["parts-INITIAL_FORMS"] = "1"
    fill_row(data, "parts", 0, id=foreign.pk, event=mine.pk, kind="TTD", order=1, DELETE="on")
    client.post(change_address(mine), data)
    assert EventPart.objects.filter(pk=foreign.pk).exists()


def test_a_part_cannot_be_hung_under_anothers_root(humas, theirs):
    mine, client, data = event_with(humas)
    fill_row(data, "parts", 1, event=theirs[Event].pk, kind="TTD", order=2, text="Titipan")
    assert errors_of(client.post(change_address(mine), data))
    assert not EventPart.objects.filter(text="Titipan").exists()


def test_a_delivery_of_another_unit_is_not_among_the_rows_of_the_event(humas, humas_lain, theirs):
    mine = make_event(humas.unit, by=humas)
    foreign = make_delivery(event=mine, unit=humas_lain.unit, output=SECRET)
    client = as_user(humas)
    page = client.get(change_address(mine))
    assert SECRET not in page.content.decode()
    data = form_data(page)
    data |= {"deliveries-TOTAL_FORMS": "1", "deliveries-INITIAL_FORMS": "1"}
    fill_row(
        data,
        "deliveries",
        0,
        id=foreign.pk,
        event=mine.pk,
        kind="REHAB",
        date="1-3-2026",
        version=foreign.version,
        output="Diambil",
        inmates_male=1,
        inmates_female=0,
        clients_male=0,
        clients_female=0,
        staff_male=0,
        staff_female=0,
    )
    assert errors_of(client.post(change_address(mine), data))
    foreign.refresh_from_db()
    assert foreign.output == SECRET


def test_follow_ups_of_another_unit_stay_with_it(humas, humas_lain):
    mine = make_event(humas.unit, by=humas)
    FollowUp(event=mine, text=SECRET, owner_unit=humas_lain.unit).record(by=humas_lain)
    client = as_user(humas)
    for page in ("change", "history"):
        assert SECRET not in client.get(address(mine, page, mine.pk)).content.decode()


def test_persons_at_a_partner_are_seen_by_the_unit_that_keeps_them(humas, humas_lain, pengelola):
    partner = make_partner("Dinas Sosial")
    fields = {"partner": partner, "position": "Kepala bidang"}
    Contact(unit=humas_lain.unit, name=SECRET, phone="0812", **fields).record(by=humas_lain)
    for page in ("change", "history"):
        content = as_user(humas).get(address(Partner, page, partner.pk)).content.decode()
        assert SECRET not in content
        assert "0812" not in content
    assert SECRET in as_user(pengelola).get(change_address(partner)).content.decode()


def test_a_contact_of_another_unit_cannot_be_reached_by_its_key(humas, humas_lain):
    partner = make_partner("Dinas Sosial")
    theirs = Contact(unit=humas_lain.unit, partner=partner, name=SECRET).record(by=humas_lain)
    client = as_user(humas)
    answers = []
    for key in (theirs.pk, MISSING):
        data = form_data(client.get(change_address(partner)))
        data |= {"contacts-TOTAL_FORMS": "1", "contacts-INITIAL_FORMS": "1"}
        fill_row(
            data,
            "contacts",
            0,
            id=key,
            partner=partner.pk,
            unit=humas.unit_id,
            name="Diambil",
            basis="DUTY",
            version=1,
            DELETE="on",
        )
        answers.append(errors_of(client.post(change_address(partner), data)))
    theirs.refresh_from_db()
    assert theirs.name == SECRET
    assert answers[0] == answers[1]
