"""Markup in every text, in a real browser: nothing runs and the content policy stays silent."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.full_register import make_full_register
from tests.test_markup import write_everywhere

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = (
    "/",
    "/mitra/",
    "/mitra/1/",
    "/mitra/1/ubah/",
    "/mitra/1/riwayat/",
    "/perjanjian/",
    "/perjanjian/1/",
    "/perjanjian/1/ubah/",
    "/kegiatan/1/",
    "/kegiatan/1/ubah/",
    "/realisasi/1/",
    "/unit/bapas-jember/",
    "/admin/partnerships/event/1/change/",
    "/admin/partnerships/partner/",
    "/mitra/?q=%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
)
# Reported by the browser whenever something was held back.
LISTEN = """
window.held = [];
document.addEventListener("securitypolicyviolation", (e) => window.held.push(e.blockedURI));
"""


def test_no_payload_runs(open_page: OpenPage) -> None:
    made = make_full_register()
    write_everywhere(made, {})
    dialogs: list[str] = []
    page: Page = open_page("/bantuan/", user=made.utama)
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.add_init_script(LISTEN)
    for address in PAGES:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        assert page.evaluate("window.held") == [], address
        assert page.evaluate("document.querySelectorAll('zqx, [zqx]').length") == 0, address
    assert dialogs == []
