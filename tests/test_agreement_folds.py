"""What the form of an agreement folds away, and when it stands open."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from institutions.models import Role, Unit, User
from tests.agreement_payload import new_payload
from tests.factories import make_agreement, make_partner, make_user

pytestmark = pytest.mark.django_db
URL = "/perjanjian/baru/"
UNSIGNED, START, SIGNATORY = "Belum ditandatangani", "Mulai berlaku bukan", "Penanda tangan"


def is_open(page: Any, heading: str) -> list[bool]:
    """Of every part that begins with these words, whether it stands open."""
    parts = re.findall(r"<details[^>]*>\s*<summary>[^<]*", page.content.decode())
    return ['<details class="more" open' in part for part in parts if heading in part]


def test_a_blank_form_is_folded(client: Client, humas: User) -> None:
    client.force_login(humas)
    page = client.get(URL)
    found = {heading: is_open(page, heading) for heading in (UNSIGNED, START, SIGNATORY)}
    assert found == {UNSIGNED: [False], START: [False], SIGNATORY: [False, False]}


@pytest.mark.parametrize(
    ("fields", "heading", "expected"),
    [
        ({"signed_text": "awal 2019"}, UNSIGNED, [True]),
        ({"signed_text": "a" * 101}, UNSIGNED, [True]),
        ({"stage": "AWAITING"}, UNSIGNED, [True]),
        ({"stage": "DRAFTING"}, UNSIGNED, [False]),
        ({"stage": "x"}, UNSIGNED, [True]),
        ({"starts_on": "1 Januari 2024"}, START, [True]),
        ({"starts_on": "besok"}, START, [True]),
        ({"parties-1-signatory_name": "Contoh"}, SIGNATORY, [False, True]),
        ({"parties-0-signatory_position": "a" * 151}, SIGNATORY, [True, False]),
    ],
)
def test_what_holds_something_or_is_wrong_stands_open(
    client: Client, humas: User, fields: dict[str, str], heading: str, expected: list[bool]
) -> None:
    client.force_login(humas)
    wrong = {"ends_on": "32 Mei 2025"}
    page = client.post(URL, new_payload(humas.unit, make_partner(), **wrong, **fields))
    assert is_open(page, heading) == expected


def test_a_side_that_is_known_is_folded_and_can_be_changed(client: Client, humas: User) -> None:
    partner = make_partner("Dinas Contoh")
    client.force_login(humas)
    text = client.get(URL, {"mitra": partner.pk}).content.decode()
    folded = re.findall(r"<summary><b[^>]*>([^<]*)</b> \(ganti\)</summary>", text)
    assert folded == [humas.unit.name, "Dinas Contoh"]


@pytest.mark.parametrize(
    "fields",
    [
        {"parties-0-who": "", "parties-0-number": "1/2"},
        {"parties-0-who-q": "dinas", "cari": "parties-0-who"},
        {"parties-0-who": "p99999"},
        {"parties-0-who": "baru"},
    ],
)
def test_a_side_that_is_searched_for_or_wrong_is_not_folded(
    client: Client, humas: User, fields: dict[str, str]
) -> None:
    client.force_login(humas)
    page = client.post(URL, new_payload(humas.unit, **fields)).content.decode()
    assert "(ganti)" not in page


def test_the_unit_that_is_still_to_be_chosen_is_folded_by_its_role(
    client: Client, bapas_jember: Unit
) -> None:
    client.force_login(make_user(Role.HUMAS, unit=bapas_jember.parent))
    assert "Unit pencatat</b> (ganti)" in client.get(URL).content.decode()


def test_stored_sides_show_who_signed_and_what_is_missing(client: Client, humas: User) -> None:
    stored = make_agreement(
        humas.unit, signed_on=None, stage="AWAITING", starts_on=date(2026, 1, 1)
    )
    client.force_login(humas)
    page = client.get(f"{stored.get_absolute_url()}ubah/")
    found = {heading: is_open(page, heading) for heading in (UNSIGNED, START, SIGNATORY)}
    assert found == {UNSIGNED: [True], START: [True], SIGNATORY: [True, True]}
