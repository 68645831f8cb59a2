"""What the questions of a Kanwil cost, counted: what ends soon, and the recap of its units."""

import re
from collections import Counter

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from institutions.models import User
from partnerships.models import Agreement, Status
from tests.browser.conftest import OpenPage
from tests.browser.walks import WAYS, Walk

pytestmark = pytest.mark.django_db(transaction=True)


@WAYS
def test_what_ends_soon_stands_one_page_from_beranda(
    open_page: OpenPage,
    pembaca: User,
    agreement: Agreement,
    width: int,
    javascript: bool,
    by_keyboard: bool,
) -> None:
    assert agreement.status_on(timezone.localdate()) == Status.ENDING_SOON
    page = open_page("/", user=pembaca, width=width, javascript=javascript)
    walk = Walk(page, by_keyboard=by_keyboard)
    main = page.get_by_role("main")
    walk.activate(main.get_by_role("link", name="segera berakhir").first)
    expect(main).to_contain_text(agreement.title)
    expect(main).to_contain_text("Bapas Jember")
    assert walk.costs["answers"] == 0
    assert walk.costs["loads"] == 1


@WAYS
def test_the_recap_of_all_units_stands_one_page_from_beranda(
    open_page: OpenPage,
    pembaca: User,
    agreement: Agreement,
    width: int,
    javascript: bool,
    by_keyboard: bool,
) -> None:
    page = open_page("/", user=pembaca, width=width, javascript=javascript)
    walk = Walk(page, by_keyboard=by_keyboard)
    if width == 360:
        walk.activate(page.locator(".menu-narrow > summary"), loads=False)
    menu = page.get_by_role("navigation", name="Menu utama")
    walk.activate(menu.get_by_role("link", name="Laporan"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan kerja sama")
    row = page.get_by_role("row", name=re.compile("^Bapas Jember"))
    expect(row).to_contain_text("1")
    assert walk.costs <= Counter(activations=2, loads=1, stops=9)
