"""What stands around every page: the menu, the account and the error pages."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import path, resolve

from institutions.models import Unit, User

ROUTES = {
    "beranda/": "home",
    "perjanjian/": "agreement_list",
    "kegiatan/": "event_list",
    "realisasi/": "delivery_list",
    "akun/": "account_list",
    "mitra/": "partner_list",
    "mitra/baru/": "partner_create",
    "unit/": "unit_list",
    "pejabat/": "officeholder_edit",
    "masuk/": "login",
    "keluar/": "logout",
    "akun/sandi/": "password_change",
    "bantuan/": "help",
}
urlpatterns = [path(route, HttpResponse, name=name) for route, name in ROUTES.items()]

pytestmark = pytest.mark.urls(__name__)


def shown(template: str, address: str, user: User | AnonymousUser, **context: object) -> str:
    request = RequestFactory().get(address)
    request.user = user
    request.resolver_match = resolve(address) if address[1:] in ROUTES else None
    return render_to_string(template, context, request)


def clerk(**fields: object) -> User:
    user = User(username="contoh", first_name="Contoh", last_name="Satu", **fields)
    # As if looked up already, because the account is in no database.
    user._perm_cache = set()
    return user


def test_the_menu_marks_the_page_one_is_on():
    assert '<a href="/mitra/" aria-current="page">Mitra</a>' in shown(
        "404.html", "/mitra/", clerk()
    )


@pytest.mark.parametrize(("address", "entry"), [("/mitra/baru/", "mitra"), ("/pejabat/", "unit")])
def test_the_menu_marks_the_room_a_page_belongs_to(address, entry):
    assert f'<a href="/{entry}/" aria-current="true">' in shown("404.html", address, clerk())


def test_an_address_without_a_page_still_shows_the_menu():
    page = shown("404.html", "/tidak-ada/", clerk())
    assert "Halaman tidak ditemukan" in page
    assert "aria-current" not in page


def test_the_account_names_person_and_unit():
    unit = Unit(name="Lapas Kelas IIB Contoh", short_name="Lapas Contoh")
    page = shown("404.html", "/mitra/", clerk(unit=unit))
    assert "Contoh Satu" in page
    assert "Lapas Contoh" in page


def test_signing_out_is_a_form():
    page = shown("404.html", "/mitra/", clerk())
    assert '<form method="post" action="/keluar/">' in page


def test_strangers_see_no_menu_and_no_help_link():
    page = shown("404.html", "/mitra/", AnonymousUser())
    assert "Menu utama" not in page
    assert "Bantuan" not in page


@pytest.mark.parametrize("template", ["400.html", "500.html", "403_csrf.html"])
def test_pages_of_last_resort_need_no_context(template):
    page = render_to_string(template)
    assert page.count("<h1>") == 1
    assert "Buka Beranda" in page


def test_a_refusal_says_whose_record_it_is():
    page = shown("403.html", "/mitra/", clerk(), exception="Perjanjian ini milik Lapas Contoh.")
    assert "Perjanjian ini milik Lapas Contoh." in page
