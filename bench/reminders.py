"""What `send_reminders` costs with the data of the whole country.

    python manage.py migrate && python -m bench.seed && python -m bench.reminders

Adds two Humas to every unit and two Manajer to every Kanwil, all with mail, which goes nowhere.
Prints a line per run: the first one on a register in use, the same day again, the next day.
"""

import os
import resource
import time
from datetime import date, timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
os.environ.setdefault("EMAIL_URL", "dummymail://")
django.setup()

# A script of its own: models can be imported only now.
from django.contrib.auth.models import Group  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.people import make_user  # noqa: E402
from institutions.models import Role, Unit, UnitKind, User  # noqa: E402
from partnerships.models import Agreement, Notice  # noqa: E402
from partnerships.reminder_mail import send_digests  # noqa: E402
from partnerships.reminders import remind  # noqa: E402

LONG_AGO = timedelta(days=1000)


def main() -> None:
    if not User.objects.filter(username="pengingat-0").exists():
        add_people()
    print(f"agreements: {Agreement.objects.count()}, accounts: {User.objects.count()}")
    today = timezone.localdate()
    for name, day in (("first run", today), ("again", today), ("next day", tomorrow(today))):
        show(name, day)


@transaction.atomic
def add_people() -> None:
    managers = Group.objects.get(name=Role.MANAJER)
    places = [(key, kind) for key, kind in Unit.objects.values_list("pk", "kind") for _ in range(2)]
    for number, (unit, kind) in enumerate(places):
        user = make_user(f"pengingat-{number}", unit)
        if kind == UnitKind.KANWIL:
            user.groups.set([managers])
        facts: dict[str, Any] = {"email": f"pengingat-{number}@contoh.id"}
        # As if they had been there all the time.
        facts["date_joined"] = timezone.now() - LONG_AGO
        User.objects.filter(pk=user.pk).update(**facts)


def tomorrow(day: date) -> date:
    return day + timedelta(days=1)


def show(name: str, day: date) -> None:
    queries: list[int] = [0]

    def count(execute: Any, *args: Any) -> Any:
        queries[0] += 1
        return execute(*args)

    with connection.execute_wrapper(count):
        began, busy = time.monotonic(), time.process_time()
        made, withdrawn = remind(day)
        took, worked, asked = time.monotonic() - began, time.process_time() - busy, queries[0]
        mailing = send_digests()
    mailed = time.monotonic() - began - took
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name}: {made} made, {withdrawn} withdrawn, {asked} queries, {took:.1f} s"
        f" ({worked:.1f} s of processor), {Notice.objects.count()} in the table;"
        f" {mailing.sent} mails, {queries[0] - asked} queries, {mailed:.1f} s; peak {peak} MB",
        flush=True,
    )


if __name__ == "__main__":
    main()
