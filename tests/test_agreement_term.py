"""How long an agreement runs: start plus so many months, less a day, unless the end is typed."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from partnerships.models import Agreement, Stage
from tests.factories import make_agreement, make_unit

pytestmark = pytest.mark.django_db

START = date(2023, 12, 14)


def signed(**fields: Any) -> Agreement:
    facts = {"unit": make_unit(), "signed_on": START, "stage": Stage.SIGNED}
    return Agreement(**(facts | fields)).record(by=None)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2023, 12, 14), 24, date(2025, 12, 13)),
        (date(2025, 1, 1), 12, date(2025, 12, 31)),
        (date(2025, 12, 1), 1, date(2025, 12, 31)),
        # A target day that does not exist is the 1st of the next month, before the day is taken.
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 3, 31), 6, date(2025, 9, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
    ],
)
def test_end_is_the_day_before_the_same_day(start, months, end):
    assert signed(signed_on=start, term_months=months).ends_on == end


def test_the_term_begins_with_the_typed_start_not_the_signing():
    agreement = signed(starts_on=date(2024, 1, 1), term_months=12)
    assert agreement.ends_on == date(2024, 12, 31)


def test_moving_the_start_moves_an_end_nobody_typed():
    agreement = signed(term_months=12)
    agreement.starts_on = date(2024, 2, 1)
    agreement.record(by=None)
    assert agreement.ends_on == date(2025, 1, 31)


def test_moving_the_start_leaves_a_typed_end():
    agreement = signed(term_months=12, ends_on=date(2026, 12, 31), end_is_typed=True)
    agreement.starts_on = date(2024, 2, 1)
    agreement.record(by=None)
    assert agreement.ends_on == date(2026, 12, 31)


def test_an_end_without_a_term_stays_as_it_is():
    assert signed(ends_on=date(2026, 12, 31)).ends_on == date(2026, 12, 31)


def test_a_term_without_a_start_has_no_end_yet():
    draft = make_agreement(signed_on=None, term_months=12)
    assert draft.ends_on is None


def test_signing_gives_a_draft_its_end(humas):
    draft = make_agreement(signed_on=None, term_months=24).sign(on=START, by=humas)
    assert draft.ends_on == date(2025, 12, 13)


def test_open_ended_clears_term_and_end():
    agreement = signed(term_months=12)
    agreement.is_open_ended = True
    agreement.record(by=None)
    assert (agreement.ends_on, agreement.term_months, agreement.end_is_typed) == (None, None, False)


def test_the_last_day_may_be_the_first():
    assert signed(ends_on=START).ends_on == START


def test_an_end_before_the_start_is_refused_at_its_field():
    with pytest.raises(ValidationError) as refused:
        signed(starts_on=date(2024, 2, 1), ends_on=date(2024, 1, 31))
    assert refused.value.message_dict == {
        "ends_on": ["Tanggal berakhir harus setelah tanggal mulai, 1 Februari 2024."]
    }


@pytest.mark.parametrize("months", [0, 1201, 32767, 10**15])
def test_a_term_nobody_can_mean_is_refused(months):
    with pytest.raises(ValidationError) as refused:
        signed(term_months=months)
    assert "bulan" in " ".join(refused.value.messages)


def test_a_term_beyond_the_calendar_is_refused_not_an_error():
    with pytest.raises(ValidationError):
        signed(signed_on=None, starts_on=date(9990, 1, 1), stage=Stage.DRAFTING, term_months=1200)
