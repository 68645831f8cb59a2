"""Many new rows at once, checked and with their history, where one by one would take minutes."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from institutions.models import Recorded, User, Versioned

# SQLite takes so many values in one statement; the widest row has forty columns.
AT_ONCE = 500


@transaction.atomic
def record_new(rows: Sequence[Recorded], *, by: User, reason: str) -> None:
    """As `record` does it for each, by few questions.

    Columns and rules are checked here; what only the database can check, links, constraints and
    uniqueness, it checks itself, and refuses the lot. Derived columns that are read from other
    rows, such as a search text, are the caller's to fill. Raises ValidationError.
    """
    if not rows:
        return
    model: Any = type(rows[0])
    links = [column.name for column in model._meta.fields if column.is_relation]
    for row in rows:
        if isinstance(row, Versioned):
            row.recorded_by = by
        row.full_clean(exclude=links, validate_unique=False, validate_constraints=False)
    bulk_create_with_history(
        rows, model, batch_size=AT_ONCE, default_user=by, default_change_reason=reason
    )
