"""The workbook to fill in: lists that drop down from today's data, read back as it is."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from institutions.models import Unit, User
from partnerships.imports import template
from partnerships.imports.headings import TITLES
from partnerships.imports.reading import read_list
from partnerships.imports.refusals import NotAList
from partnerships.imports.template import CHOICES, workbook_for
from tests.factories import make_area, make_partner, make_unit
from tests.lists import written

pytestmark = pytest.mark.django_db


def offered(book: Any) -> dict[str, list[str]]:
    """By heading: what the list that drops down below it holds."""
    sheet, found = book.worksheets[0], {}
    for validation in sheet.data_validations.dataValidation:
        column = next(iter(validation.sqref.ranges)).min_col
        cells = book[CHOICES][validation.formula1.partition("!")[2]]
        found[sheet.cell(1, column).value] = [cell.value for (cell,) in cells]
    return found


def test_lists_hold_what_the_user_may_choose(
    humas: User, pembaca: User, bapas_jember: Unit, lapas_purwodadi: Unit
) -> None:
    make_area()
    partner = make_partner("=Contoh")
    book = load_workbook(BytesIO(written(workbook_for(humas))))
    found = offered(book)
    assert found["Unit"] == [bapas_jember.short_name]
    assert found["Bidang"] == ["Pelayanan kesehatan"]
    assert found["Mitra"] == [partner.name]
    assert "Nota Kesepahaman (MoU)" in found["Jenis dokumen"]
    assert "Dinas/OPD" in found["Kategori mitra"]
    assert book[CHOICES].sheet_state == "hidden"
    assert {cell.data_type for row in book[CHOICES].iter_rows() for cell in row} <= {"s", "n"}
    assert bapas_jember.short_name in offered(workbook_for(pembaca))["Unit"]
    assert lapas_purwodadi.short_name not in offered(workbook_for(pembaca))["Unit"]


def test_too_many_partners_are_not_listed(humas: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(template, "MOST_PARTNERS", 1)
    make_partner()
    make_partner()
    assert "Mitra" not in offered(workbook_for(humas))


def test_an_empty_template_holds_no_list_and_a_filled_one_is_read(humas: User) -> None:
    make_unit()
    book = workbook_for(humas)
    content = written(book)
    with pytest.raises(NotAList, match="Tidak ada baris perjanjian"):
        read_list(BytesIO(content), len(content))
    book.worksheets[0].append([f"isi {number}" for number in range(len(TITLES))])
    content = written(book)
    found = read_list(BytesIO(content), len(content))
    [line] = found.lines
    assert list(line.cells) == list(TITLES)
    assert found.unread == []
