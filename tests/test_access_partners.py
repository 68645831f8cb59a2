"""The directory is shared; people to call and promises are not."""

from datetime import date

import pytest

from partnerships.models import Contact, FollowUp, Partner
from tests.factories import make_agreement, make_event, make_partner
from tests.onlookers import EVERYONE, OWN, Onlookers, make_onlookers
from tests.specimens import make_contact, make_followup

pytestmark = pytest.mark.django_db


@pytest.fixture
def around(db: None) -> Onlookers:
    return make_onlookers()


def test_everyone_with_a_unit_sees_the_directory(around):
    partner = make_partner()
    assert around.who_finds(partner, Partner.objects.visible_to) == EVERYONE
    assert around.who_finds(partner, Partner.objects.editable_by) == EVERYONE


def who_may_rename(around: Onlookers, partner: Partner) -> set[str]:
    return {name for name in EVERYONE if partner.identity_editable_by(around[name])}


def test_anyone_renames_a_partner_nobody_works_with_yet(around):
    assert who_may_rename(around, make_partner()) == EVERYONE


def test_only_its_own_unit_renames_a_partner_besides_managers_and_admins(around):
    partner = make_partner()
    make_agreement(around.bapas, partner)
    trusted = {"kanwil", "kanwil elsewhere", "ditjenpas", "superuser"}
    assert who_may_rename(around, partner) == trusted | {"humas", "colleague"}


def test_no_humas_renames_a_partner_that_two_units_use(around):
    partner = make_partner()
    make_agreement(around.bapas, partner)
    make_event(around.neighbour, partners=[partner])
    trusted = {"kanwil", "kanwil elsewhere", "ditjenpas", "superuser"}
    assert who_may_rename(around, partner) == trusted


def test_a_named_person_is_for_the_keeping_unit_and_those_above(around):
    contact = make_contact(unit=around.bapas)
    assert around.who_finds(contact, Contact.objects.named_for) == OWN


def test_promises_stay_in_the_subtree_of_their_owner(around):
    promise = make_followup(event=make_event(around.elsewhere), owner_unit=around.bapas)
    assert around.who_finds(promise, FollowUp.objects.visible_to) == OWN


def test_a_kept_promise_is_checked_by_another(around):
    promise = make_followup(owner_unit=around.bapas)
    assert around.who_finds(promise, FollowUp.objects.checkable_by) == set()
    promise.complete(on=date(2026, 3, 3), by=around["humas"])
    assert around.who_finds(promise, FollowUp.objects.checkable_by) == OWN - {"humas"}
    promise.verify(by=around["colleague"])
    assert around.who_finds(promise, FollowUp.objects.checkable_by) == set()
