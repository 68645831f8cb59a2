"""How the facts of a press article are written down before they become rows."""

from dataclasses import dataclass
from datetime import date

from partnerships.models import (
    ActivityKind,
    Mode,
    Outcome,
    PartnerKind,
    PartnerNameKind,
    PersonRole,
    SourceKind,
    UnitRole,
)


@dataclass(frozen=True)
class PartnerFacts:
    name: str
    kind: PartnerKind
    regency: str
    acronym: str = ""
    sectors: tuple[str, ...] = ()
    names: tuple[tuple[PartnerNameKind, str], ...] = ()
    parent: "PartnerFacts | None" = None


@dataclass(frozen=True)
class Prospect:
    """A cooperation that is being explored: no paper yet."""

    title: str
    scope: str
    areas: tuple[str, ...]


@dataclass(frozen=True)
class PartnerAttending:
    partner: PartnerFacts
    as_written: str = ""
    representative: str = ""
    outcome: Outcome | None = None
    prospect: Prospect | None = None


@dataclass(frozen=True)
class Person:
    """Somebody named in the article; in office at `unit`, or speaking for `partner`."""

    name: str
    position: str
    role: PersonRole = PersonRole.SPEAKER
    degrees: str = ""
    organisation: str = ""
    unit: str = ""
    is_head: bool = False
    partner: PartnerFacts | None = None


@dataclass(frozen=True)
class Report:
    outlet: str
    reach: int | None = None


@dataclass(frozen=True)
class Article:
    """One event as its article tells it; what the article does not say stays empty."""

    unit: str
    title: str
    parts: tuple[tuple[ActivityKind, str], ...]
    units: tuple[tuple[str, UnitRole, bool], ...]
    areas: tuple[str, ...]
    source: str
    date_text: str = ""
    place: str = ""
    mode: Mode | None = None
    budget_year: int | None = None
    declared_partners: int | None = None
    declared_agreements: int | None = None
    partners: tuple[PartnerAttending, ...] = ()
    people: tuple[Person, ...] = ()
    coverage: tuple[Report, ...] = ()
    source_kind: SourceKind | None = None
    published_on: date | None = None
    notes: str = ""
