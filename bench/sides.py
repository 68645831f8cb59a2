"""The two sides of every paper: all units of the reference data, and made-up partners."""

import random
from dataclasses import dataclass, field

from bench.bulk import Table, found_by
from indonesian.names import normalise
from institutions.models import Province, Regency, Unit, UnitKind
from partnerships.demo.words import PARTNERS
from partnerships.models import Partner, PartnerName, PartnerSector, Sector

NAMED_TWICE = 0.08
# Every so many-th partner is a part of the one before it.
PART_OF = 10


@dataclass
class Side:
    """What papers and events copy of a unit or partner."""

    pk: int
    texts: tuple[str, ...]
    regency: int | None
    province: int | None
    label: str = ""
    near: "list[Side]" = field(default_factory=list)


def units_of_country() -> list[Side]:
    """All units in operation below the Kanwil, and a few Kanwil that keep papers themselves."""
    rows = Unit.objects.active().exclude(kind__in=(UnitKind.DITJENPAS,)).order_by("pk")
    return [
        Side(row.pk, (row.name, row.short_name), row.regency_id, row.province_id, row.short_name)
        for row in rows
    ]


def add_partners(chance: random.Random, number: int) -> tuple[list[Side], list[Table]]:
    """So many partners spread over all regencies, a twelfth of them with a second name."""
    partners, names, sectors = Table(Partner), Table(PartnerName), Table(PartnerSector)
    regencies = list(Regency.objects.select_related("province").order_by("pk"))
    provinces = {row.pk: row for row in Province.objects.all()}
    sector_keys = dict(Sector.objects.values_list("code", "pk"))
    found = []
    for place in range(number):
        regency = regencies[place % len(regencies)]
        pattern, acronym, kind, sector_codes, _ = PARTNERS[
            (place // len(regencies)) % len(PARTNERS)
        ]
        lap = place // (len(regencies) * len(PARTNERS))
        name = pattern.format(kind=regency.get_kind_display(), place=regency.name)
        name = name if "{place}" in pattern else f"{name} {regency.full_name}"
        name = f"{name} {lap + 1}" if lap else name
        acronym = f"{acronym} {regency.name}"[:40] if acronym else ""
        also = f"{name} (Contoh)" if chance.random() < NAMED_TWICE else ""
        row = Partner(name=name, acronym=acronym, kind=kind, regency=regency)
        row.province = provinces[regency.province_id]
        row.fill_derived()
        key = partners.add(
            name=name,
            name_key=row.name_key,
            acronym=acronym,
            kind=kind,
            parent_id=found[place - 1].pk if place % PART_OF == 1 else None,
            regency_id=regency.pk,
            province_id=regency.province_id,
            search_text=found_by(name, acronym, *([also] if also else []), str(regency)),
        )
        if also:
            names.add(partner_id=key, name=also, name_key=normalise(also)[:500])
        for code in sector_codes:
            sectors.add(partner_id=key, sector_id=sector_keys[code])
        texts = (name, acronym, also)
        found.append(Side(key, texts, regency.pk, regency.province_id, name))
    return found, [partners, names, sectors]
