"""Who sees the card of an agreement, who reads it in full, who changes it."""

from datetime import date
from typing import Any

import pytest
from django.db.models import QuerySet

from institutions.models import User
from partnerships.models import Agreement, Party, Stage
from tests.factories import make_agreement
from tests.onlookers import BELOW, ELSEWHERE, EVERYONE, OWN, SAME_KANWIL, Onlookers, make_onlookers

pytestmark = pytest.mark.django_db

DRAFT = {"signed_on": None, "stage": Stage.AWAITING}
IN_TRASH = {"archived_on": date(2026, 3, 3), "archive_reason": "Salah catat"}
FROM_KANWIL_UP = {"kanwil", "ditjenpas", "superuser"}
ONLY_DITJENPAS = {"ditjenpas", "superuser"}


@pytest.fixture
def around(db: None) -> Onlookers:
    return make_onlookers()


def kept_by(around: Onlookers, keeper: str, party: str = "", **fields: Any) -> Agreement:
    agreement = make_agreement(getattr(around, keeper), **fields)
    if party:
        Party(agreement=agreement, order=3, unit=getattr(around, party)).record(by=None)
    return agreement


TABLE = [
    # What, who keeps it, which unit is a party besides: card, in full, to change
    ("signed", "bapas", "", {}, EVERYONE, OWN | BELOW, OWN),
    ("draft", "bapas", "", DRAFT, OWN, OWN, OWN),
    ("in the Sampah", "bapas", "", IN_TRASH, OWN, OWN, OWN),
    ("signed with a unit elsewhere", "bapas", "elsewhere", {}, EVERYONE,
     OWN | BELOW | ELSEWHERE, OWN),
    ("draft with a unit elsewhere", "bapas", "elsewhere", DRAFT, OWN, OWN, OWN),
    ("signed with a unit elsewhere, in the Sampah", "bapas", "elsewhere", IN_TRASH, OWN, OWN, OWN),
    ("signed with the neighbour", "bapas", "neighbour", {}, EVERYONE,
     OWN | BELOW | SAME_KANWIL, OWN),
    ("signed with the post below", "bapas", "post", {}, EVERYONE, OWN | BELOW, OWN),
    ("signed by the kanwil", "kanwil", "", {}, EVERYONE, OWN | BELOW | SAME_KANWIL,
     FROM_KANWIL_UP),
    ("draft of the kanwil", "kanwil", "", DRAFT, FROM_KANWIL_UP, FROM_KANWIL_UP, FROM_KANWIL_UP),
    ("signed by ditjenpas", "ditjenpas", "", {}, EVERYONE, EVERYONE, ONLY_DITJENPAS),
    ("draft of ditjenpas", "ditjenpas", "", DRAFT, ONLY_DITJENPAS, ONLY_DITJENPAS,
     ONLY_DITJENPAS),
    ("signed by ditjenpas, in the Sampah", "ditjenpas", "", IN_TRASH, ONLY_DITJENPAS,
     ONLY_DITJENPAS, ONLY_DITJENPAS),
    ("signed by the post below", "post", "", {}, EVERYONE, OWN | BELOW, OWN | BELOW),
    ("signed elsewhere", "elsewhere", "", {}, EVERYONE, ELSEWHERE | ONLY_DITJENPAS,
     ELSEWHERE | ONLY_DITJENPAS),
]  # fmt: skip


@pytest.mark.parametrize(
    ("keeper", "party", "fields", "card", "in_full", "to_change"),
    [row[1:] for row in TABLE],
    ids=[row[0] for row in TABLE],
)
def test_who_sees_an_agreement(around, keeper, party, fields, card, in_full, to_change):
    agreement = kept_by(around, keeper, party, **fields)
    assert around.who_finds(agreement, Agreement.objects.listed_to) == card
    assert around.who_finds(agreement, Agreement.objects.visible_to) == in_full
    assert around.who_finds(agreement, told_in_full) == in_full
    assert around.who_finds(agreement, Agreement.objects.editable_by) == to_change


def told_in_full(user: User) -> QuerySet[Agreement]:
    return Agreement.objects.told_to(user).filter(is_told=True)


def test_a_described_day_of_signing_counts_as_signed(around):
    agreement = kept_by(
        around, "bapas", signed_on=None, signed_text="awal 2019", stage=Stage.SIGNED
    )
    assert around.who_finds(agreement, Agreement.objects.listed_to) == EVERYONE


def test_counts_are_the_same_for_everyone_with_a_unit(around):
    for keeper in ("bapas", "kanwil", "ditjenpas", "elsewhere"):
        kept_by(around, keeper)
        kept_by(around, keeper, **DRAFT)
    day = date(2026, 3, 3)
    counts = {
        name: Agreement.objects.listed_to(around[name]).in_force(day).count() for name in EVERYONE
    }
    assert set(counts.values()) == {4}


def test_scopes_ask_the_database_once(around, django_assert_num_queries):
    kept_by(around, "bapas", "elsewhere")
    with django_assert_num_queries(1):
        len(Agreement.objects.visible_to(around["kanwil elsewhere"]).with_status())
