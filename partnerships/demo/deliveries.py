"""Deliveries of the made-up region: half of them at an event, many checked by a second person."""

from datetime import date

from indonesian.calendar import month_name
from institutions.models import Unit, UnitKind, UnitSubkind
from partnerships.demo.words import PEOPLE, PLACES
from partnerships.demo.world import World
from partnerships.models import (
    DELIVERY_KINDS,
    ActivityKind,
    Agreement,
    AgreementArea,
    Attendance,
    Delivery,
    Event,
    EventAgreement,
    EventArea,
    EventPart,
    EventPerson,
    EventUnit,
    Partner,
    UnitRole,
)

KIND_OF_AREA = {
    "KES_LAYANAN": ActivityKind.LAYANAN,
    "ADM_KEPENDUDUKAN": ActivityKind.LAYANAN,
    "KES_REHAB": ActivityKind.REHAB,
    "SARPRAS": ActivityKind.BANTUAN,
    "KEP_HUKUM": ActivityKind.SOSIALISASI,
    "HUK_BANTUAN": ActivityKind.SOSIALISASI,
}


def deliver(world: World, agreement: Agreement, partner: Partner, day: date) -> None:
    """Something done under an agreement, at an event of its own about half of the time."""
    area = world.area_of[partner.pk]
    kind = KIND_OF_AREA.get(area, ActivityKind.PELATIHAN)
    event = None
    if world.chance(50) and len(world.events) < world.size.events // 2:
        event = make_event_of(world, agreement, partner, kind, day)
    add_delivery(world, agreement=agreement, event=event, kind=kind, date=day)


def make_event_of(
    world: World, agreement: Agreement, partner: Partner, kind: ActivityKind, day: date
) -> Event:
    unit = agreement.unit
    event = Event(
        unit=unit,
        title=f"{agreement} bersama {partner}",
        starts_on=day,
        place=world.dice.choice(PLACES),
    )
    world.add(event, unit)
    world.add(EventPart(event=event, kind=kind), unit)
    world.add(EventUnit(event=event, unit=unit, role=UnitRole.HOST), unit)
    world.add(EventAgreement(event=event, agreement=agreement), unit)
    world.add(Attendance(event=event, partner=partner), unit)
    world.add(EventArea(event=event, area=world.areas[world.area_of[partner.pk]]), unit)
    if world.chance(50):
        name = world.dice.choice(PEOPLE)
        world.add(EventPerson(event=event, name=name, position="Narasumber", partner=partner), unit)
    event.refresh_search_text()
    world.events.append(event)
    return event


def add_delivery(world: World, *, agreement: Agreement, date: date, **columns: object) -> Delivery:
    link = AgreementArea.objects.filter(agreement=agreement).select_related("area").first()
    delivery = Delivery(
        unit=agreement.unit,
        agreement=agreement,
        area=link.area if link else None,
        date=date,
        **counts_at(world, agreement.unit),
        output=f"{agreement}, {month_name(date.month)} {date.year}",
        **columns,
    )
    world.add(delivery, agreement.unit)
    if world.chance(40):
        delivery.verify(by=world.checker)
    return delivery


def counts_at(world: World, unit: Unit) -> dict[str, int]:
    """How many took part: those who are in the care of a unit of this kind."""
    who = "clients" if unit.kind == UnitKind.BAPAS else "inmates"
    women_only = unit.subkind == UnitSubkind.PEREMPUAN
    return {
        f"{who}_male": 0 if women_only else world.dice.randint(8, 35),
        f"{who}_female": world.dice.randint(8, 35) if women_only or who == "clients" else 0,
        "staff_male": world.dice.randint(0, 4),
        "staff_female": world.dice.randint(0, 4),
    }


def make_loose_deliveries(world: World) -> None:
    """Things done without an agreement, or recorded by mistake."""
    for partner in world.some_partners(10):
        unit = world.dice.choice(world.units)
        delivery = Delivery(
            unit=unit,
            partner=partner,
            kind=world.dice.choice(DELIVERY_KINDS),
            area=world.areas[world.area_of[partner.pk]],
            date=world.days_ago(5, 300),
            **counts_at(world, unit),
            output=f"Kegiatan bersama {partner}",
        )
        world.add(delivery, unit)
        if world.chance(20):
            delivery.archive(by=world.recorder(unit), reason="Tercatat dua kali")
