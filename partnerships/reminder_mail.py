"""The outbox of reminders: one mail per user and day with everything that is new.

A mail is sent at least once. What the server accepted is marked before the next one is sent; what
it refused, or did not answer, waits for the next run. Where a run is killed, or the line breaks,
between the server's acceptance and the mark, nobody knows that it was accepted, and the mail goes
out once more: one read twice costs a glance, one never sent may cost an agreement. Both copies
carry the same Message-ID, by which many mailboxes drop the second.
"""

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from smtplib import (
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from indonesian.numbers import format_number
from institutions.models import User
from partnerships.models import Notice, NoticeQuerySet
from partnerships.reminder_lines import lines_of

logger = logging.getLogger(__name__)

# What a server, or the library that speaks to it, has against one mail.
REFUSALS = (SMTPResponseException, SMTPRecipientsRefused, SMTPNotSupportedError, ValueError)
# Nobody reads more than these in a mail; the rest stands in the list.
MOST_LINES = 40


@dataclass
class Mailing:
    """What became of the mails of one run."""

    sent: int = 0
    refused: int = 0
    # Whether the server went away, so that the rest waits for the next run.
    is_broken: bool = False


def send_digests() -> Mailing:
    mailing = Mailing()
    connection: Any = get_connection()
    try:
        for account in accounts_with_mail():
            send_digest(account, connection, mailing)
            if mailing.is_broken:
                break
    finally:
        connection.close()
    return mailing


def accounts_with_mail() -> Iterator[User]:
    """One after the other by key, each found anew, so that nothing is kept open meanwhile."""
    last = 0
    while True:
        waiting = Notice.objects.to_mail(timezone.now()).filter(user__gt=last)
        key = waiting.order_by("user").values_list("user", flat=True).first()
        if key is None:
            return
        yield User.objects.select_related("unit").get(pk=key)
        last = key


def send_digest(account: User, connection: Any, mailing: Mailing) -> None:
    claimed = claim(account)
    if claimed is None:
        return
    try:
        deliver(digest(account, claimed, timezone.localdate()), connection)
    except REFUSALS:
        # This mail alone; others may go through.
        logger.warning("A reminder by mail to account %d was refused", account.pk, exc_info=True)
        mailing.refused += 1
        claimed.update(claimed_at=None)
    except OSError:
        logger.warning("The mail server is away; the reminders by mail wait", exc_info=True)
        mailing.is_broken = True
        claimed.update(claimed_at=None)
    else:
        claimed.update(mailed_at=timezone.now())
        mailing.sent += 1


def deliver(message: EmailMessage, connection: Any) -> None:
    """Raises OSError when the server is away, one of REFUSALS when it is there and says no."""
    try:
        # By the first mail; the others go the same way.
        connection.open()
    except SMTPException as no:
        raise OSError("The mail server lets nobody in") from no
    connection.send_messages([message])


@transaction.atomic
def claim(account: User) -> NoticeQuerySet | None:
    """Take what waits for the account out of the reach of another run; None for nothing.

    The row of the account is locked, so of two runs at one moment one takes everything. The mail
    itself is sent outside of the transaction: it takes seconds, and SQLite has one lock for all.
    """
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=account.pk)
    now = timezone.now()
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    mine = Notice.objects.filter(user=account)
    if mine.filter(mailed_at__gte=midnight).exists():
        return None
    taken = mine.to_mail(now).shown_to(account)
    keys = list(taken.values_list("pk", flat=True))
    if not keys:
        return None
    mine.filter(pk__in=keys).update(claimed_at=now)
    return mine.filter(claimed_at=now, mailed_at__isnull=True)


def digest(account: User, claimed: NoticeQuerySet, today: date) -> EmailMessage:
    notices = list(claimed.in_order())
    shown = lines_of(notices[:MOST_LINES], account, today)
    context = {
        "account": account,
        "lines": [(line.notice, line.for_mail()) for line in shown],
        "left_out": len(notices) - len(shown),
        "base_url": settings.BASE_URL,
    }
    return EmailMessage(
        f"Pengingat kerja sama: {format_number(len(notices))} hal perlu perhatian",
        render_to_string("partnerships/reminder_mail.txt", context),
        to=[account.email],
        headers={"Message-ID": message_id(notices)},
    )


def message_id(notices: list[Notice]) -> str:
    """The same for the same notices, however often they are sent."""
    keys = ",".join(str(notice.pk) for notice in notices)
    digest = hashlib.sha256(keys.encode()).hexdigest()[:32]
    return f"<pengingat-{digest}@{urlsplit(settings.BASE_URL).hostname}>"
