"""Who changed what, when and why: the history of a root and its parts as one readable list."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from indonesian.calendar import format_date
from institutions.models import Recorded
from institutions.ways import is_way

# Rows that one save writes (a root and its parts) are shown as one entry.
SAME_SAVE = timedelta(seconds=2)
ACTIONS = {"+": "Dicatat", "~": "Diubah", "-": "Dihapus"}
SILENT_FIELDS = frozenset(
    {"id", "version", "base_version", "recorded_at", "recorded_by", "corrected_by"}
)


@dataclass
class Change:
    label: str
    before: str
    after: str


@dataclass
class Entry:
    when: datetime
    who: Any
    action: str
    reason: str
    changes: list[Change] = field(default_factory=list)
    # How it came, where nobody gave a reason.
    way: str = ""


@dataclass(frozen=True)
class Step:
    """One history row, the one before it, and whether it concerns the root or a part."""

    row: Any
    before: Any
    part: type[models.Model] | None


def history_of(root: Recorded, *parts: str) -> list[Entry]:
    """The history of a root and of its named relations, newest first.

    One query per model, and one per kind of related row that has to be named.
    """
    steps = steps_of(type(root).history.filter(id=root.pk), part=None)
    for name in parts:
        relation: Any = root._meta.get_field(name)
        model: type[Recorded] = relation.related_model
        rows = model.history.filter(**{relation.field.attname: root.pk})
        steps += steps_of(rows, part=model)
    steps.sort(key=lambda step: (step.row.history_date, step.row.history_id))
    names = Names(steps, root)
    entries: list[Entry] = []
    for step in steps:
        entry = entry_for(entries, step)
        entry.changes += changes_in(step, names)
    return [entry for entry in reversed(entries) if entry.changes or entry.action != "Diubah"]


def steps_of(rows: Any, *, part: type[models.Model] | None) -> list[Step]:
    latest: dict[Any, Any] = {}
    steps = []
    for row in rows.select_related("history_user").order_by("history_date", "history_id"):
        steps.append(Step(row, latest.get(row.id), part))
        latest[row.id] = row
    return steps


def entry_for(entries: list[Entry], step: Step) -> Entry:
    """The entry this step belongs to: the running save, or a new one."""
    row, (reason, way) = step.row, reason_and_way(step.row)
    if entries:
        last = entries[-1]
        same_hand = (last.who, last.reason, last.way) == (row.history_user, reason, way)
        if same_hand and row.history_date - last.when <= SAME_SAVE:
            return last
    action = ACTIONS[row.history_type] if step.part is None else "Diubah"
    entries.append(Entry(row.history_date, row.history_user, action, reason, way=way))
    return entries[-1]


def reason_and_way(row: Any) -> tuple[str, str]:
    """What somebody wrote, or else how the change came; one of them is blank."""
    text = row.history_change_reason or ""
    return ("", text) if is_way(text) else (text, "")


def fields_of(row: Any) -> "list[models.Field[Any, Any]]":
    silent = SILENT_FIELDS | row.instance_type.untold
    return [
        column
        for column in row.tracked_fields
        if column.name not in silent and not isinstance(column, models.JSONField)
    ]


class Names:
    """Related rows by id, fetched once per model for the whole list."""

    def __init__(self, steps: list[Step], root: models.Model) -> None:
        self.root = root
        wanted: dict[type[models.Model], set[Any]] = {}
        for step in steps:
            for column in fields_of(step.row):
                if isinstance(column, models.ForeignKey):
                    keys = wanted.setdefault(column.related_model, set())
                    keys |= {getattr(row, column.attname) for row in (step.row, step.before) if row}
        self.rows = {
            model: model._base_manager.in_bulk([key for key in keys if key is not None])
            for model, keys in wanted.items()
        }

    def text(self, row: Any, column: "models.Field[Any, Any]") -> str:
        """A stored value in words."""
        value = getattr(row, column.attname) if row is not None else None
        if value in (None, ""):
            return ""
        if isinstance(column, models.ForeignKey):
            return str(self.rows[column.related_model].get(value, "(sudah dihapus)"))
        if column.choices:
            return str(dict(column.flatchoices).get(value, value))
        if isinstance(value, bool):
            return "ya" if value else "tidak"
        if isinstance(value, datetime):
            moment = timezone.localtime(value)
            return f"{format_date(moment)} {moment:%H.%M}"
        if isinstance(value, date):
            return format_date(value)
        return f"{value:%H.%M}" if isinstance(value, time) else str(value)

    def points_home(self, column: "models.Field[Any, Any]") -> bool:
        return isinstance(column, models.ForeignKey) and column.related_model is type(self.root)


def changes_in(step: Step, names: Names) -> list[Change]:
    if step.part is not None and (step.before is None or step.row.history_type == "-"):
        words = part_in_words(step.row, names)
        label = str(step.part._meta.verbose_name)
        added = step.row.history_type != "-"
        return [Change(label, "" if added else words, words if added else "")]
    if step.row.history_type == "-":
        return []
    changes = []
    for column in fields_of(step.row):
        before, after = names.text(step.before, column), names.text(step.row, column)
        # Of a new row only what was filled in is told: no box left alone, no count of nobody.
        says_nothing = step.before is None and getattr(step.row, column.attname) in (False, 0)
        if before != after and not says_nothing:
            changes.append(Change(str(column.verbose_name), before, after))
    return changes


def part_in_words(row: Any, names: Names) -> str:
    texts = []
    for column in fields_of(row):
        if isinstance(column, models.BooleanField):
            texts.append(str(column.verbose_name) if getattr(row, column.attname) else "")
        elif not names.points_home(column):
            texts.append(names.text(row, column))
    return " · ".join(filter(None, texts))
