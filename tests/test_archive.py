"""Into the Sampah and back, the same for every root."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnerships.models import Agreement, Delivery, Event, Partner
from tests.factories import make_agreement, make_delivery, make_event, make_partner

pytestmark = pytest.mark.django_db

MAKERS = {
    Partner: make_partner,
    Agreement: make_agreement,
    Event: make_event,
    Delivery: make_delivery,
}
ROOTS = pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.__name__)


@ROOTS
def test_removing_hides_a_row_with_who_when_and_why(model, humas):
    row = MAKERS[model]().archive(by=humas, reason=" Tercatat dua kali ")
    row.refresh_from_db()
    assert (row.archived_by, row.archived_on) == (humas, timezone.localdate())
    assert row.archive_reason == "Tercatat dua kali"
    assert row not in model.objects.current()
    assert list(model.objects.archived()) == [row]


@ROOTS
def test_restoring_brings_it_back_whole(model, humas, rekan):
    row = MAKERS[model]().archive(by=humas, reason="Tercatat dua kali").restore(by=rekan)
    row.refresh_from_db()
    assert (row.archived_on, row.archived_by, row.archive_reason) == (None, None, "")
    assert row in model.objects.current()
    assert row.version == 3


@ROOTS
@pytest.mark.parametrize("reason", ["", " \n", "\u200b", "\0"])
def test_removing_needs_a_reason(model, humas, reason):
    row = MAKERS[model]()
    with pytest.raises(ValidationError) as refused:
        row.archive(by=humas, reason=reason)
    assert refused.value.messages == ["Tulis alasannya."]
    assert (row.archived_on, row.archived_by, row.version) == (None, None, 1)


@ROOTS
def test_a_reason_has_its_limit(model, humas):
    with pytest.raises(ValidationError) as refused:
        MAKERS[model]().archive(by=humas, reason="x" * 301)
    assert refused.value.messages == ["Alasan terlalu panjang: 301 huruf, batasnya 300."]


@ROOTS
def test_twice_is_once_too_often(model, humas):
    row = MAKERS[model]().archive(by=humas, reason="Tercatat dua kali")
    with pytest.raises(ValidationError) as refused:
        row.archive(by=humas, reason="Lagi")
    assert refused.value.messages == ["Catatan ini sudah ada di Sampah."]
    with pytest.raises(ValidationError) as refused:
        row.restore(by=humas).restore(by=humas)
    assert refused.value.messages == ["Catatan ini tidak ada di Sampah."]


@ROOTS
def test_only_what_lies_in_the_sampah_is_purged(model, humas):
    row = MAKERS[model]()
    with pytest.raises(ValidationError) as refused:
        row.purge(by=humas, reason="Tidak pernah ada")
    assert refused.value.messages == ["Pindahkan dulu ke Sampah."]


@pytest.mark.parametrize("model", [Partner, Event, Delivery], ids=lambda model: model.__name__)
def test_a_purge_leaves_history_alone(model, humas):
    row = MAKERS[model]().archive(by=humas, reason="Tercatat dua kali")
    key = row.pk
    row.purge(by=humas, reason="Tidak pernah ada")
    assert not model.objects.filter(pk=key).exists()
    trail = model.history.filter(id=key).order_by("history_id")
    assert [step.history_type for step in trail] == ["+", "~", "-"]


def test_two_people_removing_at_once_do_it_once(humas, rekan):
    mine = make_event()
    theirs = Event.objects.get(pk=mine.pk)
    theirs.archive(by=rekan, reason="Tercatat dua kali")
    with pytest.raises(ValidationError):
        mine.archive(by=humas, reason="Salah catat")
    assert Event.objects.get(pk=mine.pk).archived_by == rekan


def test_an_event_on_which_agreements_were_signed_is_not_purged(humas):
    event = make_event()
    make_agreement(signing_event=event, signed_on=date(2026, 1, 5))
    event.archive(by=humas, reason="Tercatat dua kali")
    with pytest.raises(ValidationError) as refused:
        event.purge(by=humas, reason="Tidak pernah ada")
    assert refused.value.messages == ["Kegiatan ini masih dipakai di catatan lain."]
