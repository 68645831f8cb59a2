"""A saving that dies at any of its statements leaves nothing; see `tests.faults.imports`."""

import random
from io import BytesIO
from typing import Any

import pytest
from django.db import connection

from institutions.models import User
from partnerships.imports.keeping import keep, record_ready
from partnerships.imports.reading import read_list
from partnerships.models import Agreement, AgreementArea, Import, Partner, Party
from tests.factories import make_area
from tests.lists import list_row, xlsx

ROWS, KILLS = 8, 12


class Killed(BaseException):
    """What no code catches."""


class Killer:
    """Counts statements and dies before one of them; 0 lets all pass."""

    def __init__(self, at: int) -> None:
        self.at, self.seen = at, 0

    def __call__(self, execute: Any, *args: Any) -> Any:
        self.seen += 1
        if self.seen == self.at:
            raise Killed
        return execute(*args)


def rows_everywhere() -> list[int]:
    models = (Agreement, Party, AgreementArea, Partner)
    tables = [m._base_manager for m in models] + [m.history for m in models]  # type: ignore[attr-defined]
    return [rows.count() for rows in tables]


def uploaded(user: User) -> Import:
    rows = [list_row(n, Mitra=f"Dinas {n}", Bidang="Pelayanan kesehatan") for n in range(ROWS)]
    content = xlsx(*rows)
    return keep(read_list(BytesIO(content), len(content)), user, name="daftar.xlsx", unit=None)


@pytest.mark.django_db(transaction=True)
def test_a_saving_that_is_killed_leaves_nothing_and_is_done_again(humas: User) -> None:
    make_area()
    kept, before = uploaded(humas), rows_everywhere()
    counting = Killer(0)
    dice = random.Random(5)  # noqa: S311 - repeatable, not secret
    for _ in range(KILLS):
        killer = Killer(dice.randint(2, 30))
        with pytest.raises(Killed), connection.execute_wrapper(killer):
            record_ready(Import.objects.get(pk=kept.pk), humas)
        assert rows_everywhere() == before
        assert Import.objects.get(pk=kept.pk).saved == 0
    with connection.execute_wrapper(counting):
        assert record_ready(Import.objects.get(pk=kept.pk), humas) == ROWS
    assert counting.seen > 30
    assert Agreement.objects.count() == AgreementArea.objects.count() == ROWS
