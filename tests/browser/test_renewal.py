"""What a renewal costs whoever does it, counted: answers, activations, page loads, tab stops."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from indonesian.calendar import format_date
from institutions.models import User
from partnerships.models import Agreement, Status
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ending(agreement: Agreement) -> Agreement:
    """It ends within 90 days."""
    assert agreement.status_on(timezone.localdate()) == Status.ENDING_SOON
    for party in agreement.parties.all():
        party.change(by=None, number=f"LAMA-{party.order}", signatory_name="Penanda Contoh")
    return agreement


class Walk:
    """A person at the page, who counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.costs = page, Counter[str]()
        page.on("load", lambda _: self.costs.update(loads=1))

    def activate(self, name: str) -> None:
        self.costs.update(activations=1)
        with self.page.expect_event("load"):
            self.page.get_by_role("main").get_by_role("link", name=name).first.click()

    def answer(self, label: str, text: str) -> None:
        self.costs.update(answers=1)
        self.page.get_by_label(label).fill(text)

    def save(self, name: str) -> None:
        self.costs.update(activations=1)
        with self.page.expect_event("load"):
            self.page.get_by_role("button", name=name).click()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [1280, 360])
def test_it_takes_three_answers_and_two_activations_from_beranda(
    open_page: OpenPage, humas: User, ending: Agreement, width: int, javascript: bool
) -> None:
    day = ending.ends_on + timedelta(days=1)
    walk = Walk(open_page("/", user=humas, width=width, javascript=javascript))
    walk.activate("Perpanjang")
    walk.answer("Tanggal tanda tangan", format_date(timezone.localdate()))
    walk.answer("Nomor dari Bapas Jember", "W15-BARU")
    walk.answer("Nomor dari Dinas Kesehatan", "440-BARU")
    walk.save("Simpan perpanjangan")
    expect(walk.page.locator(".notice-success")).to_contain_text("Perpanjangan tersimpan.")
    expect(walk.page.locator(".notice-warning")).to_contain_text("tumpang tindih")
    assert walk.costs == {"answers": 3, "activations": 2, "loads": 2}

    new = ending.successors.get()
    assert new.missing() == []
    assert [party.number for party in new.parties.all()] == ["W15-BARU", "440-BARU"]
    assert {party.signatory_name for party in new.parties.all()} == {"Penanda Contoh"}
    ending.refresh_from_db()
    assert ending.status_on(day) == Status.RENEWED


def test_from_the_list_it_takes_five_activations(
    open_page: OpenPage, humas: User, ending: Agreement
) -> None:
    """The way over the list of papers: card, paper, Perpanjang, Simpan."""
    walk = Walk(open_page("/", user=humas))
    walk.activate("Segera berakhir")
    walk.activate(ending.title)
    walk.activate("Perpanjang")
    walk.answer("Tanggal tanda tangan", format_date(timezone.localdate()))
    walk.save("Simpan perpanjangan")
    assert walk.costs["activations"] <= 6
    assert walk.costs["answers"] <= 3
    assert ending.successors.exists()


def test_by_keyboard_alone(open_page: OpenPage, humas: User, ending: Agreement) -> None:
    page = open_page(f"{ending.get_absolute_url()}perpanjang/", user=humas)
    page.locator("#id_signed_on").focus()
    stops = 0
    page.keyboard.type(format_date(timezone.localdate()))
    for number in ("W15-BARU", "440-BARU"):
        page.keyboard.press("Tab")
        stops += 1
        page.keyboard.type(number)
    while page.evaluate("document.activeElement.type") != "submit":
        page.keyboard.press("Tab")
        stops += 1
    assert stops <= 7
    page.keyboard.press("Enter")
    expect(page.locator(".notice-success")).to_contain_text("Perpanjangan tersimpan.")


def test_what_else_can_be_done_opens_by_keyboard_without_a_script(
    open_page: OpenPage, humas: User, ending: Agreement
) -> None:
    page = open_page(ending.get_absolute_url(), user=humas, javascript=False)
    page.locator(".others > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".others a").first).to_be_focused()
    page.get_by_role("link", name="Akhiri perjanjian").click()
    page.fill("#id_terminated_on", format_date(timezone.localdate()))
    page.fill("#id_reason", "Mitra bubar")
    page.get_by_role("button", name="Akhiri perjanjian").click()
    expect(page.locator(".notice-success")).to_contain_text("Perjanjian diakhiri.")
    page.locator(".others > summary").click()
    page.get_by_role("link", name="Batalkan pengakhiran").click()
    page.fill("#id_reason", "Salah catat")
    page.get_by_role("button", name="Batalkan pengakhiran").click()
    expect(page.locator(".notice-success")).to_contain_text("Pengakhiran dibatalkan.")
