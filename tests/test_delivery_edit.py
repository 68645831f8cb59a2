"""Correcting a delivery."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from institutions.models import Unit, User
from partnerships.models import ActivityKind, Delivery, Party
from tests.delivery_form import stored
from tests.factories import make_agreement, make_delivery, make_partner, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, humas: User) -> Client:
    client.force_login(humas)
    return client


@pytest.fixture
def delivery(humas: User) -> Delivery:
    agreement = make_agreement(humas.unit, title="Layanan kesehatan")
    return make_delivery(agreement, output="Skrining TB", inmates_male=20, by=humas)


def address(delivery: Delivery) -> str:
    return f"/realisasi/{delivery.pk}/ubah/"


def test_the_form_opens_with_what_is_stored(desk: Client, delivery: Delivery) -> None:
    page = desk.get(address(delivery)).content.decode()
    for text in ("3 Maret 2026", 'value="Skrining TB"', 'value="20"', "Layanan kesehatan"):
        assert text in page, text
    assert 'name="clients_male" value="0"' not in page


def test_a_correction_is_saved_with_its_author(
    client: Client, rekan: User, delivery: Delivery
) -> None:
    client.force_login(rekan)
    data = stored(delivery, output="Skrining TB dan HIV", inmates_male="1.024")
    page = client.post(address(delivery), data, follow=True).content.decode()
    delivery.refresh_from_db()
    assert (delivery.output, delivery.inmates_male) == ("Skrining TB dan HIV", 1024)
    assert delivery.history.first().history_user == rekan
    assert "Perubahan realisasi tersimpan." in page


def test_saving_unchanged_keeps_everything(desk: Client, delivery: Delivery) -> None:
    before = {column: getattr(delivery, column) for column in Delivery.CHECKED_COLUMNS}
    desk.post(address(delivery), stored(delivery))
    delivery.refresh_from_db()
    assert {column: getattr(delivery, column) for column in before} == before


def test_a_link_can_be_taken_away_while_another_stays(desk: Client, delivery: Delivery) -> None:
    partner = make_partner()
    desk.post(address(delivery), stored(delivery, agreement="tanpa", partner=partner.pk))
    delivery.refresh_from_db()
    assert (delivery.agreement, delivery.partner) == (None, partner)


def test_moving_the_day_tells_what_it_does_to_the_agreement(desk: Client, humas: User) -> None:
    today = timezone.localdate()
    agreement = make_agreement(humas.unit, signed_on=date(2024, 1, 2), term_months=60)
    delivery = make_delivery(agreement, date=today - timedelta(days=300))
    data = stored(delivery, date=(today - timedelta(days=3)).strftime("%d-%m-%Y"))
    page = desk.post(address(delivery), data, follow=True).content.decode()
    assert "sekarang terhitung berjalan" in page


def test_changing_what_was_checked_asks_for_another_check(
    desk: Client, rekan: User, delivery: Delivery
) -> None:
    delivery.verify(by=rekan)
    assert "Realisasi ini sudah diperiksa." in desk.get(address(delivery)).content.decode()
    page = desk.post(address(delivery), stored(delivery, inmates_male="21"), follow=True)
    delivery.refresh_from_db()
    assert delivery.verified_on is None
    assert Delivery.LOST_CHECK in page.content.decode()


def test_saving_a_checked_one_unchanged_keeps_the_check(
    desk: Client, rekan: User, delivery: Delivery
) -> None:
    delivery.verify(by=rekan)
    desk.post(address(delivery), stored(delivery))
    delivery.refresh_from_db()
    assert delivery.verified_by == rekan


@pytest.mark.parametrize("version", ["", "0", "1", "99", "satu"])
def test_a_stale_form_shows_both_and_keeps_what_was_typed(
    desk: Client, rekan: User, delivery: Delivery, version: str
) -> None:
    mine = stored(delivery, output="Tulisan saya", version=version)
    delivery.output = "Tulisan rekan"
    delivery.record(by=rekan)
    page = desk.post(address(delivery), mine).content.decode()
    delivery.refresh_from_db()
    assert delivery.output == "Tulisan rekan"
    assert 'value="Tulisan saya"' in page
    if version != "satu":
        assert "Tulisan rekan" in page
        assert "Isian yang berbeda" in page


def test_after_a_conflict_the_next_save_decides(
    desk: Client, rekan: User, delivery: Delivery
) -> None:
    mine = stored(delivery, output="Tulisan saya")
    delivery.output = "Tulisan rekan"
    delivery.record(by=rekan)
    form = desk.post(address(delivery), mine).context["form"]
    desk.post(address(delivery), mine | {"version": form["version"].value()})
    delivery.refresh_from_db()
    assert delivery.output == "Tulisan saya"


def test_a_kind_of_another_time_stays_on_offer(desk: Client, humas: User) -> None:
    delivery = make_delivery(partner=make_partner(), unit=humas.unit, kind=ActivityKind.MONEV)
    desk.post(address(delivery), stored(delivery, output="Monev"))
    delivery.refresh_from_db()
    assert (delivery.kind, delivery.output) == (ActivityKind.MONEV, "Monev")


def test_an_agreement_that_is_no_longer_readable_stays_chosen(
    desk: Client, humas: User, lapas_purwodadi: Unit
) -> None:
    agreement = make_agreement(lapas_purwodadi)
    party = Party(agreement=agreement, order=3, unit=humas.unit).record(by=None)
    delivery = make_delivery(agreement, unit=humas.unit)
    party.remove(by=None)
    desk.post(address(delivery), stored(delivery, output="x"))
    delivery.refresh_from_db()
    assert (delivery.agreement, delivery.output) == (agreement, "x")


def test_a_unit_that_only_reads_it_is_told_whose_it_is(
    desk: Client, humas: User, lapas_purwodadi: Unit
) -> None:
    agreement = make_agreement(lapas_purwodadi)
    Party(agreement=agreement, order=3, unit=humas.unit).record(by=None)
    delivery = make_delivery(agreement, output="asli")
    for response in (
        desk.get(address(delivery)),
        desk.post(address(delivery), stored(delivery, output="x")),
    ):
        assert response.status_code == 403
        assert "milik Lapas Purwodadi" in response.content.decode()
    delivery.refresh_from_db()
    assert delivery.output == "asli"


def test_strangers_and_the_sampah_are_not_there(
    desk: Client, humas: User, lapas_purwodadi: Unit, delivery: Delivery
) -> None:
    foreign = make_delivery(partner=make_partner(), unit=lapas_purwodadi)
    delivery.archive(by=humas, reason="keliru")
    for row in (foreign, delivery):
        assert desk.get(address(row)).status_code == 404
        assert desk.post(address(row), stored(row, output="x")).status_code == 404


def test_a_manager_does_not_correct(client: Client, pembaca: User, delivery: Delivery) -> None:
    client.force_login(pembaca)
    assert client.post(address(delivery), stored(delivery, output="x")).status_code == 403


def test_an_office_above_may_move_it_to_the_right_unit(
    client: Client, pengelola: User, delivery: Delivery
) -> None:
    client.force_login(pengelola)
    other = make_unit("Lapas Contoh Lain")
    client.post(address(delivery), stored(delivery, unit=other.pk))
    delivery.refresh_from_db()
    assert delivery.unit == other


def test_wrong_verbs_are_refused(desk: Client, delivery: Delivery) -> None:
    assert desk.put(address(delivery)).status_code == 405
    assert desk.delete(address(delivery)).status_code == 405
