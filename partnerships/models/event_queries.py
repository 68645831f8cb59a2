"""Questions about many events: who sees which, when they were, what a list shows."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Count, OuterRef, Q, Subquery

from institutions.models import User
from institutions.questions import Reader
from partnerships.models.event_codes import TOOK_PART, DatePrecision
from partnerships.models.roots import RootQuerySet

if TYPE_CHECKING:
    from partnerships.models.events import Event


class EventQuerySet(RootQuerySet["Event"]):
    def visible_to(self, user: User | Reader) -> Self:
        """Events of the own subtree, and events in which a unit of it took part."""
        if user.sees_everything:
            return self.all()
        if user.sees_nothing:
            return self.none()
        involved = self.related("unit_roles").filter(unit__in=user.own_units)
        took_part = Q(archived_on__isnull=True, pk__in=involved.order_by().values("event"))
        return self.filter(self.own_or(user, took_part))

    def editable_by(self, user: User | Reader) -> Self:
        return self.all() if user.sees_everything else self.filter(unit__in=user.own_units)

    def newest_first(self) -> Self:
        """By what is known of the date; events without any date come last."""
        return self.order_by("-date_key", "-pk")

    def between(self, first: date, last: date) -> Self:
        """Events on whole days of the period; a partial date never counts as a day."""
        # Each side of the OR has an index of its own.
        return self.filter(
            Q(starts_on__range=(first, last)) | Q(ends_on__gte=first, starts_on__lte=last)
        )

    def since(self, first: date) -> Self:
        """Events of that day or later; a month or a year known alone counts when all of it does."""
        before = first - timedelta(days=1)
        whole_days = Q(starts_on__gte=first) | Q(ends_on__gte=first)
        months = Q(year=before.year, month__gt=before.month) | Q(year__gt=before.year)
        return self.filter(
            whole_days
            | (Q(date_precision=DatePrecision.MONTH) & months)
            | Q(date_precision=DatePrecision.YEAR, year__gt=before.year)
        )

    def until(self, last: date) -> Self:
        """Events begun by that day; a month or a year known alone counts when all of it does."""
        after = last + timedelta(days=1)
        months = Q(year=after.year, month__lt=after.month) | Q(year__lt=after.year)
        return self.filter(
            Q(starts_on__lte=last)
            | (Q(date_precision=DatePrecision.MONTH) & months)
            | Q(date_precision=DatePrecision.YEAR, year__lt=after.year)
        )

    def with_main_kind(self) -> Self:
        """Annotate `main_kind`, the kind of the first part (blank without parts)."""
        first_kind = (
            self.model._base_manager.filter(pk=OuterRef("pk"))
            .order_by("parts__order", "parts__pk")
            .values("parts__kind")[:1]
        )
        return self.annotate(main_kind=Subquery(first_kind))

    def with_partner_count(self) -> Self:
        """Annotate `partner_count` as `Event.recorded_partners` tells it for one row."""
        took_part = Count("attendances", filter=Q(attendances__presence__in=TOOK_PART))
        this = self.model._base_manager.filter(pk=OuterRef("pk")).order_by()
        return self.annotate(
            partner_count=Subquery(this.values("pk").annotate(n=took_part).values("n"))
        )

    def for_list(self) -> Self:
        """What a row of a list shows: main kind, unit and how many partners."""
        return self.with_main_kind().with_partner_count().select_related("unit")

    def for_page(self) -> Self:
        """The row the page of one event begins with; see `views/event_page.py`."""
        return self.select_related("unit__province", "recorded_by")
