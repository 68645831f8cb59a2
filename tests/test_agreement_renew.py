"""Perpanjang: a new paper in place of an old one, with at most three answers."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from institutions.models import Role, Unit, User
from partnerships.models import Agreement, Stage, Status
from tests.factories import (
    make_agreement,
    make_area,
    make_delivery,
    make_partner,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db

HANDED_ON = {
    "kind": "KB",
    "title": "Layanan kesehatan",
    "wording_in_source": "MoU",
    "place": "Jember",
    "scope": "Pemeriksaan berkala",
    "funding": "BERSAMA",
    "renewal_clause": "TERTULIS",
    "notice_days": 60,
    "internal_contact": "Seksi Contoh",
}


@pytest.fixture
def old(bapas_jember: Unit) -> Agreement:
    paper = make_agreement(
        bapas_jember,
        make_partner("Dinas Kesehatan"),
        signed_on=date(2024, 1, 5),
        term_months=24,
        notes="Naskah asli di lemari",
        areas=[make_area()],
        parent=make_agreement(bapas_jember, kind="NKB"),
        **HANDED_ON,
    )
    for number, party in enumerate(paper.parties.all(), start=1):
        signing = {"signatory_name": f"Penanda {number}", "signatory_position": f"Kepala {number}"}
        party.change(by=None, number=f"NOMOR-LAMA-{number}", **signing)
    paper.refresh_search_text()
    return paper


def address(agreement: Agreement) -> str:
    return f"/perjanjian/{agreement.pk}/perpanjang/"


def payload(old: Agreement, **answers: Any) -> dict[str, Any]:
    """The form as it opens on the old paper, with the answers."""
    term = str(old.term_months or "belum")
    return {"version": old.version, "term": term, "place": old.place} | answers


def renew(client: Client, user: User, old: Agreement, **answers: Any) -> str:
    client.force_login(user)
    answer = client.post(address(old), payload(old, **answers), follow=True)
    return answer.content.decode()


def test_three_answers_make_the_next_paper(client: Client, humas: User, old: Agreement) -> None:
    page = renew(
        client, humas, old, signed_on="5 Januari 2026", number_0="W15-BARU", number_1="440-BARU"
    )
    assert "Perpanjangan tersimpan." in page
    new = old.successors.get()
    assert (new.signed_on, new.ends_on, new.term_months) == (
        date(2026, 1, 5),
        date(2028, 1, 4),
        24,
    )
    assert {name: getattr(new, name) for name in HANDED_ON} == HANDED_ON
    assert (new.unit, new.parent, new.notes) == (old.unit, old.parent, "")
    told = new.parties.values_list("order", "unit", "partner", "signatory_name", "number")
    before = old.parties.values_list("order", "unit", "partner", "signatory_name")
    assert [row[:4] for row in told] == list(before)
    assert [row[4] for row in told] == ["W15-BARU", "440-BARU"]
    assert [link.area.code for link in new.area_links.all()] == ["KES_LAYANAN"]
    assert (new.documents.count(), new.deliveries.count()) == (0, 0)
    assert Agreement.objects.search("440 baru").get() == new


def test_the_old_paper_is_renewed_and_untouched(
    client: Client, humas: User, old: Agreement
) -> None:
    before = Agreement.objects.filter(pk=old.pk).values().get()
    renew(client, humas, old, signed_on="5 Januari 2026")
    assert Agreement.objects.filter(pk=old.pk).values().get() == before
    old.refresh_from_db()
    assert old.status_on(date(2026, 1, 4)) == Status.ENDING_SOON
    assert old.status_on(date(2026, 1, 5)) == Status.RENEWED


def test_history_tells_who_renewed_what(client: Client, humas: User, old: Agreement) -> None:
    renew(client, humas, old, signed_on="5 Januari 2026")
    told = old.successors.get().history.get()
    assert (told.history_user, told.history_change_reason) == (
        humas,
        "Memperpanjang “Layanan kesehatan”",
    )


def test_without_a_day_it_is_a_draft_that_silences_nothing(
    client: Client, humas: User, old: Agreement
) -> None:
    page = renew(client, humas, old)
    assert "Draf perpanjangan tersimpan." in page
    new = old.successors.get()
    assert (new.stage, new.ends_on, new.term_months) == (Stage.DRAFTING, None, 24)
    assert old.status_on(date(2025, 6, 1)) == Status.ACTIVE
    page = client.get(old.get_absolute_url()).content.decode()
    assert "perpanjangan sedang disusun" in page


def test_an_overlap_warns_and_does_not_block(client: Client, humas: User, old: Agreement) -> None:
    page = renew(client, humas, old, signed_on="24 Desember 2025")
    assert "Masa baru tumpang tindih 12 hari dengan masa lama." in page
    assert old.successors.get().signed_on == date(2025, 12, 24)


def test_a_start_after_the_old_end_overlaps_nothing(
    client: Client, humas: User, old: Agreement
) -> None:
    page = renew(client, humas, old, signed_on="24 Desember 2025", starts_on="5 Januari 2026")
    assert "tumpang tindih" not in page
    assert old.successors.get().ends_on == date(2028, 1, 4)


def test_the_term_is_proposed_and_may_be_another(
    client: Client, humas: User, old: Agreement
) -> None:
    client.force_login(humas)
    form = client.get(address(old)).context["form"]
    assert (form["term"].value(), form["place"].value()) == ("24", "Jember")
    renew(client, humas, old, signed_on="5 Januari 2026", term="36")
    assert old.successors.get().ends_on == date(2029, 1, 4)


@pytest.mark.parametrize(
    ("facts", "proposed"),
    [
        ({"term_months": 18}, "18"),
        ({"is_open_ended": True}, "tanpa-batas"),
        ({"ends_on": date(2027, 1, 4)}, "36"),
        ({"ends_on": date(2026, 6, 30)}, "belum"),
        (
            {"ends_on": date(2027, 6, 30), "original_ends_on": date(2026, 1, 4)},
            "24",
        ),
    ],
)
def test_what_the_old_term_proposes(
    client: Client, humas: User, bapas_jember: Unit, facts: dict[str, Any], proposed: str
) -> None:
    paper = make_agreement(bapas_jember, signed_on=date(2024, 1, 5), **facts)
    client.force_login(humas)
    page = client.get(address(paper))
    assert page.context["form"]["term"].value() == proposed
    assert f'value="{proposed}" id' in page.content.decode().replace(" checked", "")


def test_the_second_renewal_is_shown_the_first(client: Client, humas: User, old: Agreement) -> None:
    first = old.renew(by=humas, signed_on=date(2026, 1, 5))
    page = renew(client, humas, old, signed_on="6 Januari 2026", number_0="W15-KEDUA")
    for text in (page, client.get(address(old)).content.decode()):
        assert "Perjanjian ini sudah diperpanjang." in text
        assert f'href="{first.get_absolute_url()}"' in text
    # What was typed is there to be copied from.
    assert "W15-KEDUA" in page
    assert list(old.successors.all()) == [first]


def test_somebody_elses_draft_is_not_named(client: Client, humas: User, old: Agreement) -> None:
    draft = make_agreement(make_unit(), replaces=old, signed_on=None, title="Draf rahasia")
    client.force_login(humas)
    page = client.get(address(old)).content.decode()
    assert "Perpanjangan perjanjian ini sedang disusun." in page
    assert "Draf rahasia" not in page
    assert draft.get_absolute_url() not in page


def test_a_renewal_in_the_sampah_leaves_the_place_free(
    client: Client, humas: User, old: Agreement
) -> None:
    old.renew(by=humas).archive(by=humas, reason="Salah catat")
    renew(client, humas, old, signed_on="5 Januari 2026")
    assert old.successors.current().get().signed_on == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ("draft", "Hanya perjanjian yang sudah ditandatangani dapat diperpanjang."),
        ("ended", "Perjanjian ini sudah diakhiri."),
        ("addendum", "Adendum tidak dapat diperpanjang; perjanjian dasarnya dapat."),
    ],
)
def test_what_is_not_renewed_says_why(
    client: Client, humas: User, bapas_jember: Unit, state: str, message: str
) -> None:
    paper = make_agreement(bapas_jember, signed_on=None if state == "draft" else date(2026, 1, 5))
    if state == "ended":
        paper.terminate(on=date(2026, 5, 1), by=humas, reason="Mitra bubar")
    if state == "addendum":
        paper = paper.amend(by=humas, title="Ruang lingkup", signed_on=date(2026, 2, 2))
    with pytest.raises(ValidationError) as refused:
        paper.renew(by=humas)
    assert refused.value.messages == [message]
    assert message in renew(client, humas, paper, signed_on="5 Juni 2026")
    assert not paper.successors.exists()


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"signed_on": "kapan-kapan"}, ""),
        ({"signed_on": "16 Agustus 1945"}, "Tanggal tanda tangan paling awal 17 Agustus 1945."),
        ({"signed_on": "5 Januari 2099"}, "Tanggal tanda tangan paling jauh setahun ke depan"),
        ({"term": "tanggal"}, "Isi tanggal berakhir."),
        ({"term": "tanpa-batas", "ends_on": "5 Januari 2027"}, "Kosongkan, atau pilih"),
        ({"term": "9999"}, "Pilih jangka waktu dari daftar."),
        (
            {"signed_on": "5 Januari 2026", "term": "tanggal", "ends_on": "4 Januari 2026"},
            "Tanggal berakhir harus setelah tanggal mulai, 5 Januari 2026.",
        ),
        ({"number_0": "x" * 121}, "Nomor dari Bapas Jember terlalu panjang"),
    ],
)
def test_bad_answers_are_told_at_their_field_and_kept(
    client: Client, humas: User, old: Agreement, answers: dict[str, str], message: str
) -> None:
    page = renew(client, humas, old, **{"number_1": "440-KETIK"} | answers)
    assert "hal yang perlu diperbaiki" in page
    assert message in page
    assert "440-KETIK" in page
    assert not old.successors.exists()


def test_signed_ahead_is_warned_of(client: Client, humas: User, old: Agreement) -> None:
    ahead = timezone.localdate() + timedelta(days=30)
    assert "masih di depan" in renew(client, humas, old, signed_on=ahead.isoformat())


def test_a_stale_form_is_told(client: Client, humas: User, rekan: User, old: Agreement) -> None:
    stale = payload(old, signed_on="5 Januari 2026", number_0="W15-KETIK")
    old.change(by=rekan, title="Judul lain")
    client.force_login(humas)
    page = client.post(address(old), stale).content.decode()
    assert "diubah orang lain" in page
    assert "W15-KETIK" in page
    assert "Judul lain" in page
    assert not old.successors.exists()
    old.refresh_from_db()
    renew(client, humas, old, signed_on="5 Januari 2026")
    assert old.successors.get().title == "Judul lain"


def test_sent_twice_it_is_made_once(client: Client, humas: User, old: Agreement) -> None:
    sent = {"submit_token": "a" * 22, "signed_on": "5 Januari 2026"}
    for _ in range(2):
        page = renew(client, humas, old, **sent)
        assert "Perpanjangan tersimpan." in page
    assert old.successors.count() == 1


def test_others_do_not_renew(
    client: Client, humas_lain: User, pembaca: User, bapas_jember: Unit, old: Agreement
) -> None:
    draft = make_agreement(bapas_jember, signed_on=None)
    for user, paper, code in (
        (humas_lain, old, 403),
        (pembaca, old, 403),
        (humas_lain, draft, 404),
    ):
        client.force_login(user)
        assert client.get(address(paper)).status_code == code
        assert client.post(address(paper), payload(paper)).status_code == code
    assert not Agreement.objects.filter(replaces__isnull=False).exists()


def test_the_office_above_renews_for_the_unit(client: Client, old: Agreement) -> None:
    officer = make_user(Role.HUMAS, unit=old.unit.parent)
    renew(client, officer, old, signed_on="5 Januari 2026")
    assert old.successors.get().unit == old.unit


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(
    client: Client, humas: User, old: Agreement, method: str
) -> None:
    client.force_login(humas)
    assert getattr(client, method)(address(old)).status_code == 405


def test_deliveries_stay_with_the_old_paper(client: Client, humas: User, old: Agreement) -> None:
    delivery = make_delivery(old)
    renew(client, humas, old, signed_on="5 Januari 2026")
    delivery.refresh_from_db()
    assert delivery.agreement == old
