"""What an agreement is today: one rule, once in SQL for lists and once in Python for a row.

The order of the cases is the rule (first match wins). Nothing here is ever typed or stored,
except the stage of a paper that is not signed yet.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from partnerships.models.agreements import Agreement

ENDING_SOON_DAYS = 90


class Stage(models.TextChoices):
    """How far the paper has come; typed by staff until it is signed."""

    PROSPECT = "PROSPECT", "Penjajakan"
    DRAFTING = "DRAFTING", "Penyusunan"
    AWAITING = "AWAITING", "Menunggu tanda tangan"
    SIGNED = "SIGNED", "Ditandatangani"


class Status(models.TextChoices):
    """What follows from stage and dates on one day."""

    ARCHIVED = "archived", "Di Sampah"
    PROSPECT = "prospect", "Penjajakan"
    DRAFTING = "drafting", "Penyusunan"
    AWAITING = "awaiting", "Menunggu tanda tangan"
    TERMINATED = "terminated", "Diakhiri"
    RENEWED = "renewed", "Diperpanjang"
    NOT_YET = "not_yet", "Belum berlaku"
    OPEN_ENDED = "open_ended", "Tanpa batas waktu"
    NO_END = "no_end", "Masa belum dicatat"
    EXPIRED = "expired", "Kedaluwarsa"
    ENDING_SOON = "ending_soon", "Segera berakhir"
    ACTIVE = "active", "Berlaku"


STAGE_STATUS = {
    Stage.PROSPECT: Status.PROSPECT,
    Stage.DRAFTING: Status.DRAFTING,
    Stage.AWAITING: Status.AWAITING,
}

# "Aktif" in every count: signed, unarchived and in one of these.
ACTIVE_STATUSES = (Status.ACTIVE, Status.ENDING_SOON, Status.OPEN_ENDED, Status.NO_END)
# "Draf" is a paper being written; a prospect is only a talk.
DRAFT_STAGES = (Stage.DRAFTING, Stage.AWAITING)
DRAFT_STATUSES = tuple(STAGE_STATUS[stage] for stage in DRAFT_STAGES)


def later_than(today: date, prefix: str = "") -> Q:
    """Signed, but not in force yet: the start or the signing itself lies ahead."""
    return Q(**{f"{prefix}starts_on__gt": today}) | Q(**{f"{prefix}signed_on__gt": today})


def renewed_by(
    today: date,
    agreements: "QuerySet[Agreement]",
    among: "list[int] | QuerySet[Agreement] | None" = None,
) -> Q:
    """Whether a successor is in force; `agreements` is an unfiltered QuerySet of the same model.

    `among` holds the keys of the rows asked about, or finds them, where they are few.
    """
    # One list for all rows, because a planner that finds `replaces` mostly empty would scan the
    # table once per row; and "above 0", because SQLite seeks a range but not "is not null".
    renewed = (
        agreements.filter(replaces__gt=0, stage=Stage.SIGNED, archived_on__isnull=True)
        .exclude(later_than(today))
        .order_by()
        .values("replaces")
    )
    if among is not None:
        renewed = renewed.filter(replaces__in=among)
    return Q(pk__in=renewed)


def status_case(today: date, is_renewed: Q) -> Case:
    """The SQL form of `status`."""
    return Case(
        When(archived_on__isnull=False, then=Value(Status.ARCHIVED)),
        *(When(stage=stage, then=Value(found)) for stage, found in STAGE_STATUS.items()),
        When(terminated_on__lte=today, then=Value(Status.TERMINATED)),
        When(is_renewed, then=Value(Status.RENEWED)),
        When(later_than(today), then=Value(Status.NOT_YET)),
        When(is_open_ended=True, then=Value(Status.OPEN_ENDED)),
        When(ends_on__isnull=True, then=Value(Status.NO_END)),
        When(ends_on__lt=today, then=Value(Status.EXPIRED)),
        When(ends_on__lte=today + timedelta(days=ENDING_SOON_DAYS), then=Value(Status.ENDING_SOON)),
        default=Value(Status.ACTIVE),
        output_field=models.CharField(max_length=12),
    )


def columns_of(found: Status, today: date) -> Q:
    """What the columns of every agreement of this status hold; others may hold the same.

    An index leaves out what holds something else before the status itself is judged.
    """
    soon = today + timedelta(days=ENDING_SOON_DAYS)
    ends = {
        Status.OPEN_ENDED: Q(ends_on__isnull=True),
        Status.NO_END: Q(ends_on__isnull=True),
        Status.EXPIRED: Q(ends_on__lt=today),
        Status.ENDING_SOON: Q(ends_on__range=(today, soon)),
        Status.ACTIVE: Q(ends_on__gt=soon),
    }
    return Q(stage=Stage.SIGNED) & ends[found] if found in ends else Q()


def status(row: "Agreement", today: date, is_renewed: bool | None = None) -> Status:
    """The status of one agreement on that day.

    Reads its successors unless prefetched, or unless it is known whether one of them is in force.
    """
    if row.archived_on is not None:
        return Status.ARCHIVED
    if row.stage != Stage.SIGNED:
        return STAGE_STATUS[Stage(row.stage)]
    if row.terminated_on is not None and row.terminated_on <= today:
        return Status.TERMINATED
    if has_successor(row, today) if is_renewed is None else is_renewed:
        return Status.RENEWED
    if lies_ahead(row, today):
        return Status.NOT_YET
    if row.is_open_ended:
        return Status.OPEN_ENDED
    if row.ends_on is None:
        return Status.NO_END
    if row.ends_on < today:
        return Status.EXPIRED
    if row.ends_on <= today + timedelta(days=ENDING_SOON_DAYS):
        return Status.ENDING_SOON
    return Status.ACTIVE


def has_successor(row: "Agreement", today: date) -> bool:
    return any(has_started(successor, today) for successor in row.successors.all())


def has_started(row: "Agreement", today: date) -> bool:
    """A signed, unarchived agreement that is in force on that day."""
    return row.archived_on is None and row.stage == Stage.SIGNED and not lies_ahead(row, today)


def lies_ahead(row: "Agreement", today: date) -> bool:
    return (row.starts_on is not None and row.starts_on > today) or (
        row.signed_on is not None and row.signed_on > today
    )


def effective_start() -> Coalesce:
    """The day the term begins: typed, else the day of signing."""
    return Coalesce(F("starts_on"), F("signed_on"))
