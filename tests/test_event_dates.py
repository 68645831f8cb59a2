"""Dates of events: as precise as they are known, never more."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from indonesian.dates import read_date
from partnerships.models import DatePrecision, Event
from tests.factories import make_event, make_unit

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def dated(text: str, **fields: object) -> Event:
    event = Event(unit=make_unit(), title="Rapat koordinasi", **fields)
    event.set_date(read_date(text, today=TODAY))
    return Event.objects.get(pk=event.record(by=None).pk)


@pytest.mark.parametrize(
    ("text", "precision", "starts_on", "ends_on", "key", "label"),
    [
        ("1 Juli 2025", "day", date(2025, 7, 1), None, "2025-07-01", "1 Juli 2025"),
        ("Rabu (20/11)", "day", date(2024, 11, 20), None, "2024-11-20", "20 November 2024"),
        (
            "5 s.d. 7 Agustus 2025",
            "day",
            date(2025, 8, 5),
            date(2025, 8, 7),
            "2025-08-05",
            "5–7 Agustus 2025",
        ),
        ("November 2024", "month", None, None, "2024-11", "November 2024"),
        ("2024", "year", None, None, "2024", "2024"),
        ("20 November", "day_month", None, None, "", "20 November"),
    ],
)
def test_a_date_is_kept_as_precisely_as_it_is_written(
    text, precision, starts_on, ends_on, key, label
):
    event = dated(text)
    assert (event.date_precision, event.starts_on, event.ends_on) == (precision, starts_on, ends_on)
    assert (event.date_text, event.date_key, event.date_label) == (text, key, label)


def test_a_year_worked_out_from_the_weekday_is_marked():
    assert [dated(text).date_inferred for text in ("Rabu (20/11)", "20/11/2024")] == [True, False]


def test_an_event_without_a_date_says_so():
    event = make_event()
    assert (event.date_key, event.date_label) == ("", "Tanggal belum diketahui")


def test_a_day_typed_without_more_is_a_whole_day():
    event = make_event(starts_on=date(2025, 7, 1))
    assert (event.date_precision, event.year, event.month) == (DatePrecision.DAY, 2025, 7)


def test_a_date_can_be_taken_back():
    event = dated("5 s.d. 7 Agustus 2025")
    event.clear_date()
    event.record(by=None)
    assert (event.date_key, event.date_text, event.year) == ("", "", None)


def test_a_more_precise_date_replaces_a_partial_one_and_back():
    event = dated("November 2024")
    event.set_date(read_date("20 November 2024", today=TODAY))
    event.record(by=None)
    assert event.date_key == "2024-11-20"
    event.set_date(read_date("2024", today=TODAY))
    event.record(by=None)
    assert (event.date_key, event.month, event.starts_on) == ("2024", None, None)


def test_newest_first_puts_the_vague_behind_the_precise_and_the_unknown_last():
    texts = ["2024", "20 November 2024", "November 2024", "1 Juli 2025", "20 November"]
    for text in texts:
        dated(text, place=text)
    assert [event.place for event in Event.objects.newest_first()] == [
        "1 Juli 2025",
        "20 November 2024",
        "November 2024",
        "2024",
        "20 November",
    ]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (date(2025, 8, 7), date(2025, 8, 9), True),
        (date(2025, 8, 1), date(2025, 8, 5), True),
        (date(2025, 8, 6), date(2025, 8, 6), True),
        (date(2025, 8, 8), date(2025, 8, 9), False),
        (date(2025, 8, 1), date(2025, 8, 4), False),
    ],
)
def test_a_period_finds_events_that_touch_it(first, last, found):
    dated("5 s.d. 7 Agustus 2025")
    assert Event.objects.between(first, last).exists() == found


@pytest.mark.parametrize("text", ["November 2024", "2024", "20 November"])
def test_a_partial_date_never_counts_as_a_day(text):
    event = dated(text)
    assert not Event.objects.between(date(2024, 1, 1), date(2024, 12, 31)).exists()
    assert not event.has_happened(TODAY)


def test_an_event_has_happened_from_its_day_on():
    event = dated("1 Juli 2025")
    assert [event.has_happened(date(2025, 6, 30)), event.has_happened(date(2025, 7, 1))] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"starts_on": date(1944, 12, 31)}, "Tanggal kegiatan paling awal tahun 1945."),
        (
            {"starts_on": date(2025, 7, 2), "ends_on": date(2025, 7, 1)},
            "Tanggal selesai harus setelah tanggal mulai.",
        ),
        ({"ends_on": date(2025, 7, 1)}, "Isi tanggal mulai sebelum tanggal selesai."),
        ({"budget_year": 20233}, "Tahun anggaran antara 1945 dan 2100."),
        ({"title": " "}, "Isi judul."),
    ],
)
def test_impossible_dates_are_refused(fields, message):
    with pytest.raises(ValidationError) as refused:
        make_event(**fields)
    assert message in refused.value.messages
