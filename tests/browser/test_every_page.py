"""Every page, wide and narrow, empty, full, with errors: accessible, one h1, no sideways scroll.

The pages are found in the URLconf, so that what is added later is looked at too.
"""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from institutions.models import User
from partnerships.models import Agreement
from tests.browser.conftest import OpenPage
from tests.factories import make_file, make_root, make_user
from tests.faults.bad_targets import Route, routes
from tests.full_register import make_full_register

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (1280, 360)
# axe then spends no time on describing what is in order.
ONLY_VIOLATIONS = {"resultTypes": ["violations"]}
# A gallery of parts: its forms lead nowhere.
GALLERY = "/gaya/"
# Writes into every text of a form what is too long for it, or no date, and sends it past the
# limits of the browser.
SPOIL = """(form) => {
  const texts = "input[type=text], input[type=url], input[type=email], input:not([type]), textarea";
  for (const field of form.querySelectorAll(texts)) {
    const room = field.maxLength;
    field.removeAttribute("maxlength");
    field.value = room > 0 ? "ab ".repeat(room) : "32 Mei 2025";
  }
}"""
WRITABLE = "input[type=text], textarea, input[type=file]"
OPEN = "document.querySelectorAll('main details').forEach((one) => (one.open = true))"


def problems_of(page: Page, width: int) -> list[str]:
    """What is wrong with the page that is open, one line each."""
    found = [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in Axe().run(page, options=ONLY_VIOLATIONS).response["violations"]
        for node in violation["nodes"]
    ]
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} h1")
    needed = page.evaluate("document.documentElement.scrollWidth")
    if needed > width:
        found.append(f"scrolls sideways: {needed} px")
    return found


def problems_at_both(page: Page) -> list[str]:
    """Those of the open page, wide and narrow."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: {line}" for line in problems_of(page, width)]
    return found


def judge(page: Page, addresses: list[str]) -> dict[str, list[str]]:
    """What is wrong with each page, everything folded opened; nothing for those in order."""
    found = {}
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        page.evaluate(OPEN)
        if lines := problems_at_both(page):
            found[address] = lines
    return found


def own_routes() -> list[Route]:
    """Every address of the register, outside the Django admin."""
    return [route for route in routes() if not route.pattern.startswith("/admin/")]


def pages_for(user: User, addresses: list[str]) -> list[str]:
    """Those at which this user is shown a page, and not a file or a refusal."""
    client = Client()
    client.force_login(user)
    answers = {address: client.get(address) for address in addresses}
    return [
        address
        for address, answer in answers.items()
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    ]


def test_an_empty_register_is_accessible(open_page: OpenPage, humas: User) -> None:
    admin = make_user(None, unit=make_root(), username="utama", is_superuser=True, is_staff=True)
    addresses = [route.pattern for route in own_routes() if "<" not in route.pattern]
    shown = pages_for(humas, addresses)
    found = judge(open_page("/", user=humas), shown)
    more = [address for address in pages_for(admin, addresses) if address not in shown]
    found |= judge(open_page("/", user=admin), more)
    found |= judge(open_page("/masuk/"), ["/masuk/", "/lupa-sandi/"])
    assert found == {}


def test_a_full_register_is_accessible(open_page: OpenPage) -> None:
    made = make_full_register()
    shown = pages_for(made.utama, [route.address(made) for route in own_routes()])
    assert len(shown) >= 60
    assert judge(open_page("/", user=made.utama), shown) == {}


def test_the_admin_is_accessible(open_page: OpenPage) -> None:
    made = make_full_register()
    shown = pages_for(
        made.utama,
        [
            route.address(made)
            for route in routes()
            if route.pattern.startswith("/admin/") and not route.pattern.endswith("/delete/")
        ],
    )
    assert len(shown) >= 30
    assert judge(open_page("/", user=made.utama), shown) == {}


def test_an_empty_admin_and_its_forms_in_error_are_accessible(open_page: OpenPage) -> None:
    admin = make_user(None, unit=make_root(), username="utama", is_superuser=True, is_staff=True)
    page = open_page("/", user=admin)
    lists = ("partnerships/event/", "partnerships/agreement/", "partnerships/partner/")
    found = judge(page, ["/admin/", *(f"/admin/{place}" for place in lists)])
    for place in lists:
        page.goto(f"/admin/{place}add/")
        page.locator("input[name=_save]").click()
        expect(page.locator("#galat")).to_be_visible()
        if lines := problems_at_both(page):
            found[place] = lines
    assert found == {}


def test_every_form_in_error_is_accessible(open_page: OpenPage) -> None:
    made = make_full_register()
    page = open_page("/", user=made.utama)
    found, refused = {}, 0
    for address in pages_for(made.utama, [route.address(made) for route in own_routes()]):
        page.goto(address)
        form = page.locator("main form[method=post]:has(.form-actions)").first
        if address == GALLERY or not form.count() or not form.locator(WRITABLE).count():
            continue
        form.evaluate(SPOIL)
        form.locator(".form-actions button").first.click()
        expect(page, address).to_have_title(re.compile("^Galat: "))
        refused += 1
        page.evaluate(OPEN)
        if lines := problems_at_both(page):
            found[address] = lines
    assert found == {}
    assert refused >= 25


def test_what_staff_meet_in_a_register_in_use_is_accessible(
    open_page: OpenPage, humas: User, agreement: Agreement
) -> None:
    """Lists that find nothing, the Sampah, days and periods, drafts, a question put wrongly."""
    scan = make_file(agreement=agreement, by=humas)
    make_file(b"2", agreement=agreement, replaces=scan, by=humas)
    make_file(b"3", agreement=agreement, by=humas).archive(by=humas, reason="Salah halaman")
    draft = Agreement.objects.drafts().get()
    partner = agreement.parties.get(order=2).partner
    addresses = [
        *("/", "/mitra/?q=tidakada", "/perjanjian/?status=active", "/perjanjian/?tab=sampah"),
        *("/perjanjian/?pada=1+Juni+2025", "/perjanjian/?pada=besok", "/kegiatan/?q=tidakada"),
        *("/laporan/?masa=tanggal", "/laporan/?masa=tanggal&tanggal=besok"),
        *(agreement.get_absolute_url(), draft.get_absolute_url()),
        *(f"{draft.get_absolute_url()}{verb}/" for verb in ("tandatangani", "ubah")),
        f"/perjanjian/baru/?mitra={partner.pk}",
        f"/perjanjian/baru/?lagi={agreement.pk}",
    ]
    assert judge(open_page("/", user=humas), addresses) == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_steps_of_the_form_on_a_paper_are_accessible(
    open_page: OpenPage, humas: User, agreement: Agreement, width: int
) -> None:
    """Searching, a new partner, one side more, and what somebody else saved meanwhile."""
    page = open_page("/perjanjian/baru/", user=humas, width=width)
    found = {"folded": problems_of(page, width)}
    page.fill("#id_parties-1-who", "dinas")
    page.click("button[name=cari][value=parties-1-who]")
    page.get_by_role("radio", name="Bukan ini, tambah mitra baru").check()
    found["new partner"] = problems_of(page, width)
    page.get_by_role("button", name="Tambah baris").click()
    found["one side more"] = problems_of(page, width)
    page.goto(f"{agreement.get_absolute_url()}ubah/")
    agreement.refresh_from_db()
    agreement.change(by=humas, title="Judul dari rekan")
    page.fill("#id_title", "Judul lain")
    page.get_by_role("button", name="Simpan perjanjian").click()
    expect(page.locator("main")).to_contain_text("Judul dari rekan")
    found["conflict"] = problems_of(page, width)
    page.context.clear_cookies()
    page.get_by_role("button", name="Simpan perjanjian").click()
    expect(page.locator("main")).to_contain_text("Isian Anda aman")
    found["session over"] = problems_of(page, width)
    assert {step: lines for step, lines in found.items() if lines} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_verbs_and_what_they_leave_are_accessible(
    open_page: OpenPage, humas: User, agreement: Agreement, width: int
) -> None:
    today, own = timezone.localdate(), agreement.get_absolute_url()
    draft = Agreement.objects.drafts().get()
    page = open_page(f"{draft.get_absolute_url()}tandatangani/", user=humas, width=width)
    page.locator(".form-actions button").click()
    expect(page).to_have_title(re.compile("^Galat: "))
    found = {"signing in error": problems_of(page, width)}
    page.goto(own)
    page.locator(".others > summary").click()
    found["what else can be done"] = problems_of(page, width)
    agreement.amend(by=humas, title="Masa", signed_on=today, ends_on=today + timedelta(days=900))
    agreement.renew(by=humas)
    for address in (f"{own}perpanjang/", f"{own}batalkan/", own):
        page.goto(address)
        found[f"{address} renewed"] = problems_of(page, width)
    page.locator(".others > summary").click()
    found["opened"] = problems_of(page, width)
    assert {address: lines for address, lines in found.items() if lines} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_refusals_are_accessible(open_page: OpenPage, humas: User, width: int) -> None:
    page = open_page("/mitra/999/", user=humas, width=width)
    found = {"404": problems_of(page, width)}
    page.goto("/unit/baru/")
    found["403"] = problems_of(page, width)
    assert {address: lines for address, lines in found.items() if lines} == {}
