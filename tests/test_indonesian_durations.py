"""How long something runs, in the ways lists write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indonesian.durations import find_duration
from indonesian.numbers import number_words


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2 tahun", 24),
        ("2 (dua) tahun", 24),
        ("dua tahun", 24),
        ("Selama 1 (satu) Tahun", 12),
        ("18 bulan", 18),
        ("1 tahun 6 bulan", 18),
        ("1,5 tahun", 18),
        ("5 Thn", 60),
        ("3 th.", 36),
        ("6 bln", 6),
        ("36bulan", 36),
    ],
)
def test_lengths_are_read(text: str, months: int) -> None:
    found = find_duration(text)
    assert found is not None
    assert found.months == months


@pytest.mark.parametrize(
    "text",
    [
        *("", "tahun", "2", "22 Tahun 2022", "2 (tiga) tahun", "0 tahun", "101 tahun", "1,5 bulan"),
        *("banyak tahun", "2023", "sampai selesai", "9" * 400 + " tahun"),
    ],
)
def test_what_is_no_length_is_none(text: str) -> None:
    assert find_duration(text) is None


def test_what_stands_beside_a_length_is_kept() -> None:
    found = find_duration("2 tahun (14-12-2023 s.d. 13-12-2025)")
    assert found is not None
    assert (found.months, found.rest) == (24, "(14-12-2023 s.d. 13-12-2025)")


@given(st.integers(1, 100), st.booleans())
def test_figures_and_words_say_the_same(years: int, twice: bool) -> None:
    words = number_words(years)
    text = f"{years} ({words}) tahun" if twice else f"{words} tahun"
    found = find_duration(text)
    assert found is not None
    assert found.months == years * 12


@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    found = find_duration(text)
    assert found is None or 1 <= found.months <= 1200
