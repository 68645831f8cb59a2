"""Whether an agreement moves: from its deliveries, the same in lists and on the row."""

from datetime import date, timedelta
from itertools import combinations, product

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from institutions.models import Unit
from partnerships.models import ActivityKind, Agreement, Delivery, Evidence, Stage
from partnerships.models.evidence import evidence
from tests.factories import make_agreement, make_delivery, make_unit

pytestmark = pytest.mark.django_db

SIGNED = date(2026, 1, 5)
DAY = timedelta(days=1)
GRACE = timedelta(days=90)


def on(agreement: Agreement, day: date) -> Evidence | None:
    """The evidence of that day, as the list and the row both see it."""
    [in_sql] = Agreement.objects.filter(pk=agreement.pk).with_evidence(day)
    found = evidence(Agreement.objects.get(pk=agreement.pk), day)
    assert in_sql.evidence == (found or "")
    return found


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (SIGNED, Evidence.NEW),
        (SIGNED + GRACE - DAY, Evidence.NEW),
        (SIGNED + GRACE, Evidence.NOT_MOVING),
        (SIGNED + GRACE + DAY, Evidence.NOT_MOVING),
    ],
)
def test_without_deliveries_it_is_new_for_ninety_days(day, expected):
    assert on(make_agreement(signed_on=SIGNED), day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 2), Evidence.NEW),
        (date(2026, 3, 3), Evidence.MOVING),
        (date(2026, 9, 2), Evidence.MOVING),
        (date(2026, 9, 3), Evidence.MOVING),
        (date(2026, 9, 4), Evidence.STALLED),
    ],
)
def test_a_delivery_moves_it_for_six_months(day, expected):
    agreement = make_agreement(signed_on=SIGNED)
    make_delivery(agreement, date=date(2026, 3, 3))
    assert on(agreement, day) == expected


def test_the_latest_delivery_counts():
    agreement = make_agreement(signed_on=SIGNED)
    make_delivery(agreement, date=date(2026, 2, 1))
    make_delivery(agreement, date=date(2026, 10, 1))
    assert on(agreement, date(2026, 11, 1)) == Evidence.MOVING


def test_six_months_before_the_last_of_august_is_the_first_of_march():
    agreement = make_agreement(signed_on=date(2025, 1, 5))
    make_delivery(agreement, date=date(2026, 2, 28))
    days = (date(2026, 8, 28), date(2026, 8, 29), date(2026, 8, 31))
    assert [on(agreement, day) for day in days] == [
        Evidence.MOVING,
        Evidence.STALLED,
        Evidence.STALLED,
    ]


def test_deliveries_in_the_sampah_do_not_count(humas):
    agreement = make_agreement(signed_on=SIGNED)
    make_delivery(agreement).archive(by=humas, reason="Tercatat dua kali")
    assert on(agreement, date(2026, 5, 5)) == Evidence.NOT_MOVING


def test_deliveries_of_other_agreements_do_not_count():
    agreement = make_agreement(signed_on=SIGNED)
    make_delivery()
    assert on(agreement, date(2026, 5, 5)) == Evidence.NOT_MOVING


def test_an_unknown_day_of_signing_is_taken_to_be_long_ago():
    described = make_agreement(signed_on=None, signed_text="awal 2026", stage=Stage.SIGNED)
    assert on(described, SIGNED) == Evidence.NOT_MOVING


def test_an_unsigned_paper_has_no_evidence():
    assert on(make_agreement(signed_on=None), SIGNED) is None


def test_checked_means_that_a_second_person_looked(humas, rekan):
    checked, unchecked = make_agreement(), make_agreement()
    make_delivery(checked, by=humas).verify(by=rekan)
    make_delivery(unchecked, by=humas)
    rows = Agreement.objects.with_evidence()
    assert {row: row.is_checked for row in rows} == {checked: True, unchecked: False}


def test_what_was_checked_later_was_not_checked_on_an_earlier_day(humas, rekan):
    make_delivery(by=humas).verify(by=rekan)
    yesterday = timezone.localdate() - DAY
    assert not Agreement.objects.with_evidence(yesterday).get().is_checked


def test_a_checked_delivery_in_the_sampah_proves_nothing(humas, rekan):
    make_delivery(by=humas).verify(by=rekan).archive(by=humas, reason="Tercatat dua kali")
    assert not Agreement.objects.with_evidence().get().is_checked


# Lists and rows agree: every set of deliveries under every signing.

SIGNINGS = [
    {"signed_on": SIGNED, "stage": Stage.SIGNED},
    {"signed_text": "awal 2026", "stage": Stage.SIGNED},
    {"stage": Stage.AWAITING},
]
DELIVERIES = [
    {"date": SIGNED - DAY},
    {"date": SIGNED},
    {"date": date(2026, 3, 31)},
    {"date": date(2026, 8, 31)},
    {"date": date(2026, 10, 1), "archived_on": date(2026, 10, 2), "archive_reason": "Salah"},
]


def write(unit: Unit, shapes: list[tuple[dict, tuple[dict, ...]]]) -> None:
    rows = Agreement.objects.bulk_create(Agreement(unit=unit, **facts) for facts, _ in shapes)
    Delivery.objects.bulk_create(
        Delivery(unit=unit, agreement=row, kind=ActivityKind.PELATIHAN, **facts)
        for row, (_, deliveries) in zip(rows, shapes, strict=True)
        for facts in deliveries
    )


def assert_lists_and_rows_agree(days: set[date]) -> None:
    rows = list(Agreement.objects.prefetch_related("deliveries"))
    told = {row.pk: row.evidence for row in Agreement.objects.with_facts()}
    assert told == {row.pk: evidence(row, timezone.localdate()) for row in rows}
    for day in days:
        in_sql = dict(Agreement.objects.with_evidence(day).values_list("pk", "evidence"))
        assert in_sql == {row.pk: str(evidence(row, day) or "") for row in rows}, day
        moving = set(Agreement.objects.moving(day).values_list("pk", flat=True))
        assert moving == {pk for pk, found in in_sql.items() if found == Evidence.MOVING}


def test_lists_and_rows_agree_on_every_turning_day():
    sets = [chosen for size in range(4) for chosen in combinations(DELIVERIES, size)]
    write(make_unit(), list(product(SIGNINGS, sets)))
    turns = {SIGNED, SIGNED + GRACE, *(facts["date"] for facts in DELIVERIES)}
    turns |= {day + timedelta(days=months * 30) for day in turns for months in (6,)}
    near = range(-5, 6)
    assert_lists_and_rows_agree({day + step * DAY for day in turns for step in near})


days_around = st.dates(date(2024, 12, 1), date(2026, 12, 31))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.sampled_from(SIGNINGS), st.lists(days_around, max_size=4)),
        min_size=1,
        max_size=12,
    ),
    st.sets(days_around, min_size=1, max_size=10),
)
def test_lists_and_rows_agree_whatever_the_dates(lapas_purwodadi, pairs, days):
    Delivery.objects.all()._raw_delete("default")
    Agreement.objects.all()._raw_delete("default")
    shapes = [(facts, tuple({"date": day} for day in delivered)) for facts, delivered in pairs]
    write(lapas_purwodadi, shapes)
    assert_lists_and_rows_agree(days)
