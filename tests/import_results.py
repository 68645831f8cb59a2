"""What the dry run says of some rows, for tests."""

from datetime import date
from io import BytesIO
from typing import Any

from institutions.models import Unit, User
from partnerships.imports.checking import Judged, Result, check
from partnerships.imports.keeping import default_unit
from partnerships.imports.reading import read_list
from tests.lists import csv

TODAY = date(2026, 11, 28)


def result_of(user: User, *rows: Any, unit: Unit | None = None, **how: Any) -> Result:
    content = csv(*rows, **how.pop("file", {}))
    lines = read_list(BytesIO(content), len(content)).lines
    keeper = default_unit(lines, user, unit)
    key = keeper.pk if keeper else None
    return check(lines, user, default_unit=key, answers=how.get("answers", {}), today=TODAY)


def judged(user: User, *rows: Any, **how: Any) -> list[Judged]:
    return result_of(user, *rows, **how).judged


def states(found: list[Judged]) -> list[str]:
    return [each.state.name for each in found]


def reasons(each: Judged) -> str:
    return " ".join(each.reasons)
