import sys

import pytest

from tests import throwaway_postgres

COMMAND = [sys.executable, "-c", "import os, sys; sys.exit(os.environ['DATABASE_URL'] != 'given')"]


@pytest.fixture(autouse=True)
def nothing_asked_for(monkeypatch, tmp_path):
    for name in ("TEST_DATABASE_URL", "REQUIRE_POSTGRES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TEST_REPORT", str(tmp_path / "report"))
    monkeypatch.setattr(throwaway_postgres, "server_binaries", lambda: None)


def test_machine_without_postgres_says_so(tmp_path):
    assert throwaway_postgres.main(COMMAND) == 0
    assert (tmp_path / "report").read_text().startswith("NOT RUN: tests on PostgreSQL")


def test_required_postgres_that_is_missing_fails(monkeypatch):
    monkeypatch.setenv("REQUIRE_POSTGRES", "1")
    assert throwaway_postgres.main(COMMAND) == 1


def test_given_server_is_used(monkeypatch):
    monkeypatch.setenv("TEST_DATABASE_URL", "given")
    assert throwaway_postgres.main(COMMAND) == 0
