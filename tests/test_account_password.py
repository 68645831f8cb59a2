"""Changing one's own password."""

import pytest
from django.test import Client
from django.urls import reverse

from institutions.models import User

pytestmark = pytest.mark.django_db
URL = "/akun/sandi/"
OLD, NEW = "sandi-contoh-panjang", "sandi-lain-yang-panjang"


@pytest.fixture(autouse=True)
def quick_hashing(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def account(tanpa_unit: User) -> User:
    """Even an account without a unit changes its password."""
    tanpa_unit.set_password(OLD)
    tanpa_unit.save()
    return tanpa_unit


@pytest.fixture
def signed_in(client: Client, account: User) -> Client:
    client.force_login(account)
    return client


def change(client: Client, **overrides: str):
    sent = {"old_password": OLD, "new_password1": NEW, "new_password2": NEW}
    return client.post(URL, sent | overrides)


def test_password_changes_and_this_device_stays(signed_in: Client, account: User) -> None:
    assert change(signed_in)["Location"] == "/"
    account.refresh_from_db()
    assert account.check_password(NEW)
    assert signed_in.get(URL).status_code == 200


def test_other_devices_sign_in_again(signed_in: Client, account: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(account)
    change(signed_in)
    assert elsewhere.get(URL)["Location"].startswith(reverse("login"))


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"old_password": "salah"}, "Sandi lama salah."),
        ({"old_password": ""}, "Isi sandi lama."),
        ({"new_password1": ""}, "Isi sandi baru."),
        ({"new_password2": "lain"}, "Kedua sandi baru tidak sama."),
        ({"new_password1": "pendek1", "new_password2": "pendek1"}, "terlalu pendek"),
        ({"new_password1": "82736451", "new_password2": "82736451"}, "hanya angka"),
        ({"new_password1": "password1", "new_password2": "password1"}, "mudah ditebak"),
        ({"new_password1": "tanpa_unit1", "new_password2": "tanpa_unit1"}, "mirip dengan nama"),
        ({"new_password1": "x" * 10_000}, "Sandi baru terlalu panjang"),
        ({"new_password1": "sandi\0panjang"}, "tidak dapat disimpan"),
        ({"old_password": "x" * 10_000}, "Sandi lama terlalu panjang"),
    ],
)
def test_refusal_says_what_to_do(
    signed_in: Client, account: User, overrides: dict[str, str], message: str
) -> None:
    html = change(signed_in, **overrides).content.decode()
    assert message in html
    assert "perlu diperbaiki" in html
    account.refresh_from_db()
    assert account.check_password(OLD)


def test_stranger_signs_in_first(client: Client) -> None:
    assert client.get(URL)["Location"] == f"{reverse('login')}?next={URL}"


def test_other_methods_are_refused(signed_in: Client) -> None:
    assert signed_in.head(URL).status_code == 200
    assert signed_in.put(URL).status_code == 405
