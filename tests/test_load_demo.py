"""The made-up region: everything it promises to show, and where it refuses to appear."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from institutions.models import Province, Unit, User
from partnerships.demo import Size, load_demo
from partnerships.demo.papers import CASES
from partnerships.management.commands import load_demo as command
from partnerships.models import (
    Agreement,
    AgreementKind,
    Delivery,
    Event,
    FollowUp,
    Partner,
    Status,
)
from partnerships.roles import sync_roles
from tests.reference_data import load_cut

SMALL = Size(partners=70, agreements=60, events=42)
TINY = Size(partners=15, agreements=20, events=5)


@pytest.fixture
def region(db, tmp_path):
    load_cut(tmp_path / "data")
    sync_roles()
    return load_demo(SMALL)


def run():
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def test_every_state_of_an_agreement_is_there(region):
    today = timezone.localdate()
    rows = list(Agreement.objects.with_status(today).with_evidence(today).with_completeness())
    states = {(row.status, row.evidence) for row in rows}
    assert {(status.value, evidence.value if evidence else "") for status, evidence in CASES} <= (
        states
    )
    assert {status for status, _ in states} == set(Status.values)
    assert {row.is_complete for row in rows} == {True, False}
    assert {row.is_checked for row in rows} == {True, False}
    assert any(row.replaces_id for row in rows)
    assert any(row.kind == AgreementKind.ADD and row.amends.original_ends_on for row in rows)
    assert any(row.kind == AgreementKind.NK and row.children.exists() for row in rows)
    assert any(not row.signed_on and row.signed_text for row in rows)
    assert any(row.parties.filter(partner=None).count() == 2 for row in rows)

    assert Agreement.objects.count() == SMALL.agreements
    assert Event.objects.count() == SMALL.events
    assert Partner.objects.current().count() == SMALL.partners
    assert Partner.objects.archived().exists()

    assert Delivery.objects.filter(verified_on=None).exists()
    assert Delivery.objects.exclude(verified_on=None).exists()
    assert Delivery.objects.exclude(event=None).exists()
    assert Delivery.objects.filter(agreement=None).exists()

    precisions = set(Event.objects.values_list("date_precision", flat=True))
    assert precisions == {"day", "month", "year", "day_month", "unknown"}
    assert Event.objects.filter(date_inferred=True).exists()
    assert Event.objects.filter(starts_on__gt=today).exists()
    assert Event.objects.filter(declared_agreements__gt=1).exists()

    assert FollowUp.objects.due_by(today).exists()
    assert FollowUp.objects.exclude(done_on=None).exists()

    assert Unit.objects.filter(code__startswith="demo-").count() == 13
    assert "Contoh" in Province.objects.get(code="99").name

    for account, unit in zip(
        region, ("Lapas Contoh Utara", "Kanwil Ditjenpas Nusa Contoh"), strict=True
    ):
        user = User.objects.get(username=account.username)
        assert user.check_password(account.password)
        assert user.unit.short_name == unit
    assert not any(
        user.has_usable_password()
        for user in User.objects.exclude(username__in=["demo-humas", "demo-manajer"])
    )


def test_the_same_day_makes_the_same_region(db, tmp_path):
    load_cut(tmp_path / "data")
    sync_roles()
    made = []
    for _ in range(2):
        with transaction.atomic():
            load_demo(TINY, today=date(2026, 11, 1))
            made.append(
                [
                    list(Agreement.objects.order_by("pk").values_list("title", "signed_on")),
                    list(Event.objects.order_by("pk").values_list("title", "date_text")),
                    list(Delivery.objects.order_by("pk").values_list("output", "inmates_male")),
                ]
            )
            transaction.set_rollback(True)
    assert made[0] == made[1]


def test_the_command_prints_the_accounts_and_loads_once(db, tmp_path, monkeypatch):
    load_cut(tmp_path / "data")
    monkeypatch.setattr(command, "load_demo", lambda: load_demo(TINY))
    said = run()
    assert "Wilayah Nusa Contoh ditambahkan" in said
    assert "demo-humas" in said
    assert "demo-manajer" in said
    with pytest.raises(CommandError, match="sudah dimuat"):
        run()


def test_production_refuses_it(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="register produksi"):
        run()


def test_it_asks_for_the_reference_data(db):
    with pytest.raises(CommandError, match="load_reference"):
        run()
