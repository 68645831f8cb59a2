"""Rekap: agreements in force and moving, and what was delivered, per unit and programme area."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db import models
from django.db.models import Count, F, QuerySet, Sum

from indonesian.periods import Period
from institutions.models import Unit, UnitKind, User
from partnerships.models import Agreement, AgreementArea, Delivery, Party, ProgrammeArea
from partnerships.survey import KEPT_SECONDS, latest_changes

# The place of the sums of a line among its areas, and of the sums of all lines among the lines.
ALL = 0
EVERYBODY = -1
# (line, key of area).
Place = tuple[int, int]
UNIT_SHOWN = ("code", "short_name", "name_key", "kind", "parent", "is_active")


class Measure(models.TextChoices):
    ACTIVE = "aktif", "Perjanjian aktif"
    MOVING = "berjalan", "Perjanjian aktif yang berjalan"
    DELIVERIES = "realisasi", "Realisasi"
    PARTICIPANTS = "peserta", "Peserta realisasi"


class Alike(NamedTuple):
    """Papers in force that differ in nothing a rekap asks: units, areas, whether they move."""

    units: tuple[int, ...]
    areas: tuple[int, ...]
    is_moving: bool


@dataclass(frozen=True)
class Line:
    """One line of the rekap: a unit with everything below it, or without."""

    unit: Unit
    is_alone: bool = False
    # In operation itself, or something below it is.
    is_active: bool = True


@dataclass
class Layout:
    """The lines of a rekap, and on which of them each unit is counted."""

    lines: list[Line] = field(default_factory=list)
    line_of: dict[int, int] = field(default_factory=dict)
    # Units in operation that the lines stand for.
    in_operation: set[int] = field(default_factory=set)

    def lines_of(self, units: Iterable[int]) -> set[int]:
        return {self.line_of[unit] for unit in units if unit in self.line_of}


@dataclass
class Summary:
    """What a rekap counts; `counts[measure]` by (line, key of area), with ALL and EVERYBODY."""

    layout: Layout
    areas: list[ProgrammeArea]
    counts: dict[Measure, Counter[Place]]
    units_with_active: int

    def count(self, measure: Measure, line: int = EVERYBODY, area: int = ALL) -> int:
        return self.counts[measure][line, area]

    @property
    def units(self) -> int:
        return len(self.layout.in_operation)

    def shown_lines(self) -> Iterator[tuple[int, Line]]:
        """Units without any figure stay visible, unless they are no longer in operation."""
        for number, line in enumerate(self.layout.lines):
            if line.is_active or any(self.count(measure, number) for measure in Measure):
                yield number, line


def widest_scope(user: User) -> Unit | None:
    """The unit a report of this user is about when nothing else is asked for."""
    if user.sees_everything:
        return Unit.objects.filter(kind=UnitKind.DITJENPAS).first()
    return user.unit


def layout_of(scope: Unit, *, kind: str = "", every_unit: bool = False) -> Layout:
    """A line for the unit itself and one for each unit below it, or one for every single unit."""
    rows = Unit.objects.within(scope.pk).only(*UNIT_SHOWN)
    units = {unit.pk: unit for unit in sorted(rows, key=lambda unit: place_in_list(unit, scope))}
    parents = {unit.parent_id for unit in units.values()}
    found = Layout()
    number_of: dict[int, int] = {}
    for unit in units.values():
        if kind and unit.kind != kind:
            continue
        head = unit if every_unit else head_of(unit, scope, units)
        if head.pk not in number_of:
            is_alone = (every_unit or head.pk == scope.pk) and head.pk in parents
            number_of[head.pk] = len(found.lines)
            found.lines.append(Line(head, is_alone, is_active=False))
        number = found.line_of[unit.pk] = number_of[head.pk]
        if unit.is_active:
            found.in_operation.add(unit.pk)
            line = found.lines[number]
            found.lines[number] = Line(line.unit, line.is_alone)
    return found


def place_in_list(unit: Unit, scope: Unit) -> tuple[bool, str, str]:
    return (unit.pk != scope.pk, unit.name_key, unit.code)


def head_of(unit: Unit, scope: Unit, units: dict[int, Unit]) -> Unit:
    """The unit right below the scope that this one belongs to; the scope itself stands alone."""
    while unit.pk != scope.pk and unit.parent_id != scope.pk and unit.parent_id in units:
        unit = units[unit.parent_id]
    return unit


def summarise(
    user: User, scope: Unit, period: Period, *, kind: str = "", every_unit: bool = False
) -> Summary:
    """Papers as they stood on the last day of the period, and deliveries within it.

    A paper counts for the unit that keeps it and for each unit that is a party to it, once per
    line; in the sums of all lines it counts once. The number of questions does not depend on
    what they find. Rows the user may not see do not count.
    """
    layout = layout_of(scope, kind=kind, every_unit=every_unit)
    areas = list(ProgrammeArea.objects.filter(is_active=True))
    counts: dict[Measure, Counter[Place]] = {measure: Counter() for measure in Measure}
    is_whole = scope.kind == UnitKind.DITJENPAS
    alike = whole_country(user, period.last) if is_whole else papers_of(user, layout, period.last)
    count_papers(alike, layout, counts)
    count_deliveries(user, layout, period, counts, is_whole=is_whole)
    with_active = {unit for group in alike for unit in group.units}
    return Summary(layout, areas, counts, len(with_active & layout.in_operation))


def whole_country(user: User, day: date) -> Counter[Alike]:
    """As `papers_of` for every unit; remembered until the history names a change."""
    name, changes = f"papers-{day}", latest_changes()
    known = cache.get(name)
    if known is not None and known[0] == changes:
        found: Counter[Alike] = known[1]
        return found
    found = papers_of(user, None, day)
    cache.set(name, (changes, found), KEPT_SECONDS)
    return found


def papers_of(user: User, layout: Layout | None, day: date) -> Counter[Alike]:
    """Papers in force that day that concern units of the layout, or any unit; how many alike."""
    rows = Agreement.objects.listed_to(user).current().counted()
    parties = Party.objects.filter(unit__isnull=False).exclude(unit=F("agreement__unit"))
    links = AgreementArea.objects.all()
    if layout is not None:
        wanted = list(layout.line_of)
        keys = list(Agreement.objects.of_units(wanted).order_by().values_list("pk", flat=True))
        rows = rows.among(keys)
        parties, links = parties.filter(agreement__in=keys), links.filter(agreement__in=keys)
    others: defaultdict[int, tuple[int, ...]] = defaultdict(tuple)
    for paper, unit in parties.order_by("unit_id").values_list("agreement_id", "unit_id"):
        others[paper] += (unit,)
    areas: defaultdict[int, tuple[int, ...]] = defaultdict(tuple)
    for paper, area in links.order_by().values_list("agreement_id", "area_id"):
        areas[paper] += (area,)
    states: Any = rows.in_force(day).with_moving(day).order_by()
    return Counter(
        Alike((keeper, *others.get(paper, ())), areas.get(paper, ()), bool(is_moving))
        for paper, keeper, is_moving in states.values_list("pk", "unit_id", "is_moving")
    )


def count_papers(
    alike: Counter[Alike], layout: Layout, counts: dict[Measure, Counter[Place]]
) -> None:
    active, moving = counts[Measure.ACTIVE], counts[Measure.MOVING]
    for (units, areas, is_moving), number in alike.items():
        lines = layout.lines_of(units)
        if not lines:
            continue
        for line in (EVERYBODY, *lines):
            for area in (ALL, *areas):
                active[line, area] += number
                if is_moving:
                    moving[line, area] += number


def count_deliveries(
    user: User,
    layout: Layout,
    period: Period,
    counts: dict[Measure, Counter[Place]],
    *,
    is_whole: bool,
) -> None:
    """By the unit that keeps the delivery; its area is the one recorded with it."""
    rows: QuerySet[Delivery] = Delivery.objects.editable_by(user).current()
    rows = rows.filter(date__range=(period.first, period.last)).order_by()
    if not is_whole:
        rows = rows.filter(unit__in=list(layout.line_of))
    people = sum((F(name) for name in Delivery.COUNT_FIELDS[1:]), F(Delivery.COUNT_FIELDS[0]))
    sums = rows.values("unit_id", "area_id").annotate(number=Count("pk"), people=Sum(people))
    numbers, participants = counts[Measure.DELIVERIES], counts[Measure.PARTICIPANTS]
    for unit, area, number, heads in sums.values_list("unit_id", "area_id", "number", "people"):
        if unit not in layout.line_of:
            continue
        for line in (EVERYBODY, layout.line_of[unit]):
            for place in {ALL, area or ALL}:
                numbers[line, place] += number
                participants[line, place] += heads
