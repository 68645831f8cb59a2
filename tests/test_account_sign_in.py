"""Signing in and out."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from institutions.models import User

pytestmark = pytest.mark.django_db
URL = "/masuk/"
PASSWORD = "sandi-contoh-panjang"


@pytest.fixture(autouse=True)
def quick_hashing(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def account(humas: User) -> User:
    humas.set_password(PASSWORD)
    humas.save()
    return humas


def sign_in(client: Client, **overrides: str):
    return client.post(URL, {"username": "humas", "password": PASSWORD} | overrides)


def test_form_asks_for_name_and_password(client: Client) -> None:
    html = client.get(URL).content.decode()
    assert "Nama pengguna" in html
    assert 'autocomplete="current-password"' in html
    assert "lupa sandi" in html


def test_signing_in_opens_the_home_page(client: Client, account: User) -> None:
    assert sign_in(client)["Location"] == "/"


def test_signing_in_goes_on_where_one_was(client: Client, account: User) -> None:
    assert sign_in(client, next="/unit/?kind=BAPAS")["Location"] == "/unit/?kind=BAPAS"


@pytest.mark.parametrize(
    "target", ["https://contoh.example/", "//contoh.example/", "javascript:alert(1)", "\\\\x", "\0"]
)
def test_signing_in_leads_to_no_other_host(client: Client, account: User, target: str) -> None:
    assert sign_in(client, next=target)["Location"] == "/"


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"password": "salah"}, "Nama pengguna atau sandi salah."),
        ({"username": "bukan-siapa-siapa"}, "Nama pengguna atau sandi salah."),
        ({"username": ""}, "Isi nama pengguna."),
        ({"password": ""}, "Isi sandi."),
        ({"username": "x" * 10_000}, "Nama pengguna terlalu panjang"),
        ({"password": "x" * 10_000}, "Sandi terlalu panjang"),
        ({"username": "humas\0"}, "tidak dapat disimpan"),
        ({"password": "sandi\0"}, "tidak dapat disimpan"),
    ],
)
def test_refusal_says_what_to_do(
    client: Client, account: User, overrides: dict[str, str], message: str
) -> None:
    response = sign_in(client, **overrides)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_refusal_is_said_once(client: Client, account: User) -> None:
    assert sign_in(client, password="salah").content.decode().count("sandi salah.") == 1


def test_closed_account_stays_out(client: Client, account: User) -> None:
    account.is_active = False
    account.save()
    assert "Nama pengguna atau sandi salah." in sign_in(client).content.decode()


def test_the_typed_name_stays_and_the_password_does_not(client: Client, account: User) -> None:
    html = sign_in(client, password="salah-benar").content.decode()
    assert 'value="humas"' in html
    assert "salah-benar" not in html


def test_signing_in_is_no_change_of_the_account(client: Client, account: User) -> None:
    before = account.history.count()
    sign_in(client)
    account.refresh_from_db()
    assert account.last_login is not None
    assert account.history.count() == before


def test_without_the_token_nobody_signs_in(account: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = sign_in(strict)
    assert response.status_code == 403
    assert "Halaman ini sudah terlalu lama terbuka" in response.content.decode()


def test_who_is_signed_in_is_told_so(client: Client, account: User) -> None:
    client.force_login(account)
    assert "Anda sudah masuk sebagai" in client.get(URL).content.decode()


def test_signing_out_says_so(client: Client, account: User) -> None:
    client.force_login(account)
    response = client.post("/keluar/")
    assert response["Location"] == URL
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Anda sudah keluar."
    ]
    assert "_auth_user_id" not in client.session


def test_a_link_signs_nobody_out(client: Client, account: User) -> None:
    client.force_login(account)
    response = client.get("/keluar/")
    assert response.status_code == 405
    assert "_auth_user_id" in client.session


def test_signing_out_twice_is_no_fault(client: Client) -> None:
    assert client.post("/keluar/")["Location"] == URL


def test_other_methods_are_refused(client: Client) -> None:
    assert client.head(URL).status_code == 200
    assert client.delete(URL).status_code == 405
