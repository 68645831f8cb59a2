"""Removing a delivery and bringing it back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from institutions.models import Unit, User
from partnerships.models import Delivery, Evidence
from tests.factories import make_agreement, make_delivery, make_partner

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, humas: User) -> Client:
    client.force_login(humas)
    return client


@pytest.fixture
def delivery(humas: User) -> Delivery:
    today = timezone.localdate()
    agreement = make_agreement(humas.unit, signed_on=today - timedelta(days=200), term_months=24)
    return make_delivery(agreement, date=today, output="Skrining TB", by=humas)


def archive(delivery: Delivery) -> str:
    return f"/realisasi/{delivery.pk}/hapus/"


def restore(delivery: Delivery) -> str:
    return f"/realisasi/{delivery.pk}/pulihkan/"


def test_it_asks_why_before_anything_happens(desk: Client, delivery: Delivery) -> None:
    page = desk.get(archive(delivery)).content.decode()
    assert "Hapus realisasi ini?" in page
    assert "Skrining TB" in page
    page = desk.post(archive(delivery), {"reason": "  "}).content.decode()
    assert "Isi alasan." in page
    delivery.refresh_from_db()
    assert delivery.archived_on is None


def test_with_a_reason_it_goes_and_no_longer_counts(
    desk: Client, humas: User, delivery: Delivery
) -> None:
    page = desk.post(archive(delivery), {"reason": "tercatat dua kali"}, follow=True)
    delivery.refresh_from_db()
    assert (delivery.archived_by, delivery.archive_reason) == (humas, "tercatat dua kali")
    assert "dipindahkan ke Sampah" in page.content.decode()
    assert delivery.agreement.evidence_on(timezone.localdate()) == Evidence.NOT_MOVING


def test_it_comes_back(desk: Client, humas: User, delivery: Delivery) -> None:
    delivery.archive(by=humas, reason="keliru")
    page = desk.post(restore(delivery), follow=True).content.decode()
    delivery.refresh_from_db()
    assert delivery.archived_on is None
    assert "Realisasi dipulihkan." in page


def test_it_stays_in_the_sampah_while_its_agreement_is_there(
    desk: Client, humas: User, delivery: Delivery
) -> None:
    delivery.archive(by=humas, reason="keliru")
    delivery.agreement.archive(by=humas, reason="keliru juga")
    page = desk.post(restore(delivery), follow=True).content.decode()
    delivery.refresh_from_db()
    assert delivery.archived_on is not None
    assert "Perjanjian ini ada di Sampah; pulihkan dulu." in page


def test_strangers_cannot_remove_or_restore(
    desk: Client, lapas_purwodadi: Unit, humas_lain: User
) -> None:
    foreign = make_delivery(partner=make_partner(), unit=lapas_purwodadi)
    assert desk.post(archive(foreign), {"reason": "x"}).status_code == 404
    foreign.archive(by=humas_lain, reason="keliru")
    assert desk.post(restore(foreign)).status_code == 404
    assert "keliru" not in desk.get("/realisasi/?tab=sampah").content.decode()


def test_a_manager_removes_nothing(client: Client, pembaca: User, delivery: Delivery) -> None:
    client.force_login(pembaca)
    assert client.post(archive(delivery), {"reason": "x"}).status_code == 403
    assert client.post(restore(delivery)).status_code == 403


def test_twice_is_once(desk: Client, delivery: Delivery) -> None:
    desk.post(archive(delivery), {"reason": "pertama"})
    assert desk.post(archive(delivery), {"reason": "kedua"}).status_code == 404
    delivery.refresh_from_db()
    assert delivery.archive_reason == "pertama"


@pytest.mark.parametrize("reason", ["", "x" * 301])
def test_reasons_that_do_not_fit_are_refused(desk: Client, delivery: Delivery, reason: str) -> None:
    page = desk.post(archive(delivery), {"reason": reason}).content.decode()
    assert "hal yang perlu diperbaiki" in page
    delivery.refresh_from_db()
    assert delivery.archived_on is None


def test_restoring_is_no_link(desk: Client, delivery: Delivery) -> None:
    assert desk.get(restore(delivery)).status_code == 405
