"""A memorandum above, agreements with single agencies below it."""

from datetime import date

import pytest
from django.test import Client

from institutions.models import User
from partnerships.models import Agreement
from tests.agreement_payload import new_payload
from tests.factories import make_agreement, make_partner

pytestmark = pytest.mark.django_db
URL = "/perjanjian/baru/"
LINK = "Catat perjanjian di bawah naskah ini"


@pytest.fixture
def umbrella(humas: User) -> Agreement:
    return make_agreement(
        humas.unit,
        make_partner("Bupati Contoh", kind="PEMDA"),
        kind="NKB",
        title="Kerja sama daerah",
    )


def test_from_the_page_of_a_memorandum_a_paper_is_recorded_below_it(
    client: Client, humas: User, umbrella: Agreement
) -> None:
    client.force_login(humas)
    below = f"{URL}?payung={umbrella.pk}"
    assert (
        f'<a href="{below}">{LINK}</a>' in client.get(umbrella.get_absolute_url()).content.decode()
    )
    form = client.get(below).content.decode()
    assert f'name="parent" value="{umbrella.pk}" checked' in form
    assert '<details class="more" open>\n      <summary>Ruang lingkup' in form
    sent = new_payload(humas.unit, make_partner(), parent=umbrella.pk, signed_on="11 Februari 2026")
    page = client.post(below, sent, follow=True).content.decode()
    assert Agreement.objects.latest("pk").parent == umbrella
    assert "Naskah payung" in page
    assert "Layanan kesehatan" in client.get(umbrella.get_absolute_url()).content.decode()


def test_the_next_paper_of_the_day_hangs_under_the_same_one(
    client: Client, humas: User, umbrella: Agreement
) -> None:
    client.force_login(humas)
    sent = new_payload(
        humas.unit, make_partner(), parent=umbrella.pk, signed_on="11 Februari 2026", lagi="1"
    )
    page = client.post(URL, sent, follow=True).content.decode()
    assert f'name="parent" value="{umbrella.pk}" checked' in page


@pytest.mark.parametrize(
    "fields", [{"kind": "PKS"}, {"kind": "NKB", "signed_on": None}, {"kind": "RK"}]
)
def test_under_other_papers_nothing_is_recorded(
    client: Client, humas: User, fields: dict[str, str]
) -> None:
    client.force_login(humas)
    paper = make_agreement(humas.unit, **fields)
    assert LINK not in client.get(paper.get_absolute_url()).content.decode()


def test_who_only_reads_gets_no_link(client: Client, pembaca: User, umbrella: Agreement) -> None:
    client.force_login(pembaca)
    assert LINK not in client.get(umbrella.get_absolute_url()).content.decode()


@pytest.mark.parametrize("kept", ["draft", "card"])
def test_a_paper_that_may_not_be_read_is_passed_over(
    client: Client, humas: User, humas_lain: User, kept: str
) -> None:
    theirs = make_agreement(
        humas_lain.unit, kind="NK", signed_on=None if kept == "draft" else date(2026, 1, 5)
    )
    client.force_login(humas)
    page = client.get(URL, {"payung": theirs.pk})
    assert page.status_code == 200
    assert theirs.title not in page.content.decode()
