import re

import pytest

from config.typed_text import Reader, row_of
from tests.faults.slow_patterns import patterns, slow_texts


def test_no_text_makes_an_expression_slow():
    found = list(patterns())
    assert len(found) >= 12
    assert [words for name, pattern in found for words in slow_texts(name, pattern)] == []


@pytest.mark.parametrize("slow", ["(a+)+$", "(.+)-([0-9]+)-(.+?)"], ids=["doubling", "square"])
def test_a_slow_expression_is_found(slow):
    assert list(slow_texts("contoh.SLOW", re.compile(slow)))


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("people-0-name", ("people", 0, "name")),
        ("people-12-", ("people", 12, "")),
        ("people", ("", None, "")),
        ("people-x-name", ("", None, "")),
        ("people-1-2-name", ("", None, "")),
        # Python refuses to read a number of 5,000 digits.
        (f"people-{'1' * 5000}-name", ("", None, "")),
        ("-1" * 200_000, ("", None, "")),
    ],
)
def test_a_name_is_split_into_its_row(name, row):
    assert row_of(name) == row
    assert Reader(None).label(name) == "Isian lain"
