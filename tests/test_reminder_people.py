"""Who is told by `send_reminders`, and that each notice is made once."""

from datetime import date, datetime
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from institutions.models import Role, Unit, UnitKind, User
from partnerships import reminders
from partnerships.models import Agreement, FollowUp, Notice
from partnerships.reminders import remind
from tests.factories import (
    make_agreement,
    make_event,
    make_kanwil,
    make_province,
    make_root,
    make_unit,
    make_user,
)
from tests.specimens import make_followup
from tests.test_reminders import ahead, make_moving, today, told

pytestmark = pytest.mark.django_db


def who_was_told() -> set[str]:
    return set(Notice.objects.values_list("user__username", flat=True))


# Who


@pytest.fixture
def around(bapas_jember: Unit, lapas_purwodadi: Unit) -> dict[str, Unit]:
    """Bapas Jember with a post below it, its Kanwil, Ditjenpas and a stranger, all with people."""
    kanwil = bapas_jember.parent
    post = make_unit(
        "Pos Bapas Lumajang",
        code="pos-lumajang",
        kind=UnitKind.POSBAPAS,
        parent=bapas_jember,
        province=kanwil.province,
    )
    direct = make_unit(
        "RS Pengayoman Contoh", code="rs", kind=UnitKind.RS_PENGAYOMAN, parent=make_root()
    )
    units = {
        "bapas": bapas_jember,
        "post": post,
        "kanwil": kanwil,
        "pusat": make_root(),
        "direct": direct,
        "other": lapas_purwodadi,
        "other-kanwil": make_kanwil(make_province()),
    }
    for name, unit in units.items():
        for role in Role:
            make_user(role, unit=unit, username=f"{role}.{name}".lower())
    make_user(Role.HUMAS, unit=bapas_jember, username="keluar", is_active=False)
    make_user(None, unit=bapas_jember, username="tanpa-peran")
    make_user(Role.HUMAS, unit=None, username="tanpa-unit")
    return units


OF_BAPAS = {"humas.bapas", "manajer.bapas", "manajer.kanwil"}


@pytest.mark.parametrize(
    ("keeper", "names"),
    [
        ("bapas", OF_BAPAS),
        ("post", OF_BAPAS | {"humas.post", "manajer.post"}),
        ("kanwil", {"humas.kanwil", "manajer.kanwil"}),
        ("pusat", {"humas.pusat", "manajer.pusat"}),
        ("direct", {"humas.direct", "manajer.direct", "manajer.pusat"}),
    ],
)
def test_the_unit_and_the_managers_of_its_kanwil_are_told(
    around: dict[str, Unit], keeper: str, names: set[str]
) -> None:
    make_moving(around[keeper], 20)
    remind(today())
    assert who_was_told() == names


def test_a_unit_that_is_only_a_party_is_not_told(around: dict[str, Unit]) -> None:
    agreement = make_moving(around["other"], 20)
    agreement.parties.create(order=3, unit=around["bapas"])
    remind(today())
    assert who_was_told() == {"humas.other", "manajer.other", "manajer.other-kanwil"}


def test_the_owner_of_a_promise_is_told_too(around: dict[str, Unit]) -> None:
    admin = User.objects.get(username="admin.pusat")
    gone = User.objects.get(username="admin.other")
    event = make_event(around["bapas"])
    for owner in (admin, gone):
        row = make_followup(event=event, owner_unit=around["bapas"], due=today())
        # Worked for the unit when it was promised.
        FollowUp.objects.filter(pk=row.pk).update(owner_user=owner)
    remind(today())
    assert who_was_told() == OF_BAPAS | {"admin.pusat"}


# Once


def test_two_runs_at_one_moment_make_each_notice_once(humas: User) -> None:
    make_moving(humas.unit, 20)
    seen: list[int] = []

    def slowly(*args: Any) -> dict[Any, Any]:
        found = known(*args)
        if not seen:
            seen.append(1)
            remind(today())
        return found

    known = reminders.known
    with mock.patch.object(reminders, "known", slowly):
        remind(today())
    assert len(told(humas)) == Notice.objects.count() == 1


def test_a_promise_deleted_while_the_run_is_at_it_stops_nobody(humas: User) -> None:
    event = make_event(humas.unit)
    doomed, other = (
        make_followup(event=event, owner_unit=humas.unit, due=today()) for _ in range(2)
    )
    tell = reminders.tell

    def late(*args: Any) -> int:
        if FollowUp.objects.filter(pk=doomed.pk).exists():
            doomed.remove(by=humas)
            # As the database says it, at once or at the end of the transaction.
            raise IntegrityError
        return tell(*args)

    with mock.patch.object(reminders, "tell", late):
        remind(today())
    assert list(Notice.objects.values_list("followup", flat=True)) == [other.pk]


def test_a_day_begins_at_midnight_in_jakarta(humas: User) -> None:
    moment = datetime(2026, 3, 2, 23, 30, tzinfo=ZoneInfo("Asia/Jayapura"))
    with mock.patch.object(timezone, "now", return_value=moment):
        assert reminders.day_of(timezone.now()) == date(2026, 3, 2)
    assert reminders.day_of(datetime(2026, 3, 2, 18, tzinfo=ZoneInfo("UTC"))) == date(2026, 3, 3)


def test_chunks_change_nothing(humas: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for days in range(7):
        make_moving(humas.unit, 20 + days)
    monkeypatch.setattr(reminders, "CHUNK", 2)
    assert remind(today()) == (7, 0)
    Agreement.objects.update(terminated_on=today(), termination_reason="Mitra dibubarkan")
    assert remind(today()) == (0, 7)


def test_the_number_of_questions_does_not_grow_with_the_papers(humas: User) -> None:
    def cost(number: int) -> int:
        for _ in range(number):
            make_moving(humas.unit, 20)
            make_agreement(humas.unit, signed_on=ahead(-100), ends_on=ahead(700))
            make_followup(event=make_event(humas.unit), owner_unit=humas.unit, due=today())
        with CaptureQueriesContext(connection) as asked:
            remind(today())
        return len(asked)

    cost(1)
    assert cost(2) == cost(12) <= 35
