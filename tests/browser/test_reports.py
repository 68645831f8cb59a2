"""Reports in a real browser: the question of a Kanwil, the text to send on, paper."""

import re

import pytest
from playwright.sync_api import expect

from institutions.models import User
from partnerships.models import Agreement
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_question_of_a_kanwil_takes_two_pages_and_no_answer(
    open_page: OpenPage, pembaca: User, agreement: Agreement, javascript: bool
) -> None:
    page = open_page("/", user=pembaca, javascript=javascript)
    page.get_by_role("navigation", name="Menu utama").get_by_role("link", name="Laporan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan kerja sama")
    row = page.get_by_role("row", name=re.compile("^Bapas Jember"))
    expect(row).to_be_visible()
    row.get_by_role("link", name="Bapas Jember").click()
    expect(page.get_by_role("columnheader", name="Berjalan")).to_be_visible()


def test_the_text_for_whatsapp_is_copied_by_a_button(open_page: OpenPage, humas: User) -> None:
    page = open_page("/laporan/", user=humas)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_text("Salin untuk WhatsApp").click()
    page.get_by_role("button", name="Salin teks").click()
    expect(page.get_by_text("Teks tersalin.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("*Kerja sama Bapas Jember")


def test_without_a_script_the_text_stands_there_and_no_button(
    open_page: OpenPage, humas: User
) -> None:
    page = open_page("/laporan/", user=humas, javascript=False)
    page.get_by_text("Salin untuk WhatsApp").click()
    expect(page.get_by_label("Teks untuk WhatsApp")).to_be_visible()
    expect(page.get_by_role("button", name="Salin teks")).to_have_count(0)
    expect(page.get_by_role("button", name="Cetak dengan kop")).to_have_count(0)


@pytest.mark.parametrize("user_name", ["humas", "pembaca"])
def test_paper_holds_letterhead_table_and_signature_and_nothing_is_cut(
    open_page: OpenPage,
    request: pytest.FixtureRequest,
    agreement: Agreement,
    user_name: str,
) -> None:
    page = open_page("/laporan/", user=request.getfixturevalue(user_name))
    page.emulate_media(media="print")
    # The room between the margins of A4 upright and across, at 96 dots an inch.
    room = 605 if user_name == "humas" else 933
    page.set_viewport_size({"width": room, "height": 900})
    for name in (".letterhead", ".signature", ".ledger"):
        expect(page.locator(name)).to_be_visible()
    for name in (".tabs", ".filters", ".take-along", "nav", ".foot"):
        assert not page.locator(name).first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= room
    # Taller headings would not be repeated on the next page.
    quarter_of_a_page = (252 if user_name == "humas" else 165) / 25.4 * 96 / 4
    assert page.locator(".ledger thead").evaluate("it => it.offsetHeight") < quarter_of_a_page
    # The line at the foot, of another kind of page, would make a page of its own.
    printed = page.pdf(prefer_css_page_size=True)
    assert len(set(re.findall(rb"/MediaBox *\[[^]]*\]", printed))) == 1
