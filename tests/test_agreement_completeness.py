"""What a complete agreement has; the same in lists and on the row."""

from datetime import date
from itertools import product

import pytest

from partnerships.models import Agreement, AgreementArea, Party, Stage
from tests.factories import make_agreement, make_area, make_partner, make_unit

pytestmark = pytest.mark.django_db

COMPLETE = {"title": "Layanan kesehatan", "signed_on": date(2026, 1, 5), "term_months": 12}


def complete_agreement(**fields: object) -> Agreement:
    return make_agreement(**(COMPLETE | {"areas": [make_area()]} | fields))


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, []),
        ({"title": ""}, ["title"]),
        ({"signed_on": None}, ["signed_on", "ends_on"]),
        (
            {"signed_on": None, "signed_text": "awal 2026", "stage": Stage.SIGNED},
            ["signed_on", "ends_on"],
        ),
        ({"term_months": None}, ["ends_on"]),
        ({"term_months": None, "is_open_ended": True}, []),
        ({"areas": []}, ["areas"]),
    ],
)
def test_what_is_missing_is_named(fields, missing):
    agreement = complete_agreement(**fields)
    assert agreement.missing() == missing
    [row] = Agreement.objects.with_completeness()
    assert row.is_complete == (not missing)


def test_one_party_is_not_enough(humas):
    agreement = complete_agreement()
    agreement.parties.get(order=2).remove(by=humas)
    assert agreement.missing() == ["parties"]
    assert not Agreement.objects.with_completeness().get().is_complete


def test_many_parties_and_areas_count_once_each():
    agreement = complete_agreement(areas=[make_area(), make_area("PEND", "Pendidikan")])
    for order in range(3, 8):
        Party(agreement=agreement, order=order, partner=make_partner()).record(by=None)
    [row] = Agreement.objects.with_completeness()
    assert row.is_complete


def test_nothing_that_is_missing_keeps_a_record_from_being_saved():
    agreement = Agreement(unit=make_unit()).record(by=None)
    assert agreement.missing() == ["title", "parties", "signed_on", "ends_on", "areas"]


def test_lists_and_rows_agree_on_every_combination():
    unit, partner, area = make_unit(), make_partner(), make_area()
    wholes = {"title": ("", "Layanan"), "signed_on": (None, date(2026, 1, 5))}
    ends = ({}, {"ends_on": date(2027, 1, 4)}, {"is_open_ended": True})
    for title, signed_on, end, parties, areas in product(
        *wholes.values(), ends, range(3), range(2)
    ):
        stage = Stage.SIGNED if signed_on else Stage.DRAFTING
        row = Agreement(unit=unit, title=title, signed_on=signed_on, stage=stage, **end)
        row.save()
        sides = [{"unit": unit}, {"partner": partner}][:parties]
        Party.objects.bulk_create(Party(agreement=row, **side) for side in sides)
        AgreementArea.objects.bulk_create([AgreementArea(agreement=row, area=area)][:areas])
    rows = Agreement.objects.with_completeness().prefetch_related("parties", "area_links")
    assert {row.is_complete for row in rows} == {True, False}
    assert all(row.is_complete == (not row.missing()) for row in rows)
