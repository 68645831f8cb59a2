"""Catat penandatanganan: a day makes a draft a signed paper."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from institutions.models import Unit, User
from partnerships.models import Agreement, Stage, Status
from tests.factories import make_agreement, make_partner
from tests.verb_pages import address, columns, send

pytestmark = pytest.mark.django_db

DAY = "3 Maret 2026"


@pytest.fixture
def draft(bapas_jember: Unit) -> Agreement:
    return make_agreement(
        bapas_jember, make_partner("Dinas Sosial"), signed_on=None, term_months=12, stage="AWAITING"
    )


def sign(client: Client, user: User, draft: Agreement, **answers: Any) -> str:
    return send(client, user, draft, "tandatangani", **{"signed_on": DAY} | answers)


def test_a_day_signs_it_and_starts_the_term(client: Client, humas: User, draft: Agreement) -> None:
    page = sign(client, humas, draft, place="Jember")
    assert "Penandatanganan tersimpan." in page
    draft.refresh_from_db()
    assert (draft.stage, draft.signed_on, draft.place) == (Stage.SIGNED, date(2026, 3, 3), "Jember")
    assert draft.ends_on == date(2027, 3, 2)
    assert draft.history.first().history_user == humas


def test_numbers_are_written_along(client: Client, humas: User, draft: Agreement) -> None:
    draft.parties.get(order=1).change(by=humas, number="W15-LAMA")
    client.force_login(humas)
    form = client.get(address(draft, "tandatangani")).context["form"]
    assert [form[name].value() for name in form.sides] == ["W15-LAMA", ""]
    sign(client, humas, draft, number_1="440-BARU")
    assert [party.number for party in draft.parties.all()] == ["W15-LAMA", "440-BARU"]
    assert [party.history.count() for party in draft.parties.all()] == [2, 2]
    assert Agreement.objects.search("440 baru").get() == draft


def test_a_signed_renewal_ends_the_old_paper(
    client: Client, humas: User, bapas_jember: Unit
) -> None:
    old = make_agreement(bapas_jember, signed_on=date(2025, 6, 1))
    assert old.status_on(date(2026, 3, 3)) == Status.ENDING_SOON
    sign(client, humas, old.renew(by=humas))
    old.refresh_from_db()
    assert old.status_on(date(2026, 3, 3)) == Status.RENEWED


def test_a_day_ahead_is_warned_of(client: Client, humas: User, draft: Agreement) -> None:
    ahead = timezone.localdate() + timedelta(days=30)
    assert "masih di depan; sampai hari itu tampil belum berlaku" in sign(
        client, humas, draft, signed_on=ahead.isoformat()
    )
    assert Agreement.objects.with_status().get().status == Status.NOT_YET


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"signed_on": ""}, "Isi tanggal tanda tangan."),
        ({"signed_on": "Maret 2026"}, "Tanggal belum lengkap."),
        ({"signed_on": "1 Maret 1945"}, "paling awal 17 Agustus 1945"),
        ({"signed_on": "1 Maret 2090"}, "paling jauh setahun ke depan"),
        ({"place": "x" * 121}, "Tempat tanda tangan terlalu panjang"),
        ({"number_0": "x" * 10_000}, "Nomor dari Bapas Jember terlalu panjang"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_saved(
    client: Client, humas: User, draft: Agreement, answers: dict[str, str], message: str
) -> None:
    before = columns(draft)
    page = sign(client, humas, draft, **{"number_1": "440-KETIK"} | answers)
    assert message in page
    assert "440-KETIK" in page
    assert columns(draft) == before


def test_a_signed_paper_is_not_signed_again(
    client: Client, humas: User, bapas_jember: Unit
) -> None:
    paper = make_agreement(bapas_jember)
    before = columns(paper)
    assert "Perjanjian ini sudah ditandatangani." in sign(client, humas, paper)
    assert columns(paper) == before


def test_a_stale_form_is_told(client: Client, humas: User, rekan: User, draft: Agreement) -> None:
    client.force_login(humas)
    stale = {"version": draft.version, "signed_on": DAY}
    draft.change(by=rekan, title="Judul lain")
    page = client.post(address(draft, "tandatangani"), stale).content.decode()
    assert "diubah orang lain" in page
    assert DAY in page
    draft.refresh_from_db()
    assert draft.signed_on is None


def test_sent_twice_it_is_signed_once(client: Client, humas: User, draft: Agreement) -> None:
    client.force_login(humas)
    sent = {"version": draft.version, "signed_on": DAY, "submit_token": "b" * 22}
    pages = [
        client.post(address(draft, "tandatangani"), sent, follow=True).content.decode()
        for _ in range(2)
    ]
    assert all("Penandatanganan tersimpan." in page for page in pages)
    assert draft.history.count() == 2


def test_others_do_not_sign(
    client: Client, humas_lain: User, pembaca: User, draft: Agreement
) -> None:
    before = columns(draft)
    for user, code in ((humas_lain, 404), (pembaca, 403)):
        client.force_login(user)
        assert client.get(address(draft, "tandatangani")).status_code == code
        answer = client.post(
            address(draft, "tandatangani"), {"version": draft.version, "signed_on": DAY}
        )
        assert answer.status_code == code
    assert columns(draft) == before


def test_what_is_built_on_keeps_it_signed(client: Client, humas: User, draft: Agreement) -> None:
    sign(client, humas, draft)
    draft.refresh_from_db()
    draft.amend(by=humas, title="Ruang lingkup", signed_on=date(2026, 4, 1))
    draft.signed_on, draft.stage = None, Stage.DRAFTING
    with pytest.raises(Exception, match="sudah punya adendum, jadi tetap ditandatangani"):
        draft.record(by=humas)
