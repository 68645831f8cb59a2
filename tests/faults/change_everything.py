"""Changes the register its environment names; see history_complete.py, which calls this."""

import os
import sys
import time

import django
from django.core.management import call_command
from django.test.utils import setup_test_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

# A script of its own: models can be imported only now.
from institutions.checkpoints import take_checkpoint  # noqa: E402
from institutions.verification import verify  # noqa: E402
from tests.faults.changes import exercise  # noqa: E402


def main(changes: int, seed: int, database: str) -> int:
    setup_test_environment()
    call_command("migrate", verbosity=0)
    began = time.monotonic()
    outcome = exercise(changes, seed)
    seconds = time.monotonic() - began
    take_checkpoint()
    findings = list(verify())
    for line in [*outcome.wrong, *map(str, findings)][:20]:
        print(line)
    print(f"database: {database}")
    print(f"acts: {sum(outcome.acts.values())} of {len(outcome.acts)} kinds in {seconds:.0f} s")
    print(f"history entries: {outcome.entries} (at least {changes})")
    print(f"acts whose entries differ from the ledger: {len(outcome.wrong)} (0)")
    print(f"findings of verify_history: {len(findings)} (0)")
    return 1 if outcome.wrong or findings else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
