"""Correcting an agreement: by its own subtree, two editors at once, parts with the paper."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from institutions.models import Role, Unit, User
from partnerships.models import Agreement, Party, Stage
from tests.agreement_payload import stored_payload
from tests.factories import (
    make_agreement,
    make_area,
    make_delivery,
    make_partner,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(bapas_jember: Unit) -> Agreement:
    return make_agreement(
        bapas_jember,
        make_partner("Dinas Sosial"),
        title="Layanan contoh",
        signed_on=date(2026, 1, 5),
        areas=[make_area()],
    )


def address(agreement: Agreement) -> str:
    return f"/perjanjian/{agreement.pk}/ubah/"


def edit(client: Client, user: User, agreement: Agreement, **fields: Any) -> str:
    client.force_login(user)
    data = stored_payload(agreement, **fields)
    return client.post(address(agreement), data, follow=True).content.decode()


@pytest.mark.parametrize("name", ["humas", "rekan", "pengelola"])
def test_the_own_subtree_corrects_it(
    client: Client, request: pytest.FixtureRequest, paper: Agreement, name: str
) -> None:
    fields = {"title": "Layanan baru", "unit": paper.unit_id}
    page = edit(client, request.getfixturevalue(name), paper, **fields)
    assert "Perubahan perjanjian tersimpan." in page
    paper.refresh_from_db()
    assert (paper.title, paper.version) == ("Layanan baru", 2)


def test_saving_without_changes_keeps_everything(
    client: Client, humas: User, paper: Agreement
) -> None:
    before = {name: getattr(paper, name) for name in ("title", "ends_on", "stage", "term_months")}
    parties = list(paper.parties.values_list("pk", "unit", "partner", "number"))
    edit(client, humas, paper)
    paper.refresh_from_db()
    assert {name: getattr(paper, name) for name in before} == before
    assert list(paper.parties.values_list("pk", "unit", "partner", "number")) == parties
    assert paper.area_links.count() == 1


def test_parties_are_changed_added_and_removed_together(
    client: Client, humas: User, paper: Agreement
) -> None:
    third = make_partner("Dinas Ketiga")
    edit(
        client,
        humas,
        paper,
        **{
            "parties-TOTAL_FORMS": 3,
            "parties-0-number": "W15-7",
            "parties-1-DELETE": "on",
            "parties-2-who": f"p{third.pk}",
        },
    )
    assert [(party.who, party.number) for party in paper.parties.all()] == [
        (humas.unit, "W15-7"),
        (third, ""),
    ]
    assert Agreement.objects.search("w15 7").get() == paper


def test_the_page_finds_it_by_its_new_partner(
    client: Client, humas: User, paper: Agreement
) -> None:
    other = make_partner("Yayasan Lain")
    edit(client, humas, paper, **{"parties-1-who": f"p{other.pk}"})
    assert list(Agreement.objects.search("yayasan lain")) == [paper]
    assert not Agreement.objects.search("dinas sosial").exists()


def test_moving_the_start_moves_an_end_that_was_not_typed(
    client: Client, humas: User, paper: Agreement
) -> None:
    edit(client, humas, paper, starts_on="1 Maret 2026")
    paper.refresh_from_db()
    assert paper.ends_on == date(2027, 2, 28)


def test_moving_the_start_behind_the_old_end_is_no_error(
    client: Client, humas: User, paper: Agreement
) -> None:
    page = edit(client, humas, paper, signed_on="5 Januari 2021", starts_on="1 Maret 2030")
    assert "Perubahan perjanjian tersimpan." in page
    paper.refresh_from_db()
    assert paper.ends_on == date(2031, 2, 28)


def test_a_typed_end_stays_when_the_start_moves(
    client: Client, humas: User, bapas_jember: Unit
) -> None:
    paper = make_agreement(bapas_jember, ends_on=date(2027, 6, 30), end_is_typed=True)
    edit(client, humas, paper, term="tanggal", ends_on="30 Juni 2027", starts_on="1 Maret 2026")
    paper.refresh_from_db()
    assert paper.ends_on == date(2027, 6, 30)


def test_a_term_of_unusual_length_stays_on_offer(
    client: Client, humas: User, bapas_jember: Unit
) -> None:
    paper = make_agreement(bapas_jember, term_months=18)
    client.force_login(humas)
    page = client.get(address(paper)).content.decode()
    assert "1 tahun 6 bulan" in page
    edit(client, humas, paper)
    paper.refresh_from_db()
    assert paper.term_months == 18


def test_the_form_of_a_signed_paper_asks_for_no_stage(
    client: Client, humas: User, paper: Agreement
) -> None:
    client.force_login(humas)
    assert 'name="stage"' not in client.get(address(paper)).content.decode()


def test_a_draft_is_signed_by_its_date(client: Client, humas: User, bapas_jember: Unit) -> None:
    draft = make_agreement(bapas_jember, signed_on=None)
    edit(client, humas, draft, signed_on="5 Januari 2026", term="12")
    draft.refresh_from_db()
    assert (draft.stage, draft.ends_on) == (Stage.SIGNED, date(2027, 1, 4))


def test_a_date_recorded_by_mistake_can_be_taken_back(
    client: Client, humas: User, paper: Agreement
) -> None:
    edit(client, humas, paper, signed_on="", stage="AWAITING")
    paper.refresh_from_db()
    assert (paper.stage, paper.ends_on) == (Stage.AWAITING, None)


def test_what_has_deliveries_stays_signed(client: Client, humas: User, paper: Agreement) -> None:
    make_delivery(paper)
    page = edit(client, humas, paper, signed_on="")
    assert "sudah punya realisasi" in page
    paper.refresh_from_db()
    assert paper.stage == Stage.SIGNED


def test_an_office_moves_a_record_to_the_right_unit_of_its_subtree(
    client: Client, paper: Agreement, lapas_purwodadi: Unit
) -> None:
    officer = make_user(Role.HUMAS, unit=paper.unit.parent)
    neighbour = make_unit("Lapas Contoh Timur", province=paper.unit.province)
    edit(client, officer, paper, unit=neighbour.pk)
    paper.refresh_from_db()
    assert paper.unit == neighbour
    page = edit(client, officer, paper, unit=lapas_purwodadi.pk)
    assert "Pilihan itu tidak ada. Cari lagi." in page


def test_two_editors_see_both_values_and_the_second_save_decides(
    client: Client, humas: User, rekan: User, paper: Agreement
) -> None:
    stale = stored_payload(paper, title="Judul kedua", **{"parties-1-number": "NOMOR-B"})
    edit(client, rekan, paper, title="Judul pertama", **{"parties-1-number": "NOMOR-A"}, term="24")
    client.force_login(humas)
    page = client.post(address(paper), stale).content.decode()
    assert "Catatan ini diubah orang lain" in page
    for words in ("Judul pertama", "Judul kedua", "NOMOR-A", "NOMOR-B", "Pihak 2: Nomor naskah"):
        assert words in page
    assert "2 tahun" in page.split("Isian yang berbeda")[1].split("</table>")[0]
    paper.refresh_from_db()
    assert paper.title == "Judul pertama"
    edit(client, humas, paper, title="Judul kedua")
    paper.refresh_from_db()
    assert paper.title == "Judul kedua"


@pytest.mark.parametrize("version", ["", "0", "x", "-1", "9" * 30])
def test_a_missing_or_forged_version_changes_nothing(
    client: Client, humas: User, paper: Agreement, version: str
) -> None:
    edit(client, humas, paper, title="Lain", version=version)
    paper.refresh_from_db()
    assert paper.title == "Layanan contoh"


def test_a_row_a_colleague_removed_is_told(
    client: Client, humas: User, rekan: User, paper: Agreement
) -> None:
    stale = stored_payload(paper)
    edit(client, rekan, paper, **{"parties-1-DELETE": "on"})
    client.force_login(humas)
    page = client.post(address(paper), stale).content.decode()
    assert "Baris ini sudah dihapus." in page


def test_a_party_of_another_paper_cannot_be_taken_over(
    client: Client, humas: User, paper: Agreement, humas_lain: User
) -> None:
    theirs = make_agreement(humas_lain.unit)
    party = theirs.parties.get(unit=humas_lain.unit)
    edit(client, humas, paper, **{"parties-0-id": party.pk, "parties-0-number": "DIUBAH"})
    assert not Party.objects.filter(number="DIUBAH").exists()


def test_posted_columns_outside_the_form_change_nothing(
    client: Client, humas: User, paper: Agreement, lapas_purwodadi: Unit
) -> None:
    forged = {
        "unit": lapas_purwodadi.pk,
        "terminated_on": "1 Mei 2026",
        "archived_on": "1 Mei 2026",
        "is_open_ended": "on",
        "end_is_typed": "on",
        "recorded_by": 1,
        "amends": paper.pk,
    }
    edit(client, humas, paper, **forged)
    paper.refresh_from_db()
    assert paper.unit != lapas_purwodadi
    assert paper.terminated_on is paper.archived_on is paper.amends is None
    assert not paper.is_open_ended


def test_a_paper_cannot_stand_under_itself(client: Client, humas: User, paper: Agreement) -> None:
    page = edit(client, humas, paper, parent=paper.pk)
    assert "Rantai perjanjian tidak dapat kembali ke dirinya sendiri." in page


def test_others_are_told_whose_it_is(client: Client, humas_lain: User, paper: Agreement) -> None:
    client.force_login(humas_lain)
    for response in (client.get(address(paper)), client.post(address(paper), {"title": "x"})):
        assert response.status_code == 403
        assert "Bapas Jember" in response.content.decode()


def test_drafts_of_others_are_not_found(
    client: Client, humas_lain: User, bapas_jember: Unit
) -> None:
    draft = make_agreement(bapas_jember, signed_on=None)
    client.force_login(humas_lain)
    assert client.get(address(draft)).status_code == 404
    assert client.post(address(draft), {"title": "x"}).status_code == 404


def test_managers_and_papers_in_the_sampah_are_not_edited(
    client: Client, pembaca: User, humas: User, paper: Agreement
) -> None:
    client.force_login(pembaca)
    assert client.get(address(paper)).status_code == 403
    paper.archive(by=humas, reason="ganda")
    client.force_login(humas)
    assert client.get(address(paper)).status_code == 404
