"""Walks every address of the register with every kind of user and compares with the table."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from institutions.models import LoginLink, Officeholder, Unit, User
from tests.factories import (
    make_agreement,
    make_delivery,
    make_event,
    make_partner,
    make_root,
    make_user,
)
from tests.permission_table import ACTORS, ROWS, Row

pytestmark = pytest.mark.django_db

Arguments = dict[str, list[Any]]


@pytest.fixture
def people(
    tanpa_unit: User, humas: User, humas_lain: User, pembaca: User, pengelola: User
) -> dict[str, User]:
    utama = make_user(None, unit=make_root(), username="utama", is_superuser=True, is_staff=True)
    found = [tanpa_unit, humas, humas_lain, pembaca, pengelola, utama]
    return {person.username: person for person in found}


@pytest.fixture
def arguments(humas: User, rekan: User, pembaca: User, bapas_jember: Unit) -> Arguments:
    """What the addresses name: records of Bapas Jember, in the Sampah where that is asked for."""
    partner = make_partner(by=humas)
    event = make_event(bapas_jember, partners=[partner], by=humas)
    agreement = make_agreement(bapas_jember, make_partner(), by=humas)
    delivery = make_delivery(agreement, by=rekan)
    person = Officeholder(
        unit=bapas_jember, person_name="Budi Contoh", position="Kepala", seen_on=delivery.date
    ).record(by=humas)
    removed = {
        "partner": make_partner(by=humas),
        "agreement": make_agreement(bapas_jember, make_partner(), signed_on=None, by=humas),
        "event": make_event(bapas_jember, by=humas),
        "delivery": make_delivery(agreement, by=humas),
    }
    found: Arguments = {
        "officeholder_create": [bapas_jember.code],
        "officeholder_edit": [bapas_jember.code, person.pk],
        "delivery_verify": [delivery.pk],
    }
    link = LoginLink.objects.make(rekan, by=pembaca)
    found |= {"login_link": [link.made_token()], "login_slips": [link.batch]}
    found |= {
        f"account_{page}": [rekan.pk] for page in ("detail", "edit", "close", "reopen", "unlock")
    }
    found["login_link_create"] = [rekan.pk]
    for page in ("detail", "edit", "history"):
        found[f"unit_{page}"] = [bapas_jember.code]
    for noun, root in (
        ("partner", partner),
        ("agreement", agreement),
        ("event", event),
        ("delivery", delivery),
    ):
        removed[noun].archive(by=humas, reason="Tercatat dua kali")
        found[f"{noun}_restore"] = [removed[noun].pk]
        for page in ("detail", "edit", "archive", "history"):
            found[f"{noun}_{page}"] = [root.pk]
    return found


def answer_to(client: Client, row: Row, arguments: Arguments) -> str:
    address = reverse(row.route, args=arguments.get(row.route, []))
    response = client.generic(row.method, address)
    if response.status_code == 302 and response.headers["Location"].startswith(reverse("login")):
        return "login"
    return str(response.status_code)


@pytest.mark.parametrize("actor", ACTORS)
def test_the_answers_stand_in_the_table(
    client: Client, people: dict[str, User], arguments: Arguments, actor: str
) -> None:
    wrong = {}
    for row in ROWS:
        client.logout()
        if actor in people:
            client.force_login(people[actor])
        before = transaction.savepoint()
        answer = answer_to(client, row, arguments)
        transaction.savepoint_rollback(before)
        expected = row.answers[ACTORS.index(actor)]
        if answer != expected:
            wrong[f"{row.method} {row.route}"] = f"{answer}, not {expected}"
    assert wrong == {}


def routes(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace is None:
                found |= routes(pattern.url_patterns)
        elif pattern.name:
            found.add(pattern.name)
    return found


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_address_is_declared(method: str) -> None:
    declared = {row.route for row in ROWS if row.method == method}
    assert routes(get_resolver().url_patterns) - declared == set()
