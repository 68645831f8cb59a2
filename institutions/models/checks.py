"""The check constraints of a model, asked of the database together instead of one by one."""

from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DatabaseError, connections, models, router, transaction
from django.db.models import BooleanField, Q, Value
from django.db.models.functions import Cast, Coalesce
from django.db.models.sql import Query
from django.db.models.sql.constants import SINGLE


@dataclass(frozen=True)
class Check:
    """One check constraint, and the columns it speaks of."""

    name: str
    condition: Any
    columns: frozenset[str]


@cache
def checks_of(model: type[models.Model]) -> tuple[Check, ...]:
    constraints = [c for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
    return tuple(Check(c.name, c.condition, columns_in(c.condition)) for c in constraints)


def columns_in(condition: Any) -> frozenset[str]:
    references: Any = models.Model._get_expr_references  # type: ignore[attr-defined]
    return frozenset(path[0] for path in references(condition))


def kept_checks(row: models.Model, unknown: Collection[str]) -> frozenset[str]:
    """Names of the checks the row is known to keep: those it can be asked for, or none of them.

    `unknown` are the columns whose value must not be looked at, as for Django's own validation.
    """
    asked = [check for check in checks_of(type(row)) if check.columns.isdisjoint(unknown)]
    if not asked:
        return frozenset()
    columns = frozenset().union(*(check.columns for check in asked))
    values = row._get_field_expression_map(row._meta, exclude=set(unknown))  # type: ignore[attr-defined]
    against = {name: typed(value) for name, value in values.items() if name in columns}
    condition = Q(*(check.condition for check in asked))
    is_kept = holds(condition, against, router.db_for_write(type(row), instance=row))
    return frozenset(check.name for check in asked) if is_kept else frozenset()


def typed(value: Any) -> Any:
    """PostgreSQL takes a NULL of no type for text, and then compares no date with it."""
    is_null = isinstance(value, Value) and value.value is None
    return Cast(value, value.output_field) if is_null else value


def holds(condition: Q, against: dict[str, Any], using: str) -> bool:
    """Whether no part of the condition is false; unlike `Q.check`, not when the database fails."""
    query = Query(None)
    for name, value in against.items():
        query.add_annotation(value, name, select=False)
    query.add_annotation(Value(1), "_check")
    # A check that is neither true nor false is kept, and AND tells it from one that is false.
    query.add_q(Q(Coalesce(condition, True, output_field=BooleanField())))
    in_block = connections[using].in_atomic_block
    try:
        with transaction.atomic(using=using) if in_block else nullcontext():
            return query.get_compiler(using=using).execute_sql(SINGLE) is not None
    except DatabaseError:
        return False
