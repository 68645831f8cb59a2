"""Walks every address with every method as every kind of user and compares with the table."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from tests.rights.permission_posts import Posts
from tests.rights.permission_table import ACTORS, ROWS, Row
from tests.rights.permission_walk import Walker, undrawn
from tests.rights.permission_world import World

pytestmark = pytest.mark.django_db

OTHER_METHODS = ("PUT", "PATCH", "DELETE")


@pytest.fixture(scope="module")
def posts(world: World) -> Posts:
    return Posts(Walker(world))


def answers(posts: Posts, row: Row, actor: str) -> Iterator[tuple[str, str, str]]:
    """Each kind of request with its answer and the one that is expected."""
    route, walker = row.route, posts.walker
    address = posts.address(route)
    shown, page = walker.visit(actor, "GET", address)
    yield "GET", shown, row.expected("GET", actor)
    filled_in = posts.form(route, actor, page)
    yield "POST", walker.letter(actor, "POST", address, filled_in), row.expected("POST", actor)
    # HEAD has no text, and a form asked again is the page that GET drew.
    with undrawn():
        yield "HEAD", walker.letter(actor, "HEAD", address), row.expected("HEAD", actor)
        yield "BARE", walker.letter(actor, "POST", address), row.expected("BARE", actor)
    for method in OTHER_METHODS:
        yield method, walker.letter(actor, method, address), row.expected("REST", actor)


@pytest.mark.parametrize("route", ROWS)
def test_the_answers_stand_in_the_table(posts: Posts, route: str) -> None:
    wrong = [
        f"{kind} as {actor}: {answer}, not {expected}"
        for actor in ACTORS
        for kind, answer, expected in answers(posts, ROWS[route], actor)
        if answer != expected
    ]
    assert not wrong, "\n".join([route, *wrong])


LONG_SAVES = (
    "event_edit",
    "account_paste",
    "admin:institutions_user_add",
    "admin:partnerships_agreement_delete",
)


@pytest.mark.parametrize("route", LONG_SAVES)
def test_the_ledger_sees_what_a_comparison_of_everything_sees(posts: Posts, route: str) -> None:
    walker = posts.walker
    fields = posts.form(route, "superuser")
    with transaction.atomic(), walker.ledger.watch() as touched:
        walker.send("superuser", "POST", posts.address(route), fields)
        seen, everything = walker.ledger.changes(touched), walker.ledger.changes()
        transaction.set_rollback(True)
    assert seen == everything != {}


KEPT_FOR_GOOD = (
    "institutions_province",
    "institutions_regency",
    "institutions_unit",
    "institutions_user",
    "partnerships_programmearea",
    "partnerships_sector",
)


def routes(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name or pattern.pattern}"


# Any other address below /admin/: Django sends who is not signed in to the sign-in page.
CATCH_ALL = "admin:(?P<url>.*)$"


def test_every_address_is_declared_and_every_declared_address_exists() -> None:
    declared = {route.partition("@")[0] for route in ROWS}
    assert declared == set(routes(get_resolver().url_patterns)) - {CATCH_ALL}


def test_the_table_answers_for_every_actor_and_method() -> None:
    cells = sum(len(letters) for row in ROWS.values() for letters in row.answers.values())
    assert all(set(map(len, row.answers.values())) == {len(ACTORS)} for row in ROWS.values())
    # REST stands for three methods.
    cells += 2 * len(ACTORS) * len(ROWS)
    assert cells >= 10_000


def test_whoever_may_save_is_tried_with_something_that_saves() -> None:
    """A table of refusals alone would be right about a register that refuses everything."""
    saving = {row.route for row in ROWS.values() if "S" in row.answers["POST"]}
    verbs = ("create", "edit", "add", "change", "archive", "restore", "delete", "verify")
    verbs += ("upload", "replace")
    changing = {route for route in ROWS if route.partition("@")[0].endswith(verbs)}
    # Rows of these lists are closed instead of deleted; the password is changed on a page.
    kept = {f"admin:{name}_delete" for name in KEPT_FOR_GOOD} | {"admin:password_change"}
    assert changing - saving == kept
