"""Does the time of a refusal tell who exists? `python -m tests.faults.sign_in_timing`

Wrong passwords for open, closed and link-only accounts and for names nobody has, in turn, against
a register of its own. Prints the median of each and how far it is from the names nobody has. With
`--tries N` another number of tries of each kind.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.register import Register, running_register

TRIES = 400
# Fewer than are tried before a name is locked.
PER_NAME = 4
MOST_PERCENT = 5.0
NOBODY = "nobody"
KINDS = ("open", "closed", "without password", NOBODY)

# The hash of one password serves all accounts; making each its own would take a minute.
PREPARE = """
from django.contrib.auth.hashers import make_password
from institutions.models import Unit, User
unit, password = Unit.objects.get(code="lapas-contoh"), make_password("lumbung-padi-contoh")
for kind in ("open", "closed", "without password"):
    for place in range({number}):
        account = User(username=f"{{kind.replace(' ', '-')}}-{{place}}", unit=unit)
        account.password = password
        if kind == "without password":
            account.set_unusable_password()
        account.is_active = kind != "closed"
        account.save()
"""


def measure(register: Register, tries: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {kind: [] for kind in KINDS}
    caller = register.caller()
    fields = caller.get("/masuk/").fields
    for kind in KINDS:
        attempt(caller, fields, f"warming-{kind}".replace(" ", "-"))
    for number in range(tries):
        # In another order each time, so that whatever else the machine does hits all alike.
        for kind in random.sample(KINDS, len(KINDS)):
            name = f"{kind.replace(' ', '-')}-{number // PER_NAME}"
            times[kind].append(attempt(caller, fields, name))
    caller.close()
    return times


def attempt(caller, fields, name: str) -> float:
    sent = fields | {"username": [name], "password": ["bukan-sandi-contoh"]}
    start = time.perf_counter()
    answer = caller.post("/masuk/", sent)
    seconds = time.perf_counter() - start
    if answer.status != 200:
        raise RuntimeError(f"{name} was answered with {answer.status}")
    return seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=TRIES)
    tries = parser.parse_args().tries
    with (
        tempfile.TemporaryDirectory(prefix="register-timing-") as folder,
        running_register(Path(folder), accounts=1, WEB_CONCURRENCY="1") as register,
    ):
        register.manage("shell", "-c", PREPARE.format(number=-(-tries // PER_NAME)))
        times = measure(register, tries)
    medians = {kind: statistics.median(times[kind]) for kind in KINDS}
    worst = 0.0
    for kind in KINDS:
        away = 100 * abs(medians[kind] / medians[NOBODY] - 1)
        worst = max(worst, away)
        print(f"sign-in refused, {kind}, median of {tries}: {1000 * medians[kind]:.1f} ms")
    print(f"sign-in, farthest from names nobody has: {worst:.1f} % (<= {MOST_PERCENT:.0f} %)")
    return int(worst > MOST_PERCENT)


if __name__ == "__main__":
    sys.exit(main())
