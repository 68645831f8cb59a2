"""Choosing a row by searching: what may be chosen, what is found, what hostile input gets."""

from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from institutions.forms.base import PlainForm
from institutions.models import RegencyKind, Unit, UnitName, User
from institutions.pickers import (
    NEW,
    SHOWN,
    OwnUnitPickerField,
    Picked,
    PickerField,
    RegencyPickerField,
    UnitPickerField,
)
from partnerships.models import Party, Stage
from partnerships.pickers import AgreementPickerField, PartnerPickerField, SidePickerField
from tests.factories import (
    make_agreement,
    make_partner,
    make_province,
    make_regency,
    make_unit,
)

pytestmark = pytest.mark.django_db


def picker(field: PickerField, user: User, initial: Any = None) -> PickerField:
    class Form(PlainForm, forms.Form):
        choice = field

    form = Form(user=user, initial={"choice": initial})
    return form.fields["choice"]  # type: ignore[return-value]


def found(field: PickerField, query: str) -> list[str]:
    options, _ = field.options_for(Picked(query, ""))
    return [option.label for option in options]


def cleaned(field: PickerField, chosen: Any, query: str = "") -> Any:
    return field.clean(Picked(query, str(chosen)))


def refusal(field: PickerField, chosen: Any, query: str = "") -> str:
    with pytest.raises(ValidationError) as refused:
        cleaned(field, chosen, query)
    [message] = refused.value.messages
    return message


def test_the_own_unit_and_those_below_may_be_chosen(pembaca, bapas_jember):
    own = picker(OwnUnitPickerField(), pembaca)
    assert cleaned(own, bapas_jember.pk) == bapas_jember
    assert cleaned(own, pembaca.unit_id) == pembaca.unit


def test_another_units_id_reads_as_a_missing_one(humas, lapas_purwodadi):
    own = picker(OwnUnitPickerField(), humas)
    missing = Unit.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    assert refusal(own, lapas_purwodadi.pk) == refusal(own, missing)
    assert own.options_for(Picked("", str(lapas_purwodadi.pk))) == ([], "")
    assert found(own, "purwodadi") == []


def test_a_unit_above_may_not_be_chosen(humas):
    assert "Cari lagi" in refusal(picker(OwnUnitPickerField(), humas), humas.unit.parent_id)


@pytest.mark.parametrize(
    "chosen", ["\0", "1\0", "x", "-1", "1e9", "9" * 18, "9" * 5000, "²", "0x1", " "]
)
@pytest.mark.parametrize("field", [OwnUnitPickerField, RegencyPickerField, SidePickerField])
def test_a_hostile_choice_is_no_choice(humas, field, chosen):
    widget_value = picker(field(), humas).widget.value_from_datadict({"x": chosen}, {}, "x")
    with pytest.raises(ValidationError):
        picker(field(), humas).clean(widget_value)


@pytest.mark.parametrize("query", ["\0", "q\0z", "x" * 5000, "%", "_", "\\", "'", "!!!"])
def test_a_hostile_search_finds_nothing_and_breaks_nothing(humas, query):
    make_partner("Dinas Sosial")
    field = picker(PartnerPickerField(), humas)
    value = field.widget.value_from_datadict({"x-q": query}, {}, "x")
    assert field.options_for(value)[0] == []


def test_what_was_chosen_before_may_stay_though_no_longer_on_offer(humas, bapas_jember):
    bapas_jember.is_active = False
    bapas_jember.record(by=None)
    assert "Cari lagi" in refusal(picker(UnitPickerField(), humas), bapas_jember.pk)
    kept = picker(UnitPickerField(), humas, initial=bapas_jember)
    assert cleaned(kept, bapas_jember.pk) == bapas_jember


def test_the_exact_name_comes_first_then_names_that_begin_so(humas):
    for name in (
        "Mitra Dinas Sosial",
        "Dinas Sosial dan Tenaga Kerja",
        "Forum Dinas Sosial",
        "Dinas Sosial",
    ):
        make_partner(name)
    assert found(picker(PartnerPickerField(), humas), "dinsos") == [
        "Dinas Sosial",
        "Dinas Sosial dan Tenaga Kerja",
        "Forum Dinas Sosial",
        "Mitra Dinas Sosial",
    ]


def test_a_kota_and_a_kabupaten_of_one_name_are_both_offered(humas):
    province = make_province("32", "Jawa Barat")
    make_regency("32.04", "Bandung", province=province)
    make_regency("32.17", "Bandung Barat", province=province)
    make_regency("32.73", "Bandung", province=province, kind=RegencyKind.KOTA)
    regencies = picker(RegencyPickerField(), humas)
    assert sorted(found(regencies, "bandung")) == [
        "Kabupaten Bandung",
        "Kabupaten Bandung Barat",
        "Kota Bandung",
    ]
    assert found(regencies, "kota bandung")[0] == "Kota Bandung"


def test_a_unit_is_found_by_an_older_name(humas):
    unit = make_unit("Lapas Kelas IIB Contoh Baru")
    UnitName(unit=unit, name="Lembaga Pemasyarakatan Seberang").record(by=None)
    unit.refresh_search_text()
    assert found(picker(UnitPickerField(), humas), "lapas seberang") == [unit.name]


def test_many_hits_are_cut_and_said_to_be(humas):
    for number in range(SHOWN + 1):
        make_partner(f"Dinas Contoh {number:02}")
    options, note = picker(PartnerPickerField(), humas).options_for(Picked("dinas", ""))
    assert len(options) == SHOWN
    assert "tulis lebih lengkap" in note


def test_no_hit_says_so_with_the_words_searched_for(humas):
    options, note = picker(PartnerPickerField(), humas).options_for(Picked("<b>entah</b>", ""))
    assert options == []
    assert "“<b>entah</b>”" in note


def test_a_search_without_a_choice_asks_to_choose(humas):
    field = picker(PartnerPickerField(required=False), humas)
    assert refusal(field, "", "dinsos") == "Pilih salah satu dari hasil pencarian."


def test_nothing_typed_and_nothing_chosen_is_nothing(humas):
    assert cleaned(picker(PartnerPickerField(required=False), humas), "") is None
    needed = picker(PartnerPickerField(label="Mitra"), humas)
    assert refusal(needed, "") == "Pilih mitra."


def test_a_new_one_is_chosen_only_where_it_is_offered(humas):
    assert cleaned(picker(PartnerPickerField(new_label="Tambah"), humas), NEW) == NEW
    assert "Cari lagi" in refusal(picker(PartnerPickerField(), humas), NEW)


def test_partners_in_the_sampah_or_merged_are_not_offered(humas):
    removed = make_partner("Dinas Sosial Lama").archive(by=humas, reason="Tercatat dua kali")
    merged = make_partner("Dinas Sosial Dua")
    merged.merged_into = make_partner("Dinas Sosial")
    merged.record(by=None)
    field = picker(PartnerPickerField(), humas)
    assert found(field, "dinsos") == ["Dinas Sosial"]
    for gone in (removed, merged):
        assert "Cari lagi" in refusal(field, gone.pk)


def test_one_side_is_a_partner_or_a_unit_and_ids_do_not_mix(humas, lapas_purwodadi):
    partner = make_partner("Dinas Sosial")
    side = picker(SidePickerField(), humas)
    assert cleaned(side, f"p{partner.pk}") == partner
    assert cleaned(side, f"u{lapas_purwodadi.pk}") == lapas_purwodadi
    for chosen in (partner.pk, f"x{partner.pk}", f"u{10**9}"):
        assert "Cari lagi" in refusal(side, chosen)
    assert found(side, "purwodadi") == [lapas_purwodadi.name]


def test_an_agreement_is_chosen_among_signed_ones_the_user_reads_in_full(humas, lapas_purwodadi):
    own = make_agreement(humas.unit, title="Layanan sendiri")
    shared = make_agreement(lapas_purwodadi, title="Layanan bersama")
    Party(agreement=shared, order=3, unit=humas.unit).record(by=None)
    draft = make_agreement(humas.unit, title="Layanan draf", signed_on=None, stage=Stage.AWAITING)
    foreign = make_agreement(lapas_purwodadi, title="Layanan lain")
    field = picker(AgreementPickerField(), humas)
    assert sorted(found(field, "layanan")) == ["Layanan bersama", "Layanan sendiri"]
    assert cleaned(field, own.pk) == own
    for unseen in (draft, foreign):
        assert "Cari lagi" in refusal(field, unseen.pk)


def test_two_forms_do_not_share_who_searches(humas, humas_lain):
    class Form(PlainForm, forms.Form):
        unit = OwnUnitPickerField()

    first, second = Form(user=humas), Form(user=humas_lain)
    assert first.fields["unit"].user == humas
    assert second.fields["unit"].widget.field.user == humas_lain


def test_a_picker_without_a_user_offers_nothing():
    with pytest.raises(ValueError, match="knows its user"):
        UnitPickerField().rows()


def test_text_typed_after_the_hits_were_shown_asks_for_a_choice(
    humas: User, bapas_jember: Unit, lapas_purwodadi: Unit
) -> None:
    field = picker(UnitPickerField(), humas)
    chosen = str(bapas_jember.pk)
    assert field.clean(Picked("bapas", chosen, "bapas")) == bapas_jember
    with pytest.raises(ValidationError, match="Pilih salah satu"):
        field.clean(Picked("lapas purwodadi", chosen, "bapas"))
