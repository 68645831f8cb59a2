"""A column of recorded papers gets another name, and its own again, in a filled register.

    python -m tests.faults.resealing

Run in an empty place with its settings in the environment: it fills the register there and prints
what was found as JSON.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

import django


def main() -> None:
    from django.core.management import call_command
    from django.db import connection, migrations
    from django.db.migrations.loader import MigrationLoader

    from institutions.checkpoints import take_checkpoint
    from institutions.sealing import sealed
    from institutions.seals import read_seal
    from institutions.verification import verify
    from tests.full_register import make_full_register

    call_command("migrate", verbosity=0)
    make_full_register()
    take_checkpoint()
    renamed = [
        migrations.RenameField(model, "notes", "remarks")
        for model in ("agreement", "historicalagreement")
    ]
    trial = migrations.Migration("trial", "partnerships")
    trial.operations = sealed("partnerships", list(renamed))
    before = MigrationLoader(connection).project_state()

    def forms() -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT seal FROM partnerships_historicalagreement")
            return sorted({read_seal(seal).form for (seal,) in cursor.fetchall()})

    def run(way: Callable[..., Any]) -> list[str]:
        with connection.schema_editor(atomic=True) as editor:
            way(before.clone(), editor)
        return forms()

    found = {"rows": [str(finding) for finding in verify()], "before": forms()}
    found["renamed"] = run(trial.apply)
    found["taken back"] = run(trial.unapply)
    found["rows after"] = [str(finding) for finding in verify()]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    django.setup()
    main()
