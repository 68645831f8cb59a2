"""Every way to change the register, and a ledger that the database itself keeps of it.

The ledger is written by triggers on the recorded tables, so it knows nothing of how the register
writes its history; both are compared after every act.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client

from institutions.models import Role, Unit, User
from institutions.triggers import sealed_models
from partnerships.models import ActivityKind, Agreement, Delivery, Event, Partner
from partnerships.roles import sync_roles
from tests.admin_forms import change_address, form_data
from tests.agreement_payload import new_payload
from tests.factories import (
    make_agreement,
    make_area,
    make_partner,
    make_regency,
    make_unit,
    make_user,
)
from tests.faults.caller import FormReader

LEDGER = "faults_ledger"
Key = tuple[str, int]


def open_ledger() -> None:
    with connection.cursor() as cursor:
        connection.check_constraints()
        serial = "serial" if connection.vendor == "postgresql" else "integer"
        cursor.execute(f"CREATE TABLE {LEDGER} (n {serial} PRIMARY KEY, t text, k bigint)")
        for model in sealed_models():
            live = model.instance_type._meta.db_table
            told = ", ".join(f'"{column.column}"' for column in model.tracked_fields)
            for verb, row in (("INSERT", "NEW"), (f"UPDATE OF {told}", "NEW"), ("DELETE", "OLD")):
                cursor.execute(noting(live, verb, row))


def noting(table: str, verb: str, row: str) -> str:
    name = f"{LEDGER}_{table}_{verb[:6].lower()}"
    insert = f"INSERT INTO {LEDGER} (t, k) VALUES ('{table}', {row}.id);"
    if connection.vendor == "sqlite":
        return f"CREATE TRIGGER {name} AFTER {verb} ON {table} BEGIN {insert} END"
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {insert} RETURN NULL; END $$;"
        f" CREATE TRIGGER {name} AFTER {verb} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


@dataclass
class Books:
    """How far ledger and history have been compared."""

    noted: int = 0
    told: dict[str, int] = field(default_factory=dict)

    def new_notes(self) -> Counter[Key]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT n, t, k FROM {LEDGER} WHERE n > %s", [self.noted])
            rows = cursor.fetchall()
        self.noted = max([self.noted, *(row[0] for row in rows)])
        return Counter((table, key) for _, table, key in rows)

    def new_history(self) -> list[tuple[Key, Any]]:
        found = []
        models = {model._meta.db_table: model for model in sealed_models()}
        one = "SELECT '{0}', max(history_id) FROM {0}"
        reach = " UNION ALL ".join(one.format(name) for name in models)
        with connection.cursor() as cursor:
            cursor.execute(reach)
            reached = dict(cursor.fetchall())
        for name, model in models.items():
            table = model.instance_type._meta.db_table
            if (reached[name] or 0) <= self.told.get(table, 0):
                continue
            rows = list(model._base_manager.filter(history_id__gt=self.told.get(table, 0)))
            self.told[table] = max([self.told.get(table, 0), *(row.history_id for row in rows)])
            found += [((table, row.id), row) for row in rows]
        return found


@dataclass
class Scene:
    dice: random.Random
    unit: Unit
    humas: User
    manager: User
    admin: User
    area: Any
    partners: list[Partner]
    agreements: list[Agreement] = field(default_factory=list)
    clients: dict[int, Client] = field(default_factory=dict)
    number: int = 0

    def word(self) -> str:
        self.number += 1
        return f"contoh {self.number}"

    def client(self, user: User) -> Client:
        if user.pk not in self.clients:
            self.clients[user.pk] = Client()
            self.clients[user.pk].force_login(user)
        return self.clients[user.pk]

    def agreement(self) -> Agreement:
        return Agreement.objects.get(pk=self.dice.choice(self.agreements[-200:]).pk)

    def send(self, user: User, page: str, /, **fields: Any) -> None:
        """Open a form of a page, change some fields, send it as a browser does."""
        client = self.client(user)
        reader = FormReader()
        reader.feed(client.get(page).content.decode())
        answer = client.post(page, dict(reader.fields) | fields)
        assert answer.status_code == 302, (page, answer.status_code)

    def send_admin(self, user: User, row: Any, /, **fields: Any) -> None:
        client = self.client(user)
        address = change_address(row)
        answer = client.post(address, form_data(client.get(address)) | fields)
        assert answer.status_code == 302, (address, answer.status_code)


def make_scene(seed: int = 1) -> Scene:
    sync_roles()
    unit = make_unit("Lapas Kelas IIB Contoh", code="lapas-contoh", regency=make_regency())
    humas = make_user(Role.HUMAS, unit=unit, username="perubahan-humas")
    manager = make_user(Role.MANAJER, unit=unit.parent, username="perubahan-manajer")
    admin = make_user(Role.ADMIN, unit=unit.parent.parent, username="perubahan-admin")
    partners = [make_partner() for _ in range(20)]
    scene = Scene(random.Random(seed), unit, humas, manager, admin, make_area(), partners)
    scene.agreements = [make_agreement(unit, partner, by=humas) for partner in partners]
    return scene


# Each act changes the register in one request, verb or command; returns who did it.


def page_create(scene: Scene) -> User:
    partner = scene.dice.choice(scene.partners)
    fields = new_payload(scene.unit, partner, title=scene.word(), areas=[scene.area.pk])
    scene.send(scene.humas, "/perjanjian/baru/", **fields)
    scene.agreements.append(Agreement.objects.latest("pk"))
    return scene.humas


def page_edit(scene: Scene) -> User:
    agreement = scene.agreement()
    scene.send(scene.humas, f"/perjanjian/{agreement.pk}/ubah/", title=scene.word())
    return scene.humas


def page_part(scene: Scene) -> User:
    """A number of one party, and the area taken away or put back."""
    agreement = scene.agreement()
    held = agreement.area_links.exists()
    fields = {"parties-0-number": scene.word(), "areas": [] if held else [scene.area.pk]}
    scene.send(scene.humas, f"/perjanjian/{agreement.pk}/ubah/", **fields)
    return scene.humas


def page_partner(scene: Scene) -> User:
    partner = scene.dice.choice(scene.partners)
    scene.send(scene.humas, f"/mitra/{partner.pk}/ubah/", address=scene.word())
    return scene.humas


def admin_edit(scene: Scene) -> User:
    scene.send_admin(scene.humas, scene.agreement(), title=scene.word())
    return scene.humas


def admin_account(scene: Scene) -> User:
    """Name and role of an account in one save."""
    role = scene.dice.choice([Role.HUMAS, Role.MANAJER])
    account = User.objects.filter(username="perubahan-lain").first() or make_other(scene)
    fields = {"first_name": scene.word(), "role": str(role), "reason": "Tugas berganti"}
    scene.send_admin(scene.admin, account, **fields)
    return scene.admin


def make_other(scene: Scene) -> User:
    other = User(username="perubahan-lain", unit=scene.unit)
    other.set_unusable_password()
    return other.record(by=scene.admin, role=Role.HUMAS)


def archive_and_restore(scene: Scene) -> User:
    """Two changes of one row, each in a request of its own."""
    draft = Agreement.objects.filter(signed_on=None, archived_on=None).latest("pk")
    if scene.number % 2:
        scene.send(scene.humas, f"/perjanjian/{draft.pk}/hapus/", reason="Tercatat dua kali")
    else:
        draft.archive(by=scene.humas, reason="Tercatat dua kali")
    scene.number += 1
    return scene.humas


def restore(scene: Scene) -> User:
    trashed = Agreement.objects.exclude(archived_on=None).last()
    if trashed is None:
        return archive_and_restore(scene)
    trashed.restore(by=scene.humas)
    return scene.humas


def deliver(scene: Scene) -> User:
    signed = Agreement.objects.exclude(signed_on=None).filter(terminated_on=None).latest("pk")
    day, kind = date(2026, 3, 3), ActivityKind.PELATIHAN
    Delivery(unit=scene.unit, agreement=signed, kind=kind, date=day).record(by=scene.humas)
    return scene.humas


def verify(scene: Scene) -> User:
    unverified = Delivery.objects.filter(verified_on=None).last()
    if unverified is None:
        return deliver(scene)
    unverified.verify(by=scene.manager)
    return scene.manager


def terminate(scene: Scene) -> User:
    agreement = make_agreement(scene.unit, scene.dice.choice(scene.partners), by=scene.humas)
    agreement.terminate(on=date(2026, 6, 1), by=scene.humas, reason="Mitra dibubarkan")
    return scene.humas


def renew(scene: Scene) -> User:
    old = Agreement.objects.exclude(signed_on=None).filter(successors=None).order_by("?").first()
    partner = scene.dice.choice(scene.partners)
    make_agreement(scene.unit, partner, replaces=old, signed_on=None, by=scene.humas)
    return scene.humas


def event(scene: Scene) -> User:
    row = Event(unit=scene.unit, title=scene.word(), starts_on=date(2026, 3, 3))
    row.record(by=scene.humas)
    row.change(by=scene.humas, place=scene.word())
    return scene.humas


def command(scene: Scene) -> None:
    name = scene.word().replace(" ", "-")
    call_command("createsuperuser", interactive=False, username=name, email="", verbosity=0)


ACTS: dict[str, Callable[[Scene], User | None]] = {
    "page: create": page_create,
    "page: edit": page_edit,
    "page: parts": page_part,
    "page: partner": page_partner,
    "page and verb: archive": archive_and_restore,
    "verb: restore": restore,
    "admin: edit": admin_edit,
    "admin: account and role": admin_account,
    "verb: deliver": deliver,
    "verb: verify": verify,
    "verb: terminate": terminate,
    "verb: renew": renew,
    "verb: event": event,
    "command": command,
}
SEVERAL_PER_ROW = {"verb: terminate", "verb: event"}


@dataclass
class Outcome:
    entries: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def exercise(changes: int, seed: int = 1) -> Outcome:
    """Change the register until that many rows were changed; compare after every act."""
    scene, books, outcome = make_scene(seed), Books(), Outcome()
    make_other(scene)
    open_ledger()
    books.new_history()
    names = list(ACTS)
    while outcome.entries < changes:
        name = names[sum(outcome.acts.values()) % len(names)]
        actor = ACTS[name](scene)
        compare(name, actor, books, outcome)
        outcome.acts[name] += 1
    return outcome


def compare(name: str, actor: User | None, books: Books, outcome: Outcome) -> None:
    notes, history = books.new_notes(), books.new_history()
    told = Counter(key for key, _ in history)
    outcome.entries += len(history)
    # An account is written with its role; that is one change.
    once = {key: 1 if key[0] == User._meta.db_table else number for key, number in notes.items()}
    if told != Counter(once):
        outcome.wrong.append(f"{name}: written {dict(notes)}, told {dict(told)}")
    if name not in SEVERAL_PER_ROW and set(told.values()) - {1}:
        outcome.wrong.append(f"{name}: several entries for one row: {dict(told)}")
    for key, row in history:
        if not row.history_change_reason or row.history_user_id != (actor.pk if actor else None):
            outcome.wrong.append(f"{name}: {key} by {row.history_user_id}, without reason or user")
