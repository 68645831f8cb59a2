"""An old list from the file to the register, in a real browser, with and without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from institutions.models import User
from partnerships.models import Agreement
from tests.browser.conftest import OpenPage
from tests.browser.test_every_page import problems_of
from tests.lists import list_row, xlsx

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def old_list(tmp_path: Path) -> str:
    path = tmp_path / "daftar lama.xlsx"
    path.write_bytes(
        xlsx(
            list_row(1, Mitra="Sanggar Melati", Kategori=""),
            list_row(2, Mitra="Sanggar Melati", Kategori=""),
            list_row(3, cells={"Tgl ttd": "31 Februari 2025"}),
            list_row(4, Judul="Judul yang panjang sekali " * 10),
        )
    )
    return str(path)


def looks_right(page: Page, width: int) -> None:
    assert problems_of(page, width) == []


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (360, True), (360, False)])
def test_a_list_is_looked_through_answered_and_saved(
    open_page: OpenPage, humas: User, old_list: str, width: int, javascript: bool
) -> None:
    page = open_page("/perjanjian/", user=humas, width=width, javascript=javascript)
    check = looks_right if javascript else lambda page, width: None
    page.get_by_role("link", name="Impor daftar", exact=True).click()
    check(page, width)
    page.set_input_files("input[type=file]", old_list)
    page.get_by_role("button", name="Periksa daftar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa daftar")
    expect(page.locator(".lede")).to_contain_text("1 baris siap disimpan")
    check(page, width)
    page.get_by_label("Mitra baru “Sanggar Melati”").select_option("baru:YAYASAN")
    page.get_by_role("button", name="Pakai jawaban ini").click()
    expect(page.locator(".lede")).to_contain_text("3 baris siap disimpan")
    expect(page.locator(".ledger")).to_contain_text("31 Februari 2025 tidak ada")
    check(page, width)
    page.get_by_role("link", name="Semua baris").click()
    check(page, width)
    page.get_by_role("button", name="Simpan 3 perjanjian").click()
    expect(page.locator(".notices")).to_contain_text("3 perjanjian tersimpan. 1 baris belum")
    check(page, width)
    assert Agreement.objects.count() == 3


def test_a_file_that_is_no_list_is_told_beside_it(
    open_page: OpenPage, humas: User, tmp_path: Path
) -> None:
    path = tmp_path / "bukan.xlsx"
    path.write_bytes(b"MZ")
    page = open_page("/perjanjian/impor/", user=humas, width=360)
    page.set_input_files("input[type=file]", str(path))
    page.get_by_role("button", name="Periksa daftar").click()
    expect(page.locator("#galat")).to_contain_text("bukan XLSX atau CSV")
    looks_right(page, 360)


def test_the_keyboard_alone_is_enough(open_page: OpenPage, humas: User, old_list: str) -> None:
    page = open_page("/perjanjian/impor/", user=humas, width=1280)
    page.set_input_files("input[type=file]", old_list)
    page.get_by_role("button", name="Periksa daftar").press("Enter")
    page.get_by_label("Mitra baru “Sanggar Melati”").press("M")
    page.get_by_role("button", name="Pakai jawaban ini").press("Enter")
    page.get_by_role("button", name="Simpan 3 perjanjian").press("Enter")
    expect(page.locator(".notices")).to_contain_text("3 perjanjian tersimpan")
