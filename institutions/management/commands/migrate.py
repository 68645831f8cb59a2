"""Django's `migrate`; when it ends, every table that holds history is protected.

SQLite rebuilds a table for most changes of a column and drops its triggers with the old one, and
a new recorded model brings a new table: nobody has to remember either.
"""

from typing import Any

from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS

from institutions.triggers import protect, remember_forms


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> Any:
        outcome = super().handle(*args, **options)
        if options["database"] == DEFAULT_DB_ALIAS and not options["plan"]:
            protect()
            remember_forms()
        return outcome
