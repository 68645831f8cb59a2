"""Deliveries follow their unit, and the agreement they belong to."""

from datetime import date

import pytest

from partnerships.models import Delivery, Party
from tests.factories import make_agreement, make_delivery, make_event, make_partner
from tests.onlookers import BELOW, ELSEWHERE, OWN, Onlookers, make_onlookers

pytestmark = pytest.mark.django_db

IN_TRASH = {"archived_on": date(2026, 3, 3), "archive_reason": "Salah catat"}


@pytest.fixture
def around(db: None) -> Onlookers:
    return make_onlookers()


def test_with_a_partner_alone_it_stays_in_the_own_subtree(around):
    delivery = make_delivery(unit=around.bapas, partner=make_partner())
    assert around.who_finds(delivery, Delivery.objects.visible_to) == OWN
    assert around.who_finds(delivery, Delivery.objects.editable_by) == OWN


def test_at_an_event_it_stays_in_the_own_subtree(around):
    event = make_event(around.bapas, units=[around.elsewhere])
    delivery = make_delivery(event=event)
    assert around.who_finds(delivery, Delivery.objects.visible_to) == OWN


def test_under_an_agreement_it_is_seen_by_all_who_read_that_in_full(around):
    agreement = make_agreement(around.bapas)
    Party(agreement=agreement, order=3, unit=around.elsewhere).record(by=None)
    delivery = make_delivery(agreement)
    assert around.who_finds(delivery, Delivery.objects.visible_to) == OWN | BELOW | ELSEWHERE
    assert around.who_finds(delivery, Delivery.objects.editable_by) == OWN


def test_the_unit_that_delivered_under_a_central_agreement_changes_it(around):
    delivery = make_delivery(make_agreement(around.ditjenpas), unit=around.bapas)
    assert around.who_finds(delivery, Delivery.objects.editable_by) == OWN


def test_in_the_sampah_it_stays_in_the_own_subtree(around):
    delivery = make_delivery(make_agreement(around.bapas), **IN_TRASH)
    assert around.who_finds(delivery, Delivery.objects.visible_to) == OWN


def test_colleagues_and_those_above_check_what_somebody_else_recorded(around):
    delivery = make_delivery(make_agreement(around.bapas), by=around["humas"])
    assert around.who_finds(delivery, Delivery.objects.checkable_by) == OWN - {"humas"}


def test_what_the_system_recorded_may_be_checked_by_anyone_of_the_subtree(around):
    delivery = make_delivery(make_agreement(around.bapas), by=None)
    assert around.who_finds(delivery, Delivery.objects.checkable_by) == OWN


def test_what_is_checked_or_in_the_sampah_waits_for_nobody(around):
    agreement = make_agreement(around.bapas)
    checked = make_delivery(agreement, by=around["humas"]).verify(by=around["colleague"])
    removed = make_delivery(agreement, **IN_TRASH)
    for delivery in (checked, removed):
        assert around.who_finds(delivery, Delivery.objects.checkable_by) == set()
