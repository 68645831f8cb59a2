"""What changes the state of an agreement: signing, ending, removing, bringing back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from indonesian.calendar import add_months
from institutions.models import User
from partnerships.models import (
    Agreement,
    AgreementKind,
    EventAgreement,
    FollowUp,
    Party,
    Stage,
    Status,
)
from tests.factories import make_agreement, make_delivery, make_event, make_partner
from tests.specimens import make_document, make_followup

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 3)
TODAY = date(2026, 11, 22)


def refusal(verb, **arguments) -> str:
    with pytest.raises(ValidationError) as refused:
        verb(**arguments)
    [message] = refused.value.messages
    return message


def test_signing_makes_a_draft_signed(humas: User):
    draft = make_agreement(signed_on=None).sign(on=DAY, by=humas, place="Purwodadi")
    draft.refresh_from_db()
    assert (draft.stage, draft.signed_on, draft.place) == (Stage.SIGNED, DAY, "Purwodadi")


def test_typing_the_day_of_signing_does_the_same():
    draft = make_agreement(signed_on=None)
    draft.signed_on = DAY
    assert draft.record(by=None).stage == Stage.SIGNED


def test_signing_happens_once(humas: User):
    signed = make_agreement()
    assert refusal(signed.sign, on=DAY, by=humas) == "Perjanjian ini sudah ditandatangani."


def test_signing_lies_at_most_a_year_ahead(humas: User):
    last = add_months(timezone.localdate(), 12)
    make_agreement(signed_on=None).sign(on=last, by=humas)
    message = refusal(make_agreement(signed_on=None).sign, on=last + timedelta(days=1), by=humas)
    assert message.startswith("Tanggal tanda tangan paling jauh setahun ke depan")


def test_a_refused_signing_leaves_the_row_as_it_was(humas: User):
    draft = make_agreement(signed_on=None)
    refusal(draft.sign, on=date(1945, 8, 16), by=humas)
    assert (draft.stage, draft.signed_on, draft.version) == (Stage.DRAFTING, None, 1)


def test_nothing_in_the_sampah_is_signed(humas: User):
    draft = make_agreement(signed_on=None).archive(by=humas, reason="Batal")
    assert "Sampah" in refusal(draft.sign, on=DAY, by=humas)


def test_history_knows_who_ended_it_and_why(humas: User):
    agreement = make_agreement().terminate(on=DAY, by=humas, reason="Mitra dibubarkan")
    entry = agreement.history.first()
    assert (entry.history_user, entry.history_change_reason) == (humas, "Mitra dibubarkan")
    assert (entry.terminated_on, entry.termination_reason) == (DAY, "Mitra dibubarkan")


def test_an_end_ahead_counts_only_from_then(humas: User):
    agreement = make_agreement(is_open_ended=True)
    agreement.terminate(on=TODAY, by=humas, reason="Mitra dibubarkan")
    assert agreement.status_on(TODAY - timedelta(days=1)) == Status.OPEN_ENDED
    assert agreement.status_on(TODAY) == Status.TERMINATED


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_ending_needs_a_reason(humas: User, reason):
    agreement = make_agreement()
    assert "alasannya" in refusal(agreement.terminate, on=DAY, by=humas, reason=reason)
    assert agreement.terminated_on is None


def test_no_end_before_the_beginning(humas: User):
    agreement = make_agreement(signed_on=DAY)
    message = refusal(agreement.terminate, on=DAY - timedelta(days=1), by=humas, reason="Batal")
    assert message == "Tanggal pengakhiran harus setelah tanggal mulai."


def test_a_draft_is_not_ended(humas: User):
    draft = make_agreement(signed_on=None)
    message = refusal(draft.terminate, on=DAY, by=humas, reason="Batal")
    assert message.startswith("Hanya perjanjian yang sudah ditandatangani dapat diakhiri")


def test_ending_happens_once(humas: User):
    agreement = make_agreement().terminate(on=DAY, by=humas, reason="Mitra dibubarkan")
    message = refusal(agreement.terminate, on=TODAY, by=humas, reason="Lagi")
    assert message == "Perjanjian ini sudah diakhiri."


def test_one_successor_at_a_time():
    old = make_agreement()
    make_agreement(replaces=old)
    with pytest.raises(ValidationError) as refused:
        make_agreement(replaces=old)
    assert refused.value.messages == ["Perjanjian itu sudah diperpanjang oleh perjanjian lain."]


def test_a_successor_in_the_sampah_leaves_the_place_free(humas: User):
    old = make_agreement()
    make_agreement(replaces=old).archive(by=humas, reason="Salah catat")
    assert make_agreement(replaces=old).replaces == old


def test_the_place_may_be_taken_when_it_comes_back(humas: User):
    old = make_agreement()
    first = make_agreement(replaces=old).archive(by=humas, reason="Salah catat")
    make_agreement(replaces=old)
    message = refusal(first.restore, by=humas)
    assert message == "Perjanjian itu sudah diperpanjang oleh perjanjian lain."
    assert Agreement.objects.archived().get() == first
    assert first.archived_on is not None


LINKS = {"parent": {}, "replaces": {}, "amends": {"kind": AgreementKind.ADD}}


@pytest.mark.parametrize("link", ["parent", "replaces"])
def test_no_chain_leads_back(link):
    first = make_agreement()
    second = make_agreement(**{link: first})
    third = make_agreement(**{link: second})
    setattr(first, link, third)
    with pytest.raises(ValidationError) as refused:
        first.record(by=None)
    assert refused.value.message_dict[link] == [
        "Rantai perjanjian tidak dapat kembali ke dirinya sendiri."
    ]


@pytest.mark.parametrize("link", ["replaces", "amends"])
def test_nothing_renews_or_amends_a_draft(link):
    draft = make_agreement(signed_on=None)
    with pytest.raises(ValidationError) as refused:
        make_agreement(**{link: draft}, **LINKS[link])
    [message] = refused.value.message_dict[link]
    assert message.startswith("Hanya perjanjian yang sudah ditandatangani dapat")


@pytest.mark.parametrize("link", ["replaces", "amends"])
def test_nothing_renews_or_amends_what_is_in_the_sampah(humas: User, link):
    gone = make_agreement().archive(by=humas, reason="Salah catat")
    with pytest.raises(ValidationError) as refused:
        make_agreement(**{link: gone}, **LINKS[link])
    assert "Sampah; pulihkan dulu." in refused.value.message_dict[link][0]


def test_an_addendum_has_none():
    addendum = make_agreement(amends=make_agreement(), kind=AgreementKind.ADD)
    with pytest.raises(ValidationError) as refused:
        make_agreement(amends=addendum, kind=AgreementKind.ADD)
    assert refused.value.message_dict["amends"] == [
        "Adendum tidak dapat diubah dengan adendum; perjanjian dasarnya dapat."
    ]


@pytest.mark.parametrize("link", LINKS)
def test_what_others_hang_on_stays_signed(link):
    signed = make_agreement()
    make_agreement(**{link: signed}, **LINKS[link])
    signed.signed_on, signed.stage = None, Stage.DRAFTING
    with pytest.raises(ValidationError, match="jadi tetap ditandatangani"):
        signed.record(by=None)


def test_a_long_chain_is_no_circle():
    agreement = make_agreement()
    for _ in range(12):
        agreement = make_agreement(replaces=agreement)
    assert not agreement.leads_back("replaces")


def test_a_signed_agreement_with_deliveries_stays(humas: User):
    agreement = make_agreement()
    delivery = make_delivery(agreement)
    assert "realisasi" in refusal(agreement.archive, by=humas, reason="Salah catat")
    delivery.archive(by=humas, reason="Salah catat")
    agreement.archive(by=humas, reason="Salah catat")
    assert list(Agreement.objects.current()) == []


@pytest.mark.parametrize("link", LINKS)
def test_what_others_hang_on_stays(humas: User, link):
    agreement = make_agreement()
    other = make_agreement(**{link: agreement}, **LINKS[link])
    assert "tetap tersimpan" in refusal(agreement.archive, by=humas, reason="Salah catat")
    other.archive(by=humas, reason="Salah catat")
    assert agreement.archive(by=humas, reason="Salah catat").archived_on


def test_open_promises_go_to_the_sampah_and_back(humas: User):
    agreement = make_agreement()
    promise = make_followup(agreement=agreement)
    agreement.archive(by=humas, reason="Salah catat")
    assert list(FollowUp.objects.open()) == []
    agreement.restore(by=humas)
    assert list(FollowUp.objects.open()) == [promise]


def test_a_purged_draft_leaves_with_its_parts_and_its_history_stays(humas: User):
    draft = make_agreement(signed_on=None).archive(by=humas, reason="Salah catat")
    key = draft.pk
    draft.purge(by=humas, reason="Tidak pernah ada")
    assert not Agreement.objects.exists()
    assert not Party.objects.exists()
    last = Agreement.history.filter(id=key).first()
    assert (last.history_type, last.history_change_reason) == ("-", "Tidak pernah ada")


def test_purging_starts_from_the_sampah(humas: User):
    draft = make_agreement(signed_on=None)
    assert refusal(draft.purge, by=humas, reason="Salah") == "Pindahkan dulu ke Sampah."


def test_a_signed_one_is_never_purged(humas: User):
    signed = make_agreement().archive(by=humas, reason="Salah catat")
    assert "tidak dihapus selamanya" in refusal(signed.purge, by=humas, reason="Salah")


def test_purging_needs_a_reason(humas: User):
    draft = make_agreement(signed_on=None).archive(by=humas, reason="Salah catat")
    assert refusal(draft.purge, by=humas, reason=" ") == "Tulis alasannya."


def test_no_purging_while_an_event_hangs_on_it(humas: User):
    draft = make_agreement(signed_on=None).archive(by=humas, reason="Salah catat")
    EventAgreement(event=make_event(), agreement=draft).record(by=humas)
    assert refusal(draft.purge, by=humas, reason="Salah") == "Masih dipakai di catatan lain."


def test_no_purging_while_a_document_hangs_on_it(humas: User):
    document = make_document()
    draft = make_agreement(signed_on=None).archive(by=humas, reason="Salah catat")
    document.agreement = draft
    document.record(by=humas)
    assert refusal(draft.purge, by=humas, reason="Salah") == "Masih dipakai di catatan lain."


def test_a_verb_on_a_row_somebody_changed_meanwhile_is_refused(humas: User, rekan: User):
    agreement = make_agreement(title="Layanan lama")
    theirs = Agreement.objects.get(pk=agreement.pk)
    theirs.title = "Layanan baru"
    theirs.record(by=rekan)
    assert "diubah orang lain" in refusal(agreement.archive, by=humas, reason="Salah catat")
    agreement.refresh_from_db()
    assert (agreement.title, agreement.archived_on) == ("Layanan baru", None)


def test_one_party_stands_once():
    agreement, partner = make_agreement(), make_partner()
    Party(agreement=agreement, order=3, partner=partner).record(by=None)
    message = refusal(Party(agreement=agreement, order=4, partner=partner).record, by=None)
    assert message == "Mitra ini sudah menjadi pihak."
