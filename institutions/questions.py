"""Questions that pages ask all the time: Django writes their SQL once, not at every asking."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# Stands where the key of a row goes while the SQL is written; no row has it.
ANY_KEY = -(2**62)


class Question:
    """`rows` makes a QuerySet of tuples from the key of a row, and from nothing that changes."""

    def __init__(self, rows: Callable[[int], QuerySet[Any]]) -> None:
        self.rows = rows
        self.written: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def ask(self, key: int = 0) -> list[tuple[Any, ...]]:
        """The tuples as the database gives them: on SQLite yes and no are 1 and 0."""
        if connection.vendor not in self.written:
            self.written[connection.vendor] = self.rows(ANY_KEY).query.sql_with_params()
        sql, values = self.written[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(sql, [key if value == ANY_KEY else value for value in values])
            return cursor.fetchall()
