"""Partners of the made-up region."""

from institutions.models import Regency, UnitKind
from partnerships.demo.words import PARTNERS, PEOPLE
from partnerships.demo.world import World
from partnerships.models import (
    Contact,
    Partner,
    PartnerKind,
    PartnerName,
    PartnerNameKind,
    PartnerSector,
    PokmasDecree,
    PokmasField,
    PokmasFieldKind,
    PokmasMember,
)


def make_partners(world: World) -> None:
    """The same offices in every regency, as in life; a few more lie in the Sampah."""
    wanted = [(regency, row) for row in PARTNERS for regency in world.regencies]
    for number in range(world.size.partners):
        regency, (name, acronym, kind, sectors, area) = wanted[number % len(wanted)]
        partner = Partner(
            name=name.format(kind=regency.get_kind_display(), place=regency.name),
            acronym=acronym,
            kind=kind,
            regency=regency,
            parent=university_of(world, name, regency),
        )
        if world.chance(30):
            partner.office_phone = "000-0000"
            partner.office_email = "surat@contoh.example"
        unit = world.dice.choice(world.units)
        world.add(partner, unit)
        world.partners.append(partner)
        world.area_of[partner.pk] = area
        for sector in sectors:
            world.add(PartnerSector(partner=partner, sector=world.sectors[sector]), unit)
        if acronym:
            spelling = f"{acronym} {regency.name}"
            world.add(PartnerName(partner=partner, name=spelling, kind=PartnerNameKind.ALIAS), unit)
        if number % 5 == 0:
            make_contact(world, partner)
    groups = [row for row in world.partners if row.kind == PartnerKind.POKMAS]
    for number, partner in enumerate(groups, start=1):
        make_decree(world, partner, number)
    make_mistakes(world)


def university_of(world: World, name: str, regency: Regency) -> Partner | None:
    if not name.startswith("Fakultas"):
        return None
    whole = f"Universitas {regency.name}"
    return next(partner for partner in world.partners if partner.name == whole)


def make_contact(world: World, partner: Partner) -> None:
    unit = world.dice.choice(world.units)
    contact = Contact(
        partner=partner,
        unit=unit,
        name=world.dice.choice(PEOPLE),
        position="Sekretaris",
        phone="0800-000-000",
        verified_on=world.days_ago(10, 400),
    )
    world.add(contact, unit)


def make_decree(world: World, partner: Partner, number: int) -> None:
    bapas = next(unit for unit in world.units if unit.kind == UnitKind.BAPAS)
    day = world.days_ago(100, 900)
    text = f"WP.99.PAS.9-PK.01.05-{number} Tahun {day.year}"
    decree = PokmasDecree(partner=partner, unit=bapas, number=text, date=day)
    world.add(decree, bapas)
    for kind in world.dice.sample(list(PokmasFieldKind), 2):
        world.add(PokmasField(decree=decree, kind=kind), bapas)
    others = [row for row in world.some_partners(6) if row.pk != partner.pk]
    for member in others[:5]:
        world.add(PokmasMember(decree=decree, partner=member), bapas)


def make_mistakes(world: World) -> None:
    """Partners that were typed twice and removed."""
    for partner in world.some_partners(3):
        unit = world.dice.choice(world.units)
        again = Partner(name=partner.name, kind=partner.kind, regency=partner.regency)
        world.add(again, unit)
        again.archive(by=world.recorder(unit), reason="Tercatat dua kali")
