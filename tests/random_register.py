"""A small register made by chance, in which papers cross units, periods and states.

The same for the same seed. What reports count in it is counted again by hand in the tests.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from institutions.models import Unit, UnitKind
from partnerships.models import Agreement, Delivery, Party, ProgrammeArea
from tests.factories import (
    make_agreement,
    make_area,
    make_delivery,
    make_kanwil,
    make_partner,
    make_province,
    make_root,
    make_unit,
)

FIRST, LAST = date(2023, 1, 1), date(2026, 11, 22)
CODES = ("KES_LAYANAN", "MAN_VOKASI", "KEP_AGAMA")


@dataclass
class RandomRegister:
    units: list[Unit] = field(default_factory=list)
    areas: list[ProgrammeArea] = field(default_factory=list)


def make_random_register(seed: int, papers: int = 30) -> RandomRegister:
    chance = random.Random(seed)
    made = RandomRegister(units=[make_root()], areas=[make_area(code, code) for code in CODES])
    for code, name in (("33", "Jawa Tengah"), ("35", "Jawa Timur")):
        province = make_province(code, name)
        bapas = make_unit(f"Bapas Contoh {code}", kind=UnitKind.BAPAS, province=province)
        post = make_unit(
            f"Pos Bapas Contoh {code}", kind=UnitKind.POSBAPAS, province=province, parent=bapas
        )
        lapas = [make_unit(f"Lapas Contoh {code} {n}", province=province) for n in (1, 2)]
        closed = make_unit(f"Rutan Contoh {code}", kind=UnitKind.RUTAN, province=province)
        closed.change(by=None, is_active=False)
        made.units += [make_kanwil(province), bapas, post, *lapas, closed]
    partner = make_partner()
    earlier: Agreement | None = None
    for _ in range(papers):
        earlier = make_paper(chance, made, partner, earlier)
    return made


def any_day(chance: random.Random, first: date = FIRST, last: date = LAST) -> date:
    return first + timedelta(days=chance.randint(0, max((last - first).days, 0)))


def make_paper(
    chance: random.Random, made: RandomRegister, partner: object, earlier: Agreement | None
) -> Agreement | None:
    """The paper, if it may be renewed by the next one."""
    unit = chance.choice(made.units)
    state = chance.randrange(10)
    fields = {"signed_on": any_day(chance)} | term_of(chance, state)
    if earlier is not None and chance.random() < 0.4:
        fields |= {"replaces": earlier}
    kind = chance.choice(("PKS", "PKS", "PKS", "NK", "ADD"))
    areas = chance.sample(made.areas, chance.randrange(3))
    paper = make_agreement(unit, partner, kind=kind, areas=areas, **fields)  # type: ignore[arg-type]
    other = chance.choice(made.units)
    if other != unit and chance.random() < 0.4:
        Party(agreement=paper, order=3, unit=other).record(by=None)
    if paper.signed_on is None:
        return None
    for _ in range(chance.randrange(3)):
        deliver(chance, paper, made)
    if state == 4 and paper.start:
        reason, ended = {"termination_reason": "Contoh"}, any_day(chance, paper.start)
        last = min(ended, paper.ends_on) if paper.ends_on else ended
        paper.change(by=None, terminated_on=last, **reason)
    if state == 5 and not paper.deliveries.exists():
        paper.change(by=None, archived_on=LAST, archive_reason="Contoh")
        return None
    return paper if fields.get("replaces") is None else None


def term_of(chance: random.Random, state: int) -> dict[str, object]:
    match state:
        case 0:
            return {"signed_on": None}
        case 1:
            return {"is_open_ended": True}
        case 2:
            return {"ends_on": None}
        case 3:
            return {"starts_on": any_day(chance), "ends_on": LAST + timedelta(days=400)}
    return {"term_months": chance.choice((6, 12, 24, 36))}


def deliver(chance: random.Random, paper: Agreement, made: RandomRegister) -> Delivery:
    delivery = make_delivery(
        paper,
        unit=chance.choice((paper.unit, chance.choice(made.units))),
        date=any_day(chance, paper.start or FIRST),
        area=chance.choice((None, *made.areas)),
        inmates_male=chance.randrange(50),
        clients_female=chance.randrange(9),
        staff_male=chance.randrange(9),
    )
    if chance.random() < 0.15:
        delivery.change(by=None, archived_on=LAST, archive_reason="Contoh")
    return delivery
