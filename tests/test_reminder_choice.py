"""What a user wants to be reminded of: their own page, and nobody else's."""

from typing import Any

import pytest
from django.test import Client

from institutions.models import User
from partnerships.models import LEADS, ReminderChoice

pytestmark = pytest.mark.django_db
ADDRESS = "/pengingat/pilihan/"


@pytest.fixture
def desk(client: Client, humas: User) -> Client:
    client.force_login(humas)
    return client


def payload(**changes: Any) -> dict[str, Any]:
    fields = {"leads": ["180", "7"], "idle": "on", "promises": "on", "by_mail": "on"} | changes
    return {name: value for name, value in fields.items() if value is not None}


def choice_of(user: User) -> ReminderChoice:
    return ReminderChoice.objects.get(user=user)


def test_it_begins_with_the_default_and_writes_nothing(desk: Client) -> None:
    form = desk.get(ADDRESS).context["form"]
    assert form["leads"].value() == [90, 30, 7]
    assert form["by_mail"].value()
    assert not ReminderChoice.objects.exists()


def test_a_choice_is_kept_and_shown_again(desk: Client, humas: User) -> None:
    answer = desk.post(ADDRESS, payload(idle=None, by_mail=None))
    assert answer.headers["Location"] == "/pengingat/"
    choice = choice_of(humas)
    assert choice.leads == (180, 7)
    assert (choice.idle, choice.promises, choice.by_mail) == (False, True, False)
    assert desk.get(ADDRESS).context["form"]["leads"].value() == [180, 7]


def test_choosing_again_keeps_one_row(desk: Client, humas: User) -> None:
    desk.post(ADDRESS, payload())
    desk.post(ADDRESS, payload(leads=[]))
    assert choice_of(humas).leads == ()


def test_two_forms_at_one_moment_keep_one_row(humas: User) -> None:
    first, second = ReminderChoice.objects.of(humas), ReminderChoice.objects.of(humas)
    first.keep()
    second.by_mail = False
    second.keep()
    assert not choice_of(humas).by_mail


@pytest.mark.parametrize("lead", ["8", "", "90.0", "tiga", "9" * 40, "\0", "x" * 10_000])
def test_another_lead_time_is_refused_in_words(desk: Client, humas: User, lead: str) -> None:
    answer = desk.post(ADDRESS, payload(leads=["7", lead]))
    assert answer.status_code == 200
    [message] = answer.context["form"].errors["leads"]
    assert message.endswith(".")
    assert "valid" not in message
    assert not ReminderChoice.objects.exists()


def test_whose_choice_it_is_cannot_be_sent_along(desk: Client, humas: User, rekan: User) -> None:
    ReminderChoice(user=rekan).keep()
    theirs = choice_of(rekan)
    desk.post(ADDRESS, payload(user=rekan.pk, id=theirs.pk, pk=theirs.pk, days_90="on"))
    assert choice_of(rekan).leads == (90, 30, 7)
    assert choice_of(humas).leads == (180, 7)


def test_it_says_where_the_mail_goes(desk: Client, humas: User) -> None:
    assert "belum punya surel" in desk.get(ADDRESS).content.decode()
    humas.change(by=None, email="humas@contoh.id")
    assert "ke humas@contoh.id" in desk.get(ADDRESS).content.decode()


def test_every_lead_time_is_offered(desk: Client) -> None:
    page = desk.get(ADDRESS).content.decode()
    assert all(f"{lead} hari sebelumnya" in page for lead in LEADS)


def test_nobody_sees_it_without_signing_in(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 302
    assert client.post(ADDRESS, payload()).status_code == 302
    assert not ReminderChoice.objects.exists()
