from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

PASSWORD = "sandi-contoh-panjang"
HERE = "192.0.2.1"
ELSEWHERE = "192.0.2.2"


@pytest.fixture(autouse=True)
def people(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Quick.
    users = get_user_model().objects
    for name in ("petugas", "rekan"):
        users.create_superuser(username=name, email="", password=PASSWORD)


def sign_in(name: str, password: str, address: str = HERE) -> int:
    """The status of the answer: 302 signed in, 200 refused, 429 locked."""
    form = {"username": name, "password": password}
    return Client(REMOTE_ADDR=address).post(reverse("login"), form).status_code


@pytest.fixture
def locked():
    assert [sign_in("petugas", "salah") for _ in range(5)] == [200, 200, 200, 200, 429]


def test_lock_holds_against_the_right_password(locked):
    assert sign_in("petugas", PASSWORD) == 429


def test_lock_says_what_to_do(locked):
    response = Client(REMOTE_ADDR=HERE).post(
        reverse("login"), {"username": "petugas", "password": PASSWORD}
    )
    assert "lima belas menit" in response.content.decode()


def test_colleague_behind_the_same_address_signs_in(locked):
    assert sign_in("rekan", PASSWORD) == 302


def test_owner_signs_in_from_elsewhere(locked):
    assert sign_in("petugas", PASSWORD, ELSEWHERE) == 302


def test_invented_forwarding_header_does_not_open_the_lock(locked):
    client = Client(REMOTE_ADDR=HERE, HTTP_X_FORWARDED_FOR=ELSEWHERE)
    form = {"username": "petugas", "password": PASSWORD}
    assert client.post(reverse("login"), form).status_code == 429


def test_lock_opens_after_a_quarter_of_an_hour(locked):
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in("petugas", PASSWORD) == 302
