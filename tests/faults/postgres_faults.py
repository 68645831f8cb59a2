"""PostgreSQL restarted, out of reach and terminated under writing clients: 503, never a 500.

    python -m tests.faults.postgres_faults --rounds 30

Every round does each of the three once. Behind `unshare --net` the line is dropped by iptables;
where that is not allowed, a small relay between register and database cuts it.
"""

import contextlib
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.faults.figures import Figures, arguments, empty_folder, register_on, running_cluster
from tests.faults.register import Register
from tests.faults.relay import Relay
from tests.faults.writers import Ledger, Writers, judged
from tests.throwaway_postgres import Cluster

WRITERS = 4
OWN_NETWORK = "REGISTER_DRILL_OWN_NETWORK"
RECOVERS_WITHIN = 2.0
# Several seconds, so that threads are seen to give up and not only to wait.
LONGEST_DROP = 6.0


class Drops:
    """Packets to and from the database vanish, as when a cable is pulled."""

    name = "iptables"

    def __init__(self, port: int) -> None:
        self.port = port
        self.url_port = port

    def break_off(self) -> None:
        self.rules("-A")

    def mend(self) -> None:
        self.rules("-D")

    def rules(self, action: str) -> None:
        for side in ("--dport", "--sport"):
            rule = ["iptables", action, "INPUT", "-p", "tcp", side, str(self.port), "-j", "DROP"]
            subprocess.run(rule, check=True)


def may_own_network() -> bool:
    """Whether this process may have a network of its own and drop packets in it."""
    if not all(map(shutil.which, ("unshare", "iptables", "ip"))):
        return False
    trial = ["unshare", "--net", "iptables", "-L", "-n"]
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0


def move_into_own_network() -> None:
    """Start over behind `unshare --net`; nothing outside can be reached from there."""
    os.environ[OWN_NETWORK] = "1"
    command = ["unshare", "--net", sys.executable, "-m", "tests.faults.postgres_faults"]
    os.execvp(command[0], [*command, *sys.argv[1:]])  # noqa: S606


@contextlib.contextmanager
def line_to(cluster: Cluster) -> Iterator[Drops | Relay]:
    if os.environ.get(OWN_NETWORK) == "1":
        yield Drops(cluster.port)
        return
    with Relay(cluster.port) as relay:
        yield relay


def main(*, rounds: int, minutes: float) -> int:
    figures = Figures()
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(empty_folder("postgres"))
        cluster = stack.enter_context(running_cluster(folder / "postgres", tcp=True))
        line = stack.enter_context(line_to(cluster))
        url = f"postgres://register@/register?host=127.0.0.1&port={line.url_port}"
        register = stack.enter_context(
            register_on("postgres", folder, accounts=WRITERS + 1, database_url=url)
        )
        figures.note("the line is broken by", line.name)
        drill(figures, register, cluster, line, folder, rounds, minutes)
    return figures.exit_code


def drill(
    figures: Figures,
    register: Register,
    cluster: Cluster,
    line: "Drops | Relay",
    folder: Path,
    rounds: int,
    minutes: float,
) -> None:
    faults: dict[str, Callable[[], None]] = {
        "immediate restarts": lambda: restart(register, cluster),
        "drops of the line": lambda: drop(register, line),
        "terminated connections": lambda: terminate(cluster),
    }
    waits: dict[str, list[float | None]] = {name: [] for name in faults}
    started = time.monotonic()
    writers = Writers(register, WRITERS)
    with writers as ledger:
        for _ in range(rounds):
            for name, fault in faults.items():
                ledger.first_success_after(time.monotonic())
                fault()
                waits[name].append(ledger.first_success_after(time.monotonic()))
            if time.monotonic() - started > minutes * 60:
                break
    figures.note("seconds", round(time.monotonic() - started))
    for name, seconds in waits.items():
        figures.at_least(name, len(seconds), rounds)
        longest = max(30.0 if wait is None else round(wait, 2) for wait in seconds)
        figures.at_most(
            f"longest wait for a saved record after {name}, s", longest, RECOVERS_WITHIN
        )
    report(figures, ledger, judged(register, ledger, folder), writers.gave_up())


def report(figures: Figures, ledger: Ledger, found: dict[str, int], gave_up: int) -> None:
    refused = ledger.statuses[503]
    server_errors = sum(n for status, n in ledger.statuses.items() if status in {500, 502, 504})
    figures.note("answers by status", dict(sorted(ledger.statuses.items())))
    figures.note("acknowledged writes", len(ledger.acknowledged))
    figures.at_least("answers 503", refused, 1)
    figures.exactly("answers 500", server_errors, 0)
    figures.exactly("503 without Retry-After", ledger.without_retry_after, 0)
    figures.exactly("503 without the typed text", ledger.without_typed_text, 0)
    figures.exactly("answers that never came", ledger.unclear, 0)
    figures.exactly("writers that met an answer nobody expected", gave_up, 0)
    figures.exactly("acknowledged writes lost", found["lost"], 0)
    figures.exactly("writes doubled", found["doubled"], 0)
    figures.exactly("records half saved", found["half"], 0)


def restart(register: Register, cluster: Cluster) -> None:
    cluster.stop("immediate")
    say_not_ready(register)
    cluster.start()


def drop(register: Register, line: "Drops | Relay") -> None:
    line.break_off()
    try:
        time.sleep(random.uniform(0.5, LONGEST_DROP))
    finally:
        line.mend()


def terminate(cluster: Cluster) -> None:
    time.sleep(random.uniform(0, 0.3))
    with contextlib.closing(cluster.superuser()) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'register'"
        )


def say_not_ready(register: Register) -> None:
    """A load balancer has to hear it as well."""
    with contextlib.closing(register.caller()) as caller:
        status = caller.get("/readyz").status
    if status != 503:
        raise AssertionError(f"/readyz answers {status} while the database is away")


if __name__ == "__main__":
    asked = arguments(
        __doc__,
        rounds=(30, "times each of the three faults"),
        minutes=(10, "give up after so many"),
    )
    if OWN_NETWORK not in os.environ and may_own_network():
        move_into_own_network()
    if os.environ.get(OWN_NETWORK) == "1":
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    sys.exit(main(rounds=asked.rounds, minutes=asked.minutes))
