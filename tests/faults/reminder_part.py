"""The process of `tests.faults.reminders`: an empty database, so many days, the figures."""

import sys

import django

django.setup()

# A script of its own: models can be imported only now.
from django.core.management import call_command  # noqa: E402

from partnerships.roles import sync_roles  # noqa: E402
from tests.faults.reminder_years import simulate  # noqa: E402
from tests.faults.rounds import print_figures  # noqa: E402


def main(days: int, seed: int) -> int:
    call_command("migrate", verbosity=0)
    sync_roles()
    return print_figures(*simulate(days, seed))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
