"""Filters by a code offer the rows of their tables, in the order of those tables."""

from typing import Any

import pytest
from django.test import RequestFactory

from institutions.filters.codes import CodeFilter
from institutions.filters.units import UnitFilterSet
from institutions.lists import ListFilterSet
from institutions.models import Unit, User
from partnerships.filters.agreements import AgreementFilterSet
from partnerships.filters.deliveries import DeliveryFilterSet
from partnerships.filters.events import EventFilterSet
from partnerships.filters.partners import PartnerFilterSet
from partnerships.models import ProgrammeArea
from tests.factories import make_area, make_kanwil, make_province

pytestmark = pytest.mark.django_db
FILTER_SETS = [
    UnitFilterSet,
    PartnerFilterSet,
    AgreementFilterSet,
    EventFilterSet,
    DeliveryFilterSet,
]


def opened(filters: type[ListFilterSet], user: User) -> Any:
    request = RequestFactory().get("/")
    request.user = user
    return filters(None, queryset=filters._meta.model._default_manager.all(), request=request)


@pytest.fixture
def reference_rows(lapas_purwodadi: Unit) -> None:
    for code, name in (("94", "Papua"), ("11", "Aceh"), ("73", "Sulawesi <b>Selatan</b>")):
        make_kanwil(make_province(code, name, short_name=name))
    ProgrammeArea.objects.all()._raw_delete("default")
    for code, order in (("A_AKHIR", 30), ("Z_AWAL", 5), ("B_TENGAH", 10)):
        area = make_area(code, f"Bidang {code}")
        area.change(by=None, order=order)
    make_area("TUTUP", "Tidak ditawarkan").change(by=None, is_active=False)


@pytest.mark.parametrize("filters", FILTER_SETS)
def test_the_first_page_leaves_alone_what_all_threads_copy(filters, humas) -> None:
    opened(filters, humas).form.as_div()
    assert [name for name, each in filters.base_filters.items() if "_field" in vars(each)] == []


@pytest.mark.parametrize("filters", FILTER_SETS)
@pytest.mark.usefixtures("reference_rows")
def test_what_is_offered_is_what_the_tables_hold(filters, humas, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        form = opened(filters, humas).form
    names = [name for name, each in filters.base_filters.items() if isinstance(each, CodeFilter)]
    assert names
    for name in names:
        rows = filters.base_filters[name].queryset.all()
        # Below the label Kanwil nothing says Kanwil again.
        labels = ((row.code, str(row).removeprefix("Kanwil Ditjenpas ")) for row in rows)
        offered = [("", form.fields[name].empty_label), *labels]
        assert list(form.fields[name].widget.choices) == offered
        assert len(offered) > 3
