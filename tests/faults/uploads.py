"""What an upload costs: `python -m tests.faults.uploads` starts a register and sends it files.

Scans of 8 and 20 MB and a photo of 12 million points, five times each, over loopback. The time is
until the answer; the memory is the largest a worker ever held beyond what it held before.
"""

import time
from pathlib import Path
from typing import Any

from tests.faults.caller import Caller, Fields
from tests.faults.cut_lines import MULTIPART, attached
from tests.faults.figures import Figures, arguments, empty_folder, register_on
from tests.faults.register import Register
from tests.files import pdf, picture

TIMES = 5
MEGABYTE = 1024 * 1024
NEW, EVENT = "/perjanjian/baru/", "/kegiatan/baru/"


def main() -> int:
    options, figures = arguments(__doc__), Figures()
    with (
        empty_folder("uploads") as folder,
        register_on(options.database, folder, accounts=1, WEB_CONCURRENCY="1") as register,
    ):
        caller = register.caller(0)
        agreement = made(caller, NEW, title="Naskah contoh")
        event = made(caller, EVENT, title="Rapat contoh")
        photo = {"kind": ["FOTO"], "faces_cleared": ["on"]}
        for name, address, fields, content in (
            ("scan of 8 MB", agreement, {}, lambda number: scan(8, number)),
            ("scan of 20 MB", agreement, {}, lambda number: scan(19.9, number)),
            ("photo of 12 million points", event, photo, noise),
        ):
            measure(figures, register, name, f"{address}berkas/", fields, content)
    return figures.exit_code


def scan(megabytes: float, number: int) -> bytes:
    """No two are the same file."""
    return pdf(f"naskah {number}", more=b"% " + b"x" * int(megabytes * MEGABYTE) + b"\n")


def noise(number: int) -> bytes:
    return picture(size=(4000, 3000))


def made(caller: Caller, address: str, **fields: str) -> str:
    """The address of a record that was made through its form."""
    form = caller.get(address).fields | {name: [value] for name, value in fields.items()}
    return caller.post(address, form).location


def measure(
    figures: Figures, register: Register, name: str, address: str, fields: Fields, make: Any
) -> None:
    caller, before = register.caller(0), memory(register)
    times = []
    for number in range(TIMES):
        form = caller.get(address).fields | fields
        body = attached(form, f"{number}.pdf", make(number))
        begun = time.monotonic()
        answer = caller.send("POST", address, body, {"Content-Type": MULTIPART})
        times.append(time.monotonic() - begun)
        if answer.status != 302:
            raise SystemExit(f"{name}: answered {answer.status}")
    figures.note(f"{name}: seconds, median and worst", f"{sorted(times)[2]:.2f} {max(times):.2f}")
    figures.at_most(f"{name}: MB of memory", (memory(register) - before) // 1024, 50)


def memory(register: Register) -> int:
    """The largest number of kB a worker ever held."""
    texts = [Path(f"/proc/{worker}/status").read_text() for worker in register.workers()]
    return max(int(text.split("VmHWM:")[1].split()[0]) for text in texts)


if __name__ == "__main__":
    raise SystemExit(main())
