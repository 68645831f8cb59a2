"""The checks of the suite find what they are there to find.

    python -m tests.faults.planted
    python -m tests.faults.planted --only history

Each fault of `planted_faults.py` is put into a copy of the tracked files; then the tests it names
have to turn red. Runs on SQLite alone: what is planted is the register's own, not the database's.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from tests.faults.figures import Figures, empty_folder
from tests.faults.planted_fault import Fault
from tests.faults.planted_faults import FAULTS
from tests.faults.register import BASE_DIR

PATIENCE_SECONDS = 180
# The unchanged tree runs all of the named tests at once.
UNCHANGED_PATIENCE_SECONDS = 1800
FAILED = re.compile(r"^FAILED (.+?)(?: - |$)", re.MULTILINE)


def main(only: str) -> int:
    faults = [fault for fault in FAULTS if only.lower() in fault.name.lower()]
    figures = Figures()
    with empty_folder("planted") as folder:
        tree = copied_tree(folder / "tree")
        if not faults or not all_green(tree, faults):
            print("NOT RUN: no such fault, or a named test is red without any", flush=True)
            return 1
        for fault in faults:
            plant(tree, fault, figures)
    caught = len(faults) - len(figures.missed)
    print(f"{caught}/{len(faults)} caught")
    return figures.exit_code


def copied_tree(tree: Path) -> Path:
    """Tracked files as they stand here, changes included; nothing that lies beside them."""
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=BASE_DIR, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (BASE_DIR / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(BASE_DIR / name, tree / name)
    return tree


def all_green(tree: Path, faults: list[Fault]) -> bool:
    """A test that is red already, or is not there, would catch everything."""
    for migrations in (False, True):
        asked = [fault for fault in faults if fault.migrations == migrations]
        tests = dict.fromkeys(test for fault in asked for test in fault.tests)
        if tests:
            code, text = pytest(tree, tests, migrations, UNCHANGED_PATIENCE_SECONDS)
            if code != 0:
                print(text, flush=True)
                return False
    return True


def plant(tree: Path, fault: Fault, figures: Figures) -> None:
    path = tree / fault.path
    before = path.read_text(encoding="utf-8")
    path.write_text(fault.planted_in(before), encoding="utf-8")
    started = time.monotonic()
    try:
        code, text = pytest(tree, fault.tests, fault.migrations, PATIENCE_SECONDS)
    finally:
        path.write_text(before, encoding="utf-8")
    failed = FAILED.search(text)
    # A tree that cannot be collected, or set up, was broken and not found out.
    caught = code == 1 and failed is not None
    outcome = "caught" if caught else "NOT CAUGHT"
    by = failed[1] if failed else f"exit code {code}"
    told = f"{outcome}, {time.monotonic() - started:.0f} s, {by}"
    figures.judge(fault.name, told, "mark caught", met=caught)


def pytest(
    tree: Path, tests: Iterable[str], migrations: bool, patience: float
) -> tuple[int | None, str]:
    """Exit code and output; None for a run that took too long, which is ended with its servers."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
    command += [] if migrations else ["--no-migrations"]
    settings = {"ENV_FILE": os.devnull, "DATABASE_URL": "", "DATA_DIR": str(tree / "data")}
    process = subprocess.Popen(
        [*command, *tests],
        cwd=tree,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        text, _ = process.communicate(timeout=patience)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None, ""
    return process.returncode, text


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite"], default="sqlite")
    parser.add_argument("--only", default="", metavar="WORD", help="faults named with this word")
    sys.exit(main(parser.parse_args().only))
