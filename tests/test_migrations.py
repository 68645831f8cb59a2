"""Every migration can be taken back, and forward again, on the engine the suite runs on."""

import json
from pathlib import Path

from django.conf import settings

from tests.faults.migration_walk import walk
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
