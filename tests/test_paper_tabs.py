"""Every tab of the agreement list counts exactly the papers it leads to."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from institutions.models import Role, User
from partnerships.models import Stage
from partnerships.paper_tabs import OWN_TABS
from partnerships.survey import survey_of
from tests.factories import make_agreement, make_user
from tests.random_register import make_random_register

pytestmark = pytest.mark.django_db

# Ditjenpas, a Kanwil, a Bapas with a post below it, a Lapas of the other Kanwil.
SCOPES = (0, 1, 2, 9)
TAB = re.compile(
    r'<li><a href="/perjanjian/(?:\?tab=([a-z-]+))?"( aria-current="page")?>([^<]+?)'
    r'(?: <span class="tab-count">([\d.]+)</span>)?</a></li>'
)


def tabs_on(client: Client, user: User, tab: str = "") -> tuple[dict[str, Any], Any]:
    client.force_login(user)
    answer = client.get("/perjanjian/", {"tab": tab, "count": "all"} if tab else {"count": "all"})
    found = {
        name: (label, number and int(number.replace(".", "")), bool(current))
        for name, current, label, number in TAB.findall(answer.content.decode())
    }
    return found, answer.context["page_obj"].paginator


@pytest.fixture
def register(db: None) -> list[User]:
    """A random register with an addendum and drafts, and a user for each kind of scope."""
    made = make_random_register(5, papers=60)
    for unit in made.units[1:6]:
        paper = make_agreement(unit, signed_on=timezone.localdate(), term_months=2)
        make_agreement(
            unit, kind="ADD", amends=paper, signed_on=paper.signed_on, ends_on=paper.ends_on
        )
        make_agreement(unit, signed_on=None, stage=Stage.PROSPECT)
        make_agreement(unit, signed_on=None, stage=Stage.AWAITING)
    superuser = make_user(None, unit=None, is_superuser=True)
    return [superuser, *(make_user(Role.HUMAS, unit=made.units[place]) for place in SCOPES)]


@pytest.mark.parametrize("tab", OWN_TABS)
def test_a_tab_leads_to_as_many_papers_as_it_counts(client, register, tab):
    numbers = []
    for user in register:
        tabs, pages = tabs_on(client, user, tab)
        label, number, is_current = tabs[tab]
        assert is_current, (user, label)
        assert number == pages.count, (user, label)
        numbers.append(number)
    assert numbers[0] == numbers[1] > 0, "a superuser sees what Ditjenpas sees"
    assert numbers[1] >= numbers[2], "the nation holds its provinces"


def test_the_rest_of_the_register_is_a_tab_without_a_number(client, register):
    for user in register:
        tabs, pages = tabs_on(client, user)
        if user.sees_everything:
            assert "" not in tabs
            assert tabs["unit-saya"] == ("Semua", pages.count, True)
        else:
            assert tabs[""] == ("Unit lain juga", "", True)
            assert pages.count > tabs["unit-saya"][1]


def test_counts_stay_those_of_the_tab_under_a_filter(client, register):
    user = register[-1]
    plain, _ = tabs_on(client, user, "unit-saya")
    page = client.get("/perjanjian/?tab=unit-saya&q=tidakada").content.decode()
    assert [row[3].replace(".", "") for row in TAB.findall(page) if row[3]] == [
        str(number) for _, number, _ in plain.values() if number != ""
    ]


def test_the_menu_opens_what_is_in_force_of_the_own_units(client, register):
    client.force_login(register[-1])
    assert '<a href="/perjanjian/?tab=berlaku"' in client.get("/").content.decode()


def test_counts_kept_for_one_are_nobody_elses(register):
    """Whatever was looked at before, and in which order."""
    today = timezone.localdate()
    alone = {}
    for user in register:
        cache.clear()
        alone[user.pk] = survey_of(user, today).tally
    for user in [*register, *reversed(register)]:
        assert survey_of(user, today).tally == alone[user.pk]


def test_somebody_whose_units_are_none_is_not_told_of_all(register, monkeypatch):
    today, everybody = timezone.localdate(), register[0]
    assert survey_of(everybody, today).tally["all"] > 0
    nobody = replace(register[-1].reader, own_units=[], upper_units=[])
    monkeypatch.setattr(User, "reader", nobody)
    assert survey_of(register[-1], today).tally["all"] == 0
