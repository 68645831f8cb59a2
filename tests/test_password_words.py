"""Passwords made of words anybody in corrections would try."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from institutions.models import User
from institutions.passwords import readable_password

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "password",
    [
        "lapas2026",
        "Pemasyarakatan1",
        "DITJENPAS-2026",
        "l4p4s-rutan",
        "b@p@s2026!!",
        "bapasjember",
        "Bapas Jember 2026",
        "jember12345",
        "lapaslapaslapas",
        "humas.jember",
        "rahasia1",
    ],
)
def test_words_of_corrections_and_of_the_own_unit_are_refused(humas: User, password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, humas)


@pytest.mark.parametrize(
    "password",
    [
        "jembatan-merah-7",
        "rukabo-timena-sopadi",
        "hujan turun di atas atap lapas",
        "kopi-susu-jember-pagi-hari",
        "ぱすわーどながいです",
        "x9!Kq2#v",
        "a" * 30 + "b" * 34,
    ],
)
def test_others_are_taken(humas: User, password: str) -> None:
    validate_password(password, humas)


def test_a_place_is_only_refused_at_home(humas: User, humas_lain: User) -> None:
    validate_password("purwodadi88", humas)
    with pytest.raises(ValidationError):
        validate_password("purwodadi88", humas_lain)


def test_made_passwords_pass(humas: User) -> None:
    for _ in range(50):
        validate_password(readable_password(), humas)
