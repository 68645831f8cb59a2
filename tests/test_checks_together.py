"""The check constraints of a row: asked together, and singly where that settles nothing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.db.models.sql.compiler import SQLCompiler

from institutions.models.checks import checks_of, kept_checks
from partnerships.models import Agreement
from tests.factories import make_agreement

pytestmark = pytest.mark.django_db


def all_checks() -> set[str]:
    return {check.name for check in checks_of(Agreement)}


def test_a_row_in_order_keeps_them_all(django_assert_num_queries):
    row = make_agreement()
    # One of them the savepoint, one its release.
    with django_assert_num_queries(3):
        assert kept_checks(row, ()) == all_checks()


def test_days_that_are_not_known_are_compared_as_days():
    row = make_agreement(signed_on=None, title="Konsep contoh")
    row.ends_on = date(2027, 1, 4)
    assert kept_checks(row, ()) == all_checks()


def test_one_that_is_broken_leaves_all_to_be_asked():
    row = make_agreement()
    row.term_months = 1201
    assert kept_checks(row, ()) == set()
    assert "agreement_term_in_range" not in kept_checks(row, {"term_months"}) != set()
    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()
    assert len(refused.value.messages) == 1


def test_a_database_that_fails_says_nothing_about_them(monkeypatch):
    row = make_agreement()

    def fail(*args: object, **kwargs: object) -> None:
        raise DatabaseError("contoh")

    monkeypatch.setattr(SQLCompiler, "execute_sql", fail)
    assert kept_checks(row, ()) == set()
