"""Pages of a list show and count what plain slices of the same rows would, with one question."""

import pytest
from django.core.paginator import Paginator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from institutions import lists
from institutions.models import Province
from tests.factories import make_province

pytestmark = pytest.mark.django_db

PER_PAGE, BEYOND = 5, 10


@pytest.fixture(autouse=True)
def few_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "COUNTED_BEYOND", BEYOND)


@pytest.mark.parametrize("total", [0, 1, 5, 15, 16, 31])
@pytest.mark.parametrize("wanted", [None, "", "1", "2", "3", "7", "8", "99", "0", "-1", "x", "²"])
@pytest.mark.parametrize("count_all", [False, True])
def test_a_page_holds_the_rows_and_the_count_of_plain_slices(total, wanted, count_all):
    for number in range(total):
        make_province(f"{number:02}")
    rows = Province.objects.order_by("code")
    pages = lists.RowPaginator(rows, PER_PAGE, None, wanted, count_all=count_all)
    page = pages.get_page(wanted)
    asked = int(wanted) if wanted and wanted.isascii() and wanted.isdecimal() else 1
    counted = total if count_all else min(total, max(asked, 1) * PER_PAGE + BEYOND)
    assert pages.count == counted
    assert pages.has_more == (total > counted)
    plain = Paginator(rows[:counted], PER_PAGE).get_page(wanted)
    assert (page.number, list(page)) == (plain.number, list(plain))


def test_keys_and_count_of_any_page_are_one_question():
    for number in range(31):
        make_province(f"{number:02}")
    for wanted in ("1", "4"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = lists.RowPaginator(Province.objects.order_by("code"), PER_PAGE, None, wanted)
            assert len(list(page.get_page(wanted))) == PER_PAGE
        assert len(asked) == 2


@pytest.mark.parametrize("wanted", [None, "1", "2", "9"])
@pytest.mark.parametrize("total", [0, 1, 7, 15, 16])
@pytest.mark.parametrize("count_all", [False, True])
def test_sums_are_those_of_every_row_or_absent(total, wanted, count_all):
    for number in range(total):
        make_province(f"{number:02}")
    rows = Province.objects.order_by("code")
    pages = lists.RowPaginator(rows, PER_PAGE, None, wanted, add_up=("id",), count_all=count_all)
    page = pages.get_page(wanted)
    known = {"number": total, "id": sum(row.pk for row in rows)}
    assert pages.sums == ({} if pages.has_more else known)
    assert list(page) == list(rows)[(page.number - 1) * PER_PAGE :][:PER_PAGE]
