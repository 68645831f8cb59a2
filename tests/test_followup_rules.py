"""Promises: where they hang, who owns them, how they are kept and checked."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnerships.models import FollowUp
from tests.factories import make_agreement, make_event, make_partner, make_unit
from tests.specimens import make_followup

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 3)


def test_it_hangs_on_one_thing():
    with pytest.raises(ValidationError) as refused:
        make_followup(event=make_event(), agreement=make_agreement())
    assert refused.value.messages == [
        "Tindak lanjut melekat pada satu kegiatan, perjanjian, atau kehadiran mitra."
    ]


def test_it_may_hang_on_one_partner_at_an_event():
    event = make_event(partners=[make_partner()])
    assert make_followup(attendance=event.attendances.get()).pk


def test_a_person_elsewhere_does_not_own_it(humas, humas_lain, pembaca):
    unit = humas.unit
    for owner in (humas, pembaca):
        assert make_followup(owner_unit=unit, owner_user=owner).owner_user == owner
    with pytest.raises(ValidationError) as refused:
        make_followup(owner_unit=unit, owner_user=humas_lain)
    assert refused.value.message_dict == {
        "owner_user": ["Orang ini tidak bekerja untuk unit penanggung jawab."]
    }


def test_who_has_left_keeps_old_promises_so_that_others_can_close_them(humas, rekan):
    promise = make_followup(owner_unit=humas.unit, owner_user=humas)
    humas.is_active = False
    humas.save()
    promise = FollowUp.objects.get(pk=promise.pk)
    assert promise.complete(on=DAY, by=rekan).done_by == rekan


def test_kept_by_whoever_says_so(humas):
    promise = make_followup().complete(on=DAY, by=humas, note="Draf terkirim")
    assert (promise.done_on, promise.done_by) == (DAY, humas)
    assert promise.history.first().history_change_reason == "Draf terkirim"


def test_a_day_typed_by_hand_names_who_typed_it(humas):
    promise = make_followup()
    promise.done_on = DAY
    assert promise.record(by=humas).done_by == humas


def test_a_day_taken_back_leaves_nobody(humas):
    promise = make_followup().complete(on=DAY, by=humas)
    promise.done_on = None
    assert promise.record(by=humas).done_by is None


def test_it_is_kept_once(humas):
    promise = make_followup().complete(on=DAY, by=humas)
    with pytest.raises(ValidationError) as refused:
        promise.complete(on=DAY, by=humas)
    assert refused.value.messages == ["Tindak lanjut ini sudah selesai."]


def test_it_is_not_kept_in_the_future(humas):
    promise = make_followup()
    with pytest.raises(ValidationError) as refused:
        promise.complete(on=timezone.localdate() + timedelta(days=1), by=humas)
    assert refused.value.messages == ["Tanggal selesai masih di depan."]
    assert promise.done_on is None


def test_a_second_person_checks_it(humas, rekan):
    promise = make_followup().complete(on=DAY, by=humas)
    with pytest.raises(ValidationError) as refused:
        promise.verify(by=humas)
    assert refused.value.messages == ["Tindak lanjut diperiksa oleh orang lain setelah selesai."]
    assert promise.verify(by=rekan).verified_by == rekan


def test_nothing_is_checked_before_it_is_kept(rekan):
    with pytest.raises(ValidationError):
        make_followup().verify(by=rekan)


def test_what_is_due_is_open_and_not_later(humas):
    due = make_followup(due=DAY)
    make_followup(due=DAY + timedelta(days=1))
    make_followup()
    make_followup(due=DAY).complete(on=DAY, by=humas)
    assert list(FollowUp.objects.due_by(DAY)) == [due]


def test_those_without_a_day_come_last():
    whenever, later, sooner = (
        make_followup(due=day) for day in (None, DAY + timedelta(days=1), DAY)
    )
    assert list(FollowUp.objects.all()) == [sooner, later, whenever]


@pytest.mark.parametrize("place", ["event", "attendance"])
def test_what_hangs_on_a_removed_event_waits_in_the_sampah(humas, place):
    event = make_event(make_unit(), partners=[make_partner()])
    make_followup(**{place: event if place == "event" else event.attendances.get()})
    event.archive(by=humas, reason="Salah catat")
    assert not FollowUp.objects.open().exists()
