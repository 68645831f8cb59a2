import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indonesian.calendar import (
    MONTH_OF,
    MONTHS,
    WEEKDAYS,
    format_date,
    format_day,
    format_range,
    format_short,
    weekday_name,
)
from indonesian.dates import FIRST_YEAR, LAST_YEAR, Precision, ReadDate, read_date
from indonesian.numbers import number_words

TODAY = date(2026, 11, 22)
REGISTER_YEARS = [date(1945, 1, 1) + timedelta(days=n) for n in range(365 * 156 + 38)]


def read(text: str) -> ReadDate:
    return read_date(text, today=TODAY)


def test_the_register_years_run_from_1945_to_2100() -> None:
    assert REGISTER_YEARS[-1] == date(2100, 12, 30) + timedelta(days=1)


EVERY_DAY_SPELLINGS = [
    format_date,
    format_day,
    format_short,
    date.isoformat,
    lambda day: f"{weekday_name(day)} ({day.day}/{day.month}/{day.year})",
]
OTHER_SPELLINGS = [
    lambda day: format_day(day).upper(),
    lambda day: f"{day.day}-{day.month}-{day.year}",
    lambda day: f"{day.day:02}.{day.month:02}.{day.year}",
    lambda day: f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}",
    lambda day: f"Hari/Tgl : {weekday_name(day)} / {day.day:02} {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{weekday_name(day)} pagi({day.day:02}/{day.month:02}/{day.year}) pukul 09.00 WIB",
    lambda day: (
        f"tanggal {number_words(day.day)} bulan {MONTHS[day.month - 1]} "
        f"tahun {number_words(day.year)} ({day.day}-{day.month}-{day.year})"
    ),
]


@pytest.mark.parametrize("spell", EVERY_DAY_SPELLINGS)
def test_every_day_from_1945_to_2100_is_read_back(spell) -> None:
    assert all(read(spell(day)).start == day for day in REGISTER_YEARS)
    assert not any(read(spell(day)).warning for day in REGISTER_YEARS[::97])


@pytest.mark.parametrize("spell", OTHER_SPELLINGS)
def test_other_spellings_are_read_back(spell) -> None:
    assert all(read(spell(day)).start == day for day in REGISTER_YEARS[::11])


@pytest.mark.parametrize("spelling", sorted(MONTH_OF))
def test_every_spelling_of_a_month(spelling: str) -> None:
    assert read(f"5 {spelling} 2025").start == date(2025, MONTH_OF[spelling], 5)
    assert read(f"5-{spelling.upper()}-2025").start == date(2025, MONTH_OF[spelling], 5)
    assert read(f"{spelling}. 2025").month == MONTH_OF[spelling]


@settings(deadline=None)
@given(st.dates(date(1945, 1, 1), date(2099, 11, 26)), st.integers(1, 400))
def test_every_range_is_read_back(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    result = read(format_range(start, end))
    assert (result.start, result.end, result.problem) == (start, end, "")


@pytest.mark.parametrize(
    "spell",
    [
        lambda day: f"{day.month}/{day.day}/{day.year}",
        lambda day: f"{day.month:02}-{day.day:02}-{day.year}",
        lambda day: f"{day.month}.{day.day}.{day.year}",
        lambda day: f"{weekday_name(day)} ({day.month}/{day.day})",
    ],
)
def test_figures_never_put_the_month_first(spell) -> None:
    for day in REGISTER_YEARS[::7]:
        result = read(spell(day))
        if day.day > 12:
            assert result.precision is None
        else:
            assert (result.day, result.month) == (day.month, day.day)


@pytest.mark.parametrize("form", ["{month} {day}, {year}", "{month} {day} {year}", "{month}-{day}"])
def test_words_never_put_the_month_first(form: str) -> None:
    for day in REGISTER_YEARS[::31]:
        text = form.format(month=MONTHS[day.month - 1], day=day.day, year=day.year)
        assert read(text).precision is None


@pytest.mark.parametrize(
    "today", [date(2026, 11, 22), date(2024, 2, 28), date(2024, 2, 29), date(2031, 1, 1)]
)
def test_an_inferred_year_is_the_latest_that_fits(today: date) -> None:
    latest: dict[tuple[int, int, int], date] = {}
    day = date(FIRST_YEAR, 1, 1)
    while day <= today:
        latest[day.day, day.month, day.weekday()] = day
        day += timedelta(days=1)
    for (number, month, weekday), expected in latest.items():
        result = read_date(f"{WEEKDAYS[weekday]} ({number}/{month})", today=today)
        assert (result.start, result.inferred) == (expected, True)
    assert len(latest) == 366 * 7


@pytest.mark.parametrize("today", [date(1989, 5, 1), date(2026, 11, 22), date(2095, 1, 1)])
def test_two_digits_reach_ten_years_ahead(today: date) -> None:
    for year in range(100):
        expected = 2000 + year if 2000 + year <= today.year + 10 else 1900 + year
        assert read_date(f"1/7/{year:02}", today=today).year == expected


PIECES = re.findall(
    r"\S+",
    "1 7 12 13 20 25 29 30 31 32 07 99 2024 2025 1899 20255 / - . , ( ) : | – & ' s.d. s/d sd "
    "sampai dengan hingga dan Juli Nov. Nopember Februari Feb May Rabu Jum'at Minggu Selasa pagi "
    "lalu pukul jam 09.00 09:15 WIB tanggal hari ini Hari/Tgl bulan tahun awal VII i M selesai "
    "2025-07-01 1/7/2025 --11-20 UU x \x00 \ud800 \u200b",
)
assembled = st.lists(st.sampled_from([*PIECES, " "]), max_size=12)
texts = st.text(max_size=60) | assembled.map("".join) | assembled.map(" ".join)


@settings(max_examples=1500, deadline=None)
@given(texts, st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_any_text_is_read_or_refused(text: str, today: date) -> None:
    result = read_date(text, today=today)
    assert result.text == text
    if result.precision is None:
        assert result == ReadDate(text, problem=result.problem)
        assert result.problem.endswith(".")
        assert result.problem.encode().decode().isprintable()
        return
    assert result.iso is not None
    assert result.problem == ""
    assert (result.start is not None) == (result.precision == Precision.DAY)
    again = read_date(result.iso, today=today)
    assert (again.iso, again.precision) == (result.iso, result.precision)
    for day in filter(None, (result.start, result.end)):
        assert FIRST_YEAR <= day.year <= LAST_YEAR + result.inferred
    if result.end is not None:
        assert result.start is not None
        assert result.start < result.end
    if result.inferred:
        assert result.start is not None
        assert result.start <= today


@settings(max_examples=1500, deadline=None)
@given(assembled.map("".join) | assembled.map(" ".join))
def test_no_figure_of_a_date_is_made_up(text: str) -> None:
    result = read(text)
    figures = {int(figure) for figure in re.findall(r"[0-9]+", text)}
    if result.day is not None:
        assert result.day in figures
    if result.year is not None and not result.inferred:
        assert {result.year, result.year % 100} & figures


@pytest.mark.parametrize("piece", ["1", " ", "1 ", "1/", "-", "s.d. ", "x", "'25 ", "\u200b", "﷽"])
def test_a_megabyte_is_refused_and_not_chewed_on(piece: str) -> None:
    """A pattern that backtracks would not come back from this."""
    assert read(piece * (1_000_000 // len(piece))).precision is None
