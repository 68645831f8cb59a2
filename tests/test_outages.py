"""503 and 507: which errors they stand for, and that what was typed comes back with them."""

import sqlite3
from errno import ENOSPC
from typing import Any
from unittest.mock import MagicMock, patch
from urllib.parse import urlencode

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import InterfaceError, OperationalError, connection
from django.db.transaction import Atomic
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from config.middleware import ReopenReplacedFile
from config.outages import AWAY, FULL, outage_behind, unavailable
from config.typed_text import Reader, model_at
from partnerships.models import Partner
from tests.faults.caller import Answer

FORM = "application/x-www-form-urlencoded"


def wrapped(error: type[Exception], cause: Exception) -> Exception:
    error = error(str(cause))
    error.__cause__ = cause
    return error


def of_sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("contoh")
    error.sqlite_errorcode = code
    return error


@pytest.fixture
def browser(db, humas):
    """Sees the answer where the test client would raise, and checks CSRF as a server does."""
    browser = Client(raise_request_exception=False, enforce_csrf_checks=True)
    browser.force_login(humas)
    return browser


def token_of(browser: Client) -> str:
    page = browser.get(reverse("partner_create"))
    return fields_of(page)["csrfmiddlewaretoken"][0]


def fields_of(page: HttpResponse) -> dict[str, list[str]]:
    return Answer(page.status_code, page.headers, page.content.decode()).fields


def broken(error: Exception) -> Any:
    """While this is open every query raises the error."""
    return patch.object(connection, "cursor", side_effect=error)


def send(browser: Client, address: str, fields: list[tuple[str, str]]) -> HttpResponse:
    return browser.post(address, urlencode(fields), content_type=FORM)


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (wrapped(OperationalError, of_sqlite(sqlite3.SQLITE_BUSY)), AWAY),
        (wrapped(OperationalError, of_sqlite(sqlite3.SQLITE_IOERR_SHMSIZE)), AWAY),
        (wrapped(OperationalError, of_sqlite(sqlite3.SQLITE_FULL)), FULL),
        (wrapped(OperationalError, of_sqlite(sqlite3.SQLITE_ERROR)), None),
        (wrapped(OperationalError, psycopg.OperationalError("connection refused")), AWAY),
        (wrapped(OperationalError, psycopg.errors.AdminShutdown("terminated")), AWAY),
        (wrapped(OperationalError, psycopg.errors.LockNotAvailable("waited")), AWAY),
        (wrapped(OperationalError, psycopg.errors.DiskFull("full")), FULL),
        (wrapped(OperationalError, psycopg.errors.StatementTooComplex("a bug")), None),
        (InterfaceError("connection already closed"), AWAY),
        (psycopg.errors.ReadOnlySqlTransaction("a standby answers"), AWAY),
        (OSError(ENOSPC, "No space left on device"), FULL),
        (OSError("request data read error"), None),
        (ValueError("a bug"), None),
    ],
)
def test_faults_of_the_machine_are_told_from_bugs(error, outage):
    assert outage_behind(error) is outage


def test_what_an_outage_led_to_is_an_outage():
    error = ValueError("while cleaning up")
    error.__context__ = wrapped(OperationalError, of_sqlite(sqlite3.SQLITE_BUSY))
    assert outage_behind(error) is AWAY


def test_a_bug_stays_a_500(browser):
    with broken(ValueError("a bug")):
        page = browser.get(reverse("partner_list"))
    assert (page.status_code, "Retry-After" in page) == (500, False)


def test_a_page_that_cannot_be_read_says_when_to_come_again(browser):
    with broken(OperationalError("terminating connection due to administrator command")):
        page = browser.get(reverse("partner_list"), {"q": "dinkes"})
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert 'href="/mitra/?q=dinkes"' in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "form-action 'self'" in page["Content-Security-Policy"]


def test_an_address_on_another_host_is_no_link_of_ours(browser):
    with broken(OperationalError("away")):
        page = browser.get("//jahat.example/mitra/")
    assert 'href="//' not in page.content.decode()


def test_what_was_typed_is_offered_again(browser):
    token = token_of(browser)
    fields = [
        ("csrfmiddlewaretoken", token),
        ("version", "3"),
        ("name", 'Dinas "Contoh" <b>&'),
        ("kind", "OPD"),
        ("address", "Jalan Satu\r\nLantai 2"),
        ("sectors", "1"),
        ("sectors", "2"),
        ("contacts-TOTAL_FORMS", "1"),
        ("contacts-0-position", "Kepala bidang"),
        ("_simpan", "1"),
    ]
    with broken(OperationalError("away")):
        page = send(browser, reverse("partner_create"), fields)
    offered = fields_of(page)
    assert page.status_code == 503
    assert offered.pop("csrfmiddlewaretoken") != [""]
    assert [(n, value) for n, values in offered.items() for value in values] == fields[1:]


def test_what_was_typed_can_be_read(browser):
    token = token_of(browser)
    fields = [
        ("csrfmiddlewaretoken", token),
        ("name", "Dinas <b>Contoh"),
        ("kind", "OPD"),
        ("regency", "17"),
        ("regency-q", "Grobogan"),
        ("contacts-1-position", "Kepala bidang"),
    ]
    with broken(OperationalError("away")):
        text = send(browser, reverse("partner_create"), fields).content.decode()
    for label, value in [
        ("Nama", "Dinas &lt;b&gt;Contoh"),
        ("Jenis mitra", "Dinas/OPD"),
        ("Kabupaten/kota", "sudah Anda pilih"),
        ("Kabupaten/kota", "Grobogan"),
        ("Kontak 2: Jabatan", "Kepala bidang"),
    ]:
        assert f"<dt>{label}</dt><dd><div>{value}" in text


def test_the_offer_is_taken_when_the_database_is_back(browser):
    fields = fields_of(browser.get(reverse("partner_create")))
    fields |= {"name": ["Dinas Contoh"], "kind": ["OPD"]}
    with broken(OperationalError("away")):
        page = browser.post(reverse("partner_create"), fields)
    sent = browser.post(reverse("partner_create"), fields_of(page))
    assert sent.status_code == 302
    assert Partner.objects.filter(name="Dinas Contoh").count() == 1


def test_a_password_is_asked_for_again_and_never_shown(browser):
    browser.logout()
    token = fields_of(browser.get(reverse("login")))["csrfmiddlewaretoken"][0]
    fields = {"csrfmiddlewaretoken": token, "username": "humas", "password": "lumbung-padi"}
    with broken(OperationalError("away")):
        page = browser.post(reverse("login"), fields)
    text = page.content.decode()
    assert page.status_code == 503
    assert "lumbung-padi" not in text
    assert '<input type="password" name="password"' in text
    assert fields_of(page)["username"] == ["humas"]


def test_what_another_site_sent_is_not_offered(rf):
    request = rf.post(reverse("partner_create"), {"name": "Dinas Palsu"})
    request._dont_enforce_csrf_checks = False
    page = unavailable(request, AWAY)
    assert page.status_code == 503
    assert "Dinas Palsu" not in page.content.decode()


@pytest.mark.parametrize("route", ["admin:index", "login", "readyz", "home", "help"])
def test_no_page_answers_500(browser, route):
    with broken(OperationalError("away")):
        assert browser.get(reverse(route)).status_code in {200, 302, 503}


def test_healthz_needs_no_database(client):
    with broken(OperationalError("away")):
        assert client.get(reverse("healthz")).status_code == 200


def test_a_commit_whose_answer_is_lost_is_an_outage(browser, monkeypatch):
    fields = fields_of(browser.get(reverse("partner_create"))) | {"name": ["Dinas Contoh"]}

    leave = Atomic.__exit__

    def lose_the_answer(self: Atomic, *reasons: Any) -> None:
        leave(self, *reasons)
        if reasons[0] is None:
            raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(Atomic, "__exit__", lose_the_answer)
    page = browser.post(reverse("partner_create"), fields)
    monkeypatch.undo()
    assert page.status_code == 503
    assert fields_of(page)["name"] == ["Dinas Contoh"]


def test_a_session_that_cannot_be_renewed_costs_no_page(browser, humas, monkeypatch):
    def full(*args: object, **kwargs: object) -> None:
        raise wrapped(OperationalError, of_sqlite(sqlite3.SQLITE_FULL))

    session = browser.session
    session["seen_at"] = 0
    session.save()
    monkeypatch.setattr("django.contrib.sessions.models.Session.save", full)
    assert browser.get(reverse("partner_list")).status_code == 200


def test_a_sign_in_that_cannot_be_kept_is_none(browser, humas, monkeypatch):
    humas.set_password("lumbung-padi-contoh")
    humas.save()
    browser.logout()
    fields = fields_of(browser.get(reverse("login")))
    fields |= {"username": [humas.username], "password": ["lumbung-padi-contoh"]}

    def full(*args: object, **kwargs: object) -> None:
        raise wrapped(OperationalError, of_sqlite(sqlite3.SQLITE_FULL))

    monkeypatch.setattr("django.contrib.sessions.models.Session.save", full)
    page = browser.post(reverse("login"), fields)
    assert (page.status_code, page["Retry-After"]) == (507, "60")


def test_a_file_without_room_keeps_the_fields_beside_it(browser, monkeypatch):
    token = token_of(browser)

    def full(self: object, *args: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(TemporaryUploadedFile, "write", full, raising=False)
    scan = SimpleUploadedFile("naskah.pdf", b"%PDF" * 700_000, "application/pdf")
    fields = {"csrfmiddlewaretoken": token, "scan": scan, "name": "Dinas Contoh"}
    page = browser.post(reverse("partner_create"), fields)
    text = page.content.decode()
    assert page.status_code == 507
    assert fields_of(page)["name"] == ["Dinas Contoh"]
    assert '<input type="file" name="scan"' in text
    assert "naskah.pdf" in text
    assert not Partner.objects.filter(name="Dinas Contoh").exists()


def test_a_file_put_in_place_of_another_is_opened_anew(rf, monkeypatch):
    places = iter([(1, 1), (1, 1), (1, 2)])
    monkeypatch.setattr("config.middleware.place_of", lambda name: next(places))
    opened = MagicMock(vendor="sqlite", opened_at=(1, 1))
    monkeypatch.setattr("config.middleware.connection", opened)
    answer = ReopenReplacedFile(lambda request: HttpResponse())
    for _ in range(2):
        answer(rf.get("/"))
    assert not opened.close.called
    answer(rf.get("/"))
    assert opened.close.call_count == 1


def test_what_the_admin_sends_can_be_read_too():
    reader = Reader(model_at("/admin/partnerships/agreement/1/change/"))
    words = [
        reader.shown(name, [value])
        for name, value in [("stage", "SIGNED"), ("is_open_ended", "on"), ("unit", "3")]
    ]
    assert [(each.label, each.values) for each in words] == [
        ("Tahap", ["Ditandatangani"]),
        ("Tanpa batas waktu", ["ya"]),
        ("Unit pencatat", ["sudah Anda pilih"]),
    ]
