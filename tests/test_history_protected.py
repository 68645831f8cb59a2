"""History cannot be changed or removed by anything the register can do to its database."""

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState

from institutions.checkpoints import take_checkpoint
from institutions.models import HistoryCheckpoint, Recorded, Role, Sealed, User
from institutions.triggers import (
    history_models,
    protect,
    protected_tables,
    sealed_models,
    unprotect,
    unprotected_tables,
)
from institutions.verification import verify
from partnerships.models import Partner
from tests.factories import make_partner, make_unit, make_user
from tests.specimens import SPECIMENS, make_contact, make_sector
from tests.tampering import HISTORY, sql

pytestmark = pytest.mark.django_db


def refused(statement: str) -> bool:
    try:
        with transaction.atomic():
            sql(statement)
    except IntegrityError as error:
        return "Riwayat tidak dapat diubah" in str(error)
    return False


@pytest.fixture
def filled(humas: User) -> None:
    for make in SPECIMENS.values():
        make()
    take_checkpoint()


def test_no_table_of_history_can_be_changed_or_emptied(filled: None) -> None:
    # PostgreSQL would refuse TRUNCATE for checks still to come, and not for our sake.
    connection.check_constraints()
    allowed = []
    for table in protected_tables():
        assert sql(f"SELECT count(*) FROM {table}") != [(0,)], table
        column = "taken_at" if table.endswith("checkpoint") else "id"
        statements = [f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"]
        if connection.vendor == "postgresql":
            statements.append(f"TRUNCATE {table}")
        allowed += [statement for statement in statements if not refused(statement)]
    assert allowed == []


def test_every_recorded_model_is_sealed_and_protected() -> None:
    recorded = [model for model in apps.get_models() if issubclass(model, Recorded)] + [User]
    assert {model.history.model for model in recorded} == set(sealed_models())
    assert all(issubclass(model, Sealed) for model in history_models() if has_type(model))
    assert {*history_models(), HistoryCheckpoint} == {
        model for model in apps.get_models() if model._meta.db_table in protected_tables()
    }
    assert unprotected_tables() == []


def has_type(model: Any) -> bool:
    return any(column.name == "history_type" for column in model._meta.fields)


def test_the_application_has_no_way_round(humas: User) -> None:
    row = make_partner(by=humas).history.first()
    for act in (
        row.save,
        row.delete,
        lambda: Partner.history.update(history_change_reason="Lain"),
        lambda: Partner.history.all()._raw_delete("default"),
        lambda: Partner.history.bulk_update([row], ["name"]),
    ):
        with (
            pytest.raises(IntegrityError, match="Riwayat tidak dapat diubah"),
            transaction.atomic(),
        ):
            act()


def test_an_account_that_changed_something_cannot_be_deleted(humas: User) -> None:
    make_partner(by=humas)
    with pytest.raises((IntegrityError, models.ProtectedError)), transaction.atomic():
        humas.delete()
    assert User.objects.filter(pk=humas.pk).exists()


def test_forgetting_a_person_and_purging_still_work(humas: User) -> None:
    make_contact(by=humas).erase(by=humas, reason="Atas permintaan")
    partner = make_partner(by=humas).archive(by=humas, reason="Ganda")
    partner.purge(by=humas, reason="Ganda")
    assert list(verify()) == []


def test_migrate_protects_what_lost_its_triggers() -> None:
    unprotect([HISTORY])
    assert unprotected_tables() == [HISTORY]
    call_command("migrate", verbosity=0)
    assert unprotected_tables() == []


class AddColumn(migrations.AddField):
    """A recorded model that gets a column, as `makemigrations` writes it for its history."""

    def __init__(self) -> None:
        # A default makes SQLite build the table anew.
        column = models.CharField(max_length=10, default="")
        super().__init__("historicalsector", "shade", column)


@pytest.mark.django_db(transaction=True)
def test_a_column_that_is_added_breaks_no_seal(humas: User) -> None:
    make_partner(by=humas)
    make_sector()
    before = ProjectState.from_apps(apps)
    after, operation = before.clone(), AddColumn()
    operation.state_forwards("partnerships", after)
    try:
        with connection.schema_editor() as editor:
            operation.database_forwards("partnerships", editor, before, after)
        call_command("migrate", verbosity=0)
        assert unprotected_tables() == []
        assert list(verify()) == []
    finally:
        unprotect()
        with connection.schema_editor() as editor:
            operation.database_backwards("partnerships", editor, after, before)
        protect()


def test_accounts_change_in_one_row(db: None) -> None:
    unit = make_unit()
    user = User(username="baru", unit=unit)
    user.set_unusable_password()
    user.record(by=None, reason="Pegawai baru", role=Role.HUMAS)
    user.first_name = "Contoh"
    user.record(by=user, role=Role.MANAJER)
    steps = [(row.history_type, row.groups.count()) for row in user.history.order_by("pk")]
    assert steps == [("+", 1), ("~", 1)]
    assert list(verify()) == []
    assert make_user(Role.HUMAS, unit=unit).history.count() == 1
