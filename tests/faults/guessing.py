"""How many passwords can be tried at once? `python -m tests.faults.guessing`

Many callers guess one account's password at the same time, each guess with other invented
forwarding headers, against a register of its own. Prints how many guesses reached the password,
and whether the owner got in from the browser used before. `--database` names a PostgreSQL.
"""

import argparse
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.caller import Caller
from tests.faults.people import PASSWORD
from tests.faults.register import Register, running_register

GUESSES, CALLERS = 200, 16
MOST = 10
NAME = "humas-0"


def sign_in(caller: Caller, password: str, **headers: str) -> int:
    fields = caller.get("/masuk/").fields
    sent = fields | {"username": [NAME], "password": [password]}
    return caller.post("/masuk/", sent, **headers).status


def guess(register: Register, numbers: range) -> list[int]:
    caller = register.caller()
    statuses = [
        sign_in(
            caller,
            f"tebakan-{number}",
            **{
                "X-Forwarded-For": f"198.51.{number // 250}.{number % 250}, 192.0.2.{number % 250}",
                "X-Real-IP": f"203.0.113.{number % 250}",
                "Forwarded": f"for=192.0.2.{number % 250}",
            },
        )
        for number in numbers
    ]
    caller.close()
    return statuses


def run(register: Register, guesses: int, callers: int) -> tuple[dict[int, int], int, int]:
    """Answers by status, and those to the owner: from the known browser and from a new one."""
    owner = register.caller()
    assert sign_in(owner, PASSWORD) == 302
    del owner.cookies["sessionid"]
    owner.close()
    share = -(-guesses // callers)
    parts = [range(start, min(start + share, guesses)) for start in range(0, guesses, share)]
    with ThreadPoolExecutor(callers) as pool:
        statuses = [s for part in pool.map(lambda part: guess(register, part), parts) for s in part]
    counts = {status: statuses.count(status) for status in sorted(set(statuses))}
    return counts, sign_in(owner, PASSWORD), sign_in(register.caller(), PASSWORD)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guesses", type=int, default=GUESSES)
    parser.add_argument("--database", default="")
    chosen = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="register-guessing-") as folder,
        running_register(
            Path(folder), accounts=1, database_url=chosen.database, TRUSTED_PROXY_COUNT="1"
        ) as register,
    ):
        counts, known, new = run(register, chosen.guesses, CALLERS)
    reached = sum(number for status, number in counts.items() if status != 429)
    print(f"guesses sent: {sum(counts.values())} from {CALLERS} callers")
    print(f"guesses that reached the password: {reached} (<= {MOST})")
    print(f"owner from a known browser meanwhile: {known} (302)")
    print(f"right password from a new browser meanwhile: {new} (429)")
    return int(not (0 < reached <= MOST and known == 302 and new == 429))


if __name__ == "__main__":
    sys.exit(main())
