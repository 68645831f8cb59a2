"""Every migration can be taken back, and forward again, on the engine the suite runs on."""

import json
from pathlib import Path

from django.conf import settings

from tests.faults.migration_walk import FACTS, walk
from tests.faults.places import new_database, place


def test_migrations_go_down_and_up_again(tmp_path: Path) -> None:
    with new_database(settings.DATABASE_URL) as url:
        found = walk(place(tmp_path / "place", url))
    assert [name for name, holds in found.items() if not holds] == []


def test_history_is_sealed_anew_by_a_migration_and_by_taking_it_back(tmp_path: Path) -> None:
    with new_database(settings.DATABASE_URL) as url:
        register = place(tmp_path / "place", url)
        found = json.loads(register.python("-m", "tests.faults.resealing").stdout)
    assert found["rows"] == found["rows after"] == []
    assert len(found["before"]) == len(found["renamed"]) == 1
    assert found["before"] == found["taken back"] != found["renamed"]


def test_rows_that_a_migration_refuses_are_named_before_anything_changes(tmp_path: Path) -> None:
    with new_database(settings.DATABASE_URL) as url:
        register = place(tmp_path / "place", url)
        register.manage("migrate", "--verbosity=0")
        register.python("-m", FACTS, "fill")
        register.manage("migrate", "partnerships", "0005", "--verbosity=0")
        amending, ended = json.loads(register.python("-m", FACTS, "spoil").stdout)
        refused = register.manage("migrate", "--verbosity=0", check=False)
    *_, heading, first, second = refused.stderr.splitlines()
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert heading.startswith("CommandError: Tidak ada yang diubah.")
    assert (first.split(": ")[-1], second.split(": ")[-1]) == (str(amending), str(ended))
