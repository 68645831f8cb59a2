"""Agreements of the made-up region: in every status, moving or not, complete or not."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain

from indonesian.calendar import add_months
from institutions.models import Unit, UnitKind
from partnerships.demo.deliveries import deliver
from partnerships.demo.papers import CASES, USUAL, Paper, make_paper
from partnerships.demo.words import PEOPLE, PLACES, REASONS, SUBJECTS
from partnerships.demo.world import World
from partnerships.models import (
    ENDING_SOON_DAYS,
    ActivityKind,
    Agreement,
    AgreementArea,
    AgreementKind,
    Attendance,
    Event,
    EventPart,
    EventUnit,
    Evidence,
    Funding,
    Partner,
    PartnerKind,
    Party,
    RenewalClause,
    Stage,
    Status,
    UnitRole,
)

CEREMONY = 12
ADDENDA, BETWEEN_UNITS = 3, 2
ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def make_agreements(world: World, kanwil: Unit) -> None:
    umbrellas = make_umbrellas(world, kanwil)
    make_ceremony(world)
    cases = cases_without_end(world)
    wanted = world.size.agreements - ADDENDA - BETWEEN_UNITS
    while (left := wanted - len(world.agreements)) > 0:
        status, evidence = next(cases)
        if left == 1 and status == Status.RENEWED:
            status = Status.ACTIVE
        make_one(world, make_paper(world, status, evidence), umbrellas)
    make_addenda(world)
    make_papers_between_units(world)


def cases_without_end(world: World) -> Iterator[tuple[Status, Evidence | None]]:
    weights = [weight for *_, weight in USUAL]
    usual = ((s, e) for s, e, _ in iter(lambda: world.dice.choices(USUAL, weights)[0], None))
    return chain(CASES, usual)


def make_one(world: World, paper: Paper, umbrellas: dict[int, Agreement]) -> Agreement:
    unit = world.dice.choice(world.units)
    partner = world.dice.choice(world.partners)
    parent = umbrellas.get(partner.regency_id or 0) if world.chance(40) else None
    agreement = write_agreement(world, unit, partner, paper, parent=parent)
    for day in paper.deliveries:
        deliver(world, agreement, partner, day)
    if paper.successor:
        successor = Paper(Status.ACTIVE, Evidence.NEW, paper.successor)
        write_agreement(world, unit, partner, successor, replaces=agreement, title=agreement.title)
    if paper.terminated_on:
        agreement.terminate(
            on=paper.terminated_on,
            by=world.recorder(unit),
            reason=world.dice.choice(REASONS),
        )
    if paper.status == Status.ARCHIVED:
        agreement.archive(by=world.recorder(unit), reason="Naskah ternyata tidak jadi dipakai")
    return agreement


def write_agreement(
    world: World,
    unit: Unit,
    partner: Partner,
    paper: Paper,
    *,
    kind: AgreementKind = AgreementKind.PKS,
    title: str | None = None,
    **links: Agreement | Event | None,
) -> Agreement:
    """Record the paper with its parties; every ninth one alone lacks something, as in life."""
    dice = world.dice
    area = world.area_of[partner.pk]
    alone = not any(links.values()) and not paper.successor
    gap = dice.choice(("title", "area", "party")) if alone and world.chance(11) else ""
    agreement = Agreement(
        kind=kind,
        unit=unit,
        title="" if gap == "title" else title or dice.choice(SUBJECTS[area]),
        place=str(partner.region or ""),
        scope=f"Kegiatan bersama di {unit.short_name}." if world.chance(60) else "",
        funding=dice.choice(Funding.values),
        renewal_clause=dice.choice(RenewalClause.values),
        notice_days=dice.choice((None, 30, 60, 90)),
        internal_contact="Seksi Pembinaan" if world.chance(50) else "",
        wording_in_source="MoU" if kind == AgreementKind.PKS and world.chance(15) else "",
        **links,
        **paper.columns,
    )
    world.add(agreement, unit)
    add_sides(world, agreement, None if gap == "party" else partner)
    if gap != "area":
        world.add(AgreementArea(agreement=agreement, area=world.areas[area]), unit)
    agreement.refresh_search_text()
    world.agreements.append(agreement)
    return agreement


def add_sides(world: World, agreement: Agreement, partner: Partner | None) -> None:
    """Only signed papers have numbers, one per side."""
    unit = agreement.unit
    number = len(world.agreements) + 1
    ours = Party(agreement=agreement, order=1, unit=unit)
    theirs = Party(agreement=agreement, order=2, partner=partner)
    if agreement.stage == Stage.SIGNED:
        code = world.units.index(unit) + 1 if unit in world.units else 0
        year = (agreement.signed_on or world.today).year
        ours.number = f"WP.99.PAS.{code}-PK.01.05-{number} Tahun {year}"
        ours.signatory_name = world.dice.choice(PEOPLE)
        ours.signatory_position = f"Kepala {unit.short_name}"
        theirs.number = number_of_partner(world, agreement, number)
    world.add(ours, unit)
    if partner is not None:
        world.add(theirs, unit)


def number_of_partner(world: World, agreement: Agreement, number: int) -> str:
    """Partners number freely, and some not at all."""
    if agreement.signed_on is None or world.chance(20):
        return ""
    day = agreement.signed_on
    return f"{number:03}/PKS/{ROMAN_MONTHS[day.month - 1]}/{day.year}"


def make_umbrellas(world: World, kanwil: Unit) -> dict[int, Agreement]:
    """The Kanwil's memoranda with the governments of regencies, by regency."""
    umbrellas = {}
    for partner in [row for row in world.partners if row.kind == PartnerKind.PEMDA][:3]:
        paper = make_paper(world, Status.ACTIVE, Evidence.NOT_MOVING)
        umbrellas[partner.regency_id or 0] = write_agreement(
            world,
            kanwil,
            partner,
            paper,
            kind=AgreementKind.NK,
            title=f"Dukungan {partner.name} bagi pemasyarakatan",
        )
    return umbrellas


def make_ceremony(world: World) -> None:
    """One signing with many partners on one day, a few of which nobody recorded yet."""
    unit = next(unit for unit in world.units if "perempuan" in unit.code)
    day = world.days_ago(20, 60)
    partners = world.some_partners(CEREMONY)
    event = Event(
        unit=unit,
        title=f"Penandatanganan perjanjian dengan {CEREMONY + 3} mitra",
        starts_on=day,
        place=world.dice.choice(PLACES),
        declared_partners=CEREMONY + 3,
        declared_agreements=CEREMONY + 3,
        budget_year=day.year,
    )
    world.add(event, unit)
    world.add(EventPart(event=event, kind=ActivityKind.TTD), unit)
    world.add(EventPart(event=event, kind=ActivityKind.PENGHARGAAN, order=2), unit)
    world.add(EventUnit(event=event, unit=unit, role=UnitRole.HOST), unit)
    world.add(EventUnit(event=event, unit=unit.parent, role=UnitRole.WITNESS), unit)
    for partner in partners:
        paper = Paper(Status.ACTIVE, Evidence.NEW, {"signed_on": day, "term_months": 24})
        agreement = write_agreement(world, unit, partner, paper, signing_event=event)
        attendance = Attendance(event=event, partner=partner, agreement=agreement)
        world.add(attendance, unit)
    event.refresh_search_text()
    world.events.append(event)


def make_addenda(world: World) -> None:
    """Papers that move the end of another one."""
    not_soon = world.today + timedelta(days=ENDING_SOON_DAYS)
    running = list(
        Agreement.objects.in_force(world.today).filter(
            pk__in=[row.pk for row in world.agreements],
            ends_on__gt=not_soon,
            parties__partner__isnull=False,
        )
    )
    for base in world.dice.sample(running, ADDENDA):
        addendum = base.amend(
            by=world.recorder(base.unit),
            title=f"Perpanjangan masa {base}",
            signed_on=max(base.signed_on or world.today, world.days_ago(10, 60)),
            ends_on=add_months(base.ends_on or world.today, 12),
        )
        world.agreements.append(addendum)


def make_papers_between_units(world: World) -> None:
    """A UPT as the other side: it is a unit on the paper, never a partner."""
    bapas = [unit for unit in world.units if unit.kind == UnitKind.BAPAS]
    for unit in bapas[:BETWEEN_UNITS]:
        other = world.another_unit(unit)
        paper = make_paper(world, Status.ACTIVE, Evidence.NOT_MOVING)
        agreement = Agreement(
            unit=unit, title="Pendampingan klien sejak masa pidana", **paper.columns
        )
        world.add(agreement, unit)
        for order, side in enumerate((unit, other), start=1):
            world.add(Party(agreement=agreement, order=order, unit=side), unit)
        world.add(AgreementArea(agreement=agreement, area=world.areas["REINTEGRASI"]), unit)
        agreement.refresh_search_text()
        world.agreements.append(agreement)
