"""Accounts in a real browser: every page wide and narrow, and the whole way to a first sign-in."""

import re

import pytest
from playwright.sync_api import expect

from institutions.models import LoginLink, SignInTries, Unit, User
from tests.account_pages import path_of
from tests.browser.conftest import OpenPage
from tests.browser.test_every_page import WIDTHS, problems_of
from tests.factories import make_root

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Raden Ajeng Contoh Panjang-Sekali " * 3


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_accounts_are_accessible(
    open_page: OpenPage, pembaca: User, rekan: User, humas: User, width: int
) -> None:
    rekan.change(by=None, first_name=LONG, email="alamat.yang.panjang.sekali@contoh.go.id")
    humas.close(by=pembaca, reason="Pindah")
    for _ in range(5):
        SignInTries.objects.admit(rekan.username)
    link = LoginLink.objects.make(rekan, by=pembaca)
    pages = [f"/akun/{rekan.pk}/{page}" for page in ("", "ubah/", "tutup/", "buka/")]
    addresses = [
        *("/akun/", "/akun/?q=tidakada", "/akun/?state=ditutup", "/akun/baru/", "/akun/tempel/"),
        *(*pages, f"/akun/{humas.pk}/", f"/akun/slip/{link.batch}/"),
        *(path_of(link), "/masuk/tidak-ada/", "/lupa-sandi/"),
    ]
    page = open_page("/", user=pembaca, width=width)
    found = {}
    for address in addresses:
        page.goto(address)
        for closed in page.locator("main details:not([open]) > summary").all():
            if closed.is_visible():
                closed.click()
        found[address] = problems_of(page, width)
    assert {address: lines for address, lines in found.items() if lines} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_forms_with_errors_are_accessible(
    open_page: OpenPage, pembaca: User, rekan: User, settings, width: int
) -> None:
    make_root()
    settings.SENDS_MAIL = True
    link = LoginLink.objects.make(rekan, by=pembaca)
    page = open_page("/", user=pembaca, width=width)
    found = {}

    def judge(name: str) -> None:
        expect(page).to_have_title(re.compile("^Galat: "))
        found[name] = problems_of(page, width)

    for address in ("/akun/baru/", "/akun/tempel/", f"/akun/{rekan.pk}/tutup/", "/lupa-sandi/"):
        page.goto(address)
        page.locator("main form button[type=submit]").last.click()
        judge(address)
    page.goto("/akun/tempel/")
    page.fill("#id_lines", "Satu Contoh; Lapas Salah\n; Bapas Jember; Admin; bukan\nTiga; Jember")
    page.get_by_role("button", name="Periksa daftar").click()
    judge("rows")
    page.goto(path_of(link))
    page.get_by_role("button", name="Lanjut membuat sandi").click()
    expect(page.locator("h1")).to_have_text("Buat sandi Anda")
    found["password"] = problems_of(page, width)
    page.get_by_role("button", name="Simpan sandi dan masuk").click()
    judge("password with errors")
    assert {address: lines for address, lines in found.items() if lines} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_from_a_pasted_list_to_a_first_sign_in(
    open_page: OpenPage, pembaca: User, bapas_jember: Unit, width: int
) -> None:
    page = open_page("/akun/", user=pembaca, width=width, javascript=False)
    page.get_by_role("link", name="Tempel daftar").click()
    page.fill("#id_lines", "Nama;Unit\nRina Contoh; Bapas Jember\nDua Contoh; Bapas Salah")
    page.get_by_role("button", name="Periksa daftar").click()
    page.fill("#id_baris-1-unit", "Bapas Jember")
    page.get_by_role("button", name="Buat akun").click()
    expect(page.locator(".slip")).to_have_count(2)
    address = page.locator(".slip-url").first.inner_text()
    owner = open_page(path_of(LoginLink.objects.get(account__first_name="Rina")), width=width)
    assert address.endswith(owner.url.partition("/masuk/")[2])
    owner.get_by_role("button", name="Lanjut membuat sandi").click()
    owner.fill("#id_new_password1", "jembatan-merah-7")
    owner.fill("#id_new_password2", "jembatan-merah-7")
    owner.get_by_role("button", name="Simpan sandi dan masuk").click()
    expect(owner.locator(".notice-success")).to_contain_text("Anda sudah masuk")
    assert User.objects.get(first_name="Rina").last_login is not None


def test_the_slip_fits_its_paper(
    open_page: OpenPage, pembaca: User, rekan: User, humas: User, tmp_path
) -> None:
    batch = LoginLink.objects.make(rekan, by=pembaca).batch
    LoginLink.objects.make(humas, by=pembaca, batch=batch)
    page = open_page(f"/akun/slip/{batch}/", user=pembaca)
    page.emulate_media(media="print")
    for hidden in (".cover", ".trail", ".slip-copy", ".notices"):
        for piece in page.locator(hidden).all():
            assert not piece.is_visible(), hidden
    pdf = page.pdf(path=tmp_path / "slip.pdf", prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type/Page\n") <= 1
