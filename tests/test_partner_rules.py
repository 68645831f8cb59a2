"""What holds for one partner: names, region, the organisation it is part of, its removal."""

import pytest
from django.core.exceptions import ValidationError

from institutions.models import RegencyKind
from partnerships.models import Partner, PartnerName, Stage
from tests.factories import (
    make_agreement,
    make_delivery,
    make_event,
    make_partner,
    make_province,
    make_regency,
    make_unit,
)

pytestmark = pytest.mark.django_db


def test_name_kind_and_regency_are_enough():
    partner = Partner(name="Dinas Sosial", kind="OPD", regency=make_regency()).record(by=None)
    assert partner.province == make_province()
    assert partner.name_key == "dinas sosial"


def test_a_partner_of_the_centre_needs_no_region():
    assert make_partner("Kementerian Sosial", kind="K_L", regency=None).region is None


def test_the_province_follows_the_regency():
    partner = make_partner()
    partner.regency = make_regency(
        "35.09", "Jember", province=make_province("35", "Jawa Timur"), kind=RegencyKind.KABUPATEN
    )
    assert partner.record(by=None).province.code == "35"


def test_two_foundations_of_one_name_in_one_regency_are_real():
    for _ in range(2):
        make_partner("Yayasan Al-Ikhlas", kind="YAYASAN")
    assert Partner.objects.with_same_name_as("yayasan al ikhlas").count() == 2


def test_the_same_name_is_found_however_it_is_spelt():
    partner = make_partner("Dinas Sosial Kabupaten Grobogan")
    assert list(Partner.objects.with_same_name_as("Dinsos Kab. Grobogan")) == [partner]


def test_removed_partners_do_not_warn_of_a_second_one(humas):
    make_partner("Dinas Sosial").archive(by=humas, reason="Tercatat dua kali")
    assert not Partner.objects.with_same_name_as("Dinas Sosial").exists()


def test_one_alias_stands_once():
    partner = make_partner()
    PartnerName(partner=partner, name="Dinsos").record(by=None)
    with pytest.raises(ValidationError) as refused:
        PartnerName(partner=partner, name=" Dinsos ").record(by=None)
    assert refused.value.messages == ["Nama ini sudah tercatat untuk mitra itu."]


def test_no_partner_is_part_of_its_own_parts():
    university = make_partner("Universitas Contoh", kind="PT")
    faculty = make_partner("Fakultas Contoh", kind="PT", parent=university)
    university.parent = faculty
    with pytest.raises(ValidationError) as refused:
        university.record(by=None)
    assert refused.value.message_dict["parent"] == [
        "Fakultas Contoh sudah menjadi bagian dari mitra ini."
    ]


def test_parts_go_ten_levels_deep_and_no_deeper():
    partner = make_partner()
    for _ in range(9):
        partner = make_partner(parent=partner)
    with pytest.raises(ValidationError) as refused:
        make_partner(parent=make_partner(parent=partner))
    assert refused.value.messages == ["Susunan induk mitra terlalu dalam."]


def test_a_party_of_a_signed_agreement_stays(humas):
    partner = make_partner()
    make_agreement(partner=partner)
    with pytest.raises(ValidationError) as refused:
        partner.archive(by=humas, reason="Tercatat dua kali")
    assert refused.value.messages == [
        "Mitra ini menjadi pihak dalam 1 perjanjian yang sudah ditandatangani, jadi tetap"
        " tersimpan."
    ]


def test_a_party_of_drafts_and_of_removed_agreements_may_go(humas):
    partner = make_partner()
    make_agreement(partner=partner, signed_on=None, stage=Stage.AWAITING)
    make_agreement(partner=partner).archive(by=humas, reason="Salah catat")
    assert partner.archive(by=humas, reason="Tercatat dua kali").archived_on


def test_a_partner_anything_refers_to_is_not_purged(humas):
    partner = make_partner()
    make_event(partners=[partner])
    partner.archive(by=humas, reason="Tercatat dua kali")
    with pytest.raises(ValidationError) as refused:
        partner.purge(by=humas, reason="Tidak ada")
    assert refused.value.messages == ["Mitra ini masih dipakai di catatan lain."]


def test_units_that_use_a_partner_are_each_named_once():
    partner, one, two = make_partner(), make_unit(), make_unit()
    for _ in range(3):
        make_agreement(one, partner)
        make_event(one, partners=[partner])
        make_delivery(partner=partner, unit=two)
    assert sorted(partner.using_units(), key=str) == sorted([one, two], key=str)
