"""Whether anything happened since the signing: computed from deliveries, never typed."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Q, QuerySet, Subquery, Value, When

from indonesian.calendar import add_months
from partnerships.models.agreement_status import Stage

if TYPE_CHECKING:
    from partnerships.models.agreements import Agreement
    from partnerships.models.deliveries import Delivery

GRACE_DAYS = 90
RECENT_MONTHS = 6


class Evidence(models.TextChoices):
    NEW = "new", "Baru"
    NOT_MOVING = "not_moving", "Belum berjalan"
    MOVING = "moving", "Berjalan"
    STALLED = "stalled", "Tersendat"


def recent_since(today: date) -> date:
    """The first day that still counts as "within six months" of today."""
    return add_months(today, -RECENT_MONTHS)


def grace_since(today: date) -> date:
    """Signed after this day, an agreement without deliveries is still new."""
    return today - timedelta(days=GRACE_DAYS)


def last_delivery(deliveries: "QuerySet[Delivery]", today: date) -> Subquery:
    """The day of an agreement's latest delivery up to today; archived ones do not count."""
    counted = deliveries.filter(archived_on__isnull=True, date__lte=today)
    return Subquery(counted.order_by("-date").values("date")[:1])


def moving_by(today: date, deliveries: "QuerySet[Delivery]") -> Q:
    """Whether an agreement moves that day, in one look at the latest deliveries of all."""
    recent = deliveries.filter(archived_on__isnull=True, agreement__isnull=False)
    recent = recent.filter(date__range=(recent_since(today), today)).order_by()
    return Q(stage=Stage.SIGNED, pk__in=recent.values("agreement"))


def evidence_case(today: date) -> Case:
    """The SQL form of `evidence`; expects the annotation `last_delivery_on`."""
    return Case(
        When(~Q(stage=Stage.SIGNED), then=Value("")),
        When(last_delivery_on__gte=recent_since(today), then=Value(Evidence.MOVING)),
        When(last_delivery_on__isnull=False, then=Value(Evidence.STALLED)),
        When(signed_on__gt=grace_since(today), then=Value(Evidence.NEW)),
        default=Value(Evidence.NOT_MOVING),
        output_field=models.CharField(max_length=10),
    )


def evidence(row: "Agreement", today: date) -> Evidence | None:
    """The evidence state of one agreement on that day; None while it is not signed."""
    days = (
        delivery.date
        for delivery in row.deliveries.all()
        if delivery.archived_on is None and delivery.date <= today
    )
    return evidence_since(row, max(days, default=None), today)


def evidence_since(row: "Agreement", last: date | None, today: date) -> Evidence | None:
    """As `evidence`, where the day of the latest delivery is known."""
    if row.stage != Stage.SIGNED:
        return None
    if last is not None:
        return Evidence.MOVING if last >= recent_since(today) else Evidence.STALLED
    if row.signed_on is not None and row.signed_on > grace_since(today):
        return Evidence.NEW
    return Evidence.NOT_MOVING
