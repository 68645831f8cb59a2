"""Removing a partner and bringing it back."""

import pytest
from django.test import Client

from institutions.models import User
from partnerships.models import Partner
from tests.factories import make_agreement, make_event, make_partner

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, humas: User) -> Client:
    client.force_login(humas)
    return client


@pytest.fixture
def partner(db: None) -> Partner:
    return make_partner("Dinas Kesehatan Contoh")


def archive(partner: Partner) -> str:
    return f"/mitra/{partner.pk}/hapus/"


def restore(partner: Partner) -> str:
    return f"/mitra/{partner.pk}/pulihkan/"


def test_with_a_reason_it_goes_and_comes_back(desk: Client, humas: User, partner: Partner) -> None:
    assert "Hapus mitra ini?" in desk.get(archive(partner)).content.decode()
    desk.post(archive(partner), {"reason": "tercatat dua kali"})
    partner.refresh_from_db()
    assert (partner.archived_by, partner.archive_reason) == (humas, "tercatat dua kali")
    page = desk.post(restore(partner), follow=True).content.decode()
    partner.refresh_from_db()
    assert partner.archived_on is None
    assert "Mitra dipulihkan." in page


def test_without_a_reason_it_stays(desk: Client, partner: Partner) -> None:
    assert "Isi alasan." in desk.post(archive(partner), {"reason": ""}).content.decode()
    partner.refresh_from_db()
    assert partner.archived_on is None


def test_a_party_of_signed_papers_stays_and_the_page_says_why(
    desk: Client, humas: User, partner: Partner
) -> None:
    make_agreement(humas.unit, partner)
    page = desk.get(archive(partner)).content.decode()
    assert "1 perjanjian yang sudah ditandatangani" in page
    assert "Pindahkan ke Sampah</button>" not in page
    desk.post(archive(partner), {"reason": "x"})
    partner.refresh_from_db()
    assert partner.archived_on is None


def test_what_another_unit_uses_is_not_removed_by_humas(
    desk: Client, humas_lain: User, partner: Partner
) -> None:
    make_event(humas_lain.unit, partners=[partner])
    assert desk.get(archive(partner)).status_code == 403
    assert desk.post(archive(partner), {"reason": "x"}).status_code == 403
    partner.refresh_from_db()
    assert partner.archived_on is None


def test_a_manager_removes_it_all_the_same(
    client: Client, pembaca: User, humas_lain: User, partner: Partner
) -> None:
    make_event(humas_lain.unit, partners=[partner])
    client.force_login(pembaca)
    client.post(archive(partner), {"reason": "bukan mitra"})
    partner.refresh_from_db()
    assert partner.archived_by == pembaca


def test_removed_partners_are_not_on_offer(desk: Client, humas: User, partner: Partner) -> None:
    partner.archive(by=humas, reason="keliru")
    data = {"cari": "partner", "partner-q": "dinas kesehatan"}
    page = desk.post("/realisasi/baru/", data).content.decode()
    assert "Tidak ada mitra yang cocok" in page


def test_twice_is_once(desk: Client, partner: Partner) -> None:
    desk.post(archive(partner), {"reason": "pertama"})
    assert desk.post(archive(partner), {"reason": "kedua"}).status_code == 404
    assert desk.post(restore(make_partner())).status_code == 404


def test_restoring_is_no_link(desk: Client, partner: Partner) -> None:
    assert desk.get(restore(partner)).status_code == 405
