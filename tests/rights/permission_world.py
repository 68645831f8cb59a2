"""The small register the permission table is walked in: units, people, records, and their secrets.

Every free text of a record is a secret of its own, `Kunci<unit> Rahasia<number>`. A search for
the first word finds all secrets of one unit without naming any, so that what comes back is told
apart from what was typed. Which kind of user may meet which secret stands in
`tests/rights/secret_table.py`.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from io import BytesIO
from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from institutions.models import LoginLink, MinistryName, Officeholder, Role, Unit, UnitKind, User
from partnerships.imports.keeping import keep
from partnerships.imports.reading import read_list
from partnerships.models import (
    Agreement,
    Attendance,
    Contact,
    Coverage,
    Delivery,
    Document,
    Event,
    EventAgreement,
    EventArea,
    EventPart,
    EventPerson,
    EventUnit,
    FollowUp,
    Notice,
    PartnerName,
    PartnerSector,
    Party,
    Quote,
)
from partnerships.reminders import remind
from tests.factories import (
    make_agreement,
    make_area,
    make_delivery,
    make_event,
    make_file,
    make_kanwil,
    make_partner,
    make_province,
    make_regency,
    make_root,
    make_unit,
    make_user,
)
from tests.files import pdf
from tests.lists import csv, list_row
from tests.rights.ledger import Ledger
from tests.specimens import make_sector

PASSWORD = "kata sandi contoh 71"
DAY = date(2026, 3, 3)
EARLIER = date(2026, 1, 5)


@dataclass
class Secrets:
    """Texts that give away what they belong to: the number leads to unit, depth and field."""

    known: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def new(self, keeper: str, depth: str, what: str) -> str:
        word = f"rahasia{len(self.known) + 1:04d}"
        self.known[word] = (keeper, depth, what)
        return word

    def text(self, keeper: str, depth: str, what: str) -> str:
        return f"Kunci{keeper} {self.new(keeper, depth, what).capitalize()}"

    def texts(self, keeper: str, depth: str, noun: str, *fields: str) -> dict[str, str]:
        return {name: self.text(keeper, depth, f"{noun} {name}") for name in fields}


@dataclass
class Records:
    """What one unit keeps. `shared` is what others may read as well, `inner` nobody else."""

    signed: Agreement
    idle: Agreement
    ended: Agreement
    draft: Agreement
    removed_draft: Agreement
    shared_event: Event
    inner_event: Event
    removed_event: Event
    shared_delivery: Delivery
    inner_delivery: Delivery
    removed_delivery: Delivery
    account: User
    followups: list[FollowUp]
    contact: Contact
    scan: Document
    draft_scan: Document
    removed_scan: Document

    def roots(self) -> list[Agreement | Event | Delivery]:
        return [row for row in vars(self).values() if isinstance(row, Agreement | Event | Delivery)]


class World:
    """Built once for the tests of rights, inside a transaction that is rolled back at their end."""

    def __init__(self) -> None:
        self.secrets = Secrets()
        self.make_units()
        self.make_people()
        self.directory = make_partner("Dinas Sosial Contoh", by=self.people["superuser"])
        self.records = {name: self.fill(name, unit) for name, unit in self.units.items()}
        self.make_rest()

    def make_units(self) -> None:
        east, central, west = (
            make_province("35", "Jawa Timur"),
            make_province(),
            make_province("32", "Jawa Barat"),
        )
        jember = make_regency("35.09", "Jember", province=east)
        ciamis = make_regency("32.07", "Ciamis", province=west)
        self.units = {
            "jember": make_unit(
                "Bapas Kelas II Jember", code="bapas-jember", kind=UnitKind.BAPAS, regency=jember
            ),
            "purwodadi": make_unit("Lapas Kelas IIB Purwodadi", regency=make_regency()),
            "ciamis": make_unit("Lapas Kelas IIB Ciamis", regency=ciamis),
            "kanwil": make_kanwil(east),
            "pusat": make_root(),
        }
        self.other_kanwil = make_kanwil(central)

    def make_people(self) -> None:
        """One account for each kind of user, all with the same password, hashed once."""
        password, units = make_password(PASSWORD), self.units
        jember, pusat, kanwil = units["jember"], units["pusat"], units["kanwil"]
        everything = {"is_superuser": True, "is_staff": True}
        roles: dict[str, tuple[Role | None, Unit | None, dict[str, Any]]] = {
            "deactivated": (Role.HUMAS, jember, {}),
            "without unit": (Role.HUMAS, None, {}),
            "humas own unit": (Role.HUMAS, jember, {}),
            "humas other unit": (Role.HUMAS, units["purwodadi"], {}),
            "humas Kanwil": (Role.HUMAS, kanwil, {}),
            "humas Ditjenpas": (Role.HUMAS, pusat, {}),
            "manager own Kanwil": (Role.MANAJER, kanwil, {}),
            "manager other Kanwil": (Role.MANAJER, self.other_kanwil, {}),
            "humas involved unit": (Role.HUMAS, units["ciamis"], {}),
            "admin": (Role.ADMIN, pusat, {}),
            "superuser": (None, pusat, everything),
        }
        self.people = {
            name: make_user(role, unit=unit, username=name.replace(" ", "."), **more)
            for name, (role, unit, more) in roles.items()
        }
        self.colleagues = {
            name: make_user(unit=unit, username=f"rekan.{name}") for name, unit in units.items()
        }
        for user in (*self.people.values(), *self.colleagues.values()):
            user.password = password
            user.save(update_fields=["password"])
        self.sessions = {name: session_of(user) for name, user in self.people.items()}
        # Only now: the session of an account that is closed afterwards has to end.
        User.objects.filter(pk=self.people["deactivated"].pk).update(is_active=False)

    @cached_property
    def ledger(self) -> Ledger:
        return Ledger()

    # Records

    def fill(self, name: str, unit: Unit) -> Records:
        by = self.colleagues[name]
        involved = self.units["ciamis"] if name == "jember" else None
        signed = self.agreement(name, unit, by, involved, term_months=12)
        inner_event = self.event(name, unit, by, "inner")
        shared_event = self.event(name, unit, by, "shared", involved) if involved else inner_event
        removed = {
            "removed_draft": self.draft(name, unit, by),
            "removed_event": self.event(name, unit, by, "inner"),
            "removed_delivery": self.delivery(name, by, "inner", partner=self.directory, unit=unit),
        }
        for row in removed.values():
            row.archive(by=by, reason=self.secrets.text(name, "inner", "archive_reason"))
        draft = self.draft(name, unit, by)
        return Records(
            signed=signed,
            idle=make_agreement(unit, self.directory, by=by),
            ended=make_agreement(unit, self.directory, by=by).terminate(
                on=DAY, by=by, reason=self.secrets.text(name, "shared", "termination reason")
            ),
            draft=draft,
            shared_event=shared_event,
            inner_event=inner_event,
            shared_delivery=self.delivery(name, by, "shared", agreement=signed),
            inner_delivery=self.delivery(name, by, "inner", partner=self.directory, unit=unit),
            account=self.account(name, unit),
            followups=[
                self.followup(name, unit, by, agreement=signed),
                self.followup(name, unit, by, event=shared_event),
                self.followup(name, unit, by, event=inner_event),
            ],
            contact=self.contact(name, unit, by),
            **self.scans(name, by, signed, draft),
            **removed,
        )

    def agreement(
        self, name: str, unit: Unit, by: User, involved: Unit | None, **term: Any
    ) -> Agreement:
        """A signed paper: its card is everybody's, the rest of it not."""
        texts = self.secrets.texts(name, "shared", "agreement", "scope", "place")
        texts |= self.secrets.texts(name, "inner", "agreement", "notes", "internal_contact")
        agreement = make_agreement(
            unit, self.directory, by=by, areas=[make_area()], **texts, **term
        )
        self.sign(agreement, name, "shared", by)
        if involved:
            Party(agreement=agreement, order=3, unit=involved).record(by=by)
            agreement.refresh_search_text()
        return agreement

    def draft(self, name: str, unit: Unit, by: User) -> Agreement:
        texts = self.secrets.texts(
            name, "inner", "draft", "title", "scope", "place", "notes", "internal_contact"
        )
        draft = make_agreement(unit, self.directory, signed_on=None, by=by, **texts)
        self.sign(draft, name, "inner", by)
        return draft

    def sign(self, agreement: Agreement, name: str, depth: str, by: User) -> None:
        """The partner's number and who signed for it."""
        side = agreement.parties.get(order=2)
        fields = ("number", "signatory_name", "signatory_position")
        side.change(by=by, **self.secrets.texts(name, depth, "party", *fields))
        agreement.refresh_search_text()

    def event(
        self, name: str, unit: Unit, by: User, depth: str, involved: Unit | None = None
    ) -> Event:
        secret = self.secrets
        texts = secret.texts(name, depth, "event", "title", "place")
        texts["notes"] = secret.text(name, "inner", "event notes")
        event = make_event(unit, starts_on=DAY, by=by, **texts)
        part = secret.text(name, depth, "part text")
        EventPart(event=event, kind="MONEV", order=2, text=part).record(by=by)
        came = secret.texts(name, depth, "attendance", "name_as_written", "representative")
        Attendance(event=event, partner=self.directory, **came).record(by=by)
        who = secret.texts(name, depth, "person", "name", "position", "organisation")
        person = EventPerson(event=event, **who).record(by=by)
        Quote(person=person, text=secret.text(name, depth, "quote")).record(by=by)
        outlet, page = secret.text(name, depth, "outlet"), secret.new(name, depth, "coverage url")
        Coverage(event=event, outlet=outlet, url=f"https://contoh.id/{page}").record(by=by)
        if involved:
            EventUnit(event=event, unit=involved).record(by=by)
        event.refresh_search_text()
        return event

    def scans(self, name: str, by: User, signed: Agreement, draft: Agreement) -> dict[str, Any]:
        """Files whose names and contents are secrets as well."""
        removed = self.scan(name, by, "inner", signed)
        removed.archive(by=by, reason=self.secrets.text(name, "inner", "file archive_reason"))
        return {
            "scan": self.scan(name, by, "shared", signed),
            "draft_scan": self.scan(name, by, "inner", draft),
            "removed_scan": removed,
        }

    def scan(self, name: str, by: User, depth: str, agreement: Agreement) -> Document:
        file_name = f"{self.secrets.text(name, depth, 'file name')}.pdf"
        content = pdf(self.secrets.text(name, depth, "file content"))
        return make_file(content, agreement=agreement, original_name=file_name, by=by)

    def delivery(self, name: str, by: User, depth: str, **links: Any) -> Delivery:
        texts = {"output": self.secrets.text(name, depth, "delivery output")}
        texts["note"] = self.secrets.text(name, "inner", "delivery note")
        return make_delivery(by=by, date=DAY, **texts, **links)

    def followup(self, name: str, unit: Unit, by: User, **on: Any) -> FollowUp:
        text = self.secrets.text(name, "inner", "follow-up")
        return FollowUp(owner_unit=unit, due=EARLIER, text=text, **on).record(by=by)

    def contact(self, name: str, unit: Unit, by: User) -> Contact:
        return Contact(
            partner=self.directory,
            unit=unit,
            position="Sekretaris",
            name=self.secrets.text(name, "inner", "contact name"),
            phone=self.secrets.new(name, "inner", "contact phone"),
            email=f"{self.secrets.new(name, 'inner', 'contact email')}@contoh.id",
        ).record(by=by)

    def account(self, name: str, unit: Unit) -> User:
        """A colleague who recorded nothing, so that only the list of accounts knows of them."""
        return make_user(
            unit=unit,
            username=self.secrets.new(name, "account", "username"),
            first_name=self.secrets.text(name, "account", "name"),
            email=f"{self.secrets.new(name, 'account', 'account email')}@contoh.id",
        )

    def make_rest(self) -> None:
        """What addresses name and nobody has to hide."""
        by, unit = self.colleagues["jember"], self.units["jember"]
        self.partner = make_partner("Dinas Pendidikan Contoh", by=by)
        Attendance(event=self.records["jember"].inner_event, partner=self.partner).record(by=by)
        self.removed_partner = make_partner(by=by)
        self.removed_partner.archive(by=by, reason="Tercatat dua kali")
        self.officeholder = Officeholder(
            unit=unit, person_name="Budi Contoh", position="Kepala", seen_on=DAY
        ).record(by=by)
        self.closed_account = make_user(unit=unit, username="rekan.lama", is_active=False)
        manager = self.people["manager own Kanwil"]
        self.link = LoginLink.objects.make(self.colleagues["jember"], by=manager)
        self.ministry = MinistryName(name="Kementerian Contoh", valid_from=DAY).record(by=None)
        self.sector = make_sector()
        self.area = make_area()
        self.make_parts(by)
        # Of promises that are due, among other things, to whoever is to be told of them.
        remind(timezone.localdate())
        own = self.people["humas own unit"]
        content = csv(list_row(1))
        found = read_list(BytesIO(content), len(content))
        self.uploaded = keep(found, own, name="daftar.csv", unit=None)
        self.notice = Notice.objects.filter(user=own, followup__isnull=False)[0]

    def make_parts(self, by: User) -> None:
        """One part of each kind that nobody else's form may reach."""
        theirs = self.records["purwodadi"]
        event = theirs.inner_event
        EventUnit(event=event, unit=self.units["purwodadi"]).record(by=by)
        EventArea(event=event, area=self.area).record(by=by)
        EventAgreement(event=event, agreement=theirs.signed).record(by=by)
        make_delivery(event=event, date=DAY, by=by)
        PartnerName(partner=self.directory, name="Dinsos Contoh").record(by=by)
        PartnerSector(partner=self.directory, sector=self.sector).record(by=by)


def session_of(user: User) -> str:
    """The key of a session that was used just now, so that looking at a page renews nothing."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["seen_at"] = timezone.now().timestamp()
    session.save()
    return str(session.session_key)
