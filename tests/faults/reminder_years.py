"""Days go by, `send_reminders` runs or not, is killed or not; afterwards everything is counted.

See `tests.faults.reminders`, which starts this on a database of its own.
"""

import random
import smtplib
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone

from institutions.models import User
from partnerships import reminder_mail
from partnerships.models import Notice
from partnerships.reminder_mail import digest, send_digests
from partnerships.reminders import remind
from tests.faults.reminder_rules import About
from tests.faults.reminder_work import Office

FIRST_DAY = date(2026, 1, 5)
OUTAGES = (1, 1, 2, 3, 5, 10, 30, 90, 210)
# Statements of a run that is killed; a run that has nothing to do asks some fifteen.
LONGEST_LIFE = 30


class Killed(BaseException):
    """The process is gone; nothing in it gets to tidy up but the database itself."""


class Clock:
    """The moment everybody sees; no two looks see the same one."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 1, 1, tzinfo=ZoneInfo("Asia/Jakarta"))
        self.lock = threading.Lock()

    def set(self, day: date) -> None:
        self.moment = datetime(day.year, day.month, day.day, 3, tzinfo=ZoneInfo("Asia/Jakarta"))

    def now(self) -> datetime:
        with self.lock:
            self.moment += timedelta(microseconds=1)
            return self.moment


class MailServer:
    """Accepts mails, refuses some, and is away on some days."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.is_up, self.lasts = chance, True, 10**9
        # What each mail told, and of every address on every day how many it accepted.
        self.accepted: Counter[int] = Counter()
        self.mails: Counter[tuple[str, date]] = Counter()
        self.lock = threading.Lock()

    def wake(self, *, reliable: bool = False) -> None:
        self.is_up = reliable or self.chance.random() > 0.1
        self.lasts = self.chance.randrange(4) if self.chance.random() < 0.1 else 10**9
        self.lasts = 10**9 if reliable else self.lasts
        self.refuses = 0.0 if reliable else 0.03

    def open(self) -> None:
        if not self.is_up:
            raise ConnectionRefusedError

    def close(self) -> None:
        pass

    def send_messages(self, messages: list[EmailMessage]) -> None:
        with self.lock:
            self.lasts -= 1
            if self.lasts < 0:
                raise smtplib.SMTPServerDisconnected
            if self.chance.random() < self.refuses:
                raise smtplib.SMTPDataError(450, b"later")
            for message in messages:
                self.accepted.update(message.told)  # type: ignore[attr-defined]
                self.mails[message.to[0], timezone.localdate()] += 1


def telling_digest(account: User, claimed: Any, today: date) -> EmailMessage:
    """The mail, knowing the notices it is made of."""
    message = digest(account, claimed, today)
    message.told = list(claimed.values_list("pk", flat=True))  # type: ignore[attr-defined]
    return message


class Watch:
    """Compares what the register made with what was owed, day by day."""

    def __init__(self, office: Office, server: MailServer) -> None:
        self.office, self.server = office, server
        self.made: dict[About, set[int]] = {}
        # Accepted by the server when the run was killed, and not marked.
        self.excused: set[int] = set()
        self.seen = 0
        self.counts: Counter[str] = Counter()

    def look(self, today: date, *, is_whole: bool) -> None:
        """After a run; one that was killed need not have made everything."""
        owed = self.office.known.owed(today)
        new = Notice.objects.filter(pk__gt=self.seen).order_by("pk")
        for notice in new:
            self.seen = notice.pk
            self.judge(notice, owed)
        if is_whole:
            self.counts["lost"] += sum(not self.is_told(about, owed[about]) for about in owed)
            self.judge_standing(today, owed)

    def is_told(self, about: About, lead: int) -> bool:
        return any(known <= lead for known in self.made.get(about, ()))

    def judge(self, notice: Notice, owed: dict[About, int]) -> None:
        about = about_of(notice)
        self.counts["made"] += 1
        self.counts[f"made {notice.kind}"] += 1
        if owed.get(about) != notice.lead:
            self.counts["not owed"] += 1
        if self.is_told(about, notice.lead):
            self.counts["doubled"] += 1
        self.made.setdefault(about, set()).add(notice.lead)

    def judge_standing(self, today: date, owed: dict[About, int]) -> None:
        """What is shown has to be true, and what is owed has to be shown or read."""
        true = self.office.known.true_today(today)
        standing = Notice.objects.filter(withdrawn_at__isnull=True)
        self.counts["shown and no longer so"] += sum(
            about_of(notice)[1:] not in true for notice in standing.unread()
        )
        unread = Counter(about_of(notice) for notice in standing.unread())
        self.counts["shown twice"] += sum(number > 1 for number in unread.values())
        stand = {about_of(notice) for notice in standing}
        self.counts["owed and withdrawn"] += sum(about not in stand for about in owed)

    def judge_mails(self) -> None:
        accepted, marked = self.server.accepted, Notice.objects.filter(mailed_at__isnull=False)
        twice = {key for key, number in accepted.items() if number > 1}
        left = 0
        for somebody in self.office.known.people:
            waiting = Notice.objects.to_mail(timezone.now())
            left += waiting.shown_to(User.objects.get(pk=somebody.key)).count()
        self.counts |= {
            "mails": sum(self.server.mails.values()),
            "notices mailed": len(accepted),
            "mailed again after a kill": len(twice & self.excused),
            "mailed twice": len(twice - self.excused),
            "second mails on one day": sum(n > 1 for n in self.server.mails.values()),
            "mails lost": left + marked.exclude(pk__in=accepted).count(),
        }


def about_of(notice: Notice) -> About:
    return (
        notice.user_id,
        notice.kind,
        notice.agreement_id or notice.followup_id or 0,
        notice.deadline,
    )


def run() -> None:
    """What the command does."""
    remind(timezone.localdate())
    send_digests()


@contextmanager
def dying_after(statements: int) -> Iterator[None]:
    """The next run is gone after so many statements; what it had not committed is rolled back."""
    left = [statements]

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        return execute(*args)

    with connection.execute_wrapper(count):
        yield


def twice_at_once() -> None:
    problems: list[BaseException] = []

    def one() -> None:
        try:
            run()
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]


class Years:
    """So many days; the seed decides all but which of two threads comes first."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.clock, self.server = Clock(), MailServer(self.chance)
        self.clock.set(FIRST_DAY)
        self.office = self.opened()
        self.watch = Watch(self.office, self.server)
        self.counts = self.watch.counts
        self.back_on = FIRST_DAY

    def opened(self) -> Office:
        with self.time():
            office = Office(self.chance)
            for place in office.places.values():
                for _ in range(2):
                    office.join(FIRST_DAY, place)
        return office

    @contextmanager
    def time(self) -> Iterator[None]:
        with ExitStack() as stack:
            stack.enter_context(mock.patch.object(timezone, "now", self.clock.now))
            mail = {"get_connection": lambda: self.server, "digest": telling_digest}
            stack.enter_context(mock.patch.multiple(reminder_mail, **mail))
            yield

    def go(self, days: int) -> None:
        with self.time():
            for number in range(days):
                self.day(FIRST_DAY + timedelta(days=number))
            # The machine is up again, and so is the mail server.
            for number in range(days, days + 3):
                self.clock.set(FIRST_DAY + timedelta(days=number))
                self.server.wake(reliable=True)
                self.whole(FIRST_DAY + timedelta(days=number))
            self.watch.judge_mails()

    def day(self, today: date) -> None:
        self.clock.set(today)
        self.office.work(today)
        self.counts["days"] += 1
        if today < self.back_on:
            self.counts["days without a run"] += 1
            return
        self.server.wake()
        if self.chance.random() < 0.15:
            self.killed(today)
            if self.chance.random() < 0.5:
                return
        self.whole(today)
        if self.chance.random() < 0.03:
            self.counts["outages"] += 1
            self.back_on = today + timedelta(days=1 + self.chance.choice(OUTAGES))

    def killed(self, today: date) -> None:
        before = set(self.server.accepted)
        try:
            with dying_after(self.chance.randrange(LONGEST_LIFE)):
                run()
        except Killed:
            self.counts["runs killed"] += 1
            new = Notice.objects.filter(pk__in=set(self.server.accepted) - before)
            unmarked = new.filter(mailed_at__isnull=True).values_list("pk", flat=True)
            self.watch.excused |= set(unmarked)
        self.watch.look(today, is_whole=False)

    def whole(self, today: date) -> None:
        if self.chance.random() < 0.1 and not connection.in_atomic_block:
            twice_at_once()
            self.counts["two runs at once"] += 1
        else:
            run()
        self.counts["whole runs"] += 1
        self.watch.look(today, is_whole=True)


HAS_TO_BE_NONE = (
    "lost",
    "doubled",
    "not owed",
    "shown and no longer so",
    "shown twice",
    "owed and withdrawn",
    "mails lost",
    "mailed twice",
    "second mails on one day",
)


def simulate(days: int, seed: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Figures and marks of so many days."""
    years = Years(seed)
    years.go(days)
    counts = years.counts
    known = years.office.known
    sizes = {"people": len(known.people), "papers": len(known.papers), "promises": len(known.words)}
    names = ("days", "days without a run", "outages", "whole runs", "runs killed")
    made = sorted(name for name in counts if name.startswith("made"))
    mails = ("mails", "notices mailed", "mailed again after a kill")
    shown = (*names, "two runs at once", *made, *mails, *HAS_TO_BE_NONE)
    return sizes | {name: counts[name] for name in shown}, dict.fromkeys(HAS_TO_BE_NONE, 0)
