from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indonesian.calendar import (
    add_months,
    days_in_month,
    format_date,
    format_day,
    format_range,
    format_short,
    month_name,
    term_end,
    weekday_name,
)


def test_a_date_is_written_in_four_ways() -> None:
    day = date(2025, 7, 1)
    assert format_date(day) == "1 Juli 2025"
    assert format_day(day) == "Selasa, 1 Juli 2025"
    assert format_short(day) == "01/07/2025"
    assert (weekday_name(day), month_name(day.month)) == ("Selasa", "Juli")


def test_there_is_no_thirteenth_month() -> None:
    with pytest.raises(ValueError, match="13"):
        month_name(13)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2025, 7, 1), date(2025, 7, 3), "1–3 Juli 2025"),
        (date(2025, 6, 30), date(2025, 7, 2), "30 Juni – 2 Juli 2025"),
        (date(2024, 12, 28), date(2025, 1, 2), "28 Desember 2024 – 2 Januari 2025"),
        (date(2025, 7, 1), date(2025, 7, 1), "1 Juli 2025"),
        (date(2025, 7, 1), None, "1 Juli 2025"),
    ],
)
def test_a_range_repeats_only_what_differs(start: date, end: date | None, expected: str) -> None:
    assert format_range(start, end) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2024, 2, 29), -12, date(2023, 3, 1)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 3, 31), -1, date(2025, 3, 1)),
        (date(2025, 12, 31), -1, date(2025, 12, 1)),
        (date(2025, 1, 31), -2, date(2024, 12, 1)),
        (date(2025, 11, 15), 3, date(2026, 2, 15)),
        (date(2025, 7, 1), 0, date(2025, 7, 1)),
    ],
)
def test_a_day_that_a_month_lacks_is_the_first_of_the_next(
    day: date, months: int, expected: date
) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize("months", [10**6, -(10**6), 10**30])
def test_months_beyond_the_calendar_are_refused(months: int) -> None:
    with pytest.raises(ValueError, match="outside the calendar"):
        add_months(date(2025, 7, 1), months)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2023, 12, 14), 24, date(2025, 12, 13)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2025, 1, 1), 12, date(2025, 12, 31)),
    ],
)
def test_a_term_ends_one_day_before_its_anniversary(
    start: date, months: int, expected: date
) -> None:
    assert term_end(start, months) == expected


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(-600, 600))
def test_adding_months_lands_in_the_month_or_on_the_first_behind_it(day: date, months: int) -> None:
    target = day.year * 12 + day.month - 1 + months
    landed = add_months(day, months)
    reached = landed.year * 12 + landed.month - 1
    assert (reached, landed.day) in {(target, day.day), (target + 1, 1)}
    if landed.day != day.day:
        last = landed - timedelta(days=1)
        assert last.day == days_in_month(last.month, last.year) < day.day
