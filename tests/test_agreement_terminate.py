"""Akhiri: a date, a reason and the letter; papers, deliveries and history stay."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from institutions.models import Unit, User
from partnerships.models import Agreement, Delivery, Status
from tests.factories import make_agreement, make_delivery, make_partner
from tests.verb_pages import address, columns, send

pytestmark = pytest.mark.django_db

ANSWERS = {"terminated_on": "1 Mei 2026", "reason": "Mitra bubar", "letter": "W15-99"}


@pytest.fixture
def paper(bapas_jember: Unit) -> Agreement:
    """In force from 5 January 2026 to 4 January 2027."""
    return make_agreement(bapas_jember, make_partner("Dinas Sosial"), title="Layanan contoh")


def end(client: Client, user: User, paper: Agreement, **answers: Any) -> str:
    return send(client, user, paper, "akhiri", **ANSWERS | answers)


def test_the_page_shows_what_ends(client: Client, humas: User, paper: Agreement) -> None:
    client.force_login(humas)
    page = client.get(address(paper, "akhiri")).content.decode()
    for words in (
        "Akhiri perjanjian ini?",
        "Riwayat, realisasi, dan naskah tetap tersimpan.",
        "Layanan contoh",
        "Dinas Sosial",
        "5 Januari 2026 s.d. 4 Januari 2027",
    ):
        assert words in page


def test_it_ends_with_reason_and_letter(client: Client, humas: User, paper: Agreement) -> None:
    make_delivery(paper)
    page = end(client, humas, paper)
    for words in ("Perjanjian diakhiri.", "sejak 1 Mei 2026", "Mitra bubar", "W15-99"):
        assert words in page
    paper.refresh_from_db()
    assert (paper.terminated_on, paper.termination_reason, paper.termination_letter) == (
        date(2026, 5, 1),
        "Mitra bubar",
        "W15-99",
    )
    assert paper.status_on(date(2026, 5, 1)) == Status.TERMINATED
    assert Delivery.objects.current().filter(agreement=paper).count() == 1
    told = paper.history.first()
    assert (told.history_user, told.history_change_reason) == (humas, "Mitra bubar")


def test_the_letter_may_be_missing(client: Client, humas: User, paper: Agreement) -> None:
    end(client, humas, paper, letter="")
    paper.refresh_from_db()
    assert (paper.terminated_on, paper.termination_letter) == (date(2026, 5, 1), "")


def test_a_day_ahead_is_warned_of(client: Client, humas: User, bapas_jember: Unit) -> None:
    paper = make_agreement(bapas_jember, is_open_ended=True)
    ahead = timezone.localdate() + timedelta(days=30)
    assert "masih di depan" in end(client, humas, paper, terminated_on=ahead.isoformat())


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"terminated_on": ""}, "Isi tanggal pengakhiran."),
        ({"terminated_on": "05/13/2026"}, ""),
        ({"terminated_on": "4 Januari 2026"}, "Tanggal pengakhiran harus setelah tanggal mulai."),
        ({"terminated_on": "5 Januari 2027"}, "Perjanjian ini berakhir pada 4 Januari 2027"),
        ({"reason": ""}, "Isi alasan."),
        ({"reason": "x" * 301}, "Alasan terlalu panjang"),
        ({"letter": "x" * 121}, "Nomor surat pengakhiran terlalu panjang"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_saved(
    client: Client, humas: User, paper: Agreement, answers: dict[str, str], message: str
) -> None:
    before = columns(paper)
    page = end(client, humas, paper, **answers)
    assert "hal yang perlu diperbaiki" in page
    assert message in page
    assert columns(paper) == before


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ("draft", "Hanya perjanjian yang sudah ditandatangani dapat diakhiri."),
        ("ended", "Perjanjian ini sudah diakhiri."),
        ("renewed", "Perjanjian ini sudah diperpanjang."),
        ("addendum", "Adendum tidak dapat diakhiri; perjanjian dasarnya dapat."),
    ],
)
def test_what_is_not_ended_says_why(
    client: Client, humas: User, bapas_jember: Unit, state: str, message: str
) -> None:
    paper = make_agreement(bapas_jember, signed_on=None if state == "draft" else date(2026, 1, 5))
    if state == "ended":
        paper.terminate(on=date(2026, 4, 1), by=humas, reason="Mitra pindah")
    if state == "renewed":
        paper.renew(by=humas, signed_on=date(2026, 5, 1))
    if state == "addendum":
        paper = paper.amend(by=humas, title="Ruang lingkup", signed_on=date(2026, 2, 2))
    before = columns(paper)
    assert message in end(client, humas, paper)
    assert columns(paper) == before


def test_a_renewal_in_the_making_does_not_keep_it(
    client: Client, humas: User, paper: Agreement
) -> None:
    paper.renew(by=humas)
    assert "Perjanjian diakhiri." in end(client, humas, paper)


def test_a_stale_form_is_told(client: Client, humas: User, rekan: User, paper: Agreement) -> None:
    stale = ANSWERS | {"version": paper.version}
    paper.change(by=rekan, title="Judul lain")
    client.force_login(humas)
    page = client.post(address(paper, "akhiri"), stale).content.decode()
    assert "diubah orang lain" in page
    assert "Mitra bubar" in page
    paper.refresh_from_db()
    assert paper.terminated_on is None


def test_sent_twice_it_ends_once(client: Client, humas: User, paper: Agreement) -> None:
    client.force_login(humas)
    sent = ANSWERS | {"version": paper.version, "submit_token": "d" * 22}
    for _ in range(2):
        page = client.post(address(paper, "akhiri"), sent, follow=True).content.decode()
        assert "Perjanjian diakhiri." in page
    assert paper.history.count() == 2


def test_others_do_not_end_it(
    client: Client, humas_lain: User, pembaca: User, paper: Agreement
) -> None:
    before = columns(paper)
    for user in (humas_lain, pembaca):
        client.force_login(user)
        assert client.get(address(paper, "akhiri")).status_code == 403
        answer = client.post(address(paper, "akhiri"), ANSWERS | {"version": paper.version})
        assert answer.status_code == 403
    assert columns(paper) == before
