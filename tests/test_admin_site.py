"""The frame of the Django admin: one way in, our words, one way back."""

import pytest
from django.test import Client
from django.urls import reverse

from institutions.admin.site import site
from tests.admin_forms import address, as_user

pytestmark = pytest.mark.django_db


def test_everyone_signs_in_on_the_page_of_the_register(client):
    answer = client.get("/admin/", follow=True)
    path, _, query = answer.redirect_chain[-1][0].partition("?")
    assert (path, query) == (reverse("login"), "next=/admin/")
    answer = client.get("/admin/partnerships/event/", follow=True)
    assert answer.redirect_chain[-1][0] == f"{reverse('login')}?next=/admin/partnerships/event/"


def test_the_sign_in_of_the_admin_takes_no_password(client, humas):
    humas.set_password("jembatan-merah-7")
    humas.save()
    data = {"username": "humas", "password": "jembatan-merah-7"}
    answer = client.post("/admin/login/", data)
    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session
    answer = client.post(f"{reverse('login')}?next=/admin/", data)
    assert (answer.status_code, answer.url) == (302, "/admin/")


def test_who_is_signed_in_is_led_on_or_refused(humas, pembaca, tanpa_unit):
    assert as_user(humas).get("/admin/login/").url == "/admin/"
    for person in (pembaca, tanpa_unit):
        assert as_user(person).get("/admin/login/").status_code == 403
    page = as_user(pembaca).get("/admin/")
    assert page.status_code == 403
    assert "humas dan admin" in page.content.decode()


def test_who_has_no_unit_is_told_whom_to_ask(tanpa_unit):
    for path in ("/admin/", "/admin/partnerships/event/", "/admin/autocomplete/"):
        page = as_user(tanpa_unit).get(path)
        assert page.status_code == 403
        assert "belum terhubung ke unit" in page.content.decode()


def test_the_frame_names_the_register_and_leads_back(humas):
    page = as_user(humas).get("/admin/").content.decode()
    assert "Administrasi Register Kemitraan" in page
    assert f'href="{reverse("home")}"' in page
    assert f'href="{reverse("password_change")}"' in page
    assert humas.unit.short_name in page
    assert "Django" not in page


def test_passwords_are_changed_on_the_page_of_the_register(humas):
    for path in ("/admin/password_change/", "/admin/password_change/done/"):
        assert as_user(humas).get(path).url == reverse("password_change")


def test_signing_out_needs_a_post(humas):
    client = as_user(humas)
    assert client.get("/admin/logout/").status_code == 405
    assert client.post("/admin/logout/").url == reverse("login")
    assert client.get("/admin/").status_code == 302


def test_a_post_without_the_token_is_refused(humas):
    client = Client(enforce_csrf_checks=True)
    client.force_login(humas)
    for model in site._registry:
        assert client.post(address(model, "add"), {"title": "x"}).status_code == 403


@pytest.mark.parametrize("person", ["humas", "pengelola"])
def test_pages_carry_no_inline_script_or_style(person, request):
    client = as_user(request.getfixturevalue(person))
    pages = [
        "/admin/",
        *(address(model, page) for model in site._registry for page in ("changelist", "add")),
    ]
    for path in pages:
        answer = client.get(path)
        if answer.status_code == 403:
            continue
        text = answer.content.decode()
        assert " style=" not in text
        assert " onclick=" not in text
        assert "<style" not in text
        assert "unsafe" not in answer["Content-Security-Policy"]
