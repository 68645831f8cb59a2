"""Crafted rows in forms of the Django admin; `test_foreign_ids.py` asks every foreign key."""

import pytest

from partnerships.models import (
    Contact,
    EventPart,
    FollowUp,
    Partner,
)
from tests.admin_forms import (
    address,
    as_user,
    change_address,
    errors_of,
    fill_row,
    form_data,
)
from tests.factories import make_delivery, make_event, make_partner

pytestmark = pytest.mark.django_db

SECRET = "Rahasia Purwodadi"
MISSING = 987_654_321


@pytest.fixture
def their_event(humas_lain):
    return make_event(humas_lain.unit, title=SECRET, place=SECRET, by=humas_lain)


def event_with(humas, **changes):
    mine = make_event(humas.unit, title="Rapat Jember", by=humas)
    client = as_user(humas)
    data = form_data(client.get(change_address(mine))) | changes
    return mine, client, data


@pytest.mark.parametrize("number", [0, 5])
def test_the_key_of_another_units_part_is_refused_like_a_missing_one(number, humas, their_event):
    foreign = their_event.parts.get()
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
    assert (foreign.event_id, foreign.text) == (their_event.pk, "")


def test_a_part_cannot_be_deleted_through_anothers_form(humas, their_event):
    foreign = their_event.parts.get()
    mine, client, data = event_with(humas)
    data["parts-INITIAL_FORMS"] = "1"
    fill_row(data, "parts", 0, id=foreign.pk, event=mine.pk, kind="TTD", order=1, DELETE="on")
    client.post(change_address(mine), data)
    assert EventPart.objects.filter(pk=foreign.pk).exists()


def test_a_part_cannot_be_hung_under_anothers_root(humas, their_event):
    mine, client, data = event_with(humas)
    fill_row(data, "parts", 1, event=their_event.pk, kind="TTD", order=2, text="Titipan")
    assert errors_of(client.post(change_address(mine), data))
    assert not EventPart.objects.filter(text="Titipan").exists()


def test_a_delivery_of_another_unit_is_not_among_the_rows_of_the_event(humas, humas_lain):
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


@pytest.mark.parametrize(("column", "status"), [("+", 400), ("nama", 400), ("", 200), ("id", 200)])
def test_a_row_is_found_by_its_key_alone(column, status, humas):
    mine = make_event(humas.unit, title="Rapat Jember", by=humas)
    answer = as_user(humas).get(change_address(mine), {"_to_field": column})
    assert answer.status_code == status
