"""Several small relations of one row, read by one question.

`prefetch_related` asks once for each relation, and a page that shows six of them spends more on
asking than on the rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from operator import attrgetter
from typing import Any

from django.db.models import (
    BooleanField,
    DateTimeField,
    IntegerField,
    Model,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from institutions.questions import Question


@dataclass(frozen=True)
class Relation:
    """Rows that point to the row: the columns to read, as `only` takes them.

    A column of a row they point to stands behind its name and two underscores; any other column
    is read when it is asked for. Columns are of text, numbers, days, moments or yes and no.
    """

    name: str
    columns: tuple[str, ...]
    order: Callable[[Any], Any] = attrgetter("pk")


def read_together(row: Model, *relations: Relation) -> None:
    """Fill the relations of the row, as `prefetch_related_objects` does."""
    wanted, question = asked_of(type(row), relations)
    found: defaultdict[int, list[Model]] = defaultdict(list)
    for place, *texts in question.ask(row.pk):
        found[place].append(made(wanted[place], texts))
    filled = row.__dict__.setdefault("_prefetched_objects_cache", {})
    for place, relation in enumerate(relations):
        rows = getattr(row, relation.name).all()
        rows._result_cache = sorted(found[place], key=relation.order)
        rows._prefetch_done = True
        filled[relation.name] = rows


@cache
def asked_of(
    model: type[Model], relations: tuple[Relation, ...]
) -> tuple[list[list[tuple[str, Any]]], Question]:
    """The fields of every relation in the order of the question's columns, and the question."""
    wanted = [list(fields_of(model, relation)) for relation in relations]
    width = max(map(len, wanted))
    filler = Value("", TextField())

    def rows(key: int) -> QuerySet[Any]:
        first, *others = (
            getattr(model(pk=key), relation.name)
            .order_by()
            .values_list(
                Value(place, IntegerField()),
                *(Cast(path, TextField()) for path, _ in fields),
                *(filler for _ in range(width - len(fields))),
            )
            for place, (relation, fields) in enumerate(zip(relations, wanted, strict=True))
        )
        return first.union(*others, all=True)

    return wanted, Question(rows)


def fields_of(of: type[Model], relation: Relation) -> Iterator[tuple[str, Any]]:
    """The path of every column and its field: the key of a row, its own columns, then others'."""
    model: Any = of._meta.get_field(relation.name).related_model
    names = dict.fromkeys(path.partition("__")[0] for path in relation.columns)
    for name in ("pk", *names):
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        yield field.attname, field
    for path in relation.columns:
        name, _, column = path.partition("__")
        if column:
            yield path, model._meta.get_field(name).related_model._meta.get_field(column)


def made(fields: list[tuple[str, Any]], texts: list[str]) -> Model:
    """The row with these values, and with it the rows it points to."""
    own: dict[str, Any] = {}
    others: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for (path, field), text in zip(fields, texts, strict=False):
        name, _, column = path.rpartition("__")
        (others[name] if name else own)[field.attname] = value_of(field, text)
    model: Any = fields[0][1].model
    row = loaded(model, own)
    for name, values in others.items():
        link = model._meta.get_field(name)
        target: Any = link.related_model
        key = own[link.attname]
        values = {target._meta.pk.attname: key} | values
        setattr(row, name, loaded(target, values) if key else None)
    return row


def loaded(model: Any, values: dict[str, Any]) -> Any:
    """A row read from the database with these columns alone."""
    names = [each.attname for each in model._meta.concrete_fields if each.attname in values]
    return model.from_db(None, names, [values[name] for name in names])


def value_of(field: Any, text: str | None) -> Any:
    if text is None:
        return None
    if isinstance(field, BooleanField):
        # PostgreSQL writes words, SQLite numbers.
        return text in {"true", "1"}
    if isinstance(field, DateTimeField):
        moment = datetime.fromisoformat(text)
        # SQLite keeps moments of UTC without saying so.
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    target: Any = getattr(field, "target_field", field)
    return target.to_python(text)
