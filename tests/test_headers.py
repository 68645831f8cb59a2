"""What a browser is told: full marks on every answer, errors and static files included."""

from errno import ENOSPC
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from config import urls
from tests.faults.bad_targets import routes
from tests.full_register import make_full_register
from tests.header_rubric import cookie_faults, faults
from tests.test_settings import PRODUCTION, python


def broken(request):
    raise {"403": PermissionDenied, "400": SuspiciousOperation}.get(
        request.GET.get("kind"), ZeroDivisionError
    )


def file_of_text(request):
    return HttpResponse("tersimpan", content_type="text/plain; charset=utf-8")


urlpatterns = [*urls.urlpatterns, path("rusak", broken), path("teks", file_of_text)]


@pytest.mark.django_db
def test_every_page_and_its_refusals_have_full_marks():
    made = make_full_register()
    clients = [Client(), Client()]
    clients[1].force_login(made.utama)
    found, statuses = {}, set()
    for route in routes():
        for client in clients:
            for method in ("get", "put"):
                answer = getattr(client, method)(route.address(made))
                statuses.add(answer.status_code)
                if wrong := faults(answer.headers):
                    found[f"{method} {route.pattern}"] = wrong
    assert found == {}
    assert {200, 302, 403, 404, 405} <= statuses


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/rusak", 500),
        ("/rusak?kind=403", 403),
        ("/rusak?kind=400", 400),
        ("/?q=%00", 400),
        ("/tidak-ada/", 404),
        ("/mitra", 301),
        ("/static/tidak-ada.css", 404),
    ],
)
def test_error_pages_have_full_marks(humas, address, status):
    client = Client(raise_request_exception=False)
    client.force_login(humas)
    answer = client.get(address)
    assert answer.status_code == status
    assert faults(answer.headers) == []


@pytest.mark.django_db
def test_other_refusals_have_full_marks(humas, settings):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(humas)
    forged = strict.post("/mitra/baru/", {"name": "x"})
    assert (forged.status_code, faults(forged.headers)) == (403, [])
    foreign = strict.get("/", headers={"host": "lain.contoh"})
    assert (foreign.status_code, faults(foreign.headers)) == (400, [])
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    large = Client().post("/masuk/", {"username": "x" * 100})
    assert (large.status_code, faults(large.headers)) == (400, [])


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/mitra/", "/admin/", "/admin/partnerships/partner/"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("away"), 503), (OSError(ENOSPC, "full"), 507)]
)
def test_faults_of_the_machine_have_full_marks(humas, address, method, error, status):
    client = Client(raise_request_exception=False)
    client.force_login(humas)
    with patch.object(connection, "cursor", side_effect=error):
        answer = getattr(client, method)(address)
    assert (answer.status_code, faults(answer.headers)) == (status, [])


@pytest.mark.django_db
def test_a_register_that_is_not_ready_has_full_marks(client):
    with patch.dict("config.health.CHECKS", {"folder data": lambda: False}):
        answer = client.get("/readyz")
    assert (answer.status_code, faults(answer.headers)) == (503, [])


@pytest.mark.parametrize(
    "address", ["/static/css/register.css", "/static/img/icons.svg", "/static/admin/js/core.js"]
)
def test_static_files_have_full_marks(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert faults(answer.headers, static=True) == []
    again = client.get(address, headers={"if-modified-since": answer["Last-Modified"]})
    assert again.status_code == 304
    assert faults(again.headers, static=True) == []


def test_health_checks_have_full_marks(client):
    assert faults(client.get("/healthz").headers) == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/keluar/", "/admin/logout/"])
def test_signing_out_clears_what_the_browser_kept(humas, address):
    client = Client()
    client.force_login(humas)
    answer = client.post(address)
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert faults(answer.headers) == []
    assert client.session.is_empty()


@pytest.mark.django_db
def test_cookies_are_closed_to_scripts_and_other_sites(humas):
    humas.set_password("lumbung-padi-contoh")
    humas.save()
    client = Client()
    client.get("/masuk/")
    client.post("/masuk/", {"username": "humas", "password": "lumbung-padi-contoh"})
    assert {"csrftoken", "sessionid"} <= set(client.cookies)
    assert list(cookie_faults(client.cookies, secure=False)) == []


SECURE_ANSWERS = """
import json, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
from tests.header_rubric import cookie_faults, faults
asked = Client(headers={"host": "register.contoh.go.id"})
found = {}
style = "/static/css/register.css"
for address, secure in (("/masuk/", True), ("/tidak-ada/", True), (style, True),
                        ("/masuk/", False), ("/healthz", False)):
    answer = asked.get(address, secure=secure)
    found[f"{secure} {address} {answer.status_code}"] = faults(
        answer.headers, static="static" in address, secure=secure)
foreign = Client(headers={"host": "lain.contoh"}).get("/masuk/")
found[f"foreign {foreign.status_code}"] = faults(foreign.headers)
found["cookies"] = list(cookie_faults(asked.cookies, secure=True))
print(json.dumps([found, sorted(asked.cookies)]))
"""


def test_a_production_register_promises_https_and_marks_its_cookies(tmp_path):
    done = python(
        "-c",
        SECURE_ANSWERS,
        **PRODUCTION,
        DATA_DIR=str(tmp_path),
        DJANGO_SETTINGS_MODULE="config.settings",
        LOG_LEVEL="CRITICAL",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == (
        '[{"True /masuk/ 200": [], "True /tidak-ada/ 404": [],'
        ' "True /static/css/register.css 200": [], "False /masuk/ 301": [],'
        ' "False /healthz 200": [], "foreign 400": [], "cookies": []}, ["__Host-csrftoken"]]'
    )


def test_deployment_check_fails_on_warnings_and_finds_none(tmp_path):
    words = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert python(*words, **PRODUCTION, DATA_DIR=str(tmp_path)).returncode == 0
    assert python(*words, DATA_DIR=str(tmp_path)).returncode == 1


@pytest.mark.parametrize(
    ("header", "value", "fault"),
    [
        ("Content-Security-Policy", "", "CSP"),
        ("Content-Security-Policy", "default-src 'self' 'unsafe-inline'", "CSP without unsafe-*"),
        ("Content-Type", "text/html", "charset"),
        ("Cache-Control", "max-age=60", "no-store"),
        ("Server", "gunicorn/27.0.1", "Server without a version"),
    ],
)
def test_the_rubric_sees_what_is_missing(client, header, value, fault):
    headers = dict(client.get("/healthz").headers) | {header: value}
    assert fault in faults(headers)
