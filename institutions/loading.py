"""How data files come into tables by stable code without undoing what an admin changed.

Each row remembers in `imported` what the files said when a field was last taken over. A field
that still holds that value follows the files; any other value was typed by somebody and stays.
Rows without a code (names, covered provinces) are known again by their history instead.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from simple_history.utils import bulk_create_with_history

from institutions.models import Province, Regency, Unit

REASON = "Pemuatan data acuan"
_NEVER = object()


class BadData(Exception):
    """A data file says what cannot be right; the text names file, line and reason."""


@dataclass(frozen=True)
class Line:
    """One line of a data file."""

    where: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        try:
            return self.cells[column]
        except KeyError:
            raise BadData(f"{self.where}: kolom {column} tidak ada.") from None

    def day(self, column: str) -> date | None:
        try:
            return date.fromisoformat(self[column]) if self[column] else None
        except ValueError:
            raise BadData(f"{self.where}: {column} bukan tanggal: {self[column]!r}.") from None

    def row(self, column: str, known: dict[str, Any]) -> Any:
        """The row whose code stands in the column."""
        try:
            return known[self[column]]
        except KeyError:
            raise BadData(f"{self.where}: {column} {self[column]!r} tidak dikenal.") from None

    def row_or_none(self, column: str, known: dict[str, Any]) -> Any:
        return self.row(column, known) if self[column] else None


def read_lines(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, cells in enumerate(csv.DictReader(file), start=2):
            where = f"{path.name}, baris {number}"
            if None in cells or None in cells.values():
                raise BadData(f"{where}: jumlah kolomnya tidak sama dengan baris judul.")
            yield Line(where, {name: text.strip() for name, text in cells.items()})


@dataclass
class ReferenceLoad:
    """One run over the data files: what it added, brought up to date and left alone."""

    added: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)

    def load_coded(
        self,
        model: type[Any],
        path: Path,
        values_of: Callable[[Line, dict[str, Any]], dict[str, Any]],
        *,
        links: tuple[str, ...] = (),
    ) -> dict[str, Any]:
        """Bring every line into the table; returns all its rows by code.

        `values_of` makes the field values of a line and may look up the rows known so far;
        `links` are the foreign keys among them.
        """
        known = {row.code: row for row in model._base_manager.select_related(*links)}
        seen: set[str] = set()
        new: list[tuple[Any, Line]] = []
        for line in read_lines(path):
            code = line["code"]
            if code in seen:
                raise BadData(f"{line.where}: kode {code!r} tertulis dua kali.")
            seen.add(code)
            values = values_of(line, known)
            if code in known:
                self.bring_up_to_date(known[code], values, line)
                continue
            if any(isinstance(value, models.Model) and not value.pk for value in values.values()):
                # It hangs under a row of this very file, which has to be there first.
                self.add(new)
                new = []
            imported = {name: comparable(value) for name, value in values.items()}
            known[code] = model(code=code, imported=imported, **values)
            new.append((known[code], line))
        self.add(new)
        return known

    def bring_up_to_date(self, row: Any, values: dict[str, Any], line: Line) -> None:
        changed = False
        for name, value in values.items():
            now, new = comparable(getattr(row, name)), comparable(value)
            last = row.imported.get(name, _NEVER)
            if now not in (new, last):
                self.keep(row, name, value)
                continue
            if now != new:
                setattr(row, name, value)
            if last != new:
                row.imported[name] = new
                changed = True
        if changed:
            record(row, line, self.updated)

    def load_parts(
        self,
        model: type[Any],
        identity: tuple[str, ...],
        path: Path,
        values_of: Callable[[Line], dict[str, Any]],
    ) -> list[Any]:
        """Bring rows without a code into the table; returns those that were written.

        `identity` names the columns two rows are the same by. A row whose last change was ours
        follows the files; what somebody changed or removed since is left as it is.
        """

        def key_of(row: Any) -> tuple[Any, ...]:
            return tuple(getattr(row, name) for name in identity)

        steps = list(model.history.order_by("history_date", "history_id"))
        last_reason = {step.id: step.history_change_reason for step in steps}
        loaded_before = {key_of(step) for step in steps if step.history_change_reason == REASON}
        known = {key_of(row): row for row in model._base_manager.all()}
        added: list[tuple[Any, Line]] = []
        updated = []
        for line in read_lines(path):
            values = values_of(line)
            offered: Any = model(**values)
            row = known.get(key_of(offered))
            if row is None and key_of(offered) in loaded_before:
                self.kept.append(f"{offered} ({line.where}) sudah diganti atau dihapus")
            elif row is None:
                added.append((offered, line))
            elif last_reason.get(row.pk) != REASON:
                for name in differing(row, values):
                    self.keep(row, name, values[name])
            elif names := differing(row, values):
                for name in names:
                    setattr(row, name, values[name])
                record(row, line, self.updated)
                updated.append(row)
        self.add(added)
        return [*(row for row, _ in added), *updated]

    def add(self, new: list[tuple[Any, Line]]) -> None:
        """Check rows one by one and write them at once, history included.

        Two thousand rows through `record` are forty thousand queries. What only the database can
        check, it checks; the columns and the rules of the model are checked here.
        """
        if not new:
            return
        model = type(new[0][0])
        links = [column.name for column in model._meta.fields if column.is_relation]
        for row, line in new:
            with naming(line):
                row.full_clean(exclude=links, validate_unique=False, validate_constraints=False)
        with naming(new[0][1]):
            bulk_create_with_history([row for row, _ in new], model, default_change_reason=REASON)
        self.added[str(model._meta.verbose_name)] += len(new)

    def keep(self, row: Any, name: str, offered: Any) -> None:
        label = row._meta.get_field(name).verbose_name
        now = getattr(row, name)
        self.kept.append(f"{row}: {label} tetap “{in_words(now)}”, berkas: “{in_words(offered)}”")


def record(row: Any, line: Line, counter: Counter[str]) -> None:
    with naming(line):
        row.record(by=None, reason=REASON)
    counter[str(row._meta.verbose_name)] += 1


@contextmanager
def naming(line: Line) -> Iterator[None]:
    """Refusals of the model and of the database name the line they are about."""
    try:
        yield
    except ValidationError as refused:
        raise BadData(f"{line.where}: {' '.join(refused.messages)}") from refused
    except IntegrityError as refused:
        raise BadData(f"{line.where} atau sesudahnya: {refused}") from refused


def comparable(value: Any) -> Any:
    """A field value as JSON keeps it; a linked row by its code."""
    return value.code if isinstance(value, Province | Regency | Unit) else value


def differing(row: models.Model, values: dict[str, Any]) -> list[str]:
    """Fields of a row that hold something else; linked rows belong to its identity."""
    return [
        name
        for name, value in values.items()
        if not isinstance(value, models.Model) and getattr(row, name) != value
    ]


def in_words(value: Any) -> str:
    return "kosong" if value in (None, "") else str(value)
