"""What reading a file may cost, whatever is in it."""

import re
import sys
import time
from pathlib import Path

MOST_SECONDS, MOST_KILOBYTES = 5, 50 * 1024


class Watched:
    """Time and memory of what is done inside, beyond what was there before."""

    def __enter__(self) -> None:
        self.begun = time.process_time()
        if sys.platform == "linux":
            # The peak is counted from here on.
            Path("/proc/self/clear_refs").write_text("5")
            self.before = kilobytes("VmRSS")

    def __exit__(self, *args: object) -> None:
        assert time.process_time() - self.begun < MOST_SECONDS
        if sys.platform == "linux":
            assert kilobytes("VmHWM") - self.before < MOST_KILOBYTES


def kilobytes(name: str) -> int:
    found = re.search(rf"{name}:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) if found else 0
