"""Where nobody gives a reason, history says by which way the change came."""

from typing import Any

import pytest
from django.core.management import call_command, get_commands, load_command_class
from django.test import Client

from institutions.commands import RegisterCommand
from institutions.history import history_of
from institutions.models import Role, User
from institutions.ways import ADMIN, PAGE, SERVER, current_way
from partnerships.models import Agreement, Event, Partner
from partnerships.roles import sync_roles
from tests.admin_forms import as_user, changed
from tests.factories import make_agreement, make_partner
from tests.test_agreement_edit import edit

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(humas: User) -> Agreement:
    return make_agreement(humas.unit, title="Layanan contoh", by=humas)


def reason_of(row: Any) -> str:
    return str(row.history.first().history_change_reason)


def test_a_page(client: Client, humas: User, paper: Agreement) -> None:
    edit(client, humas, paper, title="Layanan baru")
    assert reason_of(paper) == PAGE


def test_the_admin(humas: User, paper: Agreement) -> None:
    changed(as_user(humas), paper, title="Layanan baru")
    assert reason_of(paper) == ADMIN
    changed(as_user(humas), paper, title="Layanan gizi", reason="Salah ketik")
    assert reason_of(paper) == "Salah ketik"


def test_a_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    sync_roles()
    call_command("createsuperuser", interactive=False, username="satu", email="", verbosity=0)
    assert reason_of(User.objects.get(username="satu")) == SERVER
    seen = []
    monkeypatch.setattr(
        "partnerships.management.commands.sync_roles.sync_roles",
        lambda: seen.append(current_way()) or {},
    )
    call_command("sync_roles")
    assert seen == ["Perintah sync_roles"]
    assert current_way() == SERVER


def test_every_command_of_ours_says_its_name() -> None:
    ours = {
        name: app for name, app in get_commands().items() if app in {"institutions", "partnerships"}
    }
    silent = {
        name
        for name, app in ours.items()
        if not isinstance(load_command_class(app, name), RegisterCommand)
    }
    # Django's own, which changes no row of ours.
    assert silent == {"migrate"}


def test_no_history_is_without_a_reason(client: Client, humas: User, paper: Agreement) -> None:
    edit(client, humas, paper, title="Layanan baru")
    for model in (Agreement, Event, Partner, User):
        assert not model.history.filter(history_change_reason=None).exists()
        assert not model.history.filter(history_change_reason="").exists()


def test_the_page_shows_the_way_where_a_reason_would_stand(
    client: Client, humas: User, paper: Agreement
) -> None:
    edit(client, humas, paper, title="Layanan baru")
    assert [(entry.reason, entry.way) for entry in history_of(paper)][0] == ("", PAGE)
    page = client.get(f"/perjanjian/{paper.pk}/riwayat/").content.decode()
    assert f'<span class="muted">{PAGE}</span>' in page


def test_a_role_of_an_account_tells_its_way(pengelola: User, humas: User) -> None:
    humas.record(by=pengelola, role=Role.MANAJER)
    page = as_user(pengelola).get(f"/admin/institutions/user/{humas.pk}/history/")
    assert SERVER in page.content.decode()


def test_a_reason_in_spaces_is_none() -> None:
    partner = make_partner()
    partner.record(by=None, reason="  \n ")
    assert reason_of(partner) == SERVER
