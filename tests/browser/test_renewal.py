"""What a renewal costs whoever does it, counted: answers, activations, page loads, tab stops."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from indonesian.calendar import format_date
from institutions.models import User
from partnerships.models import Agreement, Status
from tests.browser.conftest import OpenPage
from tests.browser.walks import WAYS, Walk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ending(agreement: Agreement) -> Agreement:
    """It ends within 90 days."""
    assert agreement.status_on(timezone.localdate()) == Status.ENDING_SOON
    for party in agreement.parties.all():
        party.change(by=None, number=f"LAMA-{party.order}", signatory_name="Penanda Contoh")
    return agreement


@WAYS
def test_it_takes_three_answers_and_two_activations_from_beranda(
    open_page: OpenPage,
    humas: User,
    ending: Agreement,
    width: int,
    javascript: bool,
    by_keyboard: bool,
) -> None:
    day = ending.ends_on + timedelta(days=1)
    page = open_page("/", user=humas, width=width, javascript=javascript)
    walk = Walk(page, by_keyboard=by_keyboard)
    walk.activate(page.get_by_role("main").get_by_role("link", name="Perpanjang").first)
    walk.enter(page.locator("form.form"))
    walk.answer(page.get_by_label("Tanggal tanda tangan"), format_date(timezone.localdate()))
    walk.answer(page.get_by_label("Nomor dari Bapas Jember"), "W15-BARU")
    walk.answer(page.get_by_label("Nomor dari Dinas Kesehatan"), "440-BARU")
    walk.activate(page.get_by_role("button", name="Simpan perpanjangan"))
    expect(page.locator(".notice-success")).to_contain_text("Perpanjangan tersimpan.")
    expect(page.locator(".notice-warning")).to_contain_text("tumpang tindih")
    assert walk.costs <= Counter(answers=3, activations=2, loads=2, stops=8)

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
    page = open_page("/", user=humas)
    walk = Walk(page)
    for name in ("Segera berakhir", ending.title, "Perpanjang"):
        walk.activate(page.get_by_role("main").get_by_role("link", name=name).first)
    walk.answer(page.get_by_label("Tanggal tanda tangan"), format_date(timezone.localdate()))
    walk.activate(page.get_by_role("button", name="Simpan perpanjangan"))
    assert walk.costs["activations"] <= 6
    assert walk.costs["answers"] <= 3
    assert ending.successors.exists()


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
