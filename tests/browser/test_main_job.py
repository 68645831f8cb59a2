"""The whole job of a humas officer, in a browser without JavaScript: partner to realisasi."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from indonesian.calendar import format_date
from institutions.models import User
from tests.browser.conftest import OpenPage
from tests.factories import make_area, make_regency

pytestmark = pytest.mark.django_db(transaction=True)


def save(page: Page) -> None:
    page.locator("main form .form-actions button").first.click()
    expect(page.locator(".notices .notice-success")).to_be_visible()


def pick(page: Page, name: str, text: str, hit: str) -> None:
    """Search in a picker, then choose what was found."""
    page.fill(f"input[name='{name}-q']", text)
    page.click(f"button[name=cari][value='{name}']")
    page.get_by_role("radio", name=hit).check()


@pytest.mark.parametrize("width", [1280, 360])
def test_from_a_new_partner_to_an_agreement_that_moves(
    open_page: OpenPage, humas: User, width: int
) -> None:
    make_area()
    make_regency()
    today = format_date(timezone.localdate())
    page = open_page("/mitra/baru/", user=humas, width=width, javascript=False)

    page.fill("input[name=name]", "Dinas Kesehatan Contoh")
    page.select_option("select[name=kind]", "OPD")
    pick(page, "regency", "grobogan", "Kabupaten Grobogan")
    save(page)

    page.goto("/perjanjian/baru/")
    pick(page, "parties-1-who", "dinkes contoh", "Dinas Kesehatan Contoh")
    page.fill("input[name=title]", "Pemeriksaan kesehatan")
    page.fill("input[name=signed_on]", today)
    page.get_by_label("2 tahun").check()
    page.get_by_label("Pelayanan kesehatan").check()
    save(page)
    expect(page.locator("main")).to_contain_text("Berlaku")
    expect(page.locator("main")).to_contain_text("Baru")

    page.get_by_role("link", name="Catat realisasi").first.click()
    page.get_by_label("Layanan/pemeriksaan bersama").check()
    page.fill("input[name=inmates_male]", "20")
    save(page)

    page.goto("/perjanjian/")
    page.get_by_role("link", name="Pemeriksaan kesehatan").first.click()
    expect(page.locator("main")).to_contain_text("Berjalan")
