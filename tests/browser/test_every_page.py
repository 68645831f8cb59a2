"""Every page, wide and narrow, empty, full, with errors: accessible, one h1, no sideways scroll."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from institutions.models import User
from partnerships.models import Agreement, Notice, NoticeKind
from tests.browser.conftest import OpenPage
from tests.factories import make_file, make_root, make_user

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (1280, 360)
REPORTS = tuple(
    f"/laporan/{page}"
    for page in ("", "akan-berakhir/", "belum-berjalan/", "pengisian/", "perkembangan/")
)
LISTS = (
    *("/", "/mitra/", "/perjanjian/", "/kegiatan/", "/realisasi/", "/unit/", "/pengingat/"),
    *REPORTS,
)
OTHERS = ("/bantuan/", "/gaya/", "/pengingat/pilihan/")
FORMS = (
    "/mitra/baru/",
    "/perjanjian/baru/",
    "/kegiatan/baru/",
    "/realisasi/baru/",
    "/akun/sandi/",
)


def verb_pages(agreement: Agreement) -> list[str]:
    """Of a paper in force, and of a draft; the last one says why nothing can be taken back."""
    draft = Agreement.objects.drafts().get()
    verbs = ("perpanjang", "adendum", "akhiri", "batalkan")
    own = [f"{agreement.get_absolute_url()}{verb}/" for verb in verbs]
    return [*own, f"{draft.get_absolute_url()}tandatangani/"]


def problems_of(page: Page, width: int) -> list[str]:
    """What is wrong with the page that is open, one line each."""
    found = [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"]
    ]
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} h1")
    needed = page.evaluate("document.documentElement.scrollWidth")
    if needed > width:
        found.append(f"scrolls sideways: {needed} px")
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_an_empty_register_is_accessible(open_page: OpenPage, humas: User, width: int) -> None:
    page = open_page("/masuk/", width=width)
    found = {"/masuk/": problems_of(page, width)}
    page = open_page("/", user=humas, width=width)
    for address in LISTS + OTHERS + FORMS:
        page.goto(address)
        found[address] = problems_of(page, width)
    assert {address: lines for address, lines in found.items() if lines} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_a_register_in_use_is_accessible(
    open_page: OpenPage, humas: User, agreement: Agreement, width: int
) -> None:
    partner = agreement.parties.get(order=2).partner
    event = agreement.unit.events.get()
    delivery = agreement.deliveries.get()
    told = {"deadline": agreement.ends_on, "kind": NoticeKind.ENDING, "lead": 30}
    Notice.objects.create(user=humas, agreement=agreement, **told)
    old = make_file(agreement=agreement, by=humas)
    scan = make_file(b"2", agreement=agreement, replaces=old, by=humas)
    make_file(b"3", agreement=agreement, by=humas).archive(by=humas, reason="Salah halaman")
    roots = [row.get_absolute_url() for row in (agreement, partner, event, delivery)]
    addresses = [
        *LISTS,
        *("/mitra/?q=tidakada", "/perjanjian/?status=active", "/perjanjian/?tab=sampah"),
        *("/laporan/?masa=tanggal", "/perjanjian/?pada=1+Juni+2025"),
        *roots,
        *(f"{root}{page}/" for root in roots for page in ("ubah", "hapus", "riwayat")),
        *verb_pages(agreement),
        *(f"{root.get_absolute_url()}berkas/" for root in (agreement, event, delivery)),
        *(f"/berkas/{scan.pk}/{page}/" for page in ("ganti", "hapus")),
        agreement.unit.get_absolute_url(),
        f"{agreement.unit.get_absolute_url()}pejabat/baru/",
    ]
    page = open_page("/", user=humas, width=width)
    found = {}
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        page.evaluate("document.querySelectorAll('.sheet details').forEach((d) => (d.open = true))")
        found[address] = problems_of(page, width)
    assert {address: lines for address, lines in found.items() if lines} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_forms_with_errors_are_accessible(
    open_page: OpenPage, humas: User, agreement: Agreement, width: int
) -> None:
    page = open_page("/", user=humas, width=width)
    found = {}
    for address in (*FORMS, f"{agreement.get_absolute_url()}berkas/"):
        page.goto(address)
        page.locator("main form .form-actions button, main form button[type=submit]").last.click()
        expect(page).to_have_title(re.compile("^Galat: "))
        found[address] = problems_of(page, width)
    assert {address: lines for address, lines in found.items() if lines} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_verbs_with_errors_and_what_they_leave_are_accessible(
    open_page: OpenPage, humas: User, agreement: Agreement, width: int
) -> None:
    today = timezone.localdate()
    page = open_page("/", user=humas, width=width)
    found = {}
    renewing, *others = [address for address in verb_pages(agreement) if "batalkan" not in address]
    for address in others:
        page.goto(address)
        page.locator(".form-actions button").click()
        expect(page).to_have_title(re.compile("^Galat: "))
        found[address] = problems_of(page, width)
    page.goto(renewing)
    page.fill("#id_signed_on", "besok lusa")
    page.locator(".form-actions button").click()
    found[renewing] = problems_of(page, width)
    page.goto(agreement.get_absolute_url())
    page.locator(".others > summary").click()
    found["what else can be done"] = problems_of(page, width)
    agreement.amend(by=humas, title="Masa", signed_on=today, ends_on=today + timedelta(days=900))
    agreement.renew(by=humas)
    for address in (renewing, agreement.get_absolute_url()):
        page.goto(address)
        found[f"{address} renewed"] = problems_of(page, width)
    page.locator(".others > summary").click()
    found["opened"] = problems_of(page, width)
    page.goto(f"{agreement.get_absolute_url()}batalkan/")
    found["undo"] = problems_of(page, width)
    assert {address: lines for address, lines in found.items() if lines} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_admins_are_accessible(open_page: OpenPage, width: int) -> None:
    admin = make_user(None, unit=make_root(), username="utama", is_superuser=True, is_staff=True)
    page = open_page("/unit/baru/", user=admin, width=width)
    found = {"/unit/baru/": problems_of(page, width)}
    page.goto("/unit/ditjenpas/ubah/")
    found["/unit/ditjenpas/ubah/"] = problems_of(page, width)
    assert {address: lines for address, lines in found.items() if lines} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_refusals_are_accessible(open_page: OpenPage, humas: User, width: int) -> None:
    page = open_page("/mitra/999/", user=humas, width=width)
    found = {"404": problems_of(page, width)}
    page.goto("/unit/baru/")
    found["403"] = problems_of(page, width)
    assert {address: lines for address, lines in found.items() if lines} == {}
