"""One process of `tests.faults.bad_input`: a test database, its share of the requests, a file."""

import json
import logging
import os
import sys
from dataclasses import asdict
from pathlib import Path

import django

django.setup()

# A script of its own: models can be imported only now.
from django.conf import settings  # noqa: E402
from django.test.utils import (  # noqa: E402
    setup_databases,
    setup_test_environment,
    teardown_databases,
)

from partnerships.roles import sync_roles  # noqa: E402
from tests.faults.bad_requests import Sender, register  # noqa: E402

GENERATED = 1000


def main(first: int, last: int, step: int, seed: int, file: Path) -> None:
    logging.disable(logging.CRITICAL)
    part = os.environ["BAD_INPUT_PART"]
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        settings.DATABASES["default"]["TEST"]["NAME"] = f"test_bad_input_{part}"
    setup_test_environment(debug=False)
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        sync_roles()
        with register() as made, file.open("w", encoding="utf-8") as answers:
            sender = Sender(made, seed, GENERATED)
            for number in range(first, last, step):
                answer = asdict(sender.send(sender.request(number)))
                answers.write(json.dumps({"number": number} | answer) + "\n")
    finally:
        teardown_databases(kept, verbosity=0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:5]), Path(sys.argv[5]))
