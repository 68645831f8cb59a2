"""Stale forms whose parts, and not the root itself, were changed by somebody else."""

from datetime import date

import pytest
from django.urls import reverse

from partnerships.models import Delivery, EventAgreement, Party
from tests.admin_forms import as_user, change_address, form_data
from tests.agreement_payload import stored_payload
from tests.event_form import stored
from tests.factories import make_agreement, make_delivery, make_event, make_partner

pytestmark = pytest.mark.django_db

FORGED = ["999999", "abc", "-1", "1e3", "", "0", "9" * 400, None]


@pytest.fixture
def agreement(humas):
    return make_agreement(humas.unit, by=humas)


@pytest.fixture
def event(humas, agreement):
    event = make_event(humas.unit, starts_on=date(2026, 2, 2), by=humas)
    EventAgreement(event=event, agreement=agreement).record(by=humas)
    make_delivery(agreement, unit=humas.unit, event=event, inmates_male=10, by=humas)
    event.refresh_from_db()
    return event


def triples(conflicts):
    return {(one["label"], one["stored"], one["typed"]) for one in conflicts}


def change_parts(agreement, rekan):
    """A colleague gives the first party a number and adds a third one."""
    party = agreement.parties.get(order=1)
    party.change(by=rekan, number="W.15-2026")
    third = Party(agreement=agreement, order=3, partner=make_partner("Dinas Contoh Tiga"))
    third.record(by=rekan)
    agreement.record(by=rekan)


def test_page_tells_changed_and_added_rows_and_keeps_what_was_typed(humas, rekan, agreement):
    opened = stored_payload(agreement) | {"parties-0-number": "SAYA-1"}
    change_parts(agreement, rekan)
    url = reverse("agreement_edit", args=[agreement.pk])
    page = as_user(humas).post(url, opened)
    found = triples(page.context["form"].conflicts)
    assert any(row[1:] == ("W.15-2026", "SAYA-1") for row in found)
    assert any("baris baru" in row[0] and "Dinas Contoh Tiga" in row[1] for row in found)
    assert 'value="SAYA-1"' in page.content.decode()


def test_admin_tells_changed_and_added_rows_and_keeps_what_was_typed(humas, rekan, agreement):
    desk = as_user(humas)
    opened = form_data(desk.get(change_address(agreement))) | {"parties-0-number": "SAYA-1"}
    change_parts(agreement, rekan)
    page = desk.post(change_address(agreement), opened)
    found = triples(page.context["conflicts"])
    html = page.content.decode()
    assert any(row[1:] == ("W.15-2026", "SAYA-1") for row in found)
    assert any("baris baru" in row[0] and "Dinas Contoh Tiga" in row[1] for row in found)
    assert 'value="SAYA-1"' in html
    assert "Tersimpan sekarang" in html


@pytest.mark.parametrize("version", FORGED)
def test_admin_refuses_a_part_alone_on_a_forged_version(humas, agreement, version):
    desk = as_user(humas)
    sent = form_data(desk.get(change_address(agreement))) | {"parties-0-number": "SAYA-1"}
    sent.pop("version")
    sent |= {} if version is None else {"version": version}
    assert desk.post(change_address(agreement), sent).status_code == 200
    assert not agreement.parties.filter(number="SAYA-1").exists()
    agreement.refresh_from_db()
    assert agreement.history.count() == agreement.version


def test_a_delivery_changed_on_its_own_page_is_not_overwritten_from_its_event(humas, rekan, event):
    desk = as_user(humas)
    opened = stored(desk, event, title="Judul lain")
    delivery = Delivery.objects.get()
    delivery.change(by=rekan, inmates_male=20)
    page = desk.post(f"/kegiatan/{event.pk}/ubah/", opened)
    delivery.refresh_from_db()
    assert (page.status_code, delivery.inmates_male) == (200, 20)
    assert any(row[1:] == ("20", "10") for row in triples(page.context["form"].conflicts))
    again = {**opened, "served-0-delivery_version": delivery.version}
    assert desk.post(f"/kegiatan/{event.pk}/ubah/", again).status_code == 302
    delivery.refresh_from_db()
    assert delivery.inmates_male == 10


@pytest.mark.parametrize("version", FORGED)
def test_a_delivery_without_its_version_is_not_written_from_its_event(humas, event, version):
    desk = as_user(humas)
    sent = stored(desk, event, **{"served-0-inmates_male": "99"})
    sent.pop("served-0-delivery_version")
    sent |= {} if version is None else {"served-0-delivery_version": version}
    assert desk.post(f"/kegiatan/{event.pk}/ubah/", sent).status_code == 200
    assert Delivery.objects.get().inmates_male == 10


def test_an_event_and_its_delivery_that_nobody_changed_are_saved(humas, event):
    desk = as_user(humas)
    sent = stored(desk, event, **{"served-0-inmates_male": "11"})
    assert desk.post(f"/kegiatan/{event.pk}/ubah/", sent).status_code == 302
    assert Delivery.objects.get().inmates_male == 11
