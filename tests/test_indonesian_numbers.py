import pytest
from hypothesis import given
from hypothesis import strategies as st

from indonesian.numbers import format_number, format_percent, number_words, read_count


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "0"), (999, "999"), (1204, "1.204"), (1234567, "1.234.567"), (-1204, "-1.204")],
)
def test_thousands_are_parted_by_dots(value: int, expected: str) -> None:
    assert format_number(value) == expected


def test_percentages_have_a_decimal_comma() -> None:
    assert format_percent(0.375) == "38%"
    assert format_percent(0.375, 1) == "37,5%"
    assert format_percent(12.5, 1) == "1.250,0%"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "nol"),
        (9, "sembilan"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (17, "tujuh belas"),
        (20, "dua puluh"),
        (37, "tiga puluh tujuh"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1000, "seribu"),
        (1995, "seribu sembilan ratus sembilan puluh lima"),
        (2025, "dua ribu dua puluh lima"),
        (101_000, "seratus satu ribu"),
        (1_001_000, "satu juta seribu"),
        (2_000_000_003, "dua miliar tiga"),
    ],
)
def test_numbers_in_words(value: int, words: str) -> None:
    assert number_words(value) == words
    assert read_count(words) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("37", 37),
        (" 037 ", 37),
        ("1.204", 1204),
        ("12.345.678", 12345678),
        ("３７", 37),
        ("Tiga  Puluh Tujuh", 37),
        ("tiga puluh tujuh (37)", 37),
        ("37 (tiga puluh tujuh)", 37),
    ],
)
def test_counts_are_read(text: str, expected: int) -> None:
    assert read_count(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "(",
        "tiga puluh tujuh (38)",
        "1,204",
        "1.2",
        "1.2045",
        "12.34.567",
        "-3",
        "3,5",
        "37 orang",
        "puluhan",
        "puluh",
        "ribu",
        "satu belas",
        "satu puluh",
        "satu ratus",
        "satu ribu",
        "dua puluh nol",
        "nol satu",
        "lima tiga",
        "dua ribu juta",
        "tiga ribu dua juta",
        "dua puluh sebelas",
        "seratus ratus",
        "9" * 13,
        "١٢",
        "\x00",
        "\ud800",
    ],
)
def test_what_is_no_count_is_none(text: str) -> None:
    assert read_count(text) is None


@given(st.integers(0, 10**12 - 1))
def test_every_count_survives_words_and_dots(value: int) -> None:
    assert read_count(number_words(value)) == value
    assert read_count(format_number(value)) == value


@pytest.mark.parametrize("value", [-1, 10**12])
def test_words_end_below_a_trillion(value: int) -> None:
    with pytest.raises(ValueError, match="between"):
        number_words(value)


@given(st.text(max_size=500) | st.just("dua ribu " * 100_000))
def test_reading_a_count_never_fails(text: str) -> None:
    count = read_count(text)
    assert count is None or 0 <= count < 10**12
