"""A second person confirms that a delivery happened."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from institutions.models import Unit, User
from partnerships.models import Delivery, Party
from tests.factories import make_agreement, make_delivery, make_partner

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery(humas: User) -> Delivery:
    agreement = make_agreement(humas.unit)
    return make_delivery(agreement, date=timezone.localdate(), by=humas)


def check(client: Client, user: User, delivery: Delivery, **fields: Any) -> HttpResponse:
    client.force_login(user)
    data = {"version": delivery.version} | fields
    return client.post(f"/realisasi/{delivery.pk}/periksa/", data, follow=True)


def test_a_colleague_checks_it(client: Client, rekan: User, delivery: Delivery) -> None:
    page = check(client, rekan, delivery).content.decode()
    delivery.refresh_from_db()
    assert (delivery.verified_by, delivery.verified_on) == (rekan, timezone.localdate())
    assert "Realisasi ditandai sudah diperiksa." in page
    assert delivery.history.first().history_change_reason == "Diperiksa"


def test_the_manager_of_the_kanwil_checks_without_recording(
    client: Client, pembaca: User, delivery: Delivery
) -> None:
    check(client, pembaca, delivery)
    delivery.refresh_from_db()
    assert delivery.verified_by == pembaca


def test_the_recorder_is_refused_in_words(client: Client, humas: User, delivery: Delivery) -> None:
    page = check(client, humas, delivery).content.decode()
    delivery.refresh_from_db()
    assert delivery.verified_on is None
    assert "diperiksa oleh orang lain, bukan oleh yang mencatatnya" in page


def test_who_corrected_the_count_leaves_the_check_to_others(
    client: Client, rekan: User, pembaca: User, delivery: Delivery
) -> None:
    delivery.change(by=rekan, inmates_male=40)
    assert delivery not in Delivery.objects.checkable_by(rekan)
    page = check(client, rekan, delivery).content.decode()
    delivery.refresh_from_db()
    assert delivery.verified_on is None
    assert "bukan oleh yang terakhir mengubahnya" in page
    check(client, pembaca, delivery)
    delivery.refresh_from_db()
    assert delivery.verified_by == pembaca


def test_a_remark_corrects_nothing_that_is_checked(
    client: Client, rekan: User, delivery: Delivery
) -> None:
    delivery.change(by=rekan, note="Foto menyusul")
    check(client, rekan, delivery)
    delivery.refresh_from_db()
    assert delivery.verified_by == rekan


def test_the_agreement_shows_that_somebody_checked(
    client: Client, rekan: User, delivery: Delivery
) -> None:
    check(client, rekan, delivery)
    rows = type(delivery.agreement).objects.with_evidence()
    assert rows.get(pk=delivery.agreement_id).is_checked


def test_it_is_checked_once(client: Client, rekan: User, pembaca: User, delivery: Delivery) -> None:
    check(client, rekan, delivery)
    delivery.refresh_from_db()
    page = check(client, pembaca, delivery).content.decode()
    delivery.refresh_from_db()
    assert delivery.verified_by == rekan
    assert "sudah diperiksa" in page


@pytest.mark.parametrize("version", ["", "0", "2", "satu", "9" * 40])
def test_what_changed_since_is_read_again_first(
    client: Client, rekan: User, delivery: Delivery, version: str
) -> None:
    page = check(client, rekan, delivery, version=version).content.decode()
    delivery.refresh_from_db()
    assert delivery.verified_on is None
    assert "berubah setelah Anda membukanya" in page


def test_strangers_find_nothing_to_check(
    client: Client, humas_lain: User, delivery: Delivery
) -> None:
    assert check(client, humas_lain, delivery).status_code == 404


def test_the_other_party_reads_but_does_not_check(
    client: Client, humas_lain: User, delivery: Delivery
) -> None:
    Party(agreement=delivery.agreement, order=3, unit=humas_lain.unit).record(by=None)
    assert check(client, humas_lain, delivery).status_code == 403
    delivery.refresh_from_db()
    assert delivery.verified_on is None


def test_in_the_sampah_nothing_is_checked(
    client: Client, humas: User, rekan: User, delivery: Delivery
) -> None:
    delivery.archive(by=humas, reason="keliru")
    assert check(client, rekan, delivery).status_code == 404


def test_a_manager_elsewhere_finds_nothing(
    client: Client, delivery: Delivery, lapas_purwodadi: Unit, pembaca: User
) -> None:
    pembaca.unit = lapas_purwodadi.parent
    pembaca.save()
    assert check(client, pembaca, delivery).status_code == 404


def test_checking_is_no_link(client: Client, rekan: User, delivery: Delivery) -> None:
    client.force_login(rekan)
    assert client.get(f"/realisasi/{delivery.pk}/periksa/").status_code == 405


def test_what_the_system_recorded_may_be_checked(client: Client, humas: User) -> None:
    loaded = make_delivery(partner=make_partner(), unit=humas.unit)
    check(client, humas, loaded)
    loaded.refresh_from_db()
    assert loaded.verified_by == humas
