"""Tables as lines of JSON that mean the same on SQLite and on PostgreSQL."""

import base64
import datetime
import hashlib
import itertools
import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connections, models
from django.utils.duration import duration_iso_string

from institutions.models.fields import ByCodePoint

# Model or app: why its rows stay behind.
LEFT_OUT = {
    "sessions": "everybody signs in anew, and a stolen archive opens no session",
    "institutions.loginlink": "a link that was used or replaced since would open its account again",
    "institutions.signintries": "counts wrong passwords of the last minutes",
    "institutions.submittoken": "answers to forms that lay open at that moment",
    "partnerships.import": "uploaded lists that are forgotten after a week",
    "partnerships.importline": "their lines",
}
ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Table:
    """One model in the state of migration that the archive is of."""

    model: Any

    @property
    def label(self) -> str:
        return str(self.model._meta.label_lower)

    @property
    def fields(self) -> list[Any]:
        return list(self.model._meta.local_concrete_fields)

    def lines(self, alias: str) -> Iterator[bytes]:
        """The names of the columns, then every row in the order of its key."""
        names = [field.attname for field in self.fields]
        yield line(names)
        in_order = self.model._base_manager.using(alias).order_by(self.key)
        rows = in_order.values_list(*names)
        yield from map(line, rows.iterator(chunk_size=ROWS_AT_ONCE))

    @property
    def key(self) -> Any:
        """What rows are ordered by: numbers, or texts without the locale of a server."""
        is_text = isinstance(self.model._meta.pk, models.CharField | models.TextField)
        return ByCodePoint("pk") if is_text else "pk"

    def insert(self, lines: Iterable[bytes], alias: str) -> None:
        """Write rows exactly as they were; no derived column is computed and no clock is read."""
        lines = iter(lines)
        names = json.loads(next(lines))
        fields = {field.attname: field for field in self.fields}
        if sorted(names) != sorted(fields):
            raise ValueError(f"{self.label}: {names}")
        columns = [fields[name] for name in names]
        rows = (self.row(columns, json.loads(text), alias) for text in lines)
        size = min(ROWS_AT_ONCE, self.most_at_once(alias))
        while batch := list(itertools.islice(rows, size)):
            # raw: dates that set themselves keep the value they had.
            self.model._base_manager._insert(batch, fields=columns, using=alias, raw=True)

    def row(self, columns: list[Any], values: list[Any], alias: str) -> Any:
        pairs = zip(columns, values, strict=True)
        known = {column.attname: column.to_python(value) for column, value in pairs}
        row = self.model(**known)
        row._state.db = alias
        return row

    def most_at_once(self, alias: str) -> int:
        batch = [None] * ROWS_AT_ONCE
        return int(connections[alias].ops.bulk_batch_size(self.fields, batch))

    def is_empty(self, alias: str) -> bool:
        return not self.model._base_manager.using(alias).exists()


def tables_of(apps: Any) -> list[Table]:
    """Every table that belongs in an archive, sorted by label."""
    found = [
        Table(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not is_left_out(model)
    ]
    return sorted(found, key=lambda table: table.label)


def is_left_out(model: Any) -> bool:
    return model._meta.app_label in LEFT_OUT or model._meta.label_lower in LEFT_OUT


def line(values: Any) -> bytes:
    text = json.dumps(
        values,
        default=plain,
        ensure_ascii=False,
        allow_nan=False,
        # PostgreSQL keeps the keys of JSON columns in an order of its own.
        sort_keys=True,
        separators=(",", ":"),
    )
    return f"{text}\n".encode()


def plain(value: Any) -> str:
    """What JSON has no word for, as a text that Field.to_python() reads back unchanged."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return duration_iso_string(value)
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    raise TypeError(f"No form in an archive for {type(value)}")


@dataclass
class Tally:
    """Counts and hashes lines as they pass."""

    rows: int = -1  # The line of names is none.

    def __post_init__(self) -> None:
        self.hash = hashlib.sha256()

    def passing(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for text in lines:
            self.hash.update(text)
            self.rows += 1
            yield text

    def facts(self) -> dict[str, Any]:
        return {"rows": self.rows, "sha256": self.hash.hexdigest()}


def facts_of(table: Table, alias: str) -> dict[str, Any]:
    """Number and digest of the rows as they stand in the database."""
    tally = Tally()
    for _ in tally.passing(table.lines(alias)):
        pass
    return tally.facts()


def file_names(apps: Any, tables: list[Table], alias: str) -> Iterator[tuple[str, bool]]:
    """Names of stored files in the rows, and whether a row of today needs them."""
    for table in tables:
        for field in table.fields:
            if isinstance(field, models.FileField):
                past = historical(apps, table)
                for model, is_needed in ((table.model, True), (past, False)):
                    if model is not None:
                        yield from ((name, is_needed) for name in names_in(model, field, alias))


def names_in(model: Any, field: Any, alias: str) -> Iterator[str]:
    rows = model._base_manager.using(alias).order_by("pk").exclude(**{field.name: ""})
    names = rows.exclude(**{field.name: None}).values_list(field.name, flat=True)
    yield from map(str, names.iterator(chunk_size=ROWS_AT_ONCE))


def historical(apps: Any, table: Table) -> Any:
    meta = table.model._meta
    try:
        return apps.get_model(meta.app_label, f"historical{meta.model_name}")
    except LookupError:
        return None
