"""What one PKS costs whoever enters it from paper, counted; by mouse and by keyboard alone."""

from collections import Counter

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from indonesian.calendar import format_date
from institutions.models import User
from partnerships.models import Agreement, Partner
from tests.browser.conftest import OpenPage
from tests.browser.walks import WAYS, Walk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def partner(agreement: Agreement) -> Partner:
    """An agency of the directory, known from a paper that its head signed."""
    side = agreement.parties.get(partner__isnull=False)
    side.change(by=None, signatory_name="dr. Contoh Kepala", signatory_position="Kepala Dinas")
    return side.partner


def write_the_paper(walk: Walk) -> None:
    """Everything but the partner and the areas, in the order of the paper."""
    at = walk.page.locator
    walk.answer(at("#id_parties-0-number"), "W15.PAS-0412 Tahun 2026")
    walk.answer(at("#id_parties-1-number"), "440/212/2026")
    walk.answer(at("#id_title"), "Layanan kesehatan bagi klien")
    walk.answer(at("#id_signed_on"), format_date(timezone.localdate()))
    walk.answer(at("#id_place"), "Jember")
    walk.choose(walk.page.get_by_label("2 tahun"))


@WAYS
def test_from_the_page_of_a_partner(
    open_page: OpenPage,
    humas: User,
    partner: Partner,
    width: int,
    javascript: bool,
    by_keyboard: bool,
) -> None:
    page = open_page(partner.get_absolute_url(), user=humas, width=width, javascript=javascript)
    walk = Walk(page, by_keyboard=by_keyboard)
    walk.activate(page.get_by_role("main").get_by_role("link", name="Catat perjanjian").first)
    walk.enter(page.locator("form.form"))
    expect(page.locator("form.form")).to_contain_text("dr. Contoh Kepala, Kepala Dinas (diusulkan")
    write_the_paper(walk)
    walk.activate(page.get_by_role("button", name="Simpan perjanjian"))
    expect(page.locator(".notice-success")).to_contain_text("Perjanjian tersimpan.")

    new = Agreement.objects.latest("pk")
    assert new.missing() == []
    assert new.parties.get(partner=partner).signatory_name == "dr. Contoh Kepala"
    assert walk.costs <= Counter(answers=6, activations=2, loads=2, stops=20)


@WAYS
def test_from_beranda_with_a_partner_of_the_directory(
    open_page: OpenPage,
    humas: User,
    partner: Partner,
    width: int,
    javascript: bool,
    by_keyboard: bool,
) -> None:
    page = open_page("/", user=humas, width=width, javascript=javascript)
    walk = Walk(page, by_keyboard=by_keyboard)
    walk.activate(page.get_by_role("main").get_by_role("link", name="Catat perjanjian").first)
    walk.enter(page.locator("form.form"))
    walk.answer(page.locator("#id_parties-0-number"), "W15.PAS-0412 Tahun 2026")
    walk.pick("parties-1-who", "dinkes contoh", partner.name)
    at = page.locator
    walk.answer(at("#id_parties-1-number"), "440/212/2026")
    walk.answer(at("#id_title"), "Layanan kesehatan bagi klien")
    walk.answer(at("#id_signed_on"), format_date(timezone.localdate()))
    walk.answer(at("#id_place"), "Jember")
    walk.choose(page.get_by_label("2 tahun"))
    walk.choose(page.get_by_label("Pelayanan kesehatan"))
    walk.activate(page.get_by_role("button", name="Simpan perjanjian"))
    expect(page.locator(".notice-success")).to_contain_text("Perjanjian tersimpan.")

    assert Agreement.objects.latest("pk").missing() == []
    assert walk.costs <= Counter(answers=8, activations=3, loads=3, stops=24)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_next_paper_of_the_day_takes_four_answers(
    open_page: OpenPage, humas: User, partner: Partner, agreement: Agreement, javascript: bool
) -> None:
    """Day, place, term and areas stand there already."""
    address = f"/perjanjian/baru/?lagi={agreement.pk}"
    page = open_page(address, user=humas, javascript=javascript)
    walk = Walk(page)
    walk.pick("parties-1-who", "dinkes contoh", partner.name)
    walk.answer(page.locator("#id_parties-0-number"), "W15.PAS-0413 Tahun 2026")
    walk.answer(page.locator("#id_parties-1-number"), "440/213/2026")
    walk.answer(page.locator("#id_title"), "Penyuluhan kesehatan")
    walk.activate(page.get_by_role("button", name="Simpan, lalu catat lagi"))
    expect(page.locator(".notice-success")).to_contain_text("Masa berlakunya")
    assert Agreement.objects.latest("pk").missing() == []
    assert walk.costs <= Counter(answers=4, activations=2, loads=2)
