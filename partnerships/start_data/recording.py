"""From the facts of the five articles to rows, through the same `record` as any other entry."""

from enum import Enum

from django.db import transaction

from indonesian.dates import read_date
from indonesian.names import normalise
from institutions.models import Officeholder, Recorded, Regency, Unit
from partnerships.models import (
    Agreement,
    AgreementArea,
    Attendance,
    Coverage,
    Event,
    EventArea,
    EventPart,
    EventPerson,
    EventUnit,
    Partner,
    PartnerName,
    PartnerSector,
    Party,
    ProgrammeArea,
    Sector,
    Stage,
)
from partnerships.start_data.articles import ARTICLES, READ_ON
from partnerships.start_data.facts import (
    Article,
    PartnerAttending,
    PartnerFacts,
    Person,
    Prospect,
)

REASON = "Data awal: lima kegiatan nyata"


class LoadResult(Enum):
    """What became of a request to load the five events."""

    LOADED = "loaded"
    LOADED_BEFORE = "loaded before"
    IN_USE = "in use"


@transaction.atomic
def load_start_data() -> LoadResult:
    """Record the five events, once in the life of a register.

    History tells whether that happened: it outlives what users change, archive or purge. A
    register that already holds events of its own is left alone.
    """
    if Event.history.filter(history_change_reason=REASON).exists():
        return LoadResult.LOADED_BEFORE
    if Event.objects.exists():
        return LoadResult.IN_USE
    for article in ARTICLES:
        record_article(article)
    return LoadResult.LOADED


def record_article(article: Article) -> Event:
    event = Event(
        unit=unit_of(article.unit),
        title=article.title,
        place=article.place,
        mode=article.mode or "",
        budget_year=article.budget_year,
        declared_partners=article.declared_partners,
        declared_agreements=article.declared_agreements,
        notes=article.notes,
        source_kind=article.source_kind or "",
        published_on=article.published_on,
    )
    if article.date_text:
        event.set_date(read_date(article.date_text, today=READ_ON))
    event.record(by=None, reason=REASON)
    for order, (kind, text) in enumerate(article.parts, start=1):
        add(EventPart(event=event, kind=kind, text=text, order=order))
    for code, role, online in article.units:
        add(EventUnit(event=event, unit=unit_of(code), role=role, online=online))
    for area in ProgrammeArea.objects.filter(code__in=article.areas):
        add(EventArea(event=event, area=area))
    for attending in article.partners:
        record_attendance(event, attending)
    for person in article.people:
        record_person(event, person, article.source)
    for report in article.coverage:
        add(
            Coverage(
                event=event,
                outlet=report.outlet,
                reach=report.reach,
                published_on=article.published_on,
            )
        )
    event.refresh_search_text()
    return event


def record_attendance(event: Event, attending: PartnerAttending) -> None:
    partner = partner_of(attending.partner)
    agreement = None
    if attending.prospect:
        agreement = record_prospect(event.unit, partner, attending.prospect)
    add(
        Attendance(
            event=event,
            partner=partner,
            name_as_written=attending.as_written,
            representative=attending.representative,
            outcome=attending.outcome or "",
            agreement=agreement,
        )
    )


def record_prospect(unit: Unit, partner: Partner, prospect: Prospect) -> Agreement:
    agreement = Agreement(
        unit=unit, title=prospect.title, scope=prospect.scope, stage=Stage.PROSPECT
    )
    add(agreement)
    add(Party(agreement=agreement, order=1, unit=unit))
    add(Party(agreement=agreement, order=2, partner=partner))
    for area in ProgrammeArea.objects.filter(code__in=prospect.areas):
        add(AgreementArea(agreement=agreement, area=area))
    agreement.refresh_search_text()
    return agreement


def record_person(event: Event, person: Person, source: str) -> None:
    """Who was named; and, with a whole day, who was seen in which office of ours."""
    unit = unit_of(person.unit) if person.unit else None
    add(
        EventPerson(
            event=event,
            name=person.name,
            degrees=person.degrees,
            position=person.position,
            organisation=person.organisation,
            unit=unit,
            partner=partner_of(person.partner) if person.partner else None,
            role=person.role,
        )
    )
    if unit is None or event.starts_on is None:
        return
    if Officeholder.objects.filter(unit=unit, name_key=normalise(person.name)).exists():
        return
    add(
        Officeholder(
            unit=unit,
            person_name=person.name,
            degrees=person.degrees,
            position=person.position,
            is_head=person.is_head,
            seen_on=event.starts_on,
            source=source,
        )
    )


def partner_of(facts: PartnerFacts) -> Partner:
    """The partner of that name in that regency, recorded when it is not there yet."""
    regency = Regency.objects.get(code=facts.regency)
    known = Partner.objects.with_same_name_as(facts.name).filter(regency=regency).first()
    if known is not None:
        return known
    partner = Partner(
        name=facts.name,
        kind=facts.kind,
        acronym=facts.acronym,
        regency=regency,
        parent=partner_of(facts.parent) if facts.parent else None,
    )
    add(partner)
    for sector in Sector.objects.filter(code__in=facts.sectors):
        add(PartnerSector(partner=partner, sector=sector))
    for kind, name in facts.names:
        add(PartnerName(partner=partner, kind=kind, name=name))
    partner.refresh_search_text()
    return partner


def unit_of(code: str) -> Unit:
    return Unit.objects.get(code=code)


def add(row: Recorded) -> None:
    row.record(by=None, reason=REASON)
