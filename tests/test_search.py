"""Words find rows whatever their spelling, and still do after somebody was renamed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from institutions.models import Regency, Unit
from partnerships.models import Agreement, Attendance, Delivery, Event, Partner, PartnerName
from tests.factories import (
    make_agreement,
    make_delivery,
    make_event,
    make_partner,
    make_regency,
    make_unit,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Dinas Sosial Kabupaten Grobogan", "dinsos kab grobogan"),
        ("Dinas Sosial Kabupaten Grobogan", "Grobogan DINAS"),
        ("Dinsos Kab. Grobogan", "dinas sosial kabupaten grobogan"),
        ("Forum Kerja Sama Pemuda", "kerjasama"),
        ("Forum Kerjasama Pemuda", "kerja sama"),
        ("Yayasan Al-Ikhlas", "al ikhlas"),
        ("Yayasan Al-Ikhlas", "yayasan al-ikhlas"),
        ("SMKN2 Purwodadi", "smkn 2"),
        ("Pokmas Lipas Maju Bersama", "pokmas maju"),
        ("Rumah Sakit Umum Daerah", "rsud"),
        ("Dinas Lingkungan Hidup", "din"),
        ("Café Élan", "cafe elan"),
    ],
)
def test_a_partner_is_found_however_it_is_spelt(name, query):
    partner = make_partner(name, regency=None)
    assert list(Partner.objects.search(query)) == [partner]


def test_every_word_has_to_be_there():
    make_partner("Dinas Sosial", regency=make_regency())
    assert Partner.objects.search("dinas sosial grobogan").exists()
    assert not Partner.objects.search("dinas sosial jember").exists()


@pytest.mark.parametrize("query", ["W.13.PAS.8-PK.01.05-12", "w13pas8pk010512", "PAS.8 PK 01 05"])
def test_numbers_are_found_without_their_punctuation(query):
    agreement = make_agreement()
    party = agreement.parties.get(order=2)
    party.number = "W.13.PAS.8-PK.01.05-12 Tahun 2026"
    party.record(by=None)
    agreement.refresh_search_text()
    assert list(Agreement.objects.search(query)) == [agreement]


@pytest.mark.parametrize("query", ["", "  "])
def test_no_text_finds_all(query):
    make_partner()
    assert Partner.objects.search(query).exists()


@pytest.mark.parametrize("query", ["!!!", "%", "_", "\0", "\\"])
def test_text_without_a_letter_finds_nothing(query):
    make_partner("100% Halal_Baik")
    assert not Partner.objects.search(query).exists()
    assert not Unit.objects.search(query).exists()
    assert not Regency.objects.search(query).exists()


def records_with(partner: Partner) -> list[Agreement | Event | Delivery]:
    """Found by the partner's name: its agreement, its event, what was delivered."""
    unit = make_unit()
    agreement = make_agreement(unit, partner)
    return [
        agreement,
        make_event(unit, partners=[partner]),
        make_delivery(partner=partner, unit=unit),
        make_delivery(agreement),
    ]


def unfound(records: list[Agreement | Event | Delivery], query: str) -> list[str]:
    return [
        type(row).__name__
        for row in records
        if not type(row).objects.search(query).filter(pk=row.pk).exists()
    ]


def test_a_renamed_partner_is_found_by_its_new_name(humas):
    partner = make_partner("Dinas Kesejahteraan")
    records = records_with(partner)
    partner.name = "Badan Pemberdayaan"
    partner.record(by=humas, reason="Berganti nama")
    assert unfound(records, "badan pemberdayaan") == []
    assert unfound(records, "kesejahteraan") == [type(row).__name__ for row in records]


def test_an_alias_finds_everything_with_the_partner(humas):
    partner = make_partner("PUSPA Madani Kampar", acronym="PUSPA")
    records = records_with(partner)
    alias = PartnerName(partner=partner, name="Pusat Solidaritas Perempuan").record(by=humas)
    partner.refresh_search_text()
    assert unfound([partner, *records], "solidaritas") == []
    alias.remove(by=humas)
    partner.refresh_search_text()
    assert len(unfound([partner, *records], "solidaritas")) == 5


def test_a_renamed_unit_is_found_by_its_new_name(humas):
    unit = make_unit("Lapas Kelas IIB Contoh")
    as_party = make_agreement(make_unit())
    as_party.parties.filter(order=2).update(unit=unit, partner=None)
    as_party.refresh_search_text()
    kept = make_agreement(unit)
    records = [kept, as_party, make_event(unit), make_delivery(kept)]
    unit.name = unit.short_name = "Lapas Seberang"
    unit.record(by=None)
    assert unfound(records, "seberang") == []


def test_an_agreement_with_another_title_finds_its_deliveries(humas):
    agreement = make_agreement(title="Layanan kesehatan")
    delivery = make_delivery(agreement)
    agreement.title = "Pelatihan las"
    agreement.record(by=humas)
    assert unfound([delivery], "pelatihan las") == []


def test_other_changes_leave_what_quotes_the_row_alone():
    partner = make_partner()
    agreement = make_agreement(partner=partner)
    Agreement.objects.filter(pk=agreement.pk).update(search_text="belum dibangun ulang")
    partner.address = "Jalan Contoh 1"
    partner.record(by=None)
    agreement.refresh_from_db()
    assert agreement.search_text == "belum dibangun ulang"


def test_an_event_is_found_by_a_name_nobody_registered():
    event = make_event()
    Attendance(event=event, name_as_written="KUA Kecamatan Ambulu").record(by=None)
    event.refresh_search_text()
    assert list(Event.objects.search("kua ambulu")) == [event]


def test_more_parties_do_not_mean_more_queries(humas):
    agreement = make_agreement()
    with CaptureQueriesContext(connection) as few:
        agreement.refresh_search_text()
    for order in range(3, 23):
        partner = make_partner()
        PartnerName(partner=partner, name=f"Nama lain {order}").record(by=None)
        agreement.parties.create(order=order, partner=partner)
    agreement.refresh_search_text()
    with CaptureQueriesContext(connection) as many:
        agreement.refresh_search_text()
    assert len(many) == len(few)
    assert list(Agreement.objects.search("nama lain 22")) == [agreement]
