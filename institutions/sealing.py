"""For migrations: seal the history of an app as its tables are at this point.

A column that is added needs nothing. A migration that removes, renames or retypes a column of a
recorded model has `operations = sealed("partnerships", […])`, and is run after
`manage.py verify_history` said that all is well: what was forged before would be sealed too.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from simple_history.models import HistoricalChanges, HistoricalRecords

from institutions.checkpoints import take_checkpoint
from institutions.models import HistoryCheckpoint, SealForm
from institutions.models.trail import Sealed, form_columns, sealed_columns
from institutions.seals import START, Seal, form_of, keys, mac_of
from institutions.triggers import protect, sealed_models, unprotect

BATCH = 2_000


def seal_history(app_label: str) -> Callable[[Any, Any], None]:
    def seal(apps: Any, schema_editor: Any) -> None:
        connection = schema_editor.connection
        models = [
            model
            for model in apps.get_app_config(app_label).get_models()
            if issubclass(model, HistoricalChanges)
            and any(column.name == "seal" for column in model._meta.fields)
        ]
        tables = [model._meta.db_table for model in models]
        unprotect(tables, connection)
        changed = [model._meta.db_table for model in models if seal_rows(model, apps, connection)]
        protect(tables, connection)
        if changed and HistoryCheckpoint.objects.exists():
            take_checkpoint(anew=changed)

    return seal


def seal_rows(model: Any, apps: Any, connection: Any) -> bool:
    """Whether there was anything to seal."""
    columns = form_columns(model)
    table, form = model._meta.db_table, form_of(columns)
    SealForm.objects.bulk_create(
        [SealForm(code=form, columns=list(columns))], ignore_conflicts=True
    )
    names = [column.attname for column in sealed_columns(model)]
    links = links_of(table, apps)
    last: dict[Any, str] = {}
    for batch in batches(model, ["history_id", "id", *names]):
        seals = []
        for number, key, *values in batch:
            link = last.get(key, START)
            mac = mac_of(keys()[0], table, form, link, values, links.get(number, ()))
            seal = Seal(form, link, mac)
            last[key] = seal.as_link
            seals.append((str(seal), number))
        with connection.cursor() as cursor:
            cursor.executemany(
                f'UPDATE "{table}" SET seal = %s WHERE history_id = %s',  # noqa: S608
                seals,
            )
    return bool(last)


def batches(model: Any, names: list[str]) -> Iterator[list[Any]]:
    after = 0
    rows = model._base_manager.order_by("history_id").values_list(*names)
    while batch := list(rows.filter(history_id__gt=after)[:BATCH]):
        yield batch
        after = batch[-1][0]


def links_of(table: str, apps: Any) -> dict[int, list[Any]]:
    """Many-to-many rows by history row, read from the tables of this point."""
    held: dict[int, list[Any]] = {}
    [today] = [model for model in sealed_models() if model._meta.db_table == table]
    for link in today._history_m2m_fields:
        options = HistoricalRecords.m2m_models[link]._meta
        past = apps.get_model(options.app_label, options.model_name)._base_manager
        other = f"{link.m2m_reverse_field_name()}_id"
        for number, key in past.order_by("pk").values_list("history_id", other):
            held.setdefault(number, []).append(key)
    return held


def sealing(app_label: str) -> migrations.RunPython:
    return migrations.RunPython(seal_history(app_label), migrations.RunPython.noop)


def sealed(app_label: str, operations: list[Operation]) -> list[Operation]:
    """The operations, and the history sealed as the tables are after them, whichever way they run.

    Taken back, the last of them comes first: the tables are as they were only when all are done.
    """
    taken_back = migrations.RunPython(migrations.RunPython.noop, seal_history(app_label))
    return [taken_back, *operations, sealing(app_label)]


class AddSeals(Operation):
    """The column `seal` on all history of an app at once.

    One AddField each would build the models of the whole project anew each time.
    """

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        names = history_names(app_label, state)
        for name in names:
            state.models[app_label, name].fields["seal"] = Sealed._meta.get_field("seal").clone()
        state.reload_models([(app_label, name) for name in names])

    def database_forwards(
        self,
        app_label: str,
        schema_editor: Any,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for name in history_names(app_label, from_state):
            seal = to_state.apps.get_model(app_label, name)._meta.get_field("seal")
            schema_editor.add_field(from_state.apps.get_model(app_label, name), seal)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: Any,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for name in history_names(app_label, to_state):
            model = from_state.apps.get_model(app_label, name)
            schema_editor.remove_field(model, model._meta.get_field("seal"))

    def describe(self) -> str:
        return "Add a seal to every row of history"


def history_names(app_label: str, state: ProjectState) -> list[str]:
    return [
        name
        for (label, name), model in sorted(state.models.items())
        if label == app_label and "history_type" in model.fields
    ]
