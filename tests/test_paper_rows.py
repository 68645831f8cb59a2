"""A row of a list tells of a paper what the paper itself tells, to everybody and on any day."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from institutions.models import User
from partnerships.models import Agreement, Party, Stage
from partnerships.models.agreement_status import Status
from partnerships.paper_rows import papers_shown
from tests.factories import make_agreement, make_delivery, make_partner
from tests.onlookers import Onlookers, make_onlookers

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def register(db: None) -> Onlookers:
    """Papers of every status, moving or not, of several units and with several parties."""
    found = make_onlookers()
    places = ("bapas", "post", "neighbour", "kanwil", "ditjenpas", "elsewhere")
    units = [getattr(found, place) for place in places]
    long_ago = TODAY - timedelta(days=400)
    for unit, other in zip(units, units[1:] + units[:1], strict=True):
        old = make_agreement(unit, signed_on=long_ago, ends_on=TODAY + timedelta(days=1))
        make_agreement(unit, signed_on=TODAY - timedelta(days=2), replaces=old)
        make_agreement(unit, title="", signed_on=long_ago, ends_on=TODAY)
        open_ended = make_agreement(unit, signed_on=long_ago, is_open_ended=True)
        Party(agreement=open_ended, order=3, unit=other, number="7/8").record(by=None)
        make_agreement(unit, signed_on=long_ago, ends_on=None)
        make_agreement(unit, signed_on=TODAY + timedelta(days=3))
        make_agreement(unit, signed_on=None, stage=Stage.AWAITING, signed_text="awal tahun")
        ended = {"terminated_on": TODAY + timedelta(days=2), "termination_reason": "Contoh"}
        moving = make_agreement(unit, signed_on=long_ago, term_months=24, **ended)
        make_delivery(moving, date=TODAY - timedelta(days=4)).verify(by=found.users["kanwil"])
        gone = make_agreement(unit, signed_on=long_ago, ends_on=TODAY - timedelta(days=9))
        make_delivery(gone, date=long_ago)
        make_agreement(unit).archive(by=None, reason="Tercatat dua kali")
    return found


def told(user: User, keys: list[int], day: date) -> dict[int, tuple[object, ...]]:
    rows = Agreement.objects.among(keys).told_to(user).for_list(day)
    return {
        row.pk: (
            str(row),
            row.get_absolute_url(),
            *(row.kind, str(row.unit), row.status, row.evidence, row.is_checked, row.is_told),
            *(row.archived_on, row.archive_reason, row.signed_on, row.signed_text, row.ends_on),
            [(party.number, str(party)) for party in row.parties.all()],
        )
        for row in rows
    }


@pytest.mark.parametrize("ahead", [0, 3, -300])
def test_rows_tell_what_the_papers_tell(register, ahead):
    day = TODAY + timedelta(days=ahead)
    keys = list(Agreement.objects.values_list("pk", flat=True))
    for name, user in register.users.items():
        rows = papers_shown(user, keys, day)
        told_here = {
            row.pk: (
                str(row),
                row.get_absolute_url(),
                *(row.kind, row.unit, row.status, row.evidence, row.is_checked, row.is_told),
                *(row.archived_on, row.archive_reason, row.signed_on, row.signed_text, row.ends_on),
                [(party.number, party.called) for party in row.parties],
            )
            for row in rows
        }
        assert told_here == ({} if user.sees_nothing else told(user, keys, day)), name


def test_the_register_of_this_test_holds_every_status(register):
    keys = list(Agreement.objects.values_list("pk", flat=True))
    rows = papers_shown(register.users["ditjenpas"], keys, TODAY)
    assert {row.status for row in rows} >= {
        *(Status.ARCHIVED, Status.AWAITING, Status.RENEWED, Status.NOT_YET, Status.OPEN_ENDED),
        *(Status.EXPIRED, Status.ENDING_SOON, Status.NO_END),
    }
    assert {row.evidence for row in rows} >= {"moving", "stalled", "not_moving", "new", None}


def test_a_page_of_any_length_is_shown_whole(register):
    user = register.users["humas"]
    keys = list(Agreement.objects.values_list("pk", flat=True))
    for length in (0, 1, 24, 25, 26, len(keys)):
        assert {row.pk for row in papers_shown(user, keys[:length], TODAY)} == set(keys[:length])


def test_number_and_other_sides_follow_the_keeping_unit(register):
    unit = register.bapas
    paper = make_agreement(unit, make_partner("Dinas Contoh"), signed_on=TODAY)
    paper.parties.filter(unit=unit).update(number="W.1-2")
    paper.parties.filter(partner__isnull=False).update(number="440/7")
    (row,) = papers_shown(register.users["humas"], [paper.pk], TODAY)
    assert (row.number, row.other_sides) == ("W.1-2", ["Dinas Contoh"])
