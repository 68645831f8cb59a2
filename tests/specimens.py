"""One whole, saved row of every recorded model, for what has to hold for all of them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from institutions.models import (
    Acting,
    Grade,
    KanwilProvince,
    MinistryName,
    Officeholder,
    Province,
    Recorded,
    Regency,
    Unit,
    UnitKind,
    UnitName,
    User,
)
from partnerships.models import (
    ActivityKind,
    Agreement,
    AgreementArea,
    Attendance,
    Contact,
    Coverage,
    Delivery,
    Document,
    DocumentKind,
    Event,
    EventAgreement,
    EventArea,
    EventPart,
    EventPerson,
    EventUnit,
    FollowUp,
    Mode,
    Outcome,
    Partner,
    PartnerName,
    PartnerSector,
    Party,
    PokmasDecree,
    PokmasField,
    PokmasFieldKind,
    PokmasMember,
    ProgrammeArea,
    Quote,
    Sector,
    SourceKind,
)
from tests.factories import (
    make_agreement,
    make_area,
    make_delivery,
    make_event,
    make_kanwil,
    make_partner,
    make_province,
    make_regency,
    make_unit,
    make_user,
    numbers,
)

DAY = date(2026, 3, 3)


def make_sector() -> Sector:
    return Sector(code=f"URUSAN_{next(numbers)}", label="Sosial").record(by=None)


def make_officeholder() -> Officeholder:
    return Officeholder(
        unit=make_unit(),
        person_name="Contoh Satu",
        degrees="S.H.",
        position="Kepala",
        is_head=True,
        acting=Acting.PLT,
        valid_from=DAY,
        source="Surat keputusan",
    ).record(by=None)


def make_document() -> Document:
    return Document(
        file="documents/contoh",
        kind=DocumentKind.NASKAH,
        agreement=make_agreement(),
        original_name="naskah.pdf",
        sha256="0" * 64,
        size=1000,
    ).record(by=None)


def make_bapas() -> Unit:
    return make_unit(kind=UnitKind.BAPAS)


def make_decree() -> PokmasDecree:
    partner, unit = make_partner(), make_bapas()
    return PokmasDecree(partner=partner, unit=unit, number="SK-1", date=DAY).record(by=None)


def make_person() -> EventPerson:
    return EventPerson(
        event=make_event(), name="Contoh Dua", position="Kepala Dinas", organisation="Dinas Sosial"
    ).record(by=None)


def make_followup(**fields: Any) -> FollowUp:
    by = fields.pop("by", None)
    if not {"event", "agreement", "attendance"} & fields.keys():
        fields["event"] = make_event()
    fields.setdefault("owner_unit", make_unit())
    fields.setdefault("text", "Kirim draf")
    return FollowUp(**fields).record(by=by)


def make_contact(**fields: Any) -> Contact:
    by = fields.pop("by", None)
    facts = {
        "position": "Sekretaris",
        "name": "Contoh Tiga",
        "phone": "0812-0000-0000",
        "email": "contoh.tiga@contoh.id",
    }
    fields.setdefault("partner", fields.get("partner") or make_partner())
    fields.setdefault("unit", make_unit())
    return Contact(**facts | fields).record(by=by)


def make_attendance() -> Attendance:
    return Attendance(
        event=make_event(),
        partner=make_partner(),
        name_as_written="Dinsos",
        representative="Kepala bidang",
        outcome=Outcome.MENJAJAKI,
    ).record(by=None)


def make_full_event() -> Event:
    return make_event(
        starts_on=DAY,
        place="Aula",
        mode=Mode.LURING,
        source_kind=SourceKind.RILIS_SENDIRI,
        source_url="https://contoh.id/berita",
    )


def make_full_partner() -> Partner:
    return make_partner(
        acronym="DINSOS",
        address="Jalan Contoh 1",
        website="https://contoh.id",
        office_phone="0292-000000",
        office_email="dinsos@contoh.id",
    )


SPECIMENS: dict[type[Recorded], Callable[[], Any]] = {
    Province: make_province,
    Regency: make_regency,
    Unit: lambda: make_unit(grade=Grade.IIB, address="Jalan Contoh 2", email="lapas@contoh.id"),
    UnitName: lambda: UnitName(
        unit=make_unit(), name="Lapas Contoh Lama", grade=Grade.III, valid_until=DAY
    ).record(by=None),
    KanwilProvince: lambda: KanwilProvince(
        unit=make_kanwil(), province=make_province("34", "DI Yogyakarta")
    ).record(by=None),
    MinistryName: lambda: MinistryName(name="Kementerian Contoh", valid_from=DAY).record(by=None),
    Officeholder: make_officeholder,
    User: lambda: make_user(unit=make_unit(), last_name="Contoh", email="contoh@contoh.id"),
    ProgrammeArea: make_area,
    Sector: make_sector,
    Partner: make_full_partner,
    PartnerSector: lambda: PartnerSector(partner=make_partner(), sector=make_sector()).record(
        by=None
    ),
    PartnerName: lambda: PartnerName(partner=make_partner(), name="Dinsos Grobogan").record(
        by=None
    ),
    Contact: make_contact,
    PokmasDecree: make_decree,
    PokmasField: lambda: PokmasField(decree=make_decree(), kind=PokmasFieldKind.HUKUM).record(
        by=None
    ),
    PokmasMember: lambda: PokmasMember(decree=make_decree(), partner=make_partner()).record(
        by=None
    ),
    Agreement: make_agreement,
    Party: lambda: make_agreement().parties.get(order=2),
    AgreementArea: lambda: make_agreement(areas=[make_area()]).area_links.get(),
    Event: make_full_event,
    EventPart: lambda: EventPart(event=make_event(), kind=ActivityKind.MONEV).record(by=None),
    EventUnit: lambda: EventUnit(event=make_event(), unit=make_unit()).record(by=None),
    EventArea: lambda: EventArea(event=make_event(), area=make_area()).record(by=None),
    EventAgreement: lambda: EventAgreement(event=make_event(), agreement=make_agreement()).record(
        by=None
    ),
    Attendance: make_attendance,
    EventPerson: make_person,
    Quote: lambda: Quote(person=make_person(), text="Kutipan contoh").record(by=None),
    Coverage: lambda: Coverage(
        event=make_event(), outlet="Media Contoh", url="https://contoh.id/1"
    ).record(by=None),
    FollowUp: make_followup,
    Delivery: make_delivery,
    Document: make_document,
}
