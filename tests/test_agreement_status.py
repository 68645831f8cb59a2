"""What an agreement is on one day: the rule itself, and that lists and rows agree on it."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indonesian.calendar import add_months
from institutions.models import Unit
from partnerships.models import ACTIVE_STATUSES, Agreement, Stage, Status
from partnerships.models.agreement_status import status
from tests.factories import make_agreement, make_unit

pytestmark = pytest.mark.django_db

SIGNED = date(2025, 1, 10)
STARTS = date(2025, 2, 1)
ENDS = date(2026, 1, 31)
DAY = timedelta(days=1)
SOON = timedelta(days=90)


def on(agreement: Agreement, day: date) -> Status:
    """The status of that day, as the list and the row both see it."""
    [in_sql] = Agreement.objects.filter(pk=agreement.pk).with_status(day).values_list("status")
    row = Agreement.objects.get(pk=agreement.pk)
    assert (status(row, day),) == in_sql
    return status(row, day)


def signed(**fields: Any) -> Agreement:
    dates = {"signed_on": SIGNED, "starts_on": STARTS, "ends_on": ENDS}
    return make_agreement(**(dates | fields))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (SIGNED - DAY, Status.NOT_YET),
        (SIGNED, Status.NOT_YET),
        (STARTS - DAY, Status.NOT_YET),
        (STARTS, Status.ACTIVE),
        (ENDS - SOON - DAY, Status.ACTIVE),
        (ENDS - SOON, Status.ENDING_SOON),
        (ENDS - DAY, Status.ENDING_SOON),
        (ENDS, Status.ENDING_SOON),
        (ENDS + DAY, Status.EXPIRED),
    ],
)
def test_a_term_from_before_the_signing_to_after_the_end(day, expected):
    assert on(signed(), day) == expected


@pytest.mark.parametrize(
    ("day", "expected"), [(SIGNED - DAY, Status.NOT_YET), (SIGNED, Status.ACTIVE)]
)
def test_without_a_start_of_its_own_it_runs_from_the_signing(day, expected):
    assert on(signed(starts_on=None), day) == expected


def test_a_start_before_the_signing_waits_for_the_signing():
    early = signed(starts_on=SIGNED - 30 * DAY)
    assert [on(early, day) for day in (SIGNED - DAY, SIGNED)] == [Status.NOT_YET, Status.ACTIVE]


def test_a_day_that_is_only_described_does_not_lie_ahead():
    described = signed(signed_on=None, signed_text="awal 2019", starts_on=None, stage=Stage.SIGNED)
    assert on(described, SIGNED - DAY) == Status.ACTIVE


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"is_open_ended": True, "ends_on": None}, Status.OPEN_ENDED),
        ({"ends_on": None}, Status.NO_END),
    ],
)
def test_without_an_end_it_never_expires(fields, expected):
    assert on(signed(**fields), date(2099, 1, 1)) == expected


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (Stage.PROSPECT, Status.PROSPECT),
        (Stage.DRAFTING, Status.DRAFTING),
        (Stage.AWAITING, Status.AWAITING),
    ],
)
def test_unsigned_papers_are_what_staff_typed_whatever_the_dates(stage, expected):
    assert on(signed(signed_on=None, stage=stage), ENDS + DAY) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 6, 14), Status.ACTIVE),
        (date(2025, 6, 15), Status.TERMINATED),
        (ENDS + DAY, Status.TERMINATED),
    ],
)
def test_a_termination_counts_from_its_day(humas, day, expected):
    agreement = signed().terminate(on=date(2025, 6, 15), by=humas, reason="Tidak dilanjutkan")
    assert on(agreement, day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (ENDS - 30 * DAY, Status.ENDING_SOON),
        (ENDS - 29 * DAY, Status.RENEWED),
        (ENDS + DAY, Status.RENEWED),
    ],
)
def test_a_signed_successor_renews_from_the_day_it_starts(day, expected):
    old = signed()
    signed(replaces=old, signed_on=ENDS - 60 * DAY, starts_on=ENDS - 29 * DAY, ends_on=None)
    assert on(old, day) == expected


@pytest.mark.parametrize(
    "successor",
    [
        {"signed_on": None, "stage": Stage.AWAITING},
        {"starts_on": ENDS + 30 * DAY, "ends_on": None},
        {"signed_on": ENDS + 30 * DAY, "starts_on": STARTS, "ends_on": None},
        {"archived_on": ENDS, "archive_reason": "Tercatat dua kali"},
    ],
    ids=["a draft", "one that starts later", "one that is signed later", "one in the Sampah"],
)
def test_a_successor_that_is_not_in_force_silences_nothing(successor):
    old = signed()
    signed(replaces=old, **successor)
    assert on(old, ENDS) == Status.ENDING_SOON


def test_a_chain_of_renewals_leaves_only_the_last_one_in_force():
    first = signed()
    second = signed(replaces=first, signed_on=ENDS, starts_on=ENDS + DAY, ends_on=date(2027, 1, 31))
    third = signed(
        replaces=second,
        signed_on=date(2027, 1, 31),
        starts_on=date(2027, 2, 1),
        ends_on=date(2029, 1, 31),
    )
    day = date(2027, 3, 1)
    assert [on(row, day) for row in (first, second, third)] == [
        Status.RENEWED,
        Status.RENEWED,
        Status.ACTIVE,
    ]
    assert list(Agreement.objects.in_force(day)) == [third]


def test_terminated_comes_before_renewed(humas):
    old = signed().terminate(on=date(2025, 6, 15), by=humas, reason="Diganti naskah baru")
    signed(replaces=old, signed_on=date(2025, 7, 1), starts_on=None)
    assert on(old, ENDS) == Status.TERMINATED


def test_the_sampah_comes_before_everything(humas):
    agreement = signed().archive(by=humas, reason="Tercatat dua kali")
    assert on(agreement, STARTS) == Status.ARCHIVED


def test_an_earlier_day_leaves_out_what_was_signed_after_it():
    early = signed(starts_on=None)
    signed(signed_on=date(2025, 6, 1), starts_on=date(2025, 1, 1))
    assert list(Agreement.objects.in_force(date(2025, 5, 31))) == [early]


def test_ending_within_counts_both_ends_of_the_period():
    agreement = signed()
    soon = [
        day
        for day in (ENDS - 31 * DAY, ENDS - 30 * DAY, ENDS, ENDS + DAY)
        if Agreement.objects.ending_within(30, day).filter(pk=agreement.pk).exists()
    ]
    assert soon == [ENDS - 30 * DAY, ENDS]


# Lists and rows agree: every shape, on every day at which something may turn.

UNSIGNED = [stage for stage in Stage.values if stage != Stage.SIGNED]
SIGNINGS = [{"signed_text": "awal 2025"}, {"signed_on": SIGNED}, {"signed_on": STARTS + DAY}]
STARTINGS = [{}, {"starts_on": STARTS}, {"starts_on": SIGNED - 40 * DAY}]
ENDINGS = [{}, {"is_open_ended": True}, {"ends_on": ENDS}, {"ends_on": date(2025, 2, 2)}]
TERMINATIONS: list[dict[str, Any]] = [
    {},
    {"terminated_on": date(2025, 6, 15), "termination_reason": "Tidak dilanjutkan"},
    {"terminated_on": date(2099, 1, 1), "termination_reason": "Tidak dilanjutkan"},
]
ARCHIVED = {"archived_on": date(2025, 5, 1), "archive_reason": "Tercatat dua kali"}
SUCCESSORS: list[list[dict[str, Any]]] = [
    [],
    [{"stage": Stage.AWAITING, "starts_on": STARTS}],
    [{"signed_on": ENDS - 20 * DAY, "starts_on": ENDS - 10 * DAY}],
    [{"signed_on": ENDS - 20 * DAY}],
    [{"signed_on": ENDS - 20 * DAY, "starts_on": STARTS}],
    [{"signed_text": "awal 2026"}],
    [{"signed_on": SIGNED} | ARCHIVED],
    [{"signed_on": SIGNED} | ARCHIVED, {"signed_on": ENDS}],
]


def shapes() -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    for signing, start, end, termination, after in product(
        SIGNINGS, STARTINGS, ENDINGS, TERMINATIONS, SUCCESSORS
    ):
        fields = signing | start | end | termination
        if ends_in_its_term(fields):
            yield fields, after
    for stage, start, end, after in product(UNSIGNED, STARTINGS, ENDINGS, SUCCESSORS[:3]):
        yield {"stage": stage} | start | end, after
    for signing, termination in product(SIGNINGS, TERMINATIONS):
        if ends_in_its_term(signing | termination):
            yield signing | termination | ARCHIVED, []


def ends_in_its_term(fields: dict[str, Any]) -> bool:
    """The database takes no other ending."""
    ended, start = fields.get("terminated_on"), fields.get("starts_on") or fields.get("signed_on")
    last = fields.get("ends_on")
    return not ended or ((not start or start <= ended) and (not last or ended <= last))


def unchecked(unit: Unit, **fields: Any) -> Agreement:
    """A row as the database holds it; what would be refused is written past the model."""
    is_signed = "signed_on" in fields or "signed_text" in fields
    return Agreement(unit=unit, **({"stage": Stage.SIGNED} if is_signed else {}) | fields)


def write(unit: Unit, wanted: list[tuple[dict[str, Any], list[dict[str, Any]]]]) -> None:
    rows = Agreement.objects.bulk_create(unchecked(unit, **fields) for fields, _ in wanted)
    Agreement.objects.bulk_create(
        unchecked(unit, replaces=row, **fields)
        for row, (_, after) in zip(rows, wanted, strict=True)
        for fields in after
    )


def turning_days(rows: list[Agreement]) -> set[date]:
    days = {timezone.localdate()}
    for row in rows:
        dates = (row.signed_on, row.starts_on, row.ends_on, row.terminated_on)
        days |= {day for day in dates if day}
        if row.ends_on:
            days.add(row.ends_on - SOON)
    return {day + step for day in days for step in (-DAY, 0 * DAY, DAY)}


def assert_lists_and_rows_agree(days: set[date]) -> None:
    rows = list(Agreement.objects.prefetch_related("successors"))
    today = timezone.localdate()
    told = {row.pk: str(row.status) for row in Agreement.objects.with_facts()}
    assert told == {row.pk: str(status(row, today)) for row in rows}
    for day in days:
        in_sql = dict(Agreement.objects.with_status(day).values_list("pk", "status"))
        in_python = {row.pk: str(status(row, day)) for row in rows}
        assert in_sql == in_python, day
        # Another status each day: all of them every day would take a minute more.
        wanted = list(Status)[day.toordinal() % len(Status)]
        found = set(Agreement.objects.of_status(wanted, day).values_list("pk", flat=True))
        assert found == {pk for pk, each in in_python.items() if each == wanted}, (day, wanted)
        in_force = set(Agreement.objects.in_force(day).values_list("pk", flat=True))
        assert in_force == {pk for pk, found in in_python.items() if found in ACTIVE_STATUSES}


def test_lists_and_rows_agree_on_every_turning_day():
    write(make_unit(), list(shapes()))
    rows = list(Agreement.objects.all())
    assert len(rows) > 1000
    days = turning_days(rows)
    assert_lists_and_rows_agree(days)
    seen = {
        found
        for day in days
        for (found,) in Agreement.objects.with_status(day).values_list("status")
    }
    assert seen == set(Status.values)


days_around = st.dates(date(2024, 12, 1), date(2026, 6, 30))


@st.composite
def any_shape(draw: st.DrawFn) -> dict[str, Any]:
    fields: dict[str, Any] = {"stage": draw(st.sampled_from(Stage.values))}
    if fields["stage"] == Stage.SIGNED:
        fields["signed_on"] = draw(st.none() | days_around)
        fields["signed_text"] = "" if fields["signed_on"] else "awal 2025"
    fields["starts_on"] = draw(st.none() | days_around)
    start = fields["starts_on"] or fields.get("signed_on") or date(2024, 12, 1)
    fields["is_open_ended"] = draw(st.booleans())
    if not fields["is_open_ended"]:
        fields["ends_on"] = draw(st.none() | st.dates(start, add_months(start, 24)))
    if fields["stage"] == Stage.SIGNED and draw(st.booleans()):
        last = fields.get("ends_on") or add_months(start, 24)
        fields |= {"terminated_on": draw(st.dates(start, last)), "termination_reason": "Selesai"}
    if draw(st.integers(0, 9)) == 0:
        fields |= ARCHIVED
    return fields


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(any_shape(), any_shape()), min_size=1, max_size=12), days_around)
def test_lists_and_rows_agree_whatever_the_dates(lapas_purwodadi, pairs, day):
    Agreement.objects.all()._raw_delete("default")
    write(lapas_purwodadi, [(fields, [after]) for fields, after in pairs])
    assert_lists_and_rows_agree({day} | turning_days(list(Agreement.objects.all())))
