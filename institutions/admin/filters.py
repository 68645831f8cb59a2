"""Filters beside the lists of the Django admin; none is longer than a screen."""

from typing import Any, ClassVar

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet, TextChoices

from institutions.models import Unit, UnitKind

MOST_CHOICES = 60


class KnownValueFilter(SimpleListFilter):
    """A filter whose unknown values find nothing, instead of silently finding everything."""

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value is None:
            return queryset
        if value not in {str(known) for known, _ in self.lookup_choices}:
            return queryset.none()
        return self.narrow(queryset, value)

    def narrow(self, rows: Any, value: str) -> QuerySet[Any]:
        return rows.filter(**{str(self.parameter_name): value})


def code_filter(column: str, heading: str, codes: type[TextChoices]) -> type[KnownValueFilter]:
    """A filter on a column with a code list."""

    class CodeFilter(KnownValueFilter):
        title, parameter_name = heading, column

        def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
            return [(str(value), str(label)) for value, label in codes.choices]

    return CodeFilter


def flag_filter(column: str, heading: str, yes: str, no: str) -> type[KnownValueFilter]:
    """A filter on a yes-or-no column."""

    class FlagFilter(KnownValueFilter):
        title, parameter_name = heading, column

        def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
            return [("ya", yes), ("tidak", no)]

        def narrow(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
            return rows.filter(**{column: value == "ya"})

    return FlagFilter


class UnitFilter(KnownValueFilter):
    """Ditjenpas filters by Kanwil, a Kanwil by its units; who has one unit needs no filter."""

    title = "wilayah dan unit"
    parameter_name = "unit"
    path: ClassVar[str] = "unit"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        units = request.user.units_in_scope()
        chosen = units.filter(kind=UnitKind.KANWIL)
        rows = list(chosen.values_list("pk", "short_name"))
        if len(rows) < 2:
            rows = list(units.values_list("pk", "short_name")[: MOST_CHOICES + 1])
        if not 1 < len(rows) <= MOST_CHOICES:
            return []
        return [(str(key), name) for key, name in rows]

    def narrow(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(**{f"{self.path}__in": Unit.objects.within(int(value))})
