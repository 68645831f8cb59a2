"""Every date input of the Django admin reads what Indonesians write."""

from datetime import date

import pytest

from institutions.models import Unit, UnitName
from partnerships.models import Agreement, Event
from tests.admin_forms import add, address, as_user, change_address, changed, errors_of
from tests.factories import make_agreement, make_delivery, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(humas):
    return make_agreement(humas.unit, by=humas)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1 Juli 2025", date(2025, 7, 1)),
        ("Selasa, 1 Juli 2025", date(2025, 7, 1)),
        ("01/07/25", date(2025, 7, 1)),
        ("2025-07-01", date(2025, 7, 1)),
    ],
)
def test_every_spelling_of_a_date_is_taken(typed, stored, humas, agreement):
    assert errors_of(changed(as_user(humas), agreement, signed_on=typed)) == []
    agreement.refresh_from_db()
    assert agreement.signed_on == stored


@pytest.mark.parametrize("typed", ["05/13/2025", "31 November 2025", "Juli 2025", "besok", "٣"])
def test_what_is_no_whole_day_is_refused(typed, humas, agreement):
    before = agreement.signed_on
    answer = changed(as_user(humas), agreement, signed_on=typed)
    assert errors_of(answer)
    assert typed in answer.content.decode()
    agreement.refresh_from_db()
    assert agreement.signed_on == before


def test_dates_are_shown_as_they_are_read_and_without_a_calendar_script(humas, agreement):
    page = as_user(humas).get(change_address(agreement)).content.decode()
    assert 'value="5 Januari 2026"' in page
    assert "DateTimeShortcuts" not in page
    assert "calendar.js" not in page


def test_dates_of_rows_are_read_the_same(humas, pengelola):
    unit = humas.unit
    data = {"names-0-name": "Bapas Jember Lama", "names-0-valid_until": "31 Desember 2019"}
    assert errors_of(changed(as_user(pengelola), unit, **data)) == []
    assert UnitName.objects.get().valid_until == date(2019, 12, 31)
    assert Unit.objects.search("bapas jember lama").get() == unit
    data = {"names-0-valid_until": "12/31/2019"}
    assert errors_of(changed(as_user(pengelola), unit, **data))


@pytest.mark.parametrize(
    ("typed", "starts_on", "precision", "inferred"),
    [
        ("1 Juli 2025", date(2025, 7, 1), "day", False),
        ("1 – 3 Juli 2025", date(2025, 7, 1), "day", False),
        ("Rabu (20/11)", date(2024, 11, 20), "day", True),
        ("November 2024", None, "month", False),
        ("2024", None, "year", False),
        ("", None, "unknown", False),
    ],
)
def test_the_date_of_an_event_is_one_text(typed, starts_on, precision, inferred, humas):
    client = as_user(humas)
    fields = {"title": "Rapat", "when": typed, "published_on": "21 November 2024"}
    _, data = add(client, Event, **fields)
    assert errors_of(client.post(address(Event, "add"), data)) == []
    event = Event.objects.get()
    assert (event.starts_on, event.date_precision) == (starts_on, precision)
    assert event.date_inferred is inferred
    # Saved again as it is shown, the date stays what it is.
    assert errors_of(changed(client, event, title="Rapat lagi")) == []
    event.refresh_from_db()
    assert (event.starts_on, event.date_precision) == (starts_on, precision)
    assert event.date_inferred is inferred


def test_a_month_first_date_of_an_event_is_refused(humas):
    client = as_user(humas)
    _, data = add(client, Event, title="Rapat", when="05/13/2025")
    assert errors_of(client.post(address(Event, "add"), data))
    assert not Event.objects.exists()


def test_a_wrong_weekday_is_warned_about_and_saved(humas):
    client = as_user(humas)
    _, data = add(client, Event, title="Rapat", when="Senin, 1 Juli 2025")
    answer = client.post(address(Event, "add"), data, follow=True)
    assert Event.objects.get().starts_on == date(2025, 7, 1)
    assert "Selasa" in answer.content.decode()


def test_deliveries_go_along_with_the_day_of_their_event(humas):
    event = make_event(humas.unit, starts_on=date(2026, 3, 3), by=humas)
    delivery = make_delivery(event=event, date=date(2026, 3, 3), by=humas)
    assert errors_of(changed(as_user(humas), event, when="4 Maret 2026")) == []
    delivery.refresh_from_db()
    assert delivery.date == date(2026, 3, 4)


def test_lists_write_dates_as_the_pages_do(humas):
    make_agreement(humas.unit, signed_on=date(2026, 1, 5), by=humas)
    page = as_user(humas).get(address(Agreement, "changelist")).content.decode()
    assert "5 Jan 2026" in page
    assert "Jan." not in page
