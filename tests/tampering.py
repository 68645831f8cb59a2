"""What somebody with the password of the database could do to the history, by SQL alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection

from institutions.models import HistoryCheckpoint, Role, SealForm, Unit, User
from partnerships.models import Partner
from tests.factories import make_partner, make_regency, make_unit, make_user

HISTORY, LIVE = "partnerships_historicalpartner", "partnerships_partner"
ROLES_THEN, ROLES_NOW = "institutions_historicaluser_groups", "institutions_user_groups"
USER_HISTORY = "institutions_historicaluser"
CHECKPOINTS, FORMS = HistoryCheckpoint._meta.db_table, SealForm._meta.db_table


def sql(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [
            column.name for column in connection.introspection.get_table_description(cursor, table)
        ]


def copy_row(table: str, key: str, number: int, **changes: Any) -> int:
    """A copy of a row under a new key, with some columns changed; returns the key."""
    names = [name for name in columns_of(table) if name != key or key in changes]
    chosen = ", ".join("%s" if name in changes else f'"{name}"' for name in names)
    values = [changes[name] for name in names if name in changes]
    listed = ", ".join(f'"{name}"' for name in names)
    sql(
        f'INSERT INTO "{table}" ({listed}) SELECT {chosen} FROM "{table}" WHERE "{key}" = %s',
        *values,
        number,
    )
    return int(sql(f'SELECT max("{key}") FROM "{table}"')[0][0])


@dataclass
class Place:
    """A small register: partners that were renamed, one that was removed, people with roles."""

    humas: User
    rekan: User
    unit: Unit
    satu: Partner
    dua: Partner
    tiga: Partner
    removed: int

    def rows(self, partner: Partner | int) -> list[int]:
        key = partner if isinstance(partner, int) else partner.pk
        found = sql(f"SELECT history_id FROM {HISTORY} WHERE id = %s ORDER BY history_id", key)
        return [number for (number,) in found]

    def roles(self) -> tuple[int, int]:
        """The last history row of a person, and the many-to-many row that belongs to it."""
        history = self.humas.history.order_by("-history_id").first()
        [(link,)] = sql(
            f"SELECT m2m_history_id FROM {ROLES_THEN} WHERE history_id = %s", history.history_id
        )
        return history.history_id, link


def make_place() -> Place:
    unit = make_unit(regency=make_regency())
    humas, rekan = make_user(Role.HUMAS, unit=unit), make_user(Role.HUMAS, unit=unit)
    satu, dua, gone, tiga = (
        make_partner(f"Dinas {name}", by=humas) for name in ("Satu", "Dua", "Lama", "Tiga")
    )
    for number in range(2):
        satu.change(by=humas, reason=f"Perbaikan {number}", acronym=f"DS{number}")
        dua.change(by=rekan, acronym=f"DD{number}")
    removed = gone.pk
    gone.archive(by=humas, reason="Tidak ada")
    gone.purge(by=humas, reason="Tidak pernah ada")
    tiga.change(by=humas, acronym="DT")
    return Place(humas, rekan, unit, satu, dua, tiga, removed)


def update(number: int, **columns: Any) -> None:
    listed = ", ".join(f'"{name}" = %s' for name in columns)
    sql(f"UPDATE {HISTORY} SET {listed} WHERE history_id = %s", *columns.values(), number)


def delete(*numbers: int) -> None:
    for number in numbers:
        sql(f"DELETE FROM {HISTORY} WHERE history_id = %s", number)


def swap_numbers(one: int, other: int) -> None:
    for old, new in ((one, -1), (other, one), (-1, other)):
        sql(f"UPDATE {HISTORY} SET history_id = %s WHERE history_id = %s", new, old)


def changed_user(place: Place) -> int:
    update(place.rows(place.satu)[1], history_user_id=place.rekan.pk)
    return place.rows(place.satu)[1]


def changed_date(place: Place) -> int:
    number = place.rows(place.satu)[1]
    [(day,)] = sql(
        f"SELECT history_date FROM {HISTORY} WHERE history_id = %s", place.rows(place.satu)[0]
    )
    update(number, history_date=day)
    return number


def deleted(position: int, reported: int) -> Callable[[Place], int]:
    def tamper(place: Place) -> int:
        delete(place.rows(place.satu)[position])
        return place.rows(place.satu)[reported]

    return tamper


def changed(position: int = 1, **columns: Any) -> Callable[[Place], int]:
    def tamper(place: Place) -> int:
        number = place.rows(place.satu)[position]
        update(number, **columns)
        return number

    return tamper


def all_history_of_one(place: Place) -> int:
    delete(*place.rows(place.satu))
    return int(place.satu.pk)


def object_with_history(place: Place) -> int:
    delete(*place.rows(place.satu))
    sql(f"DELETE FROM {LIVE} WHERE id = %s", place.satu.pk)
    return 0


def removed_with_its_trace(place: Place) -> int:
    delete(*place.rows(place.removed))
    return 0


def forged_row(place: Place) -> int:
    latest = place.rows(place.satu)[-1]
    [(seal,)] = sql(f"SELECT seal FROM {HISTORY} WHERE history_id = %s", latest)
    form, _, mac = seal.split(".")
    forged = f"{form}.{mac[:16]}.{'0' * 64}"
    return copy_row(HISTORY, "history_id", latest, name="Dinas Palsu", seal=forged)


def row_without_seal(place: Place) -> int:
    return copy_row(HISTORY, "history_id", place.rows(place.satu)[-1], seal=None)


def copied_seal(place: Place) -> int:
    return copy_row(HISTORY, "history_id", place.rows(place.satu)[-1])


def borrowed_seal(place: Place) -> int:
    number, other = place.rows(place.satu)[1], place.rows(place.dua)[1]
    [(seal,)] = sql(f"SELECT seal FROM {HISTORY} WHERE history_id = %s", other)
    update(number, seal=seal)
    return number


def swapped_rows(place: Place) -> int:
    _, second, third = place.rows(place.satu)
    swap_numbers(second, third)
    return second


def moved_to_another(place: Place) -> int:
    number = place.rows(place.satu)[-1]
    update(number, id=place.dua.pk)
    return number


def reordered(place: Place) -> int:
    swap_numbers(place.rows(place.satu)[1], place.rows(place.dua)[1])
    return 0


def reused_number(place: Place) -> int:
    """A removed partner comes back under its old number, as if it had always been there."""
    first = place.rows(place.removed)[0]
    copy_row(LIVE, "id", place.satu.pk, id=place.removed)
    return copy_row(HISTORY, "history_id", first)


def tail_cut_off(place: Place) -> int:
    """The last partner and everything recorded since, as in an older copy of the table."""
    delete(*place.rows(place.tiga))
    sql(f"DELETE FROM {LIVE} WHERE id = %s", place.tiga.pk)
    return 0


def rolled_back(place: Place) -> int:
    """The latest change undone in the row and in its history."""
    *_, before, latest = place.rows(place.satu)
    sql(
        f"UPDATE {LIVE} SET acronym = h.acronym, version = h.version FROM {HISTORY} h"
        f" WHERE {LIVE}.id = h.id AND h.history_id = %s",
        before,
    )
    delete(latest)
    return 0


def live_changed(place: Place) -> int:
    sql(f"UPDATE {LIVE} SET acronym = 'XX' WHERE id = %s", place.satu.pk)
    return int(place.satu.pk)


def live_recorder_changed(place: Place) -> int:
    sql(f"UPDATE {LIVE} SET recorded_by_id = %s WHERE id = %s", place.rekan.pk, place.satu.pk)
    return int(place.satu.pk)


def live_inserted(place: Place) -> int:
    return copy_row(LIVE, "id", place.satu.pk)


def live_deleted(place: Place) -> int:
    sql(f"DELETE FROM {LIVE} WHERE id = %s", place.satu.pk)
    return int(place.satu.pk)


def removal_forgotten(place: Place) -> int:
    delete(place.rows(place.removed)[-1])
    return place.removed


def other_group(place: Place) -> int:
    row, link = place.roles()
    group = Group.objects.get(name=Role.ADMIN)
    sql(f"UPDATE {ROLES_THEN} SET group_id = %s WHERE m2m_history_id = %s", group.pk, link)
    return row


def group_forgotten(place: Place) -> int:
    row, link = place.roles()
    sql(f"DELETE FROM {ROLES_THEN} WHERE m2m_history_id = %s", link)
    return row


def loose_group(place: Place) -> int:
    _, link = place.roles()
    copy_row(ROLES_THEN, "m2m_history_id", link, history_id=999_999)
    return 999_999


def live_group(place: Place) -> int:
    group = Group.objects.get(name=Role.ADMIN)
    sql(f"UPDATE {ROLES_NOW} SET group_id = %s WHERE user_id = %s", group.pk, place.humas.pk)
    return int(place.humas.pk)


def form_changed(place: Place) -> int:
    """A form that leaves out the column that was changed."""
    number = place.rows(place.satu)[1]
    [(seal,)] = sql(f"SELECT seal FROM {HISTORY} WHERE history_id = %s", number)
    form = SealForm.objects.get(code=seal.split(".")[0])
    columns = [name for name in form.columns if name != "name"]
    SealForm.objects.filter(code=form.code).update(columns=columns)
    update(number, name="Dinas Palsu")
    return number


def checkpoint_changed(place: Place) -> int:
    first = HistoryCheckpoint.objects.order_by("pk")[0]
    first.tables[HISTORY]["rows"] -= 1
    HistoryCheckpoint.objects.filter(pk=first.pk).update(tables=first.tables)
    return int(first.pk)


def checkpoint_deleted(place: Place) -> int:
    first, second = HistoryCheckpoint.objects.order_by("pk")[:2]
    sql(f"DELETE FROM {CHECKPOINTS} WHERE id = %s", first.pk)
    return int(second.pk)


@dataclass(frozen=True)
class Tamper:
    """An act, what the finding says, and whether it names a history row, an object or a table."""

    act: Callable[[Place], int]
    says: str
    table: str = HISTORY
    names: str = "row"


TAMPERS: dict[str, Tamper] = {
    "changed value": Tamper(changed(name="Dinas Palsu"), "diubah"),
    "changed user": Tamper(changed_user, "diubah"),
    "changed date": Tamper(changed_date, "diubah"),
    "changed reason": Tamper(changed(history_change_reason="Lain"), "diubah"),
    "reason taken away": Tamper(changed(history_change_reason=None), "diubah"),
    "type flipped to removed": Tamper(changed(2, history_type="-"), "diubah"),
    "type flipped to created": Tamper(changed(history_type="+"), "sudah ada"),
    "seal taken away": Tamper(changed(seal=None), "tanpa segel"),
    "seal of another row": Tamper(borrowed_seal, "diubah"),
    "deleted first row": Tamper(deleted(0, 0), "riwayat sebelum baris ini hilang"),
    "deleted middle row": Tamper(deleted(1, 1), "tidak menyambung"),
    "deleted latest row": Tamper(deleted(2, 1), "berbeda dari riwayat", LIVE),
    "all history of one object": Tamper(all_history_of_one, "tanpa riwayat", LIVE, "key"),
    "object with its history": Tamper(object_with_history, "tercatat 11 baris, kini 8", names=""),
    "trace of a removed object": Tamper(
        removed_with_its_trace, "tercatat 11 baris, kini 8", names=""
    ),
    "forged row": Tamper(forged_row, "ditulis di luar register"),
    "row without seal": Tamper(row_without_seal, "tanpa segel"),
    "row repeated with its seal": Tamper(copied_seal, "tidak menyambung"),
    "two rows swapped": Tamper(swapped_rows, "tidak menyambung"),
    "row given to another object": Tamper(moved_to_another, "diubah"),
    "rows of two objects reordered": Tamper(reordered, "titik periksa", names=""),
    "number used again": Tamper(reused_number, "sudah ada"),
    "tail cut off": Tamper(tail_cut_off, "tercatat 11 baris, kini 9", names=""),
    "latest change rolled back": Tamper(rolled_back, "tercatat 11 baris, kini 10", names=""),
    "live row changed": Tamper(
        live_changed, "berbeda dari riwayat terakhirnya: acronym", LIVE, "key"
    ),
    "live recorder changed": Tamper(live_recorder_changed, "recorded_by_id", LIVE, "key"),
    "live row inserted": Tamper(live_inserted, "tanpa riwayat", LIVE, "key"),
    "live row deleted": Tamper(live_deleted, "hilang dari register", LIVE, "key"),
    "removal forgotten": Tamper(removal_forgotten, "hilang dari register", LIVE, "key"),
    "role then changed": Tamper(other_group, "diubah", USER_HISTORY),
    "role then forgotten": Tamper(group_forgotten, "diubah", USER_HISTORY),
    "role of no row": Tamper(loose_group, "yang tidak ada", USER_HISTORY),
    "role now changed": Tamper(live_group, "kelompok", "institutions_user", "key"),
    "form of a seal changed": Tamper(form_changed, "diubah"),
    "checkpoint changed": Tamper(checkpoint_changed, "titik periksa", CHECKPOINTS),
    "checkpoint deleted": Tamper(checkpoint_deleted, "titik periksa", CHECKPOINTS),
}
