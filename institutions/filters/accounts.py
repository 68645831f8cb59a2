"""Filters of the account list."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from institutions.lists import ListFilterSet
from institutions.models import Role, Unit, User, UserQuerySet

OPEN, CLOSED, LOCKED, NEVER = "terbuka", "ditutup", "terkunci", "belum-masuk"


class AccountFilterSet(ListFilterSet):
    unit = django_filters.CharFilter(label="Unit", method="of_unit", max_length=100)
    role = django_filters.ChoiceFilter(
        label="Peran", choices=Role.choices, empty_label="Semua peran", field_name="groups__name"
    )
    state = django_filters.ChoiceFilter(
        label="Keadaan",
        choices=[
            (OPEN, "Terbuka"),
            (CLOSED, "Ditutup"),
            (LOCKED, "Terkunci"),
            (NEVER, "Belum pernah masuk"),
        ],
        empty_label="Semua",
        method="in_state",
    )

    class Meta(ListFilterSet.Meta):
        model = User
        fields: list[str] = []

    def of_unit(self, rows: UserQuerySet, name: str, value: str) -> UserQuerySet:
        """The unit of that code with everything below it, else units found by the text."""
        named = Unit.objects.filter(code=value).first()
        units = Unit.objects.within(named.pk) if named else Unit.objects.search(value)
        return rows.filter(unit__in=units.order_by().values("pk"))

    def in_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == LOCKED:
            return rows.filter(is_blocked=True)
        if value == NEVER:
            return rows.filter(is_active=True, last_login__isnull=True)
        return rows.filter(is_active=value == OPEN)

    def in_words(self, name: str) -> str:
        """A unit that came by its code is named."""
        words = super().in_words(name)
        named = Unit.objects.filter(code=words).first() if name == "unit" else None
        return str(named or words)
