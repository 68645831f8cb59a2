"""Every migration can be taken back, and forward again, on the engine the suite runs on."""

from pathlib import Path

from django.conf import settings

from tests.faults.migration_walk import walk
from tests.faults.places import new_database, place


def test_migrations_go_down_and_up_again(tmp_path: Path) -> None:
    with new_database(settings.DATABASE_URL) as url:
        found = walk(place(tmp_path / "place", url))
    assert [name for name, holds in found.items() if not holds] == []
