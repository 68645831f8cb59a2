"""Sending a scan in a real browser: with the script that shows how far it is, and without."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from institutions.models import User
from partnerships.models import Agreement
from tests.browser.conftest import OpenPage
from tests.files import pdf

pytestmark = pytest.mark.django_db(transaction=True)


def upload_page(open_page: OpenPage, agreement: Agreement, user: User, **how: bool) -> Page:
    page = open_page(agreement.get_absolute_url(), user=user, width=360, **how)
    page.get_by_role("link", name="Naskah belum diunggah").click()
    return page


def scan(folder: Path, content: bytes, name: str = "naskah.pdf") -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_scan_is_sent_and_stands_on_the_page(
    open_page: OpenPage, humas: User, agreement: Agreement, tmp_path: Path, javascript: bool
) -> None:
    page = upload_page(open_page, agreement, humas, javascript=javascript)
    page.set_input_files("input[type=file]", scan(tmp_path, pdf()))
    page.get_by_role("button", name="Unggah", exact=True).click()
    expect(page.locator(".notices")).to_contain_text("Berkas tersimpan: naskah.pdf.")
    expect(page).to_have_url(re.compile(r"/perjanjian/\d+/#berkas"))
    with page.expect_download() as download:
        page.get_by_role("link", name="naskah.pdf", exact=True).click()
    assert Path(download.value.path()).read_bytes() == pdf()


def test_a_refused_file_is_told_in_place_and_stays_chosen(
    open_page: OpenPage, humas: User, agreement: Agreement, tmp_path: Path
) -> None:
    page = upload_page(open_page, agreement, humas)
    page.set_input_files("input[type=file]", scan(tmp_path, b"MZ"))
    page.get_by_role("button", name="Unggah", exact=True).click()
    expect(page.locator("#galat")).to_contain_text("bukan PDF, JPG, PNG, atau DOCX.")
    expect(page.locator("#galat")).to_be_focused()
    assert page.evaluate("document.querySelector('input[type=file]').files.length") == 1
    page.set_input_files("input[type=file]", scan(tmp_path, pdf()))
    page.get_by_role("button", name="Unggah", exact=True).click()
    expect(page.locator(".notices")).to_contain_text("Berkas tersimpan")


def test_what_is_too_large_is_said_before_it_is_sent(
    open_page: OpenPage, humas: User, agreement: Agreement, tmp_path: Path
) -> None:
    page = upload_page(open_page, agreement, humas)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.set_input_files("input[type=file]", scan(tmp_path, bytes(21 * 1024 * 1024)))
    page.get_by_role("button", name="Unggah", exact=True).click()
    expect(page.get_by_role("status").last).to_contain_text("Batasnya 20 MB")
    assert "POST" not in sent


def test_a_slow_line_shows_how_far_it_is_and_can_be_cancelled(
    open_page: OpenPage, humas: User, agreement: Agreement, tmp_path: Path
) -> None:
    page = upload_page(open_page, agreement, humas)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"latency": 20, "downloadThroughput": 200_000, "uploadThroughput": 200_000}
    line.send("Network.emulateNetworkConditions", {"offline": False, **slow})
    content = pdf(more=b"% " + b"x" * 2_000_000 + b"\n")
    page.set_input_files("input[type=file]", scan(tmp_path, content))
    page.get_by_role("button", name="Unggah", exact=True).click()
    words = page.locator(".upload-state [role=status]")
    expect(words).to_contain_text(re.compile(r"Mengunggah \d+%: .* dari 1,9 MB, sisa sekitar"))
    page.get_by_role("button", name="Batalkan unggahan").click()
    expect(words).to_contain_text("Tidak ada yang tersimpan.")
    assert not agreement.documents.exists()
