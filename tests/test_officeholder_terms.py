"""Who held an office on a day: by a term that covers it, or seen there that day."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from institutions.models import Acting, Officeholder, Unit
from tests.factories import make_unit

pytestmark = pytest.mark.django_db

JANUARY, JUNE, DECEMBER = date(2025, 1, 1), date(2025, 6, 30), date(2025, 12, 31)


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit()


def holder(unit: Unit, name: str = "Contoh Satu", **fields: Any) -> Officeholder:
    facts = {"position": "Kepala", "is_head": True, "person_name": name}
    return Officeholder(unit=unit, **facts | fields).record(by=None)


@pytest.mark.parametrize(
    ("term", "days"),
    [
        ({"valid_from": JUNE}, {JUNE, DECEMBER}),
        ({"valid_until": JUNE}, {JANUARY, JUNE}),
        ({"valid_from": JUNE, "valid_until": JUNE}, {JUNE}),
        ({"seen_on": JUNE}, {JUNE}),
        ({"valid_from": DECEMBER, "seen_on": JUNE}, {JUNE, DECEMBER}),
    ],
)
def test_in_office_on_a_day(unit, term, days):
    holder(unit, **term)
    found = {
        day for day in (JANUARY, JUNE, DECEMBER) if Officeholder.objects.in_office_on(day).exists()
    }
    assert found == days


def test_an_article_proves_one_day_not_a_term(unit):
    holder(unit, seen_on=JUNE)
    assert not Officeholder.objects.in_office_on(date(2025, 7, 1)).exists()


def test_a_term_or_a_day_is_needed(unit):
    with pytest.raises(ValidationError) as refused:
        holder(unit)
    assert refused.value.message_dict == {
        "seen_on": ["Isi masa jabatan, atau tanggal orang ini terlihat menjabat."]
    }


def test_a_term_ends_after_it_began(unit):
    with pytest.raises(ValidationError) as refused:
        holder(unit, valid_from=JUNE, valid_until=JANUARY)
    assert refused.value.messages == ["Akhir masa jabatan harus setelah awalnya."]


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ({"valid_from": JANUARY}, {"valid_from": JUNE}, True),
        ({"valid_from": JANUARY, "valid_until": JUNE}, {"valid_from": JUNE}, True),
        ({"valid_from": JANUARY, "valid_until": JUNE}, {"valid_from": date(2025, 7, 1)}, False),
        ({"valid_until": JANUARY}, {"valid_from": JUNE}, False),
        ({"valid_until": JUNE}, {"valid_until": JANUARY}, True),
        ({"seen_on": JUNE}, {"valid_from": JANUARY}, False),
        (
            {"valid_from": JANUARY},
            {"valid_from": JUNE, "acting": Acting.PLT},
            False,
        ),
        ({"valid_from": JANUARY}, {"valid_from": JUNE, "is_head": False}, False),
    ],
)
def test_heads_whose_terms_overlap_are_named_both_ways(unit, one, other, overlap):
    first, second = holder(unit, **one), holder(unit, "Contoh Dua", **other)
    assert first.overlapping_heads().exists() == overlap
    assert second.overlapping_heads().exists() == overlap


def test_heads_of_two_units_do_not_overlap(unit):
    first = holder(unit, valid_from=JANUARY)
    holder(make_unit(), valid_from=JANUARY)
    assert not first.overlapping_heads().exists()


def test_the_newest_comes_first_and_heads_before_others(unit):
    for name, fields in (
        ("Lama", {"valid_from": JANUARY, "valid_until": JUNE}),
        ("Terlihat", {"seen_on": JUNE}),
        ("Baru", {"valid_from": DECEMBER}),
        ("Staf", {"valid_from": DECEMBER, "is_head": False}),
    ):
        holder(unit, name, **fields)
    assert [row.person_name for row in unit.officeholders.all()] == [
        "Baru",
        "Lama",
        "Terlihat",
        "Staf",
    ]


def test_degrees_follow_the_name(unit):
    assert holder(unit, seen_on=JUNE, degrees="Bc.IP., S.H.").full_name == (
        "Contoh Satu, Bc.IP., S.H."
    )
