"""Who sees an event: the unit that keeps it, those above, and those that took part."""

from datetime import date

import pytest

from partnerships.models import Event
from tests.factories import make_event
from tests.onlookers import BELOW, ELSEWHERE, OWN, SAME_KANWIL, Onlookers, make_onlookers

pytestmark = pytest.mark.django_db

IN_TRASH = {"archived_on": date(2026, 3, 3), "archive_reason": "Salah catat"}

TABLE = [
    # What, who keeps it, who took part: sees it, changes it
    ("kept by the bapas", "bapas", [], {}, OWN, OWN),
    ("with a unit elsewhere", "bapas", ["elsewhere"], {}, OWN | ELSEWHERE, OWN),
    ("with the neighbour", "bapas", ["neighbour"], {}, OWN | SAME_KANWIL, OWN),
    ("with the post below", "bapas", ["post"], {}, OWN | BELOW, OWN),
    ("with the own unit named too", "bapas", ["bapas", "post"], {}, OWN | BELOW, OWN),
    ("in the Sampah", "bapas", ["elsewhere"], IN_TRASH, OWN, OWN),
    (
        "kept by ditjenpas, with the bapas",
        "ditjenpas",
        ["bapas"],
        {},
        OWN,
        {"ditjenpas", "superuser"},
    ),
    ("kept by ditjenpas alone", "ditjenpas", [], {}, *[{"ditjenpas", "superuser"}] * 2),
    ("kept by the kanwil alone", "kanwil", [], {}, *[{"kanwil", "ditjenpas", "superuser"}] * 2),
]


@pytest.fixture
def around(db: None) -> Onlookers:
    return make_onlookers()


@pytest.mark.parametrize(
    ("keeper", "units", "fields", "sees", "changes"),
    [row[1:] for row in TABLE],
    ids=[row[0] for row in TABLE],
)
def test_who_sees_an_event(around, keeper, units, fields, sees, changes):
    taking_part = [getattr(around, name) for name in units]
    event = make_event(getattr(around, keeper), units=taking_part, **fields)
    assert around.who_finds(event, Event.objects.visible_to) == sees
    assert around.who_finds(event, Event.objects.editable_by) == changes
