"""Batalkan: the last verb is taken back, unless something builds on it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from institutions.models import Unit, User
from partnerships.models import Agreement, Stage, Status, Verb
from tests.factories import make_agreement, make_delivery, make_partner, make_unit
from tests.verb_pages import address, columns, send

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)
EARLY, LATE = date(2020, 1, 1), date(2026, 10, 31)
DAYS = st.dates(EARLY, LATE)
WORDS = st.text(alphabet="abc ", max_size=5)
ENDS = st.dates(LATE, LATE + timedelta(days=2000))
TERMS = st.one_of(
    st.just({}),
    st.just({"is_open_ended": True}),
    st.builds(dict, term_months=st.integers(1, 60)),
    st.builds(dict, ends_on=ENDS, end_is_typed=st.just(True)),
    st.builds(dict, ends_on=ENDS, end_is_typed=st.just(True), term_months=st.just(24)),
)
MANY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def paper(bapas_jember: Unit) -> Agreement:
    """In force from 5 January 2026 to 4 January 2027."""
    return make_agreement(bapas_jember, make_partner("Dinas Sosial"), title="Layanan contoh")


def drafted(unit: Unit, **facts: Any) -> Agreement:
    return make_agreement(unit, signed_on=None, **facts)


def undo(client: Client, user: User, paper: Agreement, **answers: Any) -> str:
    return send(client, user, paper, "batalkan", **{"reason": "Salah catat"} | answers)


def fresh(paper: Agreement) -> Agreement:
    return Agreement.objects.get(pk=paper.pk)


# What was there before comes back


@MANY
@given(
    stage=st.sampled_from([Stage.PROSPECT, Stage.DRAFTING, Stage.AWAITING]),
    places=st.tuples(WORDS, WORDS),
    term=TERMS,
    starts=st.none() | DAYS,
    day=DAYS,
)
def test_a_signing(
    humas: User, stage: Stage, places: Any, term: dict[str, Any], starts: Any, day: date
) -> None:
    facts = {"place": places[0], "starts_on": starts} | term
    draft = fresh(drafted(humas.unit, stage=stage, **facts))
    before = columns(draft)
    draft.sign(on=day, by=humas, place=places[1])
    assert columns(draft) != before
    assert draft.undo(by=humas, reason="Salah catat").verb == Verb.SIGN
    assert columns(draft) == before


@MANY
@given(term=TERMS, original=st.none() | DAYS, day=DAYS, on=st.integers(0, 300))
def test_an_ending(humas: User, term: dict[str, Any], original: Any, day: date, on: int) -> None:
    paper = fresh(make_agreement(humas.unit, signed_on=day, original_ends_on=original, **term))
    before = columns(paper)
    last = min(day + timedelta(days=on), paper.ends_on or date.max)
    paper.terminate(on=last, by=humas, reason="Mitra bubar", letter="W15-9")
    assert columns(paper) != before
    assert paper.undo(by=humas, reason="Salah catat").verb == Verb.TERMINATE
    assert columns(paper) == before


@MANY
@given(
    term=TERMS,
    original=st.none() | DAYS,
    day=DAYS,
    moved=st.lists(st.integers(1, 900), max_size=3),
)
def test_addenda(
    humas: User, term: dict[str, Any], original: Any, day: date, moved: list[int]
) -> None:
    base = fresh(make_agreement(humas.unit, signed_on=day, original_ends_on=original, **term))
    states = []
    for number, days in enumerate(moved):
        states.append(columns(base))
        signed = day + timedelta(days=number)
        base.amend(
            by=humas, title="Masa", signed_on=signed, ends_on=LATE + timedelta(days=3000 + days)
        )
    for before in reversed(states):
        assert base.undo(by=humas, reason="Salah catat").verb == Verb.AMEND
        assert columns(base) == before
        base = fresh(base)
    assert base.last_verb() is None


@MANY
@given(term=TERMS, day=DAYS, signed=st.none() | DAYS)
def test_a_renewal(humas: User, term: dict[str, Any], day: date, signed: Any) -> None:
    old = fresh(make_agreement(humas.unit, signed_on=day, **term))
    before, status = columns(old), old.status_on(LATE)
    new = old.renew(by=humas, signed_on=signed)
    assert old.undo(by=humas, reason="Salah catat").paper == new
    assert columns(old) == before
    assert fresh(old).status_on(LATE) == status
    assert fresh(new).archived_on


# Which verb was the last


def test_a_paper_recorded_as_signed_has_none(client: Client, humas: User, paper: Agreement) -> None:
    assert paper.last_verb() is None
    page = undo(client, humas, paper)
    assert "Tidak ada yang dapat dibatalkan pada perjanjian ini." in page
    with pytest.raises(ValidationError, match="Tidak ada yang dapat dibatalkan"):
        paper.undo(by=humas, reason="Salah catat")


def test_one_after_the_other(humas: User, bapas_jember: Unit) -> None:
    paper = drafted(bapas_jember, term_months=24).sign(on=DAY, by=humas)
    paper.amend(by=humas, title="Ruang lingkup", signed_on=DAY)
    paper.renew(by=humas)
    paper.terminate(on=DAY, by=humas, reason="Mitra bubar")
    found = []
    while last := fresh(paper).last_verb():
        found.append(last.verb)
        fresh(paper).undo(by=humas, reason="Salah catat")
    assert found == [Verb.TERMINATE, Verb.RENEW, Verb.AMEND, Verb.SIGN]
    assert fresh(paper).stage == Stage.DRAFTING


def test_in_the_sampah_nothing_is_taken_back(humas: User, paper: Agreement) -> None:
    paper.terminate(on=DAY, by=humas, reason="Mitra bubar").archive(by=humas, reason="Ganda")
    assert paper.last_verb() is None


# The page


def test_it_says_what_happens_and_why_is_kept(
    client: Client, humas: User, paper: Agreement
) -> None:
    paper.terminate(on=DAY, by=humas, reason="Mitra bubar")
    client.force_login(humas)
    page = client.get(address(paper, "batalkan")).content.decode()
    assert "Batalkan pengakhiran?" in page
    assert "Perjanjian berlaku lagi seperti sebelum diakhiri." in page
    page = undo(client, humas, paper, reason="Ternyata dilanjutkan")
    assert "Pengakhiran dibatalkan." in page
    told = paper.history.first()
    assert (told.history_user, told.history_change_reason) == (
        humas,
        "Pengakhiran dibatalkan: Ternyata dilanjutkan",
    )


def test_taking_a_renewal_back_frees_the_place(
    client: Client, humas: User, paper: Agreement
) -> None:
    first = paper.renew(by=humas, signed_on=DAY)
    assert "Perpanjangan dibatalkan." in undo(client, humas, paper)
    assert fresh(first).archive_reason == "Salah catat"
    assert fresh(paper).status_on(DAY) == Status.ACTIVE
    assert paper.renew(by=humas, signed_on=DAY).replaces == paper


def test_a_reason_is_asked_for(client: Client, humas: User, paper: Agreement) -> None:
    paper.terminate(on=DAY, by=humas, reason="Mitra bubar")
    assert "Isi alasan." in undo(client, humas, paper, reason=" ")
    with pytest.raises(ValidationError, match="Tulis alasannya"):
        fresh(paper).undo(by=humas, reason=" ")
    assert fresh(paper).terminated_on == DAY


def built_on_signing(paper: Agreement, humas: User) -> None:
    make_delivery(paper, date=DAY)


def built_on_signing_below(paper: Agreement, humas: User) -> None:
    make_agreement(humas.unit, parent=paper, signed_on=DAY)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (built_on_signing, "Perjanjian ini sudah punya realisasi, jadi tetap ditandatangani."),
        (built_on_signing_below, "Perjanjian ini menjadi payung perjanjian lain"),
    ],
)
def test_what_builds_on_a_signing_keeps_it(
    client: Client, humas: User, bapas_jember: Unit, build: Any, message: str
) -> None:
    paper = drafted(bapas_jember).sign(on=DAY, by=humas)
    build(paper, humas)
    assert message in undo(client, humas, paper)
    with pytest.raises(ValidationError, match="jadi tetap ditandatangani|payung"):
        fresh(paper).undo(by=humas, reason="Salah catat")
    assert fresh(paper).stage == Stage.SIGNED


def deliver(new: Agreement, humas: User) -> None:
    make_delivery(new, date=DAY)


def renew_again(new: Agreement, humas: User) -> None:
    new.renew(by=humas)


def end_it(new: Agreement, humas: User) -> None:
    new.terminate(on=DAY, by=humas, reason="Mitra bubar")


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (deliver, "sudah punya realisasi, jadi tetap tersimpan."),
        (renew_again, "sudah diperpanjang, jadi tetap tersimpan."),
        (end_it, "sudah diakhiri. Batalkan pengakhiran itu dulu."),
    ],
)
def test_what_builds_on_a_renewal_keeps_it(
    client: Client, humas: User, paper: Agreement, build: Any, message: str
) -> None:
    new = paper.renew(by=humas, signed_on=DAY)
    build(new, humas)
    page = undo(client, humas, paper)
    assert message in page
    assert f'href="{new.get_absolute_url()}"' in page
    with pytest.raises(ValidationError):
        fresh(paper).undo(by=humas, reason="Salah catat")
    assert fresh(new).archived_on is None


def test_an_end_stays_once_the_paper_is_renewed(
    client: Client, humas: User, paper: Agreement
) -> None:
    paper.terminate(on=DAY, by=humas, reason="Mitra bubar")
    make_agreement(humas.unit, replaces=paper, signed_on=DAY)
    assert "sudah diperpanjang setelah diakhiri" in undo(client, humas, paper)
    assert fresh(paper).terminated_on == DAY


def test_an_end_moved_since_keeps_the_addendum(
    client: Client, humas: User, paper: Agreement
) -> None:
    paper.amend(by=humas, title="Masa", signed_on=DAY, ends_on=date(2028, 1, 4))
    paper.change(by=humas, ends_on=date(2028, 3, 4))
    assert "sudah diubah lagi setelah adendum ini" in undo(client, humas, paper)
    assert fresh(paper).ends_on == date(2028, 3, 4)


def test_a_renewal_of_another_unit_is_theirs(client: Client, humas: User, paper: Agreement) -> None:
    other = make_unit("Lapas Kelas IIB Contoh")
    theirs = make_agreement(other, replaces=paper, signed_on=None, title="Draf rahasia")
    page = undo(client, humas, paper)
    assert "Naskahnya milik Lapas Contoh." in page
    assert "Draf rahasia" not in page
    assert fresh(theirs).archived_on is None


def test_something_else_done_meanwhile_is_told(
    client: Client, humas: User, rekan: User, paper: Agreement
) -> None:
    paper.amend(by=rekan, title="Ruang lingkup", signed_on=DAY)
    client.force_login(humas)
    form = client.get(address(paper, "batalkan")).context["form"]
    opened = {"version": paper.version, "last": form["last"].value(), "reason": "Salah catat"}
    paper.renew(by=rekan)
    page = client.post(address(paper, "batalkan"), opened).content.decode()
    assert "berubah setelah Anda membukanya" in page
    assert "Batalkan perpanjangan?" in page
    assert not Agreement.objects.archived().exists()
    assert "Perpanjangan dibatalkan." in undo(client, humas, paper)


@pytest.mark.parametrize("last", ["", "x", "perpanjang-1", "\0", "9" * 5000])
def test_a_forged_answer_takes_nothing_back(
    client: Client, humas: User, paper: Agreement, last: str
) -> None:
    paper.terminate(on=DAY, by=humas, reason="Mitra bubar")
    undo(client, humas, paper, last=last)
    assert fresh(paper).terminated_on == DAY


def test_sent_twice_it_takes_back_one(client: Client, humas: User, bapas_jember: Unit) -> None:
    paper = drafted(bapas_jember).sign(on=DAY, by=humas)
    paper.terminate(on=DAY, by=humas, reason="Mitra bubar")
    client.force_login(humas)
    sent = {"version": paper.version, "last": f"akhiri-{paper.pk}", "reason": "Salah catat"}
    for _ in range(2):
        answer = client.post(
            address(paper, "batalkan"), sent | {"submit_token": "e" * 22}, follow=True
        )
        assert "Pengakhiran dibatalkan." in answer.content.decode()
    assert (fresh(paper).terminated_on, fresh(paper).stage) == (None, Stage.SIGNED)


def test_others_take_nothing_back(
    client: Client, humas_lain: User, pembaca: User, humas: User, paper: Agreement
) -> None:
    paper.terminate(on=DAY, by=humas, reason="Mitra bubar")
    before = columns(paper)
    for user in (humas_lain, pembaca):
        client.force_login(user)
        assert client.get(address(paper, "batalkan")).status_code == 403
        answer = client.post(address(paper, "batalkan"), {"reason": "Salah catat"})
        assert answer.status_code == 403
    assert columns(paper) == before
