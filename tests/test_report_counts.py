"""The figures of the rekap: equal to a count by hand, and to the list each of them leads to."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from indonesian.periods import period_of, year_up_to
from institutions.models import Role, Unit, User
from partnerships.filters.agreements import AgreementFilterSet
from partnerships.filters.deliveries import DeliveryFilterSet
from partnerships.forms.reports import ReportForm
from partnerships.models import ACTIVE_STATUSES, COUNTED_KINDS, Agreement, Delivery, Evidence
from partnerships.report_page import ReportPage
from partnerships.reports import ALL, EVERYBODY, Line, Measure, Summary, layout_of, summarise
from partnerships.trend import month_ends, trend_of
from tests.factories import make_user
from tests.random_register import LAST, make_random_register

pytestmark = pytest.mark.django_db

PERIODS = (period_of("tw3", 2026), period_of("s1", 2025), year_up_to(date(2024, 5, 15)))


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: LAST)
    return LAST


def below(unit: Unit) -> set[int]:
    """Keys of the unit and of everything that names it above itself."""
    return {unit.pk}.union(*(below(child) for child in Unit.objects.filter(parent=unit)))


class Everything:
    """All rows in memory, judged one by one."""

    def __init__(self) -> None:
        links = ("parties", "area_links", "deliveries", "successors")
        papers = Agreement.objects.filter(archived_on=None, kind__in=COUNTED_KINDS)
        self.papers = list(papers.prefetch_related(*links))
        self.deliveries = list(Delivery.objects.filter(archived_on=None))

    def counted(self, day: date) -> list[Agreement]:
        return [paper for paper in self.papers if paper.status_on(day) in ACTIVE_STATUSES]


def units_of(paper: Agreement) -> set[int]:
    return {paper.unit_id, *(party.unit_id for party in paper.parties.all() if party.unit_id)}


def by_hand(every: Everything, units: set[int], area: int, period: Any) -> dict[Measure, int]:
    """One cell of the rekap, row by row."""
    papers = [
        paper
        for paper in every.counted(period.last)
        if units_of(paper) & units
        and (area == ALL or area in {link.area_id for link in paper.area_links.all()})
    ]
    moving = [p for p in papers if p.evidence_on(period.last) == Evidence.MOVING]
    deliveries = [
        delivery
        for delivery in every.deliveries
        if delivery.unit_id in units
        and period.first <= delivery.date <= period.last
        and area in (ALL, delivery.area_id)
    ]
    return {
        Measure.ACTIVE: len(papers),
        Measure.MOVING: len(moving),
        Measure.DELIVERIES: len(deliveries),
        Measure.PARTICIPANTS: sum(delivery.participants for delivery in deliveries),
    }


def units_of_line(line: Line, kind: str, scope: Unit) -> set[int]:
    keys = {line.unit.pk} if line.is_alone else below(line.unit)
    return set(Unit.objects.filter(pk__in=keys, **({"kind": kind} if kind else {})).in_bulk())


def lines_by_hand(found: Summary, kind: str, scope: Unit) -> Iterator[tuple[int, set[int]]]:
    for number, line in enumerate(found.layout.lines):
        yield number, units_of_line(line, kind, scope)
    yield EVERYBODY, units_of_line(Line(scope), kind, scope)


# A register of its own for each: seed, scope, kind of unit, whether every unit has its line.
CASES = (
    (0, "", "", False),
    (1, "", "LAPAS", False),
    (2, "", "", True),
    (3, "kanwil-33", "", False),
    (4, "kanwil-33", "BAPAS", False),
    (5, "kanwil-35", "", True),
)


@pytest.mark.parametrize(("seed", "code", "kind", "every_unit"), CASES)
def test_every_figure_is_what_a_count_by_hand_finds(
    seed: int, code: str, kind: str, every_unit: bool
) -> None:
    made = make_random_register(seed)
    scope = Unit.objects.get(code=code or "ditjenpas")
    user = make_user(Role.MANAJER, unit=scope)
    period = PERIODS[seed % len(PERIODS)]
    found = summarise(user, scope, period, kind=kind, every_unit=every_unit)
    places, every = [ALL, *(area.pk for area in made.areas)], Everything()
    for line, units in lines_by_hand(found, kind, scope):
        for place in places:
            told = {measure: found.count(measure, line, place) for measure in Measure}
            assert told == by_hand(every, units, place, period), (line, place)
    having = {unit for paper in every.counted(period.last) for unit in units_of(paper)}
    assert found.units_with_active == len(having & found.layout.in_operation)


@pytest.mark.parametrize(("seed", "code", "kind", "every_unit"), CASES)
def test_every_figure_leads_to_the_rows_it_counts(
    seed: int, code: str, kind: str, every_unit: bool
) -> None:
    make_random_register(seed)
    scope = Unit.objects.get(code=code or "ditjenpas")
    user = make_user(Role.HUMAS, unit=scope)
    for measure in Measure:
        page = page_of(user, scope, jenis_unit=kind, rinci="unit" * every_unit, isi=measure.value)
        assert check_links(page, user) >= 4


def page_of(user: User, scope: Unit, **asked: str) -> ReportPage:
    form = ReportForm({"masa": "s1", "tahun": "2026", **asked}, widest=scope, today=LAST)
    assert form.is_valid(), form.errors
    chosen = form.cleaned_data
    kind, every_unit = chosen["jenis_unit"], bool(chosen["rinci"])
    found = summarise(user, scope, form.period, kind=kind, every_unit=every_unit)
    return ReportPage(found, form)


def check_links(page: ReportPage, user: User) -> int:
    """Follow every figure that is not zero; how many sums were followed."""
    followed = 0
    for row in (*page.rows, page.total):
        for measure, cell in zip(Measure, row.sums, strict=True):
            assert behind(cell.url, user, measure) == cell.number, (row.name, cell)
            followed += 1
        for cell in row.cells:
            if cell.number:
                assert behind(cell.url, user, page.measure) == cell.number, (row.name, cell)
    return followed


def behind(url: str, user: User, measure: Measure) -> int:
    """How many rows the list of that address has, or how many people took part in them."""
    address = urlsplit(url)
    query = QueryDict(address.query)
    request = RequestFactory().get(url)
    request.user = user
    if address.path == "/perjanjian/":
        papers = Agreement.objects.listed_to(user).current()
        return AgreementFilterSet(query, queryset=papers, request=request).qs.count()
    assert address.path == "/realisasi/"
    deliveries = Delivery.objects.visible_to(user).current()
    found: Any = DeliveryFilterSet(query, queryset=deliveries, request=request).qs
    if measure == Measure.PARTICIPANTS:
        return sum(row.participants for row in found)
    return int(found.count())


def test_a_line_stands_for_a_unit_and_what_is_below_it() -> None:
    make_random_register(0, papers=0)
    kanwil = Unit.objects.get(code="kanwil-33")
    lines = layout_of(kanwil).lines
    names = [line.unit.short_name for line in lines]
    assert names[0] == kanwil.short_name
    assert lines[0].is_alone
    assert not any(name.startswith("Pos Bapas") for name in names)
    every = layout_of(kanwil, every_unit=True).lines
    assert {line.unit.pk for line in every} == below(kanwil)
    assert [line.unit.short_name for line in every if line.is_alone] == [
        kanwil.short_name,
        "Bapas Contoh 33",
    ]


def test_units_with_nothing_stay_and_closed_ones_go() -> None:
    make_random_register(0, papers=0)
    kanwil = Unit.objects.get(code="kanwil-33")
    user = make_user(Role.MANAJER, unit=kanwil)
    page = page_of(user, kanwil)
    names = [row.name for row in page.rows]
    assert "Lapas Contoh 33 1" in names
    assert "Rutan Contoh 33" not in names
    assert page.finding.startswith("Belum ada perjanjian aktif pada 5 unit")


@pytest.mark.parametrize("seed", [6, 7])
def test_the_line_of_a_year_is_what_each_day_would_say(seed: int) -> None:
    make_random_register(seed)
    every = Everything()
    for code in ("ditjenpas", "kanwil-33"):
        scope = Unit.objects.get(code=code)
        user, keys = make_user(Role.MANAJER, unit=scope), below(scope)
        for point in trend_of(user, LAST):
            papers = [p for p in every.counted(point.day) if units_of(p) & keys]
            moving = [p for p in papers if p.evidence_on(point.day) == Evidence.MOVING]
            assert (point.active, point.moving) == (len(papers), len(moving)), point.day


def test_the_year_ends_with_the_month_that_is_over() -> None:
    days = month_ends(LAST)
    assert (len(days), days[0], days[-1]) == (12, date(2025, 11, 30), date(2026, 10, 31))


def test_links_of_a_report_name_no_parameter_a_list_does_not_know() -> None:
    make_random_register(1)
    root = Unit.objects.get(code="ditjenpas")
    user = make_user(Role.MANAJER, unit=root)
    known = {
        "/perjanjian/": set(AgreementFilterSet.base_filters),
        "/realisasi/": set(DeliveryFilterSet.base_filters),
    }
    page = page_of(user, root, jenis_unit="LAPAS")
    for row in page.rows:
        for cell in (*row.sums, *(cell for cell in row.cells if cell.url)):
            address = urlsplit(cell.url)
            assert {name for name, _ in parse_qsl(address.query)} <= known[address.path]
