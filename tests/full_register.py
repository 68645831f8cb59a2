"""A small register in which every page has something of everything to show.

The same rows under the same numbers on every database, so that runs on two of them compare.
"""

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

from institutions.models import (
    KanwilProvince,
    MinistryName,
    Officeholder,
    Recorded,
    Role,
    Unit,
    UnitKind,
    UnitName,
    User,
)
from partnerships.imports.keeping import keep
from partnerships.imports.reading import read_list
from partnerships.models import (
    AgreementArea,
    Attendance,
    Contact,
    Coverage,
    EventAgreement,
    EventArea,
    EventPerson,
    EventUnit,
    FollowUp,
    Notice,
    NoticeKind,
    Outcome,
    Partner,
    PartnerName,
    PartnerSector,
    PokmasDecree,
    PokmasField,
    PokmasFieldKind,
    PokmasMember,
    ProgrammeArea,
    Quote,
    Sector,
    SourceKind,
    UnitRole,
)
from tests.factories import (
    make_agreement,
    make_area,
    make_delivery,
    make_event,
    make_file,
    make_partner,
    make_province,
    make_regency,
    make_root,
    make_unit,
    make_user,
)
from tests.files import pdf
from tests.lists import csv, list_row

DAY = date(2026, 3, 3)


@dataclass
class FullRegister:
    """The people who look at it, and the rows of each model in the order they were made."""

    humas: User
    pengelola: User
    utama: User
    rows: dict[type[Model], list[Any]] = field(default_factory=dict)

    def keep(self, row: Any) -> Any:
        self.rows.setdefault(type(row), []).append(row)
        return row

    def first(self, model: type[Model]) -> Any:
        return self.rows[model][0]


def restart_numbers() -> None:
    """Number new rows behind those that are there, whatever stood in the tables before."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # It never gives a number below the largest one that is there.
            cursor.execute("UPDATE sqlite_sequence SET seq = 0")
            return
        models = apps.get_models(include_auto_created=True)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def make_full_register() -> FullRegister:
    """Everything hangs on Bapas Jember; two rows of each root, one of them in the Sampah."""
    restart_numbers()
    made = people()
    unit = made.keep(made.humas.unit)
    fill_our_side(made, unit)
    fill_directory(made, unit)
    fill_records(made, unit)
    content = csv(list_row(1), list_row(2, Mitra="Sanggar Contoh", Kategori=""))
    found = read_list(BytesIO(content), len(content))
    made.keep(keep(found, made.humas, name="daftar contoh.csv", unit=None))
    return made


def people() -> FullRegister:
    regency = make_regency("35.09", "Jember", province=make_province("35", "Jawa Timur"))
    unit = make_unit("Bapas Kelas II Jember", code="bapas-jember", kind="BAPAS", regency=regency)
    made = FullRegister(
        make_user(Role.HUMAS, unit=unit, username="humas", last_name="Contoh"),
        make_user(Role.ADMIN, unit=make_root(), username="pengelola", last_name="Contoh"),
        make_user(None, unit=make_root(), username="utama", is_superuser=True, is_staff=True),
    )
    made.keep(make_user(Role.HUMAS, unit=unit, username="rekan"))
    for row in (regency, regency.province):
        made.keep(row)
    return made


def fill_our_side(made: FullRegister, unit: Unit) -> None:
    add = made.keep
    kanwil = unit.parent
    add(UnitName(unit=unit, name="Bapas Jember Lama", valid_until=DAY).record(by=None))
    add(KanwilProvince(unit=kanwil, province=unit.province).record(by=None))
    add(MinistryName(name="Kementerian Contoh", valid_from=DAY).record(by=None))
    add(make_unit("Pos Bapas Contoh", code="pos-contoh", kind=UnitKind.POSBAPAS, parent=unit))
    add(
        Officeholder(
            unit=unit, person_name="Budi Contoh", position="Kepala", is_head=True, seen_on=DAY
        ).record(by=made.humas)
    )


def fill_directory(made: FullRegister, unit: Unit) -> None:
    add = made.keep
    add(make_area("KES_LAYANAN", "Pelayanan kesehatan"))
    add(Sector(code="KESEHATAN", label="Kesehatan").record(by=None))
    dinas = add(
        make_partner(
            "Dinas Kesehatan Kabupaten Contoh",
            regency=unit.regency,
            acronym="Dinkes",
            website="https://contoh.id",
            by=made.humas,
        )
    )
    child = make_partner("Puskesmas Contoh", parent=dinas, regency=unit.regency, by=made.humas)
    gone = add(make_partner("Yayasan Ganda Contoh", kind="YAYASAN", regency=unit.regency))
    gone.archive(by=made.humas, reason="Tercatat dua kali")
    pokmas = add(make_partner("Pokmas Lipas Contoh", kind="POKMAS", regency=unit.regency))
    add(PartnerName(partner=dinas, name="Dinas Kesehatan Contoh Lama").record(by=None))
    add(PartnerSector(partner=dinas, sector=made.first(Sector)).record(by=None))
    contact = Contact(partner=dinas, unit=unit, position="Sekretaris", name="Contoh Tiga")
    add(contact.record(by=made.humas))
    decree = add(PokmasDecree(partner=pokmas, unit=unit, number="SK-1", date=DAY).record(by=None))
    add(PokmasField(decree=decree, kind=PokmasFieldKind.HUKUM).record(by=None))
    add(PokmasMember(decree=decree, partner=child).record(by=None))


def fill_records(made: FullRegister, unit: Unit) -> None:
    add, humas = made.keep, made.humas
    dinas, area = made.first(Partner), made.first(ProgrammeArea)
    agreement = make_agreement(
        unit, dinas, title="Layanan kesehatan contoh", areas=[area], by=humas
    )
    add(agreement)
    draft = add(make_agreement(unit, dinas, title="Konsep contoh", signed_on=None, by=humas))
    draft.archive(by=humas, reason="Batal disusun")
    add(make_agreement(unit, dinas, title="Rancangan contoh", signed_on=None, by=humas))
    for party in agreement.parties.all():
        add(party)
    add(AgreementArea.objects.get(agreement=agreement))
    event = add(
        make_event(
            unit,
            title="Rapat contoh",
            starts_on=DAY,
            source_kind=SourceKind.RILIS_SENDIRI,
            source_url="https://contoh.id/berita",
            by=humas,
        )
    )
    fill_event(made, event, agreement)
    gone = make_event(unit, title="Rapat ganda contoh", by=humas)
    add(gone).archive(by=humas, reason="Tercatat dua kali")
    delivery = add(make_delivery(agreement, event=event, output="Pemeriksaan contoh", by=humas))
    ended = add(make_delivery(agreement, output="Ganda contoh", by=humas))
    ended.archive(by=humas, reason="Tercatat dua kali")
    for owner in ({"agreement": agreement}, {"event": event}, {"delivery": delivery}):
        add(make_file(pdf(), original_name="naskah.pdf", by=humas, **owner))
    promise = FollowUp(agreement=agreement, text="Perpanjang", owner_unit=unit, due=DAY)
    add(promise.record(by=humas))
    told = {"user": humas, "deadline": DAY}
    add(Notice.objects.create(**told, kind=NoticeKind.ENDING, agreement=agreement, lead=30))
    add(Notice.objects.create(**told, kind=NoticeKind.PROMISE, followup=promise))


def fill_event(made: FullRegister, event: Any, agreement: Any) -> None:
    add, humas, unit = made.keep, made.humas, event.unit
    add(event.parts.get())
    add(EventUnit(event=event, unit=unit, role=UnitRole.HOST).record(by=humas))
    add(EventArea(event=event, area=made.first(ProgrammeArea)).record(by=humas))
    add(EventAgreement(event=event, agreement=agreement).record(by=humas))
    dinas = made.first(Partner)
    attendance = Attendance(
        event=event,
        partner=dinas,
        name_as_written="Dinkes Contoh",
        representative="Sekretaris",
        outcome=Outcome.MENJAJAKI,
    )
    add(attendance.record(by=humas))
    person = EventPerson(event=event, name="Contoh Dua", organisation="Dinas Contoh")
    add(person.record(by=humas))
    add(Quote(person=person, text="Kutipan contoh").record(by=humas))
    add(Coverage(event=event, outlet="Media Contoh", url="https://contoh.id/1").record(by=humas))
    add(FollowUp(event=event, text="Kirim draf", owner_unit=unit, due=DAY).record(by=humas))


def recorded_rows(made: FullRegister) -> list[Recorded]:
    return [row for rows in made.rows.values() for row in rows if isinstance(row, Recorded)]
