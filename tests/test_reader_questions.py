"""What is written to SQL once answers everybody with their own rows, in any order of asking."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from institutions.models import User
from institutions.questions import Reader
from partnerships.home_rows import FOUND, finding
from partnerships.models import Agreement, Delivery, Event, FollowUp, Stage
from partnerships.survey import STANDINGS, standings
from tests.factories import make_agreement, make_delivery, make_event
from tests.onlookers import Onlookers, make_onlookers

pytestmark = pytest.mark.django_db


@pytest.fixture
def around(db: None) -> Onlookers:
    """Each unit keeps a paper, a draft of each of its people, an event, a delivery, a promise."""
    found, today = make_onlookers(), timezone.localdate()
    for place in ("bapas", "post", "neighbour", "kanwil", "ditjenpas", "elsewhere"):
        unit = getattr(found, place)
        paper = make_agreement(unit, signed_on=today - timedelta(days=200))
        make_event(unit, starts_on=today + timedelta(days=1))
        make_delivery(paper, date=today - timedelta(days=3))
        FollowUp(agreement=paper, text="Contoh", owner_unit=unit, due=today).record(by=None)
        for user in found.users.values():
            if user.unit == unit:
                make_agreement(unit, by=user, signed_on=None, stage=Stage.DRAFTING)
    return found


def reading(user: User) -> User:
    """The user anew, as a page that only reads knows them."""
    found: Any = User.objects.select_related("unit").get(pk=user.pk)
    found.only_reads = True
    return found


def test_everybody_gets_what_the_plain_question_gives(around):
    today = timezone.localdate()
    for _ in range(2):
        for name, user in around.users.items():
            reader = reading(user).reader
            plain = {tuple(row) for row in standings(reader, today)}
            assert set(map(tuple, STANDINGS.ask(reader, today))) == plain, name
            for checks in (True, False):
                told = sorted(row[::3] for row in FOUND.ask(reader, today, checks))
                assert told == sorted(row[::3] for row in finding(reader, today, checks)), name
    assert len(STANDINGS.written) < len(around.users), "people of one shape share a statement"


def test_a_reader_sees_the_rows_of_the_user(around):
    for name, user in around.users.items():
        reader = reading(user).reader
        for told in (
            lambda who: Agreement.objects.listed_to(who),
            lambda who: Agreement.objects.editable_by(who),
            lambda who: Event.objects.visible_to(who),
            lambda who: Event.objects.editable_by(who),
            lambda who: Delivery.objects.editable_by(who),
            lambda who: Delivery.objects.checkable_by(who),
            lambda who: FollowUp.objects.visible_to(who),
        ):
            by_reader = set(told(reader).values_list("pk", flat=True))
            assert by_reader == set(told(user).values_list("pk", flat=True)), name


def test_somebody_who_sees_nothing_is_asked_for_nothing(around, django_assert_num_queries):
    user = reading(around["humas"])
    user.is_active = False
    with django_assert_num_queries(0):
        assert STANDINGS.ask(user.reader, date(2026, 1, 1)) == []


def test_a_moved_account_is_answered_with_its_new_unit(around):
    user, today = around["humas"], timezone.localdate()
    before = STANDINGS.ask(reading(user).reader, today)
    User.objects.filter(pk=user.pk).update(unit=around.elsewhere)
    after = STANDINGS.ask(reading(user).reader, today)
    assert {row[0] for row in before}.isdisjoint({row[0] for row in after})
    assert after


def test_what_a_reader_does_not_tell_cannot_be_asked():
    reader = Reader(pk=1, own_units=[1], upper_units=[], sees_everything=False, sees_a_region=False)
    with pytest.raises(AttributeError):
        reader.is_superuser  # noqa: B018
