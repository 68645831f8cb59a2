"""What the page of an agreement offers to do with it, and what it shows of what was done."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from institutions.models import Unit, User
from partnerships.models import Agreement
from tests.factories import make_agreement, make_delivery, make_event, make_partner

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
RUNNING = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


@pytest.fixture
def paper(bapas_jember: Unit) -> Agreement:
    return make_agreement(bapas_jember, make_partner("Dinas Kesehatan"), signed_on=RUNNING)


def page(client: Client, user: User, agreement: Agreement) -> str:
    client.force_login(user)
    return client.get(agreement.get_absolute_url()).content.decode()


EDIT, GONE = "Ubah", "Hapus"
AMEND, END = "Catat adendum", "Akhiri perjanjian"


@pytest.mark.parametrize(
    ("signed_on", "verb", "labels"),
    [
        (None, "", ["Catat penandatanganan", EDIT, GONE]),
        (RUNNING, "", [EDIT, "Perpanjang", AMEND, END, GONE]),
        (date(2026, 1, 5), "", ["Perpanjang", EDIT, AMEND, END, GONE]),
        (date(2025, 1, 5), "", ["Perpanjang", EDIT, AMEND, END, GONE]),
        (None, "sign", [EDIT, "Perpanjang", AMEND, END, "Batalkan penandatanganan", GONE]),
        (RUNNING, "draft", [EDIT, AMEND, END, "Batalkan perpanjangan", GONE]),
        (RUNNING, "renew", [EDIT, "Batalkan perpanjangan", GONE]),
        (RUNNING, "amend", [EDIT, "Perpanjang", AMEND, END, "Batalkan adendum", GONE]),
        (RUNNING, "terminate", [EDIT, "Batalkan pengakhiran", GONE]),
        (None, "deliver", [EDIT, "Perpanjang", AMEND, END, GONE]),
    ],
)
def test_exactly_what_is_legal_is_offered_the_main_thing_first(
    client: Client, humas: User, bapas_jember: Unit, signed_on: Any, verb: str, labels: list[str]
) -> None:
    paper = make_agreement(bapas_jember, signed_on=signed_on, term_months=12)
    day = date(2026, 7, 1)
    if verb in ("sign", "deliver"):
        paper.sign(on=day, by=humas)
    if verb == "deliver":
        make_delivery(paper, date=day)
    if verb in ("draft", "renew"):
        paper.renew(by=humas, signed_on=day if verb == "renew" else None)
    if verb == "amend":
        paper.amend(by=humas, title="Masa", signed_on=day, ends_on=date(2029, 1, 4))
    if verb == "terminate":
        paper.terminate(on=day, by=humas, reason="Mitra bubar")
    client.force_login(humas)
    actions = client.get(paper.get_absolute_url()).context["actions"]
    assert [action["label"] for action in actions] == labels
    # Each opens with its form; only removing says on its own page why something has to stay.
    for action in actions[:-1]:
        page = client.get(action["url"])
        assert page.status_code == 200
        assert "Belum dapat dilakukan" not in page.content.decode()


def test_on_an_addendum_nothing_is_built(client: Client, humas: User, paper: Agreement) -> None:
    addendum = paper.amend(by=humas, title="Masa", signed_on=date(2026, 7, 1))
    client.force_login(humas)
    actions = client.get(addendum.get_absolute_url()).context["actions"]
    assert [action["label"] for action in actions] == [EDIT, GONE]


def test_the_rest_opens_without_a_script(client: Client, humas: User, paper: Agreement) -> None:
    text = page(client, humas, paper)
    assert text.count('<details class="others">') == 1
    assert f'<li><a href="/perjanjian/{paper.pk}/akhiri/">Akhiri perjanjian</a></li>' in text


def test_readers_are_offered_no_verb(
    client: Client, pembaca: User, humas_lain: User, paper: Agreement
) -> None:
    for user in (pembaca, humas_lain):
        text = page(client, user, paper)
        for address in ("perpanjang", "adendum", "akhiri", "batalkan", "tandatangani"):
            assert f"/{address}/" not in text


def test_addenda_and_renewals_stand_in_the_timeline(
    client: Client, humas: User, paper: Agreement
) -> None:
    paper.amend(by=humas, title="Masa", signed_on=date(2026, 7, 1), ends_on=date(2028, 6, 4))
    paper.renew(by=humas, signed_on=date(2026, 8, 1), title="Lanjutan")
    text = page(client, humas, paper)
    for words in ("Diubah dengan adendum: Masa", "Diperpanjang dengan: Lanjutan"):
        assert words in text
    assert "1 Juli 2026 s.d. 4 Juni 2028" in text


def test_the_event_of_the_signing_is_a_fact(
    client: Client, humas: User, bapas_jember: Unit
) -> None:
    event = make_event(bapas_jember, title="Temu mitra", starts_on=date(2026, 1, 5))
    text = page(client, humas, make_agreement(bapas_jember, signing_event=event))
    assert "Pada kegiatan" in text
    assert text.count(f'href="{event.get_absolute_url()}"') == 2


def test_a_paper_with_everything_costs_eight_questions(
    client: Client, humas: User, bapas_jember: Unit
) -> None:
    event = make_event(bapas_jember, starts_on=date(2026, 1, 5))
    umbrella = make_agreement(bapas_jember, kind="NKB")
    old = make_agreement(bapas_jember, signed_on=date(2025, 1, 5))
    paper = make_agreement(bapas_jember, signed_on=None, parent=umbrella, replaces=old)
    paper.sign(on=date(2026, 1, 5), by=humas)
    paper.change(by=humas, signing_event=event)
    paper.amend(by=humas, title="Masa", signed_on=date(2026, 7, 1), ends_on=date(2028, 6, 4))
    paper.renew(by=humas)
    make_delivery(paper)
    make_agreement(bapas_jember, parent=paper)
    client.force_login(humas)
    client.get(paper.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        client.get(paper.get_absolute_url())
    # Besides session, user and permissions: the units below and above, the paper, its parts, the
    # papers around it, events, deliveries, and the names its sides had (one each).
    assert len(queries) - 3 == 8
