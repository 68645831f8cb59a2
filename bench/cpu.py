"""What processes really worked, from the kernel's accounts: other load of the machine is not in."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pids: list[int]) -> float:
    """User and system time of the processes and of their children that ended."""
    ticks = 0
    for pid in pids:
        try:
            words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(int(word) for word in words[11:15])
    return ticks / TICKS


def children_of(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(word) for word in text.split()]


def postgres_of(socket_folder: str) -> list[int]:
    """The server in that folder and its backends; nothing where there is no such folder."""
    pid_file = Path(socket_folder) / "data" / "postmaster.pid"
    if not pid_file.is_file():
        return []
    server = int(pid_file.read_text().split()[0])
    return [server, *children_of(server)]


def resident_megabytes(pids: list[int]) -> float:
    pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids]
    return sum(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


def load_average() -> float:
    return os.getloadavg()[0]
