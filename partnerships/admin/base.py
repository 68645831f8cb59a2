"""What the four roots share in the Django admin: own rows, the Sampah, removal for good."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest

from institutions.admin.base import RecordAdmin
from institutions.admin.filters import KnownValueFilter
from institutions.admin.ordering import RegisterList
from institutions.models import User
from partnerships.models import ProgrammeArea

# Parts of a form that stay folded until somebody opens them. One field per line in them: Django
# unfolds a part with an error only then.
FOLDED = ("collapse",)


def areas(user: User) -> QuerySet[ProgrammeArea]:
    return ProgrammeArea.objects.filter(is_active=True)


class TrashFilter(KnownValueFilter):
    """What is in the Sampah is not among the others."""

    title, parameter_name = "letak", "sampah"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ya", "Sampah")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.current() if self.value() is None else super().queryset(request, queryset)

    def narrow(self, rows: Any, value: str) -> Any:
        return rows.archived()

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        everything, *others = super().choices(changelist)
        yield {**everything, "display": "Daftar"}
        yield from others


class RootChangeList(RegisterList):
    model_admin: Any

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        return self.model_admin.for_list(super().get_queryset(request, exclude_parameters))


class RootAdmin(RecordAdmin):
    deletable = True

    def rows(self, user: User) -> QuerySet[Any]:
        """Only what may be corrected; what is only seen is read on the pages of the register."""
        return self.model._default_manager.editable_by(user)

    def for_list(self, rows: Any) -> QuerySet[Any]:
        """The columns of the list that are computed in the database."""
        return rows

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[RegisterList]:
        return RootChangeList

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A row in the Sampah is restored before it is changed."""
        in_trash = obj is not None and obj.archived_on is not None
        return not in_trash and super().has_change_permission(request, obj)

    def obstacle(self, row: Any) -> str:
        return row.purge_obstacle()

    def delete_for_good(self, row: Any, *, by: Any, reason: str) -> None:
        row.purge(by=by, reason=reason)
