"""How many passwords can be tried for one account, and that its owner still gets in."""

from datetime import timedelta
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from institutions import known_devices
from institutions.models import SignInTries, User
from tests.account_pages import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_hashing(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def account(humas: User) -> User:
    return humas.renew_password(PASSWORD, by=humas, reason="Contoh")


@pytest.fixture
def known(account: User) -> Client:
    """A browser the account signed in from, signed out again."""
    client = Client()
    assert sign_in(client, "humas", PASSWORD) == 302
    client.post("/keluar/")
    return client


def guess(times: int, name: str = "humas") -> list[int]:
    """Wrong passwords, each from another address with another invented header."""
    return [
        sign_in(
            Client(REMOTE_ADDR=f"192.0.2.{number}"),
            name,
            f"salah-{number}",
            **{"X-Forwarded-For": f"198.51.100.{number}", "X-Real-IP": f"203.0.113.{number}"},
        )
        for number in range(times)
    ]


def test_five_are_tried_whatever_the_address_and_the_headers_say(account: User) -> None:
    assert guess(20) == [200] * 5 + [429] * 15


def test_the_lock_holds_against_the_right_password(account: User) -> None:
    guess(5)
    assert sign_in(Client(), "humas", PASSWORD) == 429


def test_no_more_than_ten_in_any_quarter_of_an_hour(account: User) -> None:
    """Through two hours of trying once a minute, whichever quarter one looks at."""
    start, tried = timezone.now(), []
    for minute in range(120):
        with mock.patch(
            "django.utils.timezone.now", return_value=start + timedelta(minutes=minute)
        ):
            if sign_in(Client(), "humas", "salah") == 200:
                tried.append(minute)
    most = max(len([m for m in tried if since <= m < since + 15]) for since in range(120))
    assert most == 5
    assert len(tried) > 30


def test_a_right_password_forgets_no_wrong_ones(account: User) -> None:
    guess(4)
    assert sign_in(Client(), "humas", PASSWORD) == 302
    assert guess(3) == [200, 429, 429]


def test_the_owner_signs_in_from_a_known_device(account: User, known: Client) -> None:
    guess(8)
    assert sign_in(known, "humas", PASSWORD) == 302


def test_an_open_session_goes_on(account: User) -> None:
    client = Client()
    sign_in(client, "humas", PASSWORD)
    guess(8)
    assert client.get("/").status_code == 200


def test_a_known_device_has_five_of_its_own(account: User, known: Client) -> None:
    assert [sign_in(known, "humas", "salah") for _ in range(7)] == [200] * 5 + [429] * 2
    assert guess(7) == [200] * 5 + [429] * 2


def test_signing_in_again_opens_no_further_count(account: User, known: Client) -> None:
    [sign_in(known, "humas", "salah") for _ in range(4)]
    assert sign_in(known, "humas", PASSWORD) == 302
    assert [sign_in(known, "humas", "salah") for _ in range(2)] == [200, 429]


def test_a_device_is_known_to_its_account_only(account: User, rekan: User, known: Client) -> None:
    guess(5, "rekan")
    assert sign_in(known, "rekan", "salah") == 429


def test_several_people_share_a_computer(account: User, rekan: User, known: Client) -> None:
    rekan.renew_password(PASSWORD, by=rekan, reason="Contoh")
    assert sign_in(known, "rekan", PASSWORD) == 302
    guess(5)
    guess(5, "rekan")
    assert sign_in(known, "humas", PASSWORD) == 302
    assert sign_in(known, "rekan", PASSWORD) == 302


@pytest.mark.parametrize("change", ["password", "closed", "forged", "old", "empty", "rubbish"])
def test_a_device_is_no_longer_known(account: User, known: Client, settings, change: str) -> None:
    cookie = known.cookies[settings.DEVICE_COOKIE_NAME]
    if change == "password":
        account.renew_password("padi-menguning-8", by=account, reason="Contoh")
    elif change == "closed":
        account.close(by=None, reason="Contoh")
        account.reopen(by=None, reason="Contoh")
    elif change == "old":
        settings.SECRET_KEY = "lain" * 20
    else:
        known.cookies[settings.DEVICE_COOKIE_NAME] = {
            "forged": cookie.value[:-3] + "abc",
            "empty": "",
            "rubbish": "\\:é" * 200,
        }[change]
    guess(5)
    assert sign_in(known, "humas", "salah") == 429


def test_the_cookie_is_out_of_reach_of_scripts(account: User, known: Client, settings) -> None:
    cookie = known.cookies[settings.DEVICE_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == known_devices.LASTS_SECONDS


def test_unknown_and_closed_names_are_answered_alike(account: User, rekan: User) -> None:
    rekan.renew_password(PASSWORD, by=rekan, reason="Contoh")
    rekan.close(by=None, reason="Pindah")
    answers = {}
    for name, password in (("humas", "salah"), ("tidak-ada", "salah"), ("rekan", PASSWORD)):
        texts = []
        for _ in range(7):
            response = Client().post("/masuk/", {"username": name, "password": password})
            text = response.content.decode().replace(f'value="{name}"', "")
            token = str(response.context["csrf_token"])
            texts.append((response.status_code, text.replace(token, "")))
        answers[name] = texts
    assert answers["humas"] == answers["tidak-ada"] == answers["rekan"]


def test_the_lock_opens_after_a_quarter_of_an_hour(account: User) -> None:
    guess(5)
    later = timezone.now() + timedelta(minutes=15, seconds=1)
    with mock.patch("django.utils.timezone.now", return_value=later):
        assert sign_in(Client(), "humas", PASSWORD) == 302


def test_a_colleague_is_not_locked(account: User, rekan: User) -> None:
    rekan.renew_password(PASSWORD, by=rekan, reason="Contoh")
    guess(5)
    assert sign_in(Client(), "rekan", PASSWORD) == 302


def test_the_lock_says_what_to_do(account: User) -> None:
    guess(5)
    response = Client().post("/masuk/", {"username": "humas", "password": PASSWORD})
    assert "lima belas menit" in response.content.decode()
    assert "/lupa-sandi/" in response.content.decode()


def test_what_was_tried_long_ago_is_cleared() -> None:
    guess(3, "satu")
    with mock.patch(
        "django.utils.timezone.now", return_value=timezone.now() + timedelta(minutes=16)
    ):
        guess(1, "dua")
    assert [tries.name for tries in SignInTries.objects.all()] == ["dua"]
