"""The smallest objects that hold together; a test names only what matters to it."""

import hashlib
from datetime import date
from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone

from institutions.models import Province, Regency, RegencyKind, Role, Timezone, Unit, UnitKind, User
from partnerships.models import (
    ActivityKind,
    Agreement,
    AgreementArea,
    Attendance,
    Delivery,
    Document,
    DocumentKind,
    Event,
    EventPart,
    EventUnit,
    FileType,
    Partner,
    PartnerKind,
    Party,
    ProgrammeArea,
    Stage,
)
from partnerships.roles import sync_roles

numbers = count(1)


def make_province(code: str = "33", name: str = "Jawa Tengah", **fields: Any) -> Province:
    found = Province.objects.filter(code=code).first()
    fields = {"timezone": Timezone.WIB, "short_name": name, **fields}
    return found or Province(code=code, name=name, **fields).record(by=None)


def make_regency(code: str = "33.15", name: str = "Grobogan", **fields: Any) -> Regency:
    found = Regency.objects.filter(code=code).first()
    if found:
        return found
    kind = fields.pop("kind", RegencyKind.KABUPATEN)
    province = fields.pop("province", None) or make_province(code[:2])
    full_name = f"{RegencyKind(kind).label} {name}"
    return Regency(
        code=code, name=name, kind=kind, full_name=full_name, province=province, **fields
    ).record(by=None)


def make_root() -> Unit:
    found = Unit.objects.filter(kind=UnitKind.DITJENPAS).first()
    return found or Unit(
        code="ditjenpas",
        kind=UnitKind.DITJENPAS,
        name="Direktorat Jenderal Pemasyarakatan",
        short_name="Ditjenpas",
    ).record(by=None)


def make_kanwil(province: Province | None = None) -> Unit:
    province = province or make_province()
    found = Unit.objects.filter(code=f"kanwil-{province.code}").first()
    return found or Unit(
        code=f"kanwil-{province.code}",
        kind=UnitKind.KANWIL,
        name=f"Kantor Wilayah Direktorat Jenderal Pemasyarakatan {province.name}",
        short_name=f"Kanwil Ditjenpas {province.name}",
        province=province,
        parent=make_root(),
    ).record(by=None)


def make_unit(name: str = "", **fields: Any) -> Unit:
    """A Lapas in Central Java unless told otherwise; a name already made is found again."""
    number = next(numbers)
    name = name or f"Lapas Kelas IIB Contoh {number}"
    if found := Unit.objects.filter(name=name).first():
        return found
    regency = fields.pop("regency", None)
    province = fields.pop("province", None) or (regency.province if regency else make_province())
    defaults = {
        "code": f"unit-{number}",
        "kind": UnitKind.LAPAS,
        "short_name": name.replace("Kelas IIB ", "").replace("Kelas II ", ""),
        "parent": make_kanwil(province),
    }
    unit = Unit(name=name, regency=regency, province=province, **(defaults | fields))
    return unit.record(by=None)


def make_user(role: Role | None = Role.HUMAS, *, unit: Unit | None, **fields: Any) -> User:
    fields.setdefault("username", f"orang{next(numbers)}")
    fields.setdefault("first_name", fields["username"].title())
    # The default of the column would not see a clock that a test has stopped.
    user = User(unit=unit, **({"date_joined": timezone.now()} | fields))
    user.set_unusable_password()
    if role is not None and not Group.objects.filter(name=role).exists():
        sync_roles()
    return user.record(by=None, role=role)


def make_area(code: str = "KES_LAYANAN", label: str = "Pelayanan kesehatan") -> ProgrammeArea:
    found = ProgrammeArea.objects.filter(code=code).first()
    return found or ProgrammeArea(code=code, label=label, group="Perawatan").record(by=None)


def make_partner(name: str = "", **fields: Any) -> Partner:
    fields.setdefault("kind", PartnerKind.OPD)
    fields.setdefault("regency", make_regency())
    name = name or f"Dinas Contoh {next(numbers)}"
    by = fields.pop("by", None)
    return Partner(name=name, **fields).record(by=by)


def make_agreement(
    unit: Unit | None = None, partner: Partner | None = None, **fields: Any
) -> Agreement:
    """A signed PKS of one year between a unit and a partner; `signed_on=None` makes a draft."""
    by, areas = fields.pop("by", None), fields.pop("areas", ())
    unit = unit or make_unit()
    signed_on = fields.setdefault("signed_on", date(2026, 1, 5))
    fields.setdefault("stage", Stage.SIGNED if signed_on else Stage.DRAFTING)
    if signed_on and not {"ends_on", "is_open_ended", "term_months"} & fields.keys():
        fields["term_months"] = 12
    fields.setdefault("title", f"Layanan contoh {next(numbers)}")
    agreement = Agreement(unit=unit, **fields).record(by=by)
    Party(agreement=agreement, order=1, unit=unit).record(by=by)
    Party(agreement=agreement, order=2, partner=partner or make_partner()).record(by=by)
    for area in areas:
        AgreementArea(agreement=agreement, area=area).record(by=by)
    agreement.refresh_search_text()
    return agreement


def make_event(unit: Unit | None = None, **fields: Any) -> Event:
    by = fields.pop("by", None)
    kind = fields.pop("kind", ActivityKind.RAKOR)
    partners, units = fields.pop("partners", ()), fields.pop("units", ())
    fields.setdefault("title", f"Rapat contoh {next(numbers)}")
    event = Event(unit=unit or make_unit(), **fields).record(by=by)
    EventPart(event=event, kind=kind).record(by=by)
    for partner in partners:
        Attendance(event=event, partner=partner).record(by=by)
    for taking_part in units:
        EventUnit(event=event, unit=taking_part).record(by=by)
    event.refresh_search_text()
    return event


def make_file(content: bytes = b"%PDF-1.7 contoh", **fields: Any) -> Document:
    """A file that is really there, on a new agreement unless told otherwise."""
    by = fields.pop("by", None)
    if not {"agreement", "event", "delivery"} & fields.keys():
        fields["agreement"] = make_agreement()
    fields.setdefault("kind", DocumentKind.NASKAH)
    fields.setdefault("file_type", FileType.PDF)
    fields.setdefault("original_name", f"berkas {next(numbers)}.pdf")
    facts = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    document = Document(uploaded_by=by, **facts, **fields)
    document.file.save("", ContentFile(content), save=False)
    return document.record(by=by)


def make_delivery(agreement: Agreement | None = None, **fields: Any) -> Delivery:
    by = fields.pop("by", None)
    if agreement is None and not {"partner", "event"} & fields.keys():
        agreement = make_agreement()
    if "unit" not in fields:
        kept_with = agreement or fields.get("event")
        fields["unit"] = kept_with.unit if kept_with else make_unit()
    fields.setdefault("kind", ActivityKind.PELATIHAN)
    fields.setdefault("date", date(2026, 3, 3))
    return Delivery(agreement=agreement, **fields).record(by=by)
