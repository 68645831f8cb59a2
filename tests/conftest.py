"""What every test run says at its end: which engine it ran on, and what did not run."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

from institutions.models import Role, Unit, UnitKind, User
from institutions.triggers import unprotected
from partnerships.roles import sync_roles
from tests import chromium
from tests.factories import make_province, make_regency, make_root, make_unit, make_user

BROWSER_TESTS = Path(__file__).parent / "browser"


def pytest_configure(config: pytest.Config) -> None:
    if settings.PRODUCTION:
        raise pytest.UsageError("BASE_URL names a production register; run with ENV_FILE=/dev/null")
    # Documents of tests do not belong among those of the register in this folder.
    settings.MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="register-test-media-"))
    config.add_cleanup(lambda: shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True))


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    return True if collection_path == BROWSER_TESTS and chromium.missing() else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if reason := chromium.missing():
        # Browser tests that were asked for by name are collected all the same.
        for item in items:
            if BROWSER_TESTS in item.path.parents:
                item.add_marker(pytest.mark.skip(reason=reason))


def browser_tests_not_run(config: pytest.Config) -> str | None:
    """The reason, when the arguments of this run included the browser tests."""
    asked = [(config.invocation_params.dir / arg.split("::")[0]).resolve() for arg in config.args]
    included = any(BROWSER_TESTS in [p, *p.parents] or p in BROWSER_TESTS.parents for p in asked)
    left_out = "tests/browser" in (config.getoption("deselect") or [])
    return chromium.missing() if included and not left_out else None


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if os.environ.get("REQUIRE_BROWSER") == "1" and browser_tests_not_run(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if hasattr(config, "workerinput"):
        return
    outcomes = ("passed", "failed", "error", "skipped")
    counts = {name: terminalreporter.stats.get(name, []) for name in outcomes}
    ran = ", ".join(f"{len(reports)} {name}" for name, reports in counts.items() if reports)
    in_browser = [report for report in counts["passed"] if "tests/browser/" in report.nodeid]
    lines = [f"Ran on {engine()}: {ran or 'no tests'}"]
    if in_browser:
        lines.append(f"Ran in {chromium.version()}: {len(in_browser)} passed")
    lines += [f"NOT RUN: {r.nodeid} ({r.longrepr[2]})" for r in counts["skipped"]]
    if reason := browser_tests_not_run(config):
        lines.append(f"NOT RUN: tests/browser ({reason})")
    terminalreporter.section("what ran")
    for line in lines:
        terminalreporter.line(line)
    if report := os.environ.get("TEST_REPORT"):
        with Path(report).open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)


def engine() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    # Past Django's connection, which pytest-django keeps closed outside of tests.
    server = connection.get_new_connection(connection.get_connection_params())
    number = server.info.server_version
    server.close()
    return f"PostgreSQL {number // 10000}.{number % 10000}"


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What one test counted is not what the next one shows."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The groups are part of every register, so they are granted once and not per test."""
    with django_db_blocker.unblock():
        sync_roles()


@pytest.fixture(autouse=True, scope="session")
def history_emptied_with_the_rest() -> Iterator[None]:
    """Tests that commit empty all tables behind them, which triggers refuse for history."""
    empty = TransactionTestCase._fixture_teardown

    def empty_all(case: TransactionTestCase) -> None:
        with unprotected():
            empty(case)

    with pytest.MonkeyPatch.context() as patch:
        # That of TestCase rolls back and does not come here.
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_all)
        yield


@pytest.fixture
def bapas_jember(db: None) -> Unit:
    east_java = make_province("35", "Jawa Timur")
    regency = make_regency("35.09", "Jember", province=east_java)
    return make_unit(
        "Bapas Kelas II Jember", code="bapas-jember", kind=UnitKind.BAPAS, regency=regency
    )


@pytest.fixture
def lapas_purwodadi(db: None) -> Unit:
    return make_unit("Lapas Kelas IIB Purwodadi", code="lapas-purwodadi", regency=make_regency())


@pytest.fixture
def humas(bapas_jember: Unit) -> User:
    """Records for Bapas Jember."""
    return make_user(Role.HUMAS, unit=bapas_jember, username="humas")


@pytest.fixture
def humas_lain(lapas_purwodadi: Unit) -> User:
    """Records for a unit under another Kanwil."""
    return make_user(Role.HUMAS, unit=lapas_purwodadi, username="humas_lain")


@pytest.fixture
def rekan(bapas_jember: Unit) -> User:
    """A colleague of `humas` at the same unit."""
    return make_user(Role.HUMAS, unit=bapas_jember, username="rekan")


@pytest.fixture
def pembaca(bapas_jember: Unit) -> User:
    """Manager at the Kanwil above Bapas Jember."""
    return make_user(Role.MANAJER, unit=bapas_jember.parent, username="pembaca")


@pytest.fixture
def pengelola(db: None) -> User:
    """Admin at Ditjenpas."""
    return make_user(Role.ADMIN, unit=make_root(), username="pengelola")


@pytest.fixture
def tanpa_unit(db: None) -> User:
    return make_user(Role.HUMAS, unit=None, username="tanpa_unit")
