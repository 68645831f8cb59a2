"""What stands above and below a printed report: the letterhead of a unit and who signs for it."""

from dataclasses import dataclass
from datetime import date

from institutions.models import MinistryName, Officeholder, Unit


@dataclass(frozen=True)
class Letterhead:
    """The offices from the ministry down to the unit, and below them where the unit is."""

    offices: list[str]
    address: list[str]


@dataclass(frozen=True)
class Signature:
    """Where and as what somebody signs; the name is blank where nobody is known."""

    place: str
    position: str
    name: str


def letterhead_of(unit: Unit, day: date) -> Letterhead:
    """As the unit wrote it itself, else from the names that were in use that day."""
    address = [line for line in (unit.address, contact_line(unit)) if line]
    own = [line.strip() for line in unit.letterhead.splitlines() if line.strip()]
    if own:
        return Letterhead(own, [])
    ministries = [row.name for row in MinistryName.objects.all() if row.covers(day)]
    rows = Unit.objects.above(unit.pk).prefetch_related("names")
    above = {row.pk: row for row in rows}
    offices: list[str] = []
    upper = above.get(unit.parent_id or 0)
    while upper is not None:
        offices.insert(0, upper.name_on(day))
        upper = above.get(upper.parent_id or 0)
    return Letterhead([*ministries[-1:], *offices, unit.name_on(day)], address)


def contact_line(unit: Unit) -> str:
    phone = f"Telepon {unit.phone}" if unit.phone else ""
    email = f"Surel {unit.email}" if unit.email else ""
    return ", ".join(filter(None, (phone, email)))


def signature_of(unit: Unit, day: date) -> Signature:
    """Of the head in office that day; else of who was last seen leading the unit before it."""
    heads = Officeholder.objects.heads().filter(unit=unit)
    head = heads.in_office_on(day).order_by("acting", "-valid_from", "pk").first()
    head = head or heads.not_over(day).first()
    regency = unit.regency.name if unit.regency else ""
    if head is None:
        return Signature(regency, "Kepala", "")
    position = f"{head.acting_mark} {head.position}".strip()
    return Signature(regency, position, head.full_name)
