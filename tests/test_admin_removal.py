"""Removal for good in the Django admin: archived, unsigned, and nothing hangs on it."""

from datetime import date

import pytest

from institutions.models import MinistryName, Officeholder
from partnerships.models import Agreement, Delivery, Partner
from tests.admin_forms import address, as_user, change_address
from tests.factories import make_agreement, make_delivery, make_partner

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(humas):
    return make_agreement(humas.unit, by=humas)


def test_an_admin_purges_what_is_archived_and_unsigned(pengelola, humas):
    draft = make_agreement(humas.unit, title="Salah catat", signed_on=None)
    client, page = as_user(pengelola), address(draft, "delete", draft.pk)
    assert "Pindahkan dulu ke Sampah." in client.get(page).content.decode()
    answer = client.post(page, {"reason": "Ganda"})
    assert "Pindahkan dulu ke Sampah." in answer.content.decode()
    draft.archive(by=pengelola, reason="Ganda")
    assert "Isi alasan." in client.post(page, {"reason": ""}).content.decode()
    assert Agreement.objects.filter(pk=draft.pk).exists()
    assert client.post(page, {"reason": "Ganda"}).status_code == 302
    assert not Agreement.objects.filter(pk=draft.pk).exists()
    last = Agreement.history.filter(id=draft.pk).first()
    assert (last.history_type, last.history_user) == ("-", pengelola)
    assert last.history_change_reason == "Ganda"


def test_a_signed_agreement_is_never_purged(pengelola, agreement):
    agreement.archive(by=pengelola, reason="Ganda")
    page = address(agreement, "delete", agreement.pk)
    answer = as_user(pengelola).post(page, {"reason": "Ganda"})
    assert "tidak dihapus selamanya" in answer.content.decode()
    assert Agreement.objects.filter(pk=agreement.pk).exists()


def test_what_something_hangs_on_is_never_purged(pengelola, humas):
    partner = make_partner("Dinas Sosial")
    draft = make_agreement(humas.unit, partner, title="Naskah lain", signed_on=None)
    partner.archive(by=pengelola, reason="Ganda")
    page = address(partner, "delete", partner.pk)
    answer = as_user(pengelola).post(page, {"reason": "Ganda"})
    assert answer.status_code == 200
    assert draft.title not in answer.content.decode()
    assert Partner.objects.filter(pk=partner.pk).exists()


def test_what_is_in_the_sampah_is_looked_at_but_not_changed(humas, agreement):
    delivery = make_delivery(make_agreement(humas.unit), by=humas)
    delivery.archive(by=humas, reason="Ganda")
    client = as_user(humas)
    page = client.get(change_address(delivery))
    assert page.status_code == 200
    assert not page.context["has_change_permission"]
    assert client.post(change_address(delivery), {"output": "Lain"}).status_code == 403
    rows = client.get(address(Delivery, "changelist") + "?sampah=ya").context["cl"].result_list
    assert [row.pk for row in rows] == [delivery.pk]


def test_admins_remove_officeholders_and_ministry_names(pengelola, humas):
    person = Officeholder(
        unit=humas.unit, person_name="Budi Contoh", position="Kepala", seen_on=date(2025, 1, 1)
    ).record(by=None)
    ministry = MinistryName(name="Kementerian Contoh").record(by=None)
    client = as_user(pengelola)
    for row in (person, ministry):
        answer = client.post(address(row, "delete", row.pk), {"reason": "Salah catat"})
        assert answer.status_code == 302
        assert not type(row).objects.filter(pk=row.pk).exists()
