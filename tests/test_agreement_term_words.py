"""How long an agreement runs, in words."""

from datetime import date
from typing import Any

import pytest

from partnerships.models import Agreement
from partnerships.models.agreement_term import duration_words, term_words, whole_months


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (1, "1 bulan"),
        (11, "11 bulan"),
        (12, "1 tahun"),
        (18, "1 tahun 6 bulan"),
        (24, "2 tahun"),
        (1200, "100 tahun"),
    ],
)
def test_a_number_of_months_in_words(months: int, words: str) -> None:
    assert duration_words(months) == words


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2023, 12, 14), date(2025, 12, 13), 24),
        (date(2023, 12, 14), date(2025, 12, 14), None),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2025, 1, 31), date(2025, 2, 28), 1),
        (date(2025, 1, 1), date(2025, 12, 31), 12),
        (date(2025, 1, 1), date(2025, 1, 1), None),
        (date(1950, 1, 1), date(2099, 12, 31), None),
    ],
)
def test_a_period_of_whole_months_is_recognised(start: date, end: date, months: int | None) -> None:
    assert whole_months(start, end) == months


SIGNED = date(2023, 12, 14)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        ({"signed_on": SIGNED}, "mulai 14 Desember 2023"),
        ({"term_months": 24}, "2 tahun"),
        ({"ends_on": date(2025, 12, 13)}, "s.d. 13 Desember 2025"),
        (
            {"signed_on": SIGNED, "ends_on": date(2025, 12, 13), "term_months": 24},
            "14 Desember 2023 s.d. 13 Desember 2025 (2 tahun)",
        ),
        (
            {"signed_on": SIGNED, "ends_on": date(2025, 12, 31), "term_months": 24},
            "14 Desember 2023 s.d. 31 Desember 2025",
        ),
        (
            {"signed_on": SIGNED, "starts_on": date(2024, 1, 1), "ends_on": date(2024, 12, 31)},
            "1 Januari 2024 s.d. 31 Desember 2024 (1 tahun)",
        ),
        ({"is_open_ended": True}, "tanpa batas waktu"),
        (
            {"signed_on": SIGNED, "is_open_ended": True},
            "sejak 14 Desember 2023, tanpa batas waktu",
        ),
    ],
)
def test_the_term_of_a_paper_in_words(fields: dict[str, Any], words: str) -> None:
    assert term_words(Agreement(**fields)) == words
