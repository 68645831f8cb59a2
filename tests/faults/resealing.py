"""A column of recorded papers gets another name, and its own again, in a filled register.

    python -m tests.faults.resealing

Run in an empty place with its settings in the environment: it fills the register there and prints
what was found as JSON.
"""

import json
import os
import sys
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

# A script of its own: models can be imported only now.
from django.core.management import call_command  # noqa: E402
from django.db import connection, migrations  # noqa: E402
from django.db.migrations.loader import MigrationLoader  # noqa: E402

from institutions.checkpoints import take_checkpoint  # noqa: E402
from institutions.sealing import sealed  # noqa: E402
from institutions.seals import read_seal  # noqa: E402
from institutions.verification import verify  # noqa: E402
from tests.full_register import make_full_register  # noqa: E402


def main() -> None:
    call_command("migrate", verbosity=0)
    make_full_register()
    take_checkpoint()
    renamed = [
        migrations.RenameField(model, "notes", "remarks")
        for model in ("agreement", "historicalagreement")
    ]
    trial = migrations.Migration("trial", "partnerships")
    trial.operations = sealed("partnerships", list(renamed))
    found = {"rows": [str(finding) for finding in verify()], "before": forms()}
    found["renamed"] = run(trial.apply)
    found["taken back"] = run(trial.unapply)
    found["rows after"] = [str(finding) for finding in verify()]
    json.dump(found, sys.stdout)


def run(way: Callable[..., Any]) -> list[str]:
    before = MigrationLoader(connection).project_state()
    with connection.schema_editor(atomic=True) as editor:
        way(before, editor)
    return forms()


def forms() -> list[str]:
    """Which columns the seals of papers cover."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seal FROM partnerships_historicalagreement")
        seals = (read_seal(seal) for (seal,) in cursor.fetchall())
        return sorted({seal.form for seal in seals if seal})


if __name__ == "__main__":
    main()
