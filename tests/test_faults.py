"""The drills of tests/faults, small: real servers, killed, cut off and out of room."""

import sys

import pytest
from django.conf import settings

from tests.faults import disk_full, kills, postgres_faults, sqlite_load
from tests.throwaway_postgres import server_binaries

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the drills ask Linux for workers")

SQLITE = settings.DATABASE["ENGINE"].endswith("sqlite3")


@pytest.fixture
def database():
    """The engine of this run; PostgreSQL in a cluster of its own, which may be broken."""
    if not SQLITE and server_binaries() is None:
        pytest.skip("a drill starts a PostgreSQL of its own; no server binaries found")
    return "sqlite" if SQLITE else "postgres"


def test_killed_workers_lose_nothing(database):
    assert kills.main(database, kills=4, writes=60, minutes=2) == 0


def test_a_full_disk_leaves_the_register_readable(database):
    if not disk_full.may_mount():
        pytest.skip("small disks cannot be mounted here (needs root)")
    assert disk_full.main(database, rounds=4, minutes=2) == 0


if SQLITE:

    def test_many_write_and_read_while_a_backup_runs():
        # How long a write takes is asked of a machine that has nothing else to do.
        assert sqlite_load.main(writes=60, writers=6, readers=6, minutes=2, slowest=20) == 0

else:

    def test_an_unreachable_database_is_a_503_with_what_was_typed(database):
        assert postgres_faults.main(rounds=1, minutes=2) == 0
