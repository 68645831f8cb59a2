"""Events of the made-up region: meetings and visits, dated as well as people date them."""

from datetime import timedelta

from indonesian.calendar import format_day, month_name, weekday_name
from indonesian.dates import read_date
from institutions.models import Officeholder, Unit
from partnerships.demo.words import PEOPLE, PLACES, PROMISES
from partnerships.demo.world import World
from partnerships.models import (
    ActivityKind,
    Attendance,
    Coverage,
    Event,
    EventArea,
    EventPart,
    EventPerson,
    EventUnit,
    FollowUp,
    Mode,
    Outcome,
    PersonRole,
    Presence,
    SourceKind,
    UnitRole,
)

# What happens, how often, and what it is called.
KINDS = (
    (ActivityKind.RAKOR, 25, "Rapat koordinasi dengan {partner}"),
    (ActivityKind.KOORDINASI, 20, "Koordinasi dengan {partner}"),
    (ActivityKind.KUNJUNGAN, 20, "Kunjungan ke {partner}"),
    (ActivityKind.AUDIENSI, 10, "Audiensi dengan {partner}"),
    (ActivityKind.SOSIALISASI, 10, "Sosialisasi bersama {partner}"),
    (ActivityKind.MONEV, 8, "Evaluasi kerja sama dengan {partner}"),
    (ActivityKind.KEHUMASAN, 4, "Temu media bersama {partner}"),
    (ActivityKind.UPACARA, 3, "Upacara bersama {partner}"),
)
MEETINGS = frozenset({ActivityKind.KOORDINASI, ActivityKind.KUNJUNGAN, ActivityKind.AUDIENSI})


def make_events(world: World) -> None:
    while len(world.events) < world.size.events:
        world.events.append(make_event(world, len(world.events)))
    make_promises_on_agreements(world)


def make_event(world: World, number: int) -> Event:
    dice = world.dice
    unit = dice.choice(world.units)
    kind, _, title = dice.choices(KINDS, [weight for _, weight, _ in KINDS])[0]
    partners = world.some_partners(dice.randint(1, 4))
    event = Event(
        unit=unit,
        title=title.format(partner=partners[0]),
        place=dice.choice(PLACES) if world.chance(70) else "",
        mode=dice.choice((Mode.LURING, Mode.LURING, Mode.DARING, Mode.HIBRIDA, "")),
        declared_partners=len(partners) + dice.choice((0, 0, 2)) if world.chance(40) else None,
        source_kind=dice.choice(SourceKind.values),
    )
    event.set_date(read_date(date_as_written(world, number), today=world.today + timedelta(60)))
    world.add(event, unit)
    world.add(EventPart(event=event, kind=kind), unit)
    make_units(world, event, unit)
    world.add(EventArea(event=event, area=world.areas[world.area_of[partners[0].pk]]), unit)
    for partner in partners:
        attendance = Attendance(
            event=event,
            partner=partner,
            presence=dice.choices(Presence.values, (1, 7, 2))[0],
            representative=dice.choice(PEOPLE) if world.chance(30) else "",
            outcome=dice.choice(Outcome.values) if kind in MEETINGS else "",
        )
        world.add(attendance, unit)
        if attendance.outcome == Outcome.SEPAKAT_PKS:
            make_promise(world, unit, attendance=attendance)
    make_people(world, event, unit)
    if number % 8 == 0:
        make_promise(world, unit, event=event)
    event.refresh_search_text()
    if number % 90 == 89:
        event.archive(by=world.recorder(unit), reason="Tercatat dua kali")
    return event


def date_as_written(world: World, number: int) -> str:
    """Mostly a whole day; now and then less, as in press texts; some still lie ahead."""
    lies_ahead = number % 25 == 0
    day = world.days_ago(-30, -1) if lies_ahead else world.days_ago(1, 700)
    match number % 20:
        case 17:
            return f"{month_name(day.month)} {day.year}"
        case 18:
            return str(day.year)
        case 19:
            return f"{weekday_name(day)} ({day.day}/{day.month})"
        case 16:
            return f"{day.day} {month_name(day.month)}"
        case 15:
            return "baru-baru ini"
    return format_day(day)


def make_units(world: World, event: Event, unit: Unit) -> None:
    world.add(EventUnit(event=event, unit=unit, role=UnitRole.HOST), unit)
    if world.chance(20):
        online = event.mode in {Mode.DARING, Mode.HIBRIDA}
        other = world.another_unit(unit)
        world.add(EventUnit(event=event, unit=other, online=online), unit)
    if world.chance(15):
        world.add(EventUnit(event=event, unit=unit.parent, role=UnitRole.WITNESS), unit)


def make_people(world: World, event: Event, unit: Unit) -> None:
    if world.chance(60):
        head = Officeholder.objects.heads().filter(unit=unit).first()
        if head is not None:
            leader = EventPerson(
                event=event,
                name=head.person_name,
                degrees=head.degrees,
                position=head.position,
                unit=unit,
                role=PersonRole.LEADER,
            )
            world.add(leader, unit)
    if event.source_kind == SourceKind.MEDIA:
        report = Coverage(
            event=event,
            outlet="Harian Contoh",
            url=f"https://harian.contoh.example/{len(world.events)}",
            published_on=event.starts_on,
            reach=world.dice.randint(50, 5000),
        )
        world.add(report, unit)


def make_promise(world: World, unit: Unit, **target: object) -> None:
    """What was agreed to happen next: half of it is late, a third is done."""
    recorder = world.recorder(unit)
    promise = FollowUp(
        text=world.dice.choice(PROMISES),
        owner_unit=unit,
        owner_user=recorder if world.chance(50) else None,
        due=world.days_ago(-45, 60),
        **target,
    )
    world.add(promise, unit)
    if world.chance(33):
        promise.complete(on=min(world.today, promise.due or world.today), by=recorder)
        if world.chance(50):
            promise.verify(by=world.checker)


def make_promises_on_agreements(world: World) -> None:
    for agreement in world.agreements[:: max(1, len(world.agreements) // 20)]:
        if agreement.archived_on is None:
            make_promise(world, agreement.unit, agreement=agreement)
