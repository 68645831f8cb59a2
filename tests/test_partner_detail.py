"""The page of one partner."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from institutions.models import Unit, User
from partnerships.models import Partner, PartnerName, PartnerSector, Party, Sector
from tests.factories import make_agreement, make_delivery, make_event, make_partner
from tests.specimens import make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, humas: User) -> Client:
    client.force_login(humas)
    return client


@pytest.fixture
def partner(db: None) -> Partner:
    return make_partner("Dinas Kesehatan Contoh")


def page_of(desk: Client, partner: Partner) -> str:
    return desk.get(partner.get_absolute_url()).content.decode()


def test_it_shows_names_sectors_office_and_parts(desk: Client, partner: Partner) -> None:
    PartnerName(partner=partner, name="Dinkes Contoh").record(by=None)
    sector = Sector(code="X", label="Urusan contoh").record(by=None)
    PartnerSector(partner=partner, sector=sector).record(by=None)
    make_partner("Puskesmas Contoh", parent=partner)
    partner.office_phone = "0331-123"
    partner.record(by=None)
    page = page_of(desk, partner)
    for text in ("Dinkes Contoh", "Urusan contoh", "Puskesmas Contoh", "0331-123", "Dinas/OPD"):
        assert text in page, text
    assert f'href="/mitra/{partner.pk}/ubah/#id_address">Isi alamat</a>' in page


def test_it_tells_how_much_is_in_force_and_moves(
    desk: Client, humas: User, partner: Partner
) -> None:
    assert "Tidak ada perjanjian aktif" in page_of(desk, partner)
    agreement = make_agreement(humas.unit, partner, term_months=60)
    make_agreement(humas.unit, partner, term_months=60)
    make_delivery(agreement, date=timezone.localdate())
    assert "2 perjanjian aktif, 1 di antaranya berjalan" in page_of(desk, partner)


def test_it_lists_what_was_signed_done_and_delivered(
    desk: Client, humas: User, partner: Partner
) -> None:
    agreement = make_agreement(humas.unit, partner, title="Layanan kesehatan")
    make_event(humas.unit, title="Bakti kesehatan", starts_on=date(2026, 2, 3), partners=[partner])
    make_delivery(agreement, output="Skrining TB")
    page = page_of(desk, partner)
    for text in ("Layanan kesehatan", "Bakti kesehatan", "3 Februari 2026", "Skrining TB"):
        assert text in page, text


def test_what_strangers_draft_meet_and_deliver_is_not_shown(
    desk: Client, lapas_purwodadi: Unit, partner: Partner
) -> None:
    make_agreement(lapas_purwodadi, partner, title="KENARI draf", signed_on=None)
    make_event(lapas_purwodadi, title="KENARI rapat", partners=[partner])
    signed = make_agreement(lapas_purwodadi, partner, title="Kartu terbuka")
    make_delivery(signed, output="KENARI realisasi")
    page = page_of(desk, partner)
    assert "Kartu terbuka" in page
    assert "KENARI" not in page


def test_only_the_office_of_a_contact_is_for_everyone(
    client: Client, humas: User, humas_lain: User, pembaca: User, partner: Partner
) -> None:
    make_contact(
        partner=partner,
        unit=humas.unit,
        position="Kepala bidang",
        name="Budi Contoh",
        phone="0811-000",
        email="budi@contoh.go.id",
    )
    pages = {}
    for user in (humas, pembaca, humas_lain):
        client.force_login(user)
        pages[user] = page_of(client, partner)
    for user in (humas, pembaca):
        assert "Budi Contoh" in pages[user]
        assert "0811-000" in pages[user]
    assert "Kepala bidang" in pages[humas_lain]
    for private in ("Budi", "0811", "budi@"):
        assert private not in pages[humas_lain]


def test_long_lists_are_cut_with_a_way_to_all(desk: Client, humas: User, partner: Partner) -> None:
    for number in range(11):
        agreement = make_agreement(humas.unit, partner, title=f"Perjanjian {number}")
        make_event(humas.unit, partners=[partner])
        make_delivery(agreement)
    page = page_of(desk, partner)
    lists = {
        name: f'href="/{name}/?mitra={partner.pk}"'
        for name in ("perjanjian", "kegiatan", "realisasi")
    }
    for link in lists.values():
        assert link in page
    for name in lists:
        found = desk.get(f"/{name}/?mitra={partner.pk}").context["page_obj"]
        assert found.paginator.count == 11


def test_removing_is_offered_only_to_who_may(
    client: Client, humas: User, humas_lain: User, partner: Partner
) -> None:
    make_event(humas.unit, partners=[partner])
    link = f"/mitra/{partner.pk}/hapus/"
    client.force_login(humas)
    assert link in page_of(client, partner)
    client.force_login(humas_lain)
    assert link not in page_of(client, partner)


def test_in_the_sampah_it_can_only_be_brought_back(
    desk: Client, humas: User, partner: Partner
) -> None:
    partner.archive(by=humas, reason="tercatat dua kali")
    page = page_of(desk, partner)
    assert "tercatat dua kali" in page
    assert f'action="/mitra/{partner.pk}/pulihkan/"' in page
    for address in ("/ubah/", "/hapus/", "/perjanjian/baru/", "/realisasi/baru/"):
        assert address not in page


def test_a_manager_reads_and_corrects_but_records_nothing(
    client: Client, pembaca: User, partner: Partner
) -> None:
    client.force_login(pembaca)
    page = page_of(client, partner)
    assert "/ubah/" in page
    assert "/perjanjian/baru/" not in page


def test_a_merged_partner_points_on(desk: Client, partner: Partner) -> None:
    other = make_partner("Dinas Kesehatan Kabupaten Contoh")
    partner.merged_into = other
    partner.record(by=None)
    page = page_of(desk, partner)
    assert "digabungkan ke" in page
    assert f'href="/mitra/{other.pk}/"' in page


def test_text_is_shown_as_text(desk: Client, humas: User) -> None:
    hostile = "<script>x</script>"
    partner = make_partner(hostile, address=hostile, acronym=hostile)
    make_contact(partner=partner, unit=humas.unit, position=hostile, name=hostile)
    make_agreement(humas.unit, partner, title=hostile)
    assert hostile not in page_of(desk, partner)


@pytest.mark.parametrize("key", ["0", "-1", "abc", "9" * 30, "%00"])
def test_crooked_addresses_are_not_found(desk: Client, key: str) -> None:
    assert desk.get(f"/mitra/{key}/").status_code in {400, 404}


def test_the_number_of_queries_does_not_grow(desk: Client, humas: User, partner: Partner) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(partner.get_absolute_url())
        return len(queries)

    def fill(number: int) -> None:
        for _ in range(number):
            agreement = make_agreement(humas.unit, partner)
            Party(agreement=agreement, order=3, partner=make_partner()).record(by=None)
            make_delivery(agreement, event=make_event(humas.unit, partners=[partner]))
            make_contact(partner=partner, unit=humas.unit)

    fill(2)
    before = cost()
    fill(6)
    assert cost() == before


USES = {
    "nobody": lambda partner, mine, theirs: None,
    "an own paper": lambda partner, mine, theirs: make_agreement(mine, partner),
    "an own event": lambda partner, mine, theirs: make_event(mine, partners=[partner]),
    "a foreign paper": lambda partner, mine, theirs: make_agreement(theirs, partner),
    "a foreign event": lambda partner, mine, theirs: make_event(theirs, partners=[partner]),
    "a foreign delivery": lambda partner, mine, theirs: make_delivery(partner=partner, unit=theirs),
    "a foreign delivery under an own paper": lambda partner, mine, theirs: make_delivery(
        make_agreement(mine, partner), unit=theirs
    ),
}


@pytest.mark.parametrize("use", USES)
def test_the_page_knows_who_may_archive_the_partner(
    use: str, client: Client, humas: User, pengelola: User, humas_lain: User, partner: Partner
) -> None:
    USES[use](partner, humas.unit, humas_lain.unit)
    for user in (humas, pengelola, humas_lain):
        client.force_login(user)
        told = client.get(partner.get_absolute_url()).context["may_archive"]
        known = Partner.objects.archivable_by(User.objects.get(pk=user.pk))
        assert told == known.filter(pk=partner.pk).exists(), user
