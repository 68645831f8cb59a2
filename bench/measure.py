"""Asks the same pages round after round and keeps what each cost."""

import statistics
import threading
import time
from dataclasses import dataclass, field

from bench.cpu import cpu_seconds
from bench.places import Place
from bench.server import Server
from tests.faults.caller import Caller

WARM_UP, CALLS, CONNECTIONS = 2, 12, 4


@dataclass
class Cost:
    """What one page took, one entry a round; times of single calls over all rounds."""

    place: Place
    milliseconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    per_second: list[float] = field(default_factory=list)

    @property
    def cpu_median(self) -> float:
        return statistics.median(self.cpu)

    def quantile(self, share: float) -> float:
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(server: Server, places: list[Place], rounds: int, seconds: float) -> list[Cost]:
    costs = [Cost(place) for place in places]
    for _ in range(rounds):
        for cost in costs:
            one_round(server, cost, seconds)
    return costs


def one_round(server: Server, cost: Cost, seconds: float) -> None:
    """Some calls one after the other, then several callers at once for a while."""
    caller = server.caller(cost.place.who)
    for _ in range(WARM_UP):
        call(caller, cost.place)
    before, calls = cpu_seconds(server.pids()), 0
    for _ in range(CALLS):
        began = time.perf_counter()
        call(caller, cost.place)
        cost.milliseconds.append(1000 * (time.perf_counter() - began))
        calls += 1
    caller.close()
    done, took = crowd(server, cost.place, seconds)
    cost.cpu.append(1000 * (cpu_seconds(server.pids()) - before) / (calls + done))
    cost.per_second.append(done / took)


def crowd(server: Server, place: Place, seconds: float) -> tuple[int, float]:
    began = time.perf_counter()
    counts = [0] * CONNECTIONS

    def ask(number: int) -> None:
        caller = server.caller(place.who)
        while time.perf_counter() - began < seconds:
            call(caller, place)
            counts[number] += 1
        caller.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts), time.perf_counter() - began


def call(caller: Caller, place: Place) -> None:
    answer = caller.get(place.address)
    if answer.status != 200:
        raise RuntimeError(f"{place.address} as {place.who}: {answer.status}")
