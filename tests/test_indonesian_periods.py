from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indonesian.periods import WHOLE_MONTHS, last_full_quarter, period_of, year_up_to


@pytest.mark.parametrize(
    ("code", "label", "days", "slug"),
    [
        ("tw1", "TW I 2024", "1 Januari – 31 Maret 2024", "tw1-2024"),
        ("tw3", "TW III 2024", "1 Juli – 30 September 2024", "tw3-2024"),
        ("tw4", "TW IV 2024", "1 Oktober – 31 Desember 2024", "tw4-2024"),
        ("s1", "Semester I 2024", "1 Januari – 30 Juni 2024", "s1-2024"),
        ("s2", "Semester II 2024", "1 Juli – 31 Desember 2024", "s2-2024"),
        ("tahun", "Tahun 2024", "1 Januari – 31 Desember 2024", "tahun-2024"),
    ],
)
def test_a_period_has_its_name_and_its_days(code: str, label: str, days: str, slug: str) -> None:
    period = period_of(code, 2024)
    assert (period.label, period.days, period.slug) == (label, days, slug)


def test_a_year_up_to_a_day_is_named_by_its_days() -> None:
    period = year_up_to(date(2025, 5, 15))
    assert (period.label, period.slug) == ("1 Januari – 15 Mei 2025", "per-2025-05-15")
    assert period.as_of == "15 Mei 2025"


def test_what_is_not_over_ends_today() -> None:
    period = period_of("tahun", 2026).up_to(date(2026, 11, 22))
    assert (period.first, period.last) == (date(2026, 1, 1), date(2026, 11, 22))
    assert period.label == "Tahun 2026"


@given(st.dates(date(1946, 1, 1), date(2100, 12, 31)))
def test_the_last_full_quarter_is_over_and_the_next_one_is_not(today: date) -> None:
    period = last_full_quarter(today)
    assert period.last < today
    following = last_full_quarter(period.last + timedelta(days=1))
    assert following == period
    assert today - period.last <= timedelta(days=92)


def test_quarters_and_half_years_make_up_the_year() -> None:
    for codes in (("tw1", "tw2", "tw3", "tw4"), ("s1", "s2"), ("tahun",)):
        spans = [period_of(code, 2023) for code in codes]
        assert spans[0].first == date(2023, 1, 1)
        assert spans[-1].last == date(2023, 12, 31)
        for before, after in zip(spans, spans[1:], strict=False):
            assert after.first == before.last + timedelta(days=1)
    assert len(WHOLE_MONTHS) == 7
