"""The Django admin in a real browser: its scripts run under our content policy."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from institutions.models import User
from partnerships.models import Agreement, Delivery, Event, FollowUp, Partner
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = ("/admin/", "/admin/partnerships/event/", "/admin/partnerships/agreement/add/")


def choose(page: Page, field: str, text: str) -> None:
    """Type into a suggesting list and take what stands first."""
    page.click(f"#{field} + .select2 .select2-selection")
    page.fill(".select2-search__field", text)
    page.click(f".select2-results__option:has-text('{text}')")


def test_a_humas_officer_records_an_event(
    open_page: OpenPage, humas: User, agreement: Agreement
) -> None:
    complaints: list[str] = []
    page = open_page("/admin/partnerships/event/add/", user=humas)
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.reload()
    page.fill("#id_title", "Rapat koordinasi Pokmas Lipas")
    page.fill("#id_when", "Selasa (1/7/2025)")
    page.select_option("#id_parts-0-kind", "RAKOR")
    page.click("#parts-group .add-row a")
    page.select_option("#id_parts-1-kind", "PELATIHAN")
    choose(page, "id_attendances-0-partner", "Dinas Kesehatan")
    page.click("#people-group .add-row a")
    page.fill("#id_people-0-name", "Budi Contoh")
    page.fill("#id_followups-0-text", "Kirim konsep PKS")
    page.fill("#id_followups-0-due", "15 Juli 2025")
    page.click("#deliveries-group .add-row a")
    page.select_option("#id_deliveries-0-kind", "PELATIHAN")
    page.fill("#id_deliveries-0-date", "05/13/2025")
    page.fill("#id_deliveries-0-clients_male", "12")
    page.click("input[name=_save]")
    expect(page.locator(".error-summary li")).to_have_count(1)
    page.fill("#id_deliveries-0-date", "1 Juli 2025")
    page.click("input[name=_save]")
    page.wait_for_url("**/admin/partnerships/event/")

    event = Event.objects.get(title="Rapat koordinasi Pokmas Lipas")
    assert event.starts_on == date(2025, 7, 1)
    assert [part.kind for part in event.parts.all()] == ["RAKOR", "PELATIHAN"]
    assert event.attendances.get().partner == Partner.objects.get()
    assert event.people.get().name == "Budi Contoh"
    assert FollowUp.objects.get(event=event).due == date(2025, 7, 15)
    assert Delivery.objects.get(event=event).clients_male == 12
    assert complaints == []


def test_a_partner_is_added_in_a_window_of_its_own(open_page: OpenPage, humas: User) -> None:
    page = open_page("/admin/partnerships/event/add/", user=humas)
    with page.expect_popup() as opened:
        page.click("#add_id_attendances-0-partner")
    window = opened.value
    window.fill("#id_name", "Yayasan Contoh Baru")
    window.select_option("#id_kind", "YAYASAN")
    window.click("input[name=_save]")
    page.wait_for_selector("#id_attendances-0-partner + .select2:has-text('Yayasan Contoh Baru')")


@pytest.mark.parametrize("width", [1280, 360])
def test_pages_do_not_scroll_sideways(
    open_page: OpenPage, humas: User, agreement: Agreement, width: int
) -> None:
    page = open_page("/admin/", user=humas, width=width)
    changes = [f"/admin/partnerships/event/{event.pk}/change/" for event in Event.objects.all()]
    for address in (*PAGES, *changes):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.locator("h1").count() == 1, address
