"""As many entries as changes, told by a ledger the database keeps; the full run is a script."""

import pytest

from institutions.verification import verify
from tests.faults.changes import ACTS, exercise

pytestmark = pytest.mark.django_db
CHANGES = 500


def test_each_changed_row_has_one_entry_with_user_and_reason() -> None:
    outcome = exercise(CHANGES)
    assert outcome.wrong == []
    assert outcome.entries >= CHANGES
    assert set(outcome.acts) == set(ACTS)
    assert list(verify()) == []
