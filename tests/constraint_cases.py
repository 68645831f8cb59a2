"""How a broken row of each kind is refused, by the database and by the model."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from tests.specimens import SPECIMENS

Changes = dict[str, Any] | Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class Case:
    """What breaks a constraint: columns to change on a row that is in order."""

    model: type[models.Model]
    changes: Changes
    # Columns the row needs first, so that nothing but this one constraint is broken.
    given: dict[str, Any] = field(default_factory=dict)
    # The model puts such a row in order by itself, so that only the database can meet it.
    is_healed: bool = False

    def row(self) -> Any:
        row = SPECIMENS[self.model]()
        for name, value in self.given.items():
            setattr(row, name, value)
        return row.record(by=None)

    def broken(self, row: Any) -> dict[str, Any]:
        return self.changes(row) if callable(self.changes) else self.changes


def constraints_of(app: str) -> dict[str, models.BaseConstraint]:
    return {
        constraint.name: constraint
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }


def assert_database_refuses(name: str, case: Case) -> None:
    row = case.row()
    broken = case.broken(row)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        case.model._base_manager.filter(pk=row.pk).update(**broken)
    if "CHECK" in str(refused.value).upper():
        assert name in str(refused.value)


def assert_model_refuses_in_our_words(constraint: models.BaseConstraint, case: Case) -> None:
    row = case.row()
    for name, value in case.broken(row).items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()
    assert str(constraint.violation_error_message) in refused.value.messages
    assert_in_our_words(refused.value)
    if case.is_healed:
        row.full_clean()
        return
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert_in_our_words(refused.value)


def assert_in_our_words(refused: ValidationError) -> None:
    assert refused.messages
    for message in refused.messages:
        assert message[0].isupper()
        assert message.endswith(".")
        for django_word in ("valid", "Pastikan", "Harap", "onstraint", "Kendala", "“"):
            assert django_word not in message
