"""A stale token, a session that ended, a bug: what was typed comes back and can be sent again."""

from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from institutions.models import User
from partnerships.models import Agreement, Partner
from tests.agreement_payload import new_payload
from tests.factories import make_partner
from tests.test_outages import browser, fields_of  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
HERE = {"origin": "http://testserver"}
ELSEWHERE = [{}, {"origin": "null"}, {"origin": "https://jahat.example"}]


@pytest.fixture
def filled(browser: Client) -> dict[str, list[str]]:  # noqa: F811
    fields = fields_of(browser.get(reverse("partner_create")))
    return fields | {"name": ["Dinas Contoh"], "kind": ["OPD"], "address": ["Jalan Contoh 1"]}


def test_a_stale_token_gives_the_form_back(browser, filled):  # noqa: F811
    browser.cookies.clear()
    browser.force_login(User.objects.get(username="humas"))
    page = browser.post(reverse("partner_create"), filled, headers=HERE)
    text = page.content.decode()
    assert page.status_code == 403
    assert "Isian Anda aman di halaman ini" in text
    assert "<dd><div>Jalan Contoh 1</div></dd>" in text
    sent = browser.post(reverse("partner_create"), fields_of(page), headers=HERE)
    assert sent.status_code == 302
    assert Partner.objects.get().name == "Dinas Contoh"


def test_a_session_that_ended_gives_the_form_back(browser, filled):  # noqa: F811
    del browser.cookies["sessionid"]
    page = browser.post(reverse("partner_create"), filled, headers=HERE)
    text = page.content.decode()
    assert page.status_code == 403
    assert "Sesi Anda berakhir" in text
    assert f'href="{reverse("login")}" target="_blank"' in text
    assert not Partner.objects.exists()
    # Signing in gives a new token, so the page has to be taken back once more.
    browser.cookies.clear()
    browser.force_login(User.objects.get(username="humas"))
    again = browser.post(reverse("partner_create"), fields_of(page), headers=HERE)
    assert again.status_code == 403
    sent = browser.post(reverse("partner_create"), fields_of(again), headers=HERE)
    assert sent.status_code == 302
    assert Partner.objects.get().address == "Jalan Contoh 1"


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_what_another_site_sent_is_never_offered(browser, filled, headers):  # noqa: F811
    filled["csrfmiddlewaretoken"] = ["x" * 64]
    stale = browser.post(reverse("partner_create"), filled, headers=headers)
    assert stale.status_code == 403
    assert "Jalan Contoh 1" not in stale.content.decode()
    browser.cookies.clear()
    over = browser.post(reverse("partner_create"), filled, headers=headers)
    assert "Jalan Contoh 1" not in over.content.decode()


def test_without_a_session_other_requests_are_led_to_the_sign_in(client):
    address = reverse("partner_create")
    to_sign_in = f"{reverse('login')}?next={address}"
    assert client.get(address, headers=HERE)["Location"] == to_sign_in
    assert client.post(address, {}, headers=HERE)["Location"] == to_sign_in
    assert client.post(address, {"name": "Dinas"})["Location"] == to_sign_in


def test_a_body_that_cannot_be_read_gets_the_plain_pages(browser):  # noqa: F811
    broken = {"content_type": "multipart/form-data; boundary=x", "headers": HERE}
    page = browser.post(reverse("partner_create"), b"--y\r\n", **broken)
    assert page.status_code in {400, 403}


def test_a_bug_gives_the_form_back(browser, filled):  # noqa: F811
    with patch("partnerships.views.partners.finish", side_effect=ValueError("a bug")):
        page = browser.post(reverse("partner_create"), filled)
    assert page.status_code == 500
    assert "<dd><div>Jalan Contoh 1</div></dd>" in page.content.decode()
    assert browser.post(reverse("partner_create"), fields_of(page)).status_code == 302


def test_a_page_that_is_broken_itself_is_still_answered(browser, filled):  # noqa: F811
    with (
        patch("partnerships.views.partners.finish", side_effect=ValueError("a bug")),
        patch("config.outages.page_with_typed", side_effect=ValueError("another bug")),
    ):
        page = browser.post(reverse("partner_create"), filled)
    assert page.status_code == 500
    assert "Register sedang terganggu" in page.content.decode()


@pytest.mark.parametrize("trouble", ["session", "token", "bug", "field"])
def test_an_agreement_comes_back_with_its_rows(browser, humas, trouble):  # noqa: F811
    partner = make_partner()
    token = fields_of(browser.get(reverse("agreement_create")))["csrfmiddlewaretoken"][0]
    typed = new_payload(humas.unit, partner, place="Jember", **{"parties-1-number": "440/1"})
    typed |= {"csrfmiddlewaretoken": token, "parties-1-signatory_name": "Contoh Penanda"}
    if trouble == "session":
        del browser.cookies["sessionid"]
    elif trouble == "token":
        del browser.cookies["csrftoken"]
    elif trouble == "field":
        typed["signed_on"] = "32 Mei 2025"
    fault = ValueError("a bug") if trouble == "bug" else None
    with patch("partnerships.views.agreements.finish", side_effect=fault):
        page = browser.post(reverse("agreement_create"), typed, headers=HERE)
    offered = fields_of(page)
    assert offered["place"] == ["Jember"]
    assert offered["parties-1-number"] == ["440/1"]
    assert offered["parties-1-signatory_name"] == ["Contoh Penanda"]
    assert offered["parties-1-who"] == [f"p{partner.pk}"]
    assert not Agreement.objects.exists()
