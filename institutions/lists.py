"""What every list page does: filter, sort by a link, cut into pages, name the filters in force."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cache
from typing import Any

import django_filters
from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Sum
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.functional import cached_property

from institutions.filters.codes import offer_codes
from institutions.forms.base import PlainForm, shown
from institutions.models import SearchableQuerySet

PAGE_SIZES = (25, 50, 100)
COUNTED_BEYOND = 500
# The tab of a list that holds what was removed.
TRASH = "sampah"
SEARCH_HINT = "Singkatan dan ejaan lain ikut dicari."

# Name of a sort (as it stands in the address) to the columns it sorts by, ascending.
Sorts = Mapping[str, tuple[str | OrderBy, ...]]
Show = Callable[[list[int]], Iterable[Any]]
# Sums of columns over rows, and as `number` how many rows there are.
Sums = dict[str, int]


class FilterForm(PlainForm, forms.Form):
    """The form above a list; its fields are never required and it has nothing to save."""

    step_buttons = ()


class ListFilterSet(django_filters.FilterSet):
    """A FilterSet with a text search; a wrong value empties the list and says so at the field."""

    q = django_filters.CharFilter(
        method="search", label="Cari", max_length=200, help_text=SEARCH_HINT
    )

    class Meta:
        form = FilterForm

    def search(self, rows: SearchableQuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.search(value)

    @classmethod
    @cache
    def form_class(cls) -> type[forms.Form]:
        """Made once: a class of its own for each page costs as much as a query."""
        # Of copies: a filter keeps its field, and other threads copy the filters meanwhile.
        filters = deepcopy(cls.base_filters)
        fields = {name: each.field for name, each in filters.items()}
        made: type[forms.Form] = type(f"{cls.__name__}Form", (cls._meta.form,), fields)
        return made

    def get_form_class(self) -> type[forms.Form]:
        return self.form_class()

    @property
    def form(self) -> Any:
        is_new = not hasattr(self, "_form")
        form = super().form
        if is_new:
            # Those of the class: what is offered is kept, and these would keep their request.
            offer_codes(form, self.base_filters)
        return form

    @property
    def qs(self) -> QuerySet[Any]:
        if self.is_bound and not self.form.is_valid():
            return self.queryset.none()
        return super().qs

    def chips(self, request: HttpRequest) -> list[dict[str, str]]:
        """The filters in force, each with the address of the list without it."""
        if not self.is_bound or not self.form.is_valid():
            return []
        chips = []
        for name, value in self.form.cleaned_data.items():
            if value in (None, "", []) or (hasattr(value, "__len__") and not len(value)):
                continue
            rest = request.GET.copy()
            for parameter in (name, "page"):
                rest.pop(parameter, None)
            chips.append(
                {
                    "label": str(self.form[name].label),
                    "value": self.in_words(name),
                    "remove_url": f"{request.path}?{rest.urlencode()}",
                }
            )
        return chips

    def in_words(self, name: str) -> str:
        """A filter in force as its chip says it; overridden where the address holds a code."""
        bound = self.form[name]
        return shown(bound, bound.value())


def reversed_order(columns: tuple[str | OrderBy, ...]) -> list[str | OrderBy]:
    turned: list[str | OrderBy] = []
    for column in columns:
        if isinstance(column, str):
            turned.append(column[1:] if column.startswith("-") else f"-{column}")
        else:
            # Rows without the value stay last whichever way the list is sorted.
            other = OrderBy(column.expression, descending=not column.descending, nulls_last=True)
            turned.append(other)
    return turned


class RowPage(Page):
    def numbers(self) -> Iterator[int | str]:
        """The page links: first, last and around this one, with a gap between them."""
        return self.paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1)


class RowPaginator(Paginator):
    """Finds the keys of a page first and reads only those rows: deep pages stay cheap.

    `show` turns keys into rows, in any order, with everything a list shows of them. Rows are
    counted only some way beyond the page asked for unless all are wanted: counting the whole
    country costs more than showing the page. `add_up` names columns to sum over all of them.
    """

    def __init__(
        self,
        rows: QuerySet[Any],
        per_page: int,
        show: Show | None,
        wanted: str | None,
        *,
        add_up: Sequence[str] = (),
        count_all: bool = False,
    ) -> None:
        super().__init__(rows, per_page)
        self.rows, self.show, self.count_all = rows, show or self.same_rows, count_all
        self.add_up = add_up
        page = int(wanted) if wanted and wanted.isdecimal() and len(wanted) < 8 else 1
        self.start = max(page - 1, 0) * per_page
        self.limit = self.start + per_page + COUNTED_BEYOND

    @cached_property
    def counted(self) -> Sums:
        if self.from_here is not None:
            sums = {
                name: sum(row[place] for row in self.from_here)
                for place, name in enumerate(self.add_up, 1)
            }
            return {"number": self.start + len(self.from_here), **sums}
        rows = self.rows.order_by()
        rows = rows if self.count_all else rows[: self.limit + 1]
        sums_of = {name: Coalesce(Sum(name), 0) for name in self.add_up}
        return rows.aggregate(number=Count("pk"), **sums_of)

    @cached_property
    def from_here(self) -> list[tuple[int, ...]] | None:
        """Of the page asked for and of what is counted beyond it the keys and what is summed.

        By one question. None where all rows are wanted, that page lies behind the last one, or
        what lies before it is summed too.
        """
        if self.count_all or (self.add_up and self.start):
            return None
        rows = list(self.rows.values_list("pk", *self.add_up)[self.start : self.limit + 1])
        return rows if rows or not self.start else None

    @property
    def count(self) -> int:
        """How many rows there are, or as far as they were counted."""
        return self.limit if self.has_more else self.counted["number"]

    @property
    def has_more(self) -> bool:
        """Whether there are more rows than `count`."""
        return self.counted["number"] > self.limit and not self.count_all

    @property
    def sums(self) -> Sums:
        """Of all rows; empty where they were not all counted."""
        return {} if self.has_more else self.counted

    def same_rows(self, keys: list[int]) -> QuerySet[Any]:
        return self.rows.filter(pk__in=keys).order_by()

    def page(self, number: Any) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        known, skipped = self.from_here, first - self.start
        if known is None or skipped < 0:
            end = first + self.per_page
            keys = list(self.rows.values_list("pk", flat=True)[first:end])
        else:
            keys = [key for key, *_ in known[skipped : skipped + self.per_page]]
        found = {row.pk: row for row in self.show(keys)} if keys else {}
        return RowPage([found[key] for key in keys if key in found], number, self)


def page_of(
    request: HttpRequest,
    rows: QuerySet[Any],
    *,
    show: Show | None = None,
    add_up: Sequence[str] = (),
) -> Page:
    """The page of the rows that the address asks for."""
    wanted = request.GET.get("page")
    size = request.GET.get("per_page", "")
    per_page = int(size) if size in {str(known) for known in PAGE_SIZES} else PAGE_SIZES[0]
    count_all = request.GET.get("count") == "all"
    pages = RowPaginator(rows, per_page, show, wanted, add_up=add_up, count_all=count_all)
    return pages.get_page(wanted)


def list_context(
    request: HttpRequest,
    filters: ListFilterSet,
    *,
    sorts: Sorts,
    default: str,
    show: Show | None = None,
    add_up: Sequence[str] = (),
) -> dict[str, Any]:
    """Context of a list page: page_obj, form, chips, sort and the number of filters in force."""
    sort = request.GET.get("sort", default)
    if sort.removeprefix("-") not in sorts:
        sort = default
    columns = sorts[sort.removeprefix("-")]
    order = reversed_order(columns) if sort.startswith("-") else list(columns)
    chips = filters.chips(request)
    return {
        "page_obj": page_of(request, filters.qs.order_by(*order), show=show, add_up=add_up),
        "form": filters.form,
        "chips": chips,
        "filter_count": len([chip for chip in chips if chip["label"] != "Cari"]),
        "clear_url": request.path,
        "sort": sort,
    }
