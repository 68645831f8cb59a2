"""Years of reminders with outages, killed runs, renewals, moved ends and people who come and go.

    python -m tests.faults.reminders --days 1096 --database postgres

Every notice that was due has to be there once: the register is compared, after every run, with
what `reminder_rules` says from the rules alone. Runs are killed at any of their statements, two
run at one moment, the mail server is away or refuses. Prints one line per figure; exits with 1
when a mark is missed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time

from tests.faults.bad_input import database_url
from tests.faults.register import BASE_DIR


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=1096)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    options = parser.parse_args()
    began = time.monotonic()
    with database_url(options.database) as url, tempfile.TemporaryDirectory() as folder:
        settings = {"ENV_FILE": os.devnull, "DATA_DIR": folder, "DATABASE_URL": url}
        settings |= {"DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "CRITICAL"}
        words = [str(options.days), str(options.seed)]
        command = [sys.executable, "-m", "tests.faults.reminder_part", *words]
        done = subprocess.run(command, cwd=BASE_DIR, env=os.environ | settings, check=False)
    print(f"seconds: {time.monotonic() - began:.0f}", flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
