"""Login links by mail for a forgotten password, made after the page has been answered.

Looking up the account, making the link and talking to the mail server happen in one thread beside
the pages, so that a known name takes no longer to answer than an unknown one. What waits is
bounded; what is lost when the server stops can be asked for again.
"""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import close_old_connections
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from indonesian.names import strip_control
from institutions.models import LinkOrigin, LoginLink, User, UserQuerySet

logger = logging.getLogger(__name__)

SUBJECT = "Tautan masuk Register Kemitraan Pemasyarakatan"
# Per account, so that nobody fills somebody else's mailbox.
MOST_MAILS, PER = 3, timedelta(hours=24)
MOST_WAITING = 100


class Mailroom:
    """One thread and a bounded queue per server process."""

    def __init__(self) -> None:
        self.places = threading.BoundedSemaphore(MOST_WAITING)
        self.worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="link-mail")

    def take(self, asked_for: str) -> None:
        if not self.places.acquire(blocking=False):
            logger.warning("A login link by mail was not sent: %d are waiting", MOST_WAITING)
            return
        self.worker.submit(self.work, asked_for)

    def work(self, asked_for: str) -> None:
        close_old_connections()
        try:
            send_link(asked_for)
        except Exception:
            logger.exception("A login link by mail was not sent")
        finally:
            close_old_connections()
            self.places.release()


mailroom = Mailroom()


def ask(asked_for: str) -> None:
    """Answers at once, whoever that is."""
    mailroom.take(strip_control(asked_for).strip())


def send_link(asked_for: str) -> None:
    """A link to the account of that name or surel, if it is open and has a surel."""
    for account in accounts_asked_for(asked_for):
        since = timezone.now() - PER
        sent = LoginLink.objects.filter(
            account=account, origin=LinkOrigin.OWNER, made_at__gt=since
        ).count()
        if sent >= MOST_MAILS:
            continue
        link = LoginLink.objects.make(account, by=account, origin=LinkOrigin.OWNER)
        context: dict[str, Any] = {"account": account, "link": link, "base_url": settings.BASE_URL}
        text = render_to_string("registration/login_link_mail.txt", context)
        send_mail(SUBJECT, text, None, [account.email])


def accounts_asked_for(text: str) -> UserQuerySet:
    if not text:
        return User.objects.none()
    named = Q(username=text) | Q(email__iexact=text)
    return User.objects.filter(named, is_active=True).exclude(email="")
