"""The check constraints of a model, asked of the database together instead of one by one."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models, router
from django.db.models import Q


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
    against = {name: value for name, value in values.items() if name in columns}
    using = router.db_for_write(type(row), instance=row)
    # A check that is neither true nor false is kept, and AND tells it from one that is false.
    is_kept = Q(*(check.condition for check in asked)).check(against, using=using)
    return frozenset(check.name for check in asked) if is_kept else frozenset()
