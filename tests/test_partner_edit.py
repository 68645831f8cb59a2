"""Correcting a partner of the shared directory."""

from typing import Any

import pytest
from django.test import Client

from institutions.models import User
from partnerships.models import Contact, Partner, PartnerName, Sector
from tests.factories import make_agreement, make_event, make_partner, make_regency
from tests.specimens import make_contact

pytestmark = pytest.mark.django_db
FIELDS = ("name", "acronym", "kind", "address", "office_phone", "office_email", "website")
LINKS = ("regency", "province", "parent")


@pytest.fixture
def desk(client: Client, humas: User) -> Client:
    client.force_login(humas)
    return client


@pytest.fixture
def partner(db: None) -> Partner:
    return make_partner("Dinas Kesehatan Contoh")


def address(partner: Partner) -> str:
    return f"/mitra/{partner.pk}/ubah/"


def stored(partner: Partner, **fields: Any) -> dict[str, Any]:
    """The form as it opens, without its rows, sent back with some fields changed."""
    partner.refresh_from_db()
    sent = {name: getattr(partner, name) for name in FIELDS}
    sent |= {name: getattr(partner, f"{name}_id") or "" for name in LINKS}
    sent |= {"version": partner.version, "sectors": []}
    for prefix in ("names", "contacts"):
        sent |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return sent | fields


def test_a_correction_is_saved_with_its_author(desk: Client, humas: User, partner: Partner) -> None:
    page = desk.post(address(partner), stored(partner, address="Jalan Contoh 1"), follow=True)
    partner.refresh_from_db()
    assert partner.address == "Jalan Contoh 1"
    assert partner.history.first().history_user == humas
    assert "Perubahan mitra tersimpan." in page.content.decode()


def test_a_new_name_is_found_where_it_is_quoted(
    desk: Client, humas: User, partner: Partner
) -> None:
    agreement = make_agreement(humas.unit, partner)
    desk.post(address(partner), stored(partner, name="Dinas Kebugaran"))
    agreement.refresh_from_db()
    assert "kebugaran" in agreement.search_text


def test_sectors_are_exactly_those_ticked(desk: Client, partner: Partner) -> None:
    first, second = (Sector(code=code, label=code).record(by=None) for code in "AB")
    desk.post(address(partner), stored(partner, sectors=[first.pk, second.pk]))
    desk.post(address(partner), stored(partner, sectors=[second.pk]))
    assert [link.sector for link in partner.sector_links.all()] == [second]


def test_rows_are_changed_and_removed_together(desk: Client, humas: User, partner: Partner) -> None:
    kept = PartnerName(partner=partner, name="Dinkes").record(by=None)
    gone = PartnerName(partner=partner, name="Keliru").record(by=None)
    rows = {"names-TOTAL_FORMS": 2, "names-INITIAL_FORMS": 2}
    for number, row in enumerate((kept, gone)):
        rows |= {
            f"names-{number}-id": row.pk,
            f"names-{number}-name": row.name,
            f"names-{number}-kind": row.kind,
        }
    rows |= {"names-0-name": "Dinkes Contoh", "names-1-DELETE": "on"}
    desk.post(address(partner), stored(partner, **rows))
    assert [name.name for name in partner.names.all()] == ["Dinkes Contoh"]
    partner.refresh_from_db()
    assert "keliru" not in partner.search_text


def test_a_row_of_another_partner_cannot_be_taken_over(desk: Client, partner: Partner) -> None:
    foreign = PartnerName(partner=make_partner(), name="Milik lain").record(by=None)
    rows = {
        "names-TOTAL_FORMS": 1,
        "names-INITIAL_FORMS": 1,
        "names-0-id": foreign.pk,
        "names-0-name": "Diambil",
        "names-0-kind": "ALIAS",
    }
    desk.post(address(partner), stored(partner, **rows))
    foreign.refresh_from_db()
    assert foreign.name == "Milik lain"


def test_contacts_of_other_units_are_neither_shown_nor_changed(
    desk: Client, humas_lain: User, partner: Partner
) -> None:
    foreign = make_contact(partner=partner, unit=humas_lain.unit, name="KENARI", phone="0811")
    assert "KENARI" not in desk.get(address(partner)).content.decode()
    rows = {
        "contacts-TOTAL_FORMS": 1,
        "contacts-INITIAL_FORMS": 1,
        "contacts-0-id": foreign.pk,
        "contacts-0-name": "Diambil",
        "contacts-0-basis": "DUTY",
        "contacts-0-DELETE": "on",
    }
    response = desk.post(address(partner), stored(partner, **rows))
    assert "KENARI" not in response.content.decode()
    assert Contact.objects.get().name == "KENARI"


def test_identity_that_another_unit_relies_on_is_shown_but_not_asked(
    desk: Client, humas_lain: User, partner: Partner
) -> None:
    make_event(humas_lain.unit, partners=[partner])
    page = desk.get(address(partner)).content.decode()
    assert "hanya diubah oleh manajer Kanwil atau admin" in page
    assert 'name="name"' not in page
    desk.post(
        address(partner), stored(partner, name="Diganti", kind="PT", acronym="DKC", regency="")
    )
    partner.refresh_from_db()
    assert (partner.name, partner.kind) == ("Dinas Kesehatan Contoh", "OPD")
    assert partner.regency is not None
    assert partner.acronym == "DKC"


def test_a_blank_of_the_identity_may_be_filled_by_anyone(desk: Client, humas_lain: User) -> None:
    partner = make_partner("Yayasan Contoh", kind="YAYASAN", regency=None)
    make_event(humas_lain.unit, partners=[partner])
    regency = make_regency()
    desk.post(address(partner), stored(partner, regency=regency.pk))
    partner.refresh_from_db()
    assert (partner.regency, partner.province) == (regency, regency.province)


def test_a_manager_changes_the_identity_all_the_same(
    client: Client, pembaca: User, humas_lain: User, partner: Partner
) -> None:
    make_event(humas_lain.unit, partners=[partner])
    client.force_login(pembaca)
    client.post(address(partner), stored(partner, name="Dinas Kesehatan Baru"))
    partner.refresh_from_db()
    assert partner.name == "Dinas Kesehatan Baru"


def test_a_regency_can_be_taken_away(desk: Client, partner: Partner) -> None:
    desk.post(address(partner), stored(partner, regency="tanpa"))
    partner.refresh_from_db()
    assert partner.regency is None
    assert partner.province is not None


def test_a_name_that_exists_is_told_and_saved(desk: Client, partner: Partner) -> None:
    make_partner("Dinas Kesehatan Baru")
    page = desk.post(address(partner), stored(partner, name="dinkes baru"), follow=True)
    assert "sudah terdaftar di Kabupaten Grobogan" in page.content.decode()
    partner.refresh_from_db()
    assert partner.name == "dinkes baru"


@pytest.mark.parametrize("version", ["", "0", "99"])
def test_a_stale_form_shows_both_and_keeps_what_was_typed(
    desk: Client, rekan: User, partner: Partner, version: str
) -> None:
    mine = stored(partner, address="Tulisan saya", version=version)
    partner.address = "Tulisan rekan"
    partner.record(by=rekan)
    page = desk.post(address(partner), mine).content.decode()
    partner.refresh_from_db()
    assert partner.address == "Tulisan rekan"
    assert "Tulisan saya" in page
    assert "Isian yang berbeda" in page


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"kind": "TIDAKADA"},
        {"regency": "999999"},
        {"province": "abc"},
        {"website": "javascript:alert(1)"},
        {"office_email": "bukan surel"},
        {"sectors": ["0"]},
        {"names-TOTAL_FORMS": "banyak"},
        {"address": "x" * 501},
    ],
)
def test_bad_input_is_answered_with_the_form(
    desk: Client, partner: Partner, fields: dict[str, Any]
) -> None:
    response = desk.post(address(partner), stored(partner, **fields))
    assert response.status_code == 200
    assert "yang perlu diperbaiki" in response.content.decode()
    partner.refresh_from_db()
    assert partner.version == 1


def test_no_partner_is_part_of_itself(desk: Client, partner: Partner) -> None:
    page = desk.post(address(partner), stored(partner, parent=partner.pk)).content.decode()
    assert "bagian dari" in page
    partner.refresh_from_db()
    assert partner.parent is None


def test_in_the_sampah_nothing_is_changed(desk: Client, humas: User, partner: Partner) -> None:
    partner.archive(by=humas, reason="keliru")
    assert desk.get(address(partner)).status_code == 404
    assert desk.post(address(partner), stored(partner)).status_code == 404
