"""Who is told of what, when, and once: the rules behind `send_reminders`."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from institutions.models import Unit, User
from partnerships import reminders
from partnerships.models import (
    Agreement,
    AgreementKind,
    Notice,
    NoticeKind,
    ReminderChoice,
    Stage,
)
from partnerships.reminders import remind
from tests.factories import (
    make_agreement,
    make_delivery,
    make_event,
    make_user,
)
from tests.specimens import make_followup

pytestmark = pytest.mark.django_db

# Accounts and papers of these tests were made today, so days are counted from it.
LONG_SIGNED = 200


def today() -> date:
    return timezone.localdate()


def ahead(days: int) -> date:
    return today() + timedelta(days=days)


def make_moving(unit: Unit, ends_in: int, **fields: Any) -> Agreement:
    """A paper of which nothing but its end is to be told."""
    fields = {"signed_on": ahead(-LONG_SIGNED), "ends_on": ahead(ends_in)} | fields
    agreement = make_agreement(unit, **fields)
    make_delivery(agreement, date=ahead(-10))
    return agreement


def told(user: User, **filters: Any) -> list[tuple[str, date, int]]:
    rows = Notice.objects.filter(user=user, withdrawn_at__isnull=True, **filters)
    return list(rows.order_by("pk").values_list("kind", "deadline", "lead"))


def choose(user: User, *leads: int, **values: Any) -> None:
    choice = ReminderChoice(user=user, **values)
    for lead in reminders.LEADS:
        setattr(choice, f"days_{lead}", lead in leads)
    choice.keep()


# When


@pytest.mark.parametrize(
    ("days", "lead"), [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7)]
)
def test_an_end_is_told_at_the_lead_times_of_the_default(humas: User, days: int, lead: Any) -> None:
    make_moving(humas.unit, days)
    remind(today())
    expected = [] if lead is None else [(NoticeKind.ENDING, ahead(days), lead)]
    assert told(humas) == expected


@pytest.mark.parametrize(("days", "lead"), [(180, 180), (61, 180), (60, 60), (1, 60)])
def test_an_end_is_told_at_the_lead_times_the_user_chose(humas: User, days: int, lead: int) -> None:
    choose(humas, 180, 60)
    make_moving(humas.unit, days)
    remind(today())
    assert [found[2] for found in told(humas)] == [lead]


def test_without_a_lead_time_no_end_is_told(humas: User) -> None:
    choose(humas)
    make_moving(humas.unit, 3)
    remind(today())
    assert told(humas) == []


def test_days_pass_and_each_lead_time_is_told_once(humas: User) -> None:
    agreement = make_moving(humas.unit, 100)
    for passed in range(110):
        remind(ahead(passed))
        remind(ahead(passed))
    rows = Notice.objects.filter(agreement=agreement, user=humas).order_by("pk")
    assert list(rows.values_list("lead", flat=True)) == [90, 30, 7]
    # Of those not read only the tightest is shown.
    assert told(humas) == [(NoticeKind.ENDING, agreement.ends_on, 7)]


def test_a_notice_that_was_read_stays_when_a_tighter_one_comes(humas: User) -> None:
    make_moving(humas.unit, 80)
    remind(today())
    Notice.objects.mark_read()
    remind(ahead(60))
    assert [found[2] for found in told(humas)] == [90, 30]


def test_after_a_long_outage_only_the_tightest_lead_time_is_told(humas: User) -> None:
    make_moving(humas.unit, 100)
    remind(ahead(97))
    assert [found[2] for found in told(humas)] == [7]


def test_an_end_that_passed_during_an_outage_is_told_all_the_same(humas: User) -> None:
    agreement = make_moving(humas.unit, 100)
    remind(ahead(400))
    assert told(humas, kind=NoticeKind.ENDING) == [(NoticeKind.ENDING, agreement.ends_on, 7)]


def test_what_had_ended_before_it_was_recorded_is_no_news(humas: User) -> None:
    make_moving(humas.unit, -1)
    remind(today())
    assert told(humas) == []


def test_what_had_ended_before_the_account_was_made_is_no_news(humas: User) -> None:
    make_moving(humas.unit, 5)
    late = make_user(unit=humas.unit, date_joined=timezone.now() + timedelta(days=20))
    remind(ahead(30))
    assert len(told(humas)) == 1
    assert told(late) == []


def test_a_new_account_is_told_what_is_due_now(humas: User) -> None:
    make_moving(humas.unit, 20)
    remind(today())
    late = make_user(unit=humas.unit)
    remind(today())
    assert told(late) == told(humas) == [(NoticeKind.ENDING, ahead(20), 30)]


# What is told, and what is not


def answered(agreement: Agreement, how: str, by: User) -> None:
    match how:
        case "renewed":
            make_agreement(agreement.unit, replaces=agreement, signed_on=today())
        case "renewed from later on":
            starts = ahead(20)
            make_agreement(agreement.unit, replaces=agreement, signed_on=today(), starts_on=starts)
        case "terminated":
            agreement.terminate(on=today(), by=by, reason="Mitra dibubarkan")
        case "terminated from later on":
            agreement.terminate(on=ahead(10), by=by, reason="Mitra dibubarkan")
        case "archived":
            agreement.archive(by=by, reason="Tercatat dua kali")


ANSWERS = (
    "renewed",
    "renewed from later on",
    "terminated",
    "terminated from later on",
    "archived",
)


def undelivered(unit: Unit, ends_in: int) -> Agreement:
    """Without deliveries, which keep a paper out of the Sampah."""
    return make_agreement(unit, signed_on=ahead(-30), ends_on=ahead(ends_in))


@pytest.mark.parametrize("how", ANSWERS)
def test_an_end_that_was_answered_is_not_told(humas: User, how: str) -> None:
    answered(undelivered(humas.unit, 20), how, humas)
    remind(today())
    assert told(humas, kind=NoticeKind.ENDING) == []


@pytest.mark.parametrize("how", ANSWERS)
def test_an_answer_withdraws_what_was_not_read(humas: User, how: str) -> None:
    agreement = undelivered(humas.unit, 20)
    remind(today())
    answered(agreement, how, humas)
    remind(today())
    assert told(humas, kind=NoticeKind.ENDING) == []
    assert Notice.objects.count() == 1


def test_a_renewal_that_is_being_written_silences_nothing(humas: User) -> None:
    agreement = make_moving(humas.unit, 20)
    make_agreement(humas.unit, replaces=agreement, signed_on=None)
    remind(today())
    assert len(told(humas)) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": AgreementKind.ADD},
        {"kind": AgreementKind.RK},
        {"signed_on": None, "stage": Stage.AWAITING},
        {"signed_on": None, "signed_text": "awal 2019", "stage": Stage.SIGNED, "is_open_ended": 1},
        {"starts_on": "later"},
    ],
)
def test_only_counted_papers_in_force_with_an_end_are_told(
    humas: User, fields: dict[str, Any]
) -> None:
    ends = {} if "is_open_ended" in fields else {"ends_on": ahead(20)}
    if "starts_on" in fields:
        fields = {"starts_on": ahead(5)}
    make_agreement(humas.unit, **({"signed_on": ahead(-9)} | ends | fields))
    remind(today())
    assert told(humas, kind=NoticeKind.ENDING) == []


def test_a_moved_end_is_told_anew_and_the_old_notice_withdrawn(humas: User) -> None:
    agreement = make_moving(humas.unit, 20)
    remind(today())
    agreement.change(by=humas, ends_on=ahead(60))
    remind(today())
    assert told(humas) == [(NoticeKind.ENDING, ahead(60), 90)]
    assert Notice.objects.count() == 2


def test_an_end_moved_back_brings_the_old_notice_back(humas: User) -> None:
    agreement = make_moving(humas.unit, 20)
    for days in (20, 300, 20):
        agreement.change(by=humas, ends_on=ahead(days))
        remind(today())
    assert told(humas) == [(NoticeKind.ENDING, ahead(20), 30)]
    assert Notice.objects.count() == 1


def test_a_paper_that_does_not_move_is_told_after_ninety_days(humas: User) -> None:
    agreement = make_agreement(humas.unit, signed_on=ahead(-89), ends_on=ahead(700))
    remind(today())
    assert told(humas) == []
    remind(ahead(1))
    assert told(humas) == [(NoticeKind.IDLE, ahead(1), 0)]
    remind(ahead(2))
    assert Notice.objects.count() == 1
    make_delivery(agreement, date=today())
    remind(ahead(3))
    assert told(humas) == []


def test_a_paper_signed_on_an_unknown_day_counts_as_idle_from_its_record(humas: User) -> None:
    make_agreement(
        humas.unit,
        signed_on=None,
        signed_text="awal 2019",
        stage=Stage.SIGNED,
        is_open_ended=True,
    )
    remind(ahead(3))
    assert told(humas) == [(NoticeKind.IDLE, today(), 0)]


def test_an_idle_paper_that_ended_is_told_no_more(humas: User) -> None:
    make_agreement(humas.unit, signed_on=ahead(-200), ends_on=ahead(100))
    remind(ahead(101))
    assert told(humas, kind=NoticeKind.IDLE) == []


def test_a_promise_is_told_on_its_day(humas: User) -> None:
    promise = make_followup(event=make_event(humas.unit), owner_unit=humas.unit, due=ahead(2))
    remind(ahead(1))
    assert told(humas) == []
    remind(ahead(2))
    assert told(humas) == [(NoticeKind.PROMISE, ahead(2), 0)]
    promise.change(by=humas, due=ahead(9))
    remind(ahead(3))
    assert told(humas) == []
    remind(ahead(9))
    assert told(humas) == [(NoticeKind.PROMISE, ahead(9), 0)]


def test_a_promise_that_was_kept_is_not_told(humas: User) -> None:
    promise = make_followup(event=make_event(humas.unit), owner_unit=humas.unit, due=today())
    promise.complete(on=today(), by=humas)
    remind(today())
    assert told(humas) == []


def test_kinds_that_were_switched_off_are_not_told(humas: User) -> None:
    choose(humas, 30, idle=False, promises=False)
    make_agreement(humas.unit, signed_on=ahead(-100), ends_on=ahead(700))
    make_followup(event=make_event(humas.unit), owner_unit=humas.unit, due=today())
    remind(today())
    assert told(humas) == []
