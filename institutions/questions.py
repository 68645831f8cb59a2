"""Questions that pages ask all the time: Django writes their SQL once, not at every asking."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# Stands where a key goes while the SQL is written, as do the keys right below it; no row has them.
ANY_KEY = -(2**62)
# The day stands in what is written, so that it grows with every day a server runs.
MOST_WRITTEN = 200
# A question about rows is written for as many as a page holds; keys of no row fill it up.
PAGES_HOLD = (25, 50, 100)
NO_KEY = 0

Statement = tuple[str, tuple[Any, ...]]


class Question:
    """`rows` makes a QuerySet of tuples from the key of a row, and from nothing that changes."""

    def __init__(self, rows: Callable[[int], QuerySet[Any]]) -> None:
        self.rows = rows
        self.written: dict[str, Statement] = {}

    def ask(self, key: int = 0) -> list[tuple[Any, ...]]:
        """The tuples as the database gives them: on SQLite yes and no are 1 and 0."""
        if connection.vendor not in self.written:
            self.written[connection.vendor] = self.rows(ANY_KEY).query.sql_with_params()
        return answers(self.written[connection.vendor], {ANY_KEY: key})


@dataclass(frozen=True)
class Reader:
    """Of somebody signed in what decides which rows they see, and nothing else.

    Takes the place of a User in `visible_to` and its like; `User.reader` makes one.
    """

    pk: int
    own_units: Any
    upper_units: list[int]
    sees_everything: bool
    sees_a_region: bool
    sees_nothing: bool = False


class ReaderQuestion:
    """`rows` makes a QuerySet of tuples from a Reader and from other values, such as the day.

    The SQL is kept by everything about a Reader but the keys themselves, which are put in at each
    asking; a Reader tells `rows` nothing else, so that no rights of one can reach another.
    """

    def __init__(self, rows: Callable[..., QuerySet[Any]]) -> None:
        self.rows = rows
        self.written: dict[tuple[Any, ...], Statement] = {}

    def ask(
        self, reader: Reader, *others: Any, about: Sequence[int] | None = None
    ) -> list[tuple[Any, ...]]:
        """The tuples as the database gives them; none for somebody who sees nothing.

        `about` are keys of rows, which `rows` takes as its last argument.
        """
        if reader.sees_nothing:
            return []
        own = [] if reader.sees_everything else list(reader.own_units)
        if not own and not reader.sees_everything:
            return []
        asked = [] if about is None else filled_up(about)
        keys = [reader.pk, *own, *reader.upper_units, *asked]
        spare = [ANY_KEY - place for place in range(len(keys))]
        kinds = (reader.sees_everything, reader.sees_a_region)
        shape = (connection.vendor, len(own), len(asked), len(keys), *kinds, others)
        if shape not in self.written:
            if len(self.written) >= MOST_WRITTEN:
                self.written.clear()
            rows_from = len(keys) - len(asked)
            anybody = Reader(
                pk=spare[0],
                own_units=reader.own_units if reader.sees_everything else spare[1 : 1 + len(own)],
                upper_units=spare[1 + len(own) : rows_from],
                sees_everything=reader.sees_everything,
                sees_a_region=reader.sees_a_region,
            )
            told = others if about is None else (*others, spare[rows_from:])
            self.written[shape] = self.rows(anybody, *told).query.sql_with_params()
        return answers(self.written[shape], dict(zip(spare, keys, strict=True)))


def filled_up(keys: Sequence[int]) -> list[int]:
    holds = next((most for most in PAGES_HOLD if len(keys) <= most), len(keys))
    return [*keys, *[NO_KEY] * (holds - len(keys))]


def answers(statement: Statement, keys: dict[int, int]) -> list[tuple[Any, ...]]:
    sql, values = statement
    with connection.cursor() as cursor:
        cursor.execute(sql, [in_place(value, keys) for value in values])
        return cursor.fetchall()


def in_place(value: Any, keys: dict[int, int]) -> Any:
    return keys.get(value, value) if isinstance(value, int) else value
