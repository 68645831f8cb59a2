"""Every drill in full, one after the other: `python -m tests.faults.all`.

Names given on the command line choose among them. A new drill is a line in DRILLS: a module here
that takes `--database`, prints a line per figure and ends with 1 when it missed a mark.
"""

import subprocess
import sys
import time

SQLITE, POSTGRES = "sqlite", "postgres"
DRILLS: list[tuple[str, str]] = [
    ("kills", SQLITE),
    ("kills", POSTGRES),
    ("postgres_faults", POSTGRES),
    ("disk_full", SQLITE),
    ("disk_full", POSTGRES),
    ("sqlite_load", SQLITE),
    ("editors", SQLITE),
    ("editors", POSTGRES),
    ("double_submits", SQLITE),
    ("double_submits", POSTGRES),
    ("history_complete", SQLITE),
    ("history_complete", POSTGRES),
    ("backup_drill", SQLITE),
    ("backup_drill", POSTGRES),
    ("migration_walk", SQLITE),
    ("migration_walk", POSTGRES),
    ("uploads", SQLITE),
    ("uploads", POSTGRES),
    ("bad_http", SQLITE),
    ("bad_http", POSTGRES),
    ("bad_input", "both"),
    ("slow_patterns", SQLITE),
    ("reminders", SQLITE),
    ("reminders", POSTGRES),
    ("imports", SQLITE),
    ("imports", POSTGRES),
    ("planted", SQLITE),
]


def main(names: list[str]) -> int:
    chosen = [drill for drill in DRILLS if not names or drill[0] in names]
    outcomes = [(name, database, run(name, database)) for name, database in chosen]
    print("\n== all")
    for name, database, code in outcomes:
        print(f"{name} on {database}: {'met' if code == 0 else 'MISSED'} (mark met)")
    return 1 if any(code for _, _, code in outcomes) or not chosen else 0


def run(name: str, database: str) -> int:
    print(f"\n== {name} on {database}", flush=True)
    started = time.monotonic()
    command = [sys.executable, "-m", f"tests.faults.{name}", "--database", database]
    code = subprocess.run(command, check=False).returncode
    print(f"minutes: {(time.monotonic() - started) / 60:.1f}", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
