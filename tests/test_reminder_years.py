"""The years of reminders, small: outages, killed runs, two at once, on the engine of this run."""

from datetime import date
from typing import Any
from unittest import mock

import pytest

from partnerships import reminders
from tests.faults import reminder_years
from tests.faults.reminder_rules import ENDING, Known, Paper, Place, Somebody
from tests.faults.rounds import print_figures

DAYS = 45


@pytest.mark.django_db(transaction=True)
def test_every_notice_that_was_due_is_made_once(capsys: Any) -> None:
    found, marks = reminder_years.simulate(DAYS, seed=5)
    assert print_figures(found, marks) == 0, capsys.readouterr().out
    assert min(found[name] for name in ("made", "runs killed", "two runs at once", "mails")) > 0


@pytest.mark.django_db(transaction=True)
def test_a_run_that_forgets_is_found_out() -> None:
    with mock.patch.object(reminders, "OCCASIONS", ()):
        found, _ = reminder_years.simulate(20, seed=5)
    assert found["lost"] > 0


def test_the_rules_say_what_a_calendar_says() -> None:
    place = Place(1, kanwil=2, upt=1)
    joined = date(2025, 1, 1)
    paper = Paper(7, place, joined, signed=date(2025, 1, 1), ends=date(2026, 3, 31), deliveries=1)
    known = Known([Somebody(3, place, is_manager=False, joined=joined)], [paper])
    days = (date(2025, 12, 30), date(2025, 12, 31), date(2026, 3, 1), date(2026, 3, 24))
    told = [known.owed(day) for day in days]
    about = (3, ENDING, 7, date(2026, 3, 31))
    assert told == [{}, {about: 90}, {about: 30}, {about: 7}]
