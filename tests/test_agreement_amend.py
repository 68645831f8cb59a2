"""Adendum: a paper of its own that is not counted, and may move the end of its base."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from institutions.models import Role, Unit, User
from partnerships.models import Agreement, AgreementKind, Stage
from tests.factories import make_agreement, make_area, make_partner, make_unit, make_user
from tests.verb_pages import address, columns, send

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)
ANSWERS = {"title": "Perpanjangan jangka waktu", "signed_on": "1 Juni 2026"}


@pytest.fixture
def base(bapas_jember: Unit) -> Agreement:
    """In force from 5 January 2026 to 4 January 2027."""
    return make_agreement(
        bapas_jember, make_partner("Dinas Sosial"), title="Layanan contoh", areas=[make_area()]
    )


def amend(client: Client, user: User, base: Agreement, **answers: Any) -> str:
    return send(client, user, base, "adendum", **ANSWERS | answers)


def test_it_moves_the_end_and_keeps_the_old_one(
    client: Client, humas: User, base: Agreement
) -> None:
    page = amend(client, humas, base, ends_on="4 Januari 2028", number_1="440-ADD")
    assert "Adendum tersimpan." in page
    assert "semula sampai 4 Januari 2027, diubah dengan adendum" in page
    base.refresh_from_db()
    assert (base.ends_on, base.original_ends_on) == (date(2028, 1, 4), date(2027, 1, 4))
    addendum = base.addenda.get()
    assert (addendum.kind, addendum.title, addendum.signed_on) == (
        AgreementKind.ADD,
        "Perpanjangan jangka waktu",
        DAY,
    )
    assert (addendum.stage, addendum.ends_on) == (Stage.SIGNED, date(2028, 1, 4))
    assert [party.number for party in addendum.parties.all()] == ["", "440-ADD"]
    assert addendum.missing() == []


def test_history_of_the_base_names_the_addendum(
    client: Client, humas: User, base: Agreement
) -> None:
    amend(client, humas, base, ends_on="4 Januari 2028")
    told = base.history.first()
    assert told.history_user == humas
    assert told.history_change_reason == "Adendum “Perpanjangan jangka waktu” 1 Juni 2026"
    page = client.get(f"/perjanjian/{base.pk}/riwayat/").content.decode()
    assert "versi perjanjian" not in page


def test_it_is_not_counted(client: Client, humas: User, base: Agreement) -> None:
    amend(client, humas, base)
    assert list(Agreement.objects.counted()) == [base]


def test_it_may_leave_the_end(client: Client, humas: User, base: Agreement) -> None:
    before = columns(base)
    amend(client, humas, base, title="Ruang lingkup")
    assert columns(base) == before
    addendum = base.addenda.get()
    assert (addendum.ends_on, addendum.base_version) == (base.ends_on, None)


@pytest.mark.parametrize("facts", [{"is_open_ended": True}, {"ends_on": None, "term_months": None}])
def test_a_paper_without_end_gets_one(
    client: Client, humas: User, bapas_jember: Unit, facts: dict[str, Any]
) -> None:
    base = make_agreement(bapas_jember, **facts)
    amend(client, humas, base, ends_on="4 Januari 2028")
    base.refresh_from_db()
    assert (base.ends_on, base.is_open_ended, base.original_ends_on) == (
        date(2028, 1, 4),
        False,
        None,
    )


def test_the_first_end_stays_the_original(client: Client, humas: User, base: Agreement) -> None:
    amend(client, humas, base, ends_on="4 Januari 2028")
    amend(client, humas, base, ends_on="4 Januari 2029", signed_on="1 Juli 2026")
    base.refresh_from_db()
    assert (base.ends_on, base.original_ends_on) == (date(2029, 1, 4), date(2027, 1, 4))


def test_moving_the_start_leaves_a_moved_end(client: Client, humas: User, base: Agreement) -> None:
    amend(client, humas, base, ends_on="4 Januari 2028")
    base.refresh_from_db()
    base.change(by=humas, starts_on=date(2026, 2, 1))
    assert base.ends_on == date(2028, 1, 4)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"title": ""}, "Isi yang diubah."),
        ({"title": "x" * 301}, "Yang diubah terlalu panjang"),
        ({"signed_on": ""}, "Isi tanggal tanda tangan."),
        ({"signed_on": "4 Januari 2026"}, "Adendum ditandatangani setelah perjanjiannya"),
        ({"signed_on": "1 Juni 2090", "ends_on": "1 Juni 2091"}, "paling jauh setahun ke depan"),
        ({"signed_on": "5 Januari 2027"}, "Perjanjian ini sudah berakhir pada 4 Januari 2027."),
        ({"ends_on": "4 Januari 2026"}, "Tanggal berakhir harus setelah tanggal mulai"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_saved(
    client: Client, humas: User, base: Agreement, answers: dict[str, str], message: str
) -> None:
    before = columns(base)
    page = amend(client, humas, base, **{"number_0": "W15-KETIK"} | answers)
    assert message in page
    assert "W15-KETIK" in page
    assert columns(base) == before
    assert not base.addenda.exists()


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ("draft", "Hanya perjanjian yang sudah ditandatangani dapat diubah dengan adendum."),
        ("ended", "Perjanjian ini sudah diakhiri."),
        ("renewed", "Perjanjian ini sudah diperpanjang."),
        ("addendum", "Adendum tidak dapat diubah dengan adendum; perjanjian dasarnya dapat."),
    ],
)
def test_what_is_not_amended_says_why(
    client: Client, humas: User, bapas_jember: Unit, state: str, message: str
) -> None:
    paper = make_agreement(bapas_jember, signed_on=None if state == "draft" else date(2026, 1, 5))
    if state == "ended":
        paper.terminate(on=date(2026, 5, 1), by=humas, reason="Mitra bubar")
    if state == "renewed":
        paper.renew(by=humas, signed_on=date(2026, 5, 1))
    if state == "addendum":
        paper = paper.amend(by=humas, title="Ruang lingkup", signed_on=DAY)
    assert message in amend(client, humas, paper)
    assert not paper.addenda.exists()


def test_a_renewal_in_the_making_leaves_room_for_an_addendum(
    client: Client, humas: User, base: Agreement
) -> None:
    base.renew(by=humas)
    amend(client, humas, base, ends_on="4 Juli 2027")
    base.refresh_from_db()
    assert base.ends_on == date(2027, 7, 4)


def test_removing_it_gives_the_end_back(client: Client, humas: User, base: Agreement) -> None:
    before = columns(base)
    amend(client, humas, base, ends_on="4 Januari 2028")
    addendum = base.addenda.get()
    client.force_login(humas)
    page = client.get(address(addendum, "hapus")).content.decode()
    assert "Tanggal berakhir perjanjian dasarnya kembali ke 4 Januari 2027." in page
    client.post(address(addendum, "hapus"), {"reason": "Salah catat"})
    assert columns(base) == before
    assert base.history.first().history_change_reason == (
        "Adendum “Perpanjangan jangka waktu” dibatalkan: Salah catat"
    )


def test_bringing_it_back_moves_the_end_again(humas: User, base: Agreement) -> None:
    addendum = base.amend(by=humas, ends_on=date(2028, 1, 4), title="Masa", signed_on=DAY)
    moved = columns(base)
    addendum.archive(by=humas, reason="Salah catat")
    addendum.restore(by=humas)
    assert columns(base) == moved
    addendum.archive(by=humas, reason="Salah catat")
    base.refresh_from_db()
    assert base.ends_on == date(2027, 1, 4)


def test_only_the_last_move_is_removed(humas: User, base: Agreement) -> None:
    first = base.amend(by=humas, ends_on=date(2028, 1, 4), title="Masa", signed_on=DAY)
    second = base.amend(by=humas, ends_on=date(2029, 1, 4), title="Masa", signed_on=DAY)
    with pytest.raises(ValidationError, match="sudah diubah lagi setelah adendum ini"):
        first.archive(by=humas, reason="Salah catat")
    second.archive(by=humas, reason="Salah catat")
    first.archive(by=humas, reason="Salah catat")
    base.refresh_from_db()
    assert (base.ends_on, base.original_ends_on) == (date(2027, 1, 4), None)


def test_an_end_corrected_since_stays(humas: User, base: Agreement) -> None:
    addendum = base.amend(by=humas, ends_on=date(2028, 1, 4), title="Masa", signed_on=DAY)
    base.change(by=humas, ends_on=date(2028, 2, 4))
    with pytest.raises(ValidationError, match="sudah diubah lagi"):
        addendum.archive(by=humas, reason="Salah catat")
    base.refresh_from_db()
    assert base.ends_on == date(2028, 2, 4)


@pytest.mark.parametrize("state", ["ended", "renewed"])
def test_it_stays_once_its_base_is_over(humas: User, base: Agreement, state: str) -> None:
    addendum = base.amend(by=humas, ends_on=date(2028, 1, 4), title="Masa", signed_on=DAY)
    if state == "ended":
        base.terminate(on=date(2027, 5, 1), by=humas, reason="Mitra bubar")
    else:
        base.renew(by=humas, signed_on=date(2026, 7, 1))
    addendum = Agreement.objects.get(pk=addendum.pk)
    with pytest.raises(ValidationError, match="Perjanjian dasarnya sudah di"):
        addendum.archive(by=humas, reason="Salah catat")
    assert not Agreement.objects.archived().exists()


@pytest.mark.parametrize("change", [{"ends_on": date(2030, 1, 4)}, {"amends": None}])
def test_what_it_moved_is_not_changed_past_it(
    humas: User, base: Agreement, change: dict[str, Any]
) -> None:
    addendum = base.amend(by=humas, ends_on=date(2028, 1, 4), title="Masa", signed_on=DAY)
    with pytest.raises(ValidationError, match="sudah mengubah masa berlaku"):
        addendum.change(by=humas, **change)


ELSEWHERE = "Perjanjian dasarnya berakhir pada 4 Januari 2027, jadi adendum ini juga."


@pytest.mark.parametrize("term", [{"ends_on": date(2028, 1, 4)}, {"is_open_ended": True}, {}])
def test_only_the_verb_moves_the_end(base: Agreement, term: dict[str, Any]) -> None:
    """An addendum written as a paper of its own carries the end of its base."""
    facts = {"end_is_typed": True, "term_months": None} | term
    with pytest.raises(ValidationError) as refused:
        make_agreement(base.unit, amends=base, kind=AgreementKind.ADD, **facts)
    assert refused.value.message_dict["ends_on"][0].startswith(ELSEWHERE)
    as_base = {"ends_on": base.ends_on, "end_is_typed": True}
    assert make_agreement(base.unit, amends=base, kind=AgreementKind.ADD, **as_base).pk


def test_an_addendum_that_left_the_end_does_not_move_it_later(
    client: Client, humas: User, base: Agreement
) -> None:
    amend(client, humas, base)
    addendum = base.addenda.get()
    page = send(client, humas, addendum, "ubah", term="tanggal", ends_on="4 Januari 2028")
    assert ELSEWHERE in page
    addendum.refresh_from_db()
    assert addendum.ends_on == date(2027, 1, 4)


def test_a_draft_of_an_addendum_is_not_signed_with_another_end(
    humas: User, base: Agreement
) -> None:
    facts = {"ends_on": date(2028, 1, 4), "end_is_typed": True, "signed_on": None}
    draft = make_agreement(base.unit, amends=base, kind=AgreementKind.ADD, **facts)
    with pytest.raises(ValidationError, match="jadi adendum ini juga"):
        draft.sign(on=DAY, by=humas)
    draft.change(by=humas, ends_on=base.ends_on)
    assert draft.sign(on=DAY, by=humas).stage == Stage.SIGNED


def test_an_older_addendum_is_corrected_after_its_base_is_over(
    humas: User, base: Agreement
) -> None:
    addendum = base.amend(by=humas, title="Ruang lingkup", signed_on=DAY)
    base.renew(by=humas, signed_on=date(2026, 7, 1))
    addendum = Agreement.objects.get(pk=addendum.pk)
    assert addendum.change(by=humas, title="Ruang lingkup baru").title == "Ruang lingkup baru"


def test_whoever_keeps_another_unit_leaves_the_base_alone(base: Agreement) -> None:
    officer = make_user(Role.HUMAS, unit=base.unit.parent)
    neighbour = make_unit("Lapas Contoh Timur", province=base.unit.province)
    addendum = base.amend(by=officer, ends_on=date(2028, 1, 4), title="Masa", signed_on=DAY)
    addendum.change(by=officer, unit=neighbour)
    theirs = make_user(Role.HUMAS, unit=neighbour)
    with pytest.raises(ValidationError, match="Perjanjian dasarnya milik Bapas Jember"):
        addendum.archive(by=theirs, reason="Salah catat")
    base.refresh_from_db()
    assert base.ends_on == date(2028, 1, 4)


def test_a_stale_form_is_told(client: Client, humas: User, rekan: User, base: Agreement) -> None:
    stale = ANSWERS | {"version": base.version, "ends_on": "4 Januari 2028"}
    base.change(by=rekan, title="Judul lain")
    client.force_login(humas)
    page = client.post(address(base, "adendum"), stale).content.decode()
    assert "diubah orang lain" in page
    assert "4 Januari 2028" in page
    assert not base.addenda.exists()


def test_sent_twice_it_is_made_once(client: Client, humas: User, base: Agreement) -> None:
    client.force_login(humas)
    sent = ANSWERS | {"version": base.version, "submit_token": "c" * 22}
    for _ in range(2):
        page = client.post(address(base, "adendum"), sent, follow=True).content.decode()
        assert "Adendum tersimpan." in page
    assert base.addenda.count() == 1


def test_others_do_not_amend(
    client: Client, humas_lain: User, pembaca: User, base: Agreement
) -> None:
    for user in (humas_lain, pembaca):
        client.force_login(user)
        assert client.get(address(base, "adendum")).status_code == 403
        answer = client.post(address(base, "adendum"), ANSWERS | {"version": base.version})
        assert answer.status_code == 403
    assert not base.addenda.exists()
