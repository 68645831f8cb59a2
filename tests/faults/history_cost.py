"""What sealing costs: `python -m tests.faults.history_cost 100000`, against an empty register.

Prints the time of creating and of editing an agreement with seals as a multiple of that without,
taken in turn in one run, and how long the history of so many rows takes to verify.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

# A script of its own: models can be imported only now.
from simple_history.utils import bulk_create_with_history  # noqa: E402

from institutions.checkpoints import take_checkpoint  # noqa: E402
from institutions.models import Sealed  # noqa: E402
from institutions.verification import verify  # noqa: E402
from partnerships.models import Partner, PartnerName  # noqa: E402
from tests.factories import make_agreement, make_partner, make_unit  # noqa: E402

ROUNDS = 60


def timed(act: Callable[[], Any]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def ratio(act: Callable[[], Any]) -> float:
    seal = Sealed.put_seal
    sealed, plain = [], []
    for _ in range(ROUNDS):
        sealed.append(timed(act))
        Sealed.put_seal = lambda row: None  # type: ignore[method-assign]
        plain.append(timed(act))
        Sealed.put_seal = seal  # type: ignore[method-assign]
    return statistics.median(sealed) / statistics.median(plain)


def main(rows: int) -> None:
    call_command("migrate", verbosity=0)
    unit, partner = make_unit(), make_partner()
    agreement = make_agreement(unit, partner)
    create = ratio(lambda: make_agreement(unit, partner))
    edit = ratio(lambda: agreement.record(by=None))
    print(f"create an agreement, sealed to unsealed: {create:.2f} (<= 1.10)")
    print(f"edit an agreement, sealed to unsealed: {edit:.2f} (<= 1.10)")
    owner = Partner.objects.get(pk=partner.pk)
    for start in range(0, rows, 5_000):
        names = [
            PartnerName(partner=owner, name=f"Contoh {n}") for n in range(start, start + 5_000)
        ]
        bulk_create_with_history(names, PartnerName)
    began = time.monotonic(), time.process_time()
    found = sum("tanpa segel" not in finding.what for finding in verify())
    wall, cpu = time.monotonic() - began[0], time.process_time() - began[1]
    print(f"verify {rows} rows of history: {wall:.1f} s, {cpu:.1f} s of CPU (<= 60 s)")
    print(f"take a checkpoint of them: {timed(take_checkpoint):.1f} s of CPU")
    # Rows written without seals above break the links after them; nothing else may be found.
    print(f"findings besides those rows: {found} (at most {2 * ROUNDS + 2})")


if __name__ == "__main__":
    main(int(sys.argv[1]))
