"""Every column of every model sent along with every form by everybody: nothing comes of it.

A form filled in so that it saves is sent as it is and then with columns it does not offer added
to it. The answers and all rows have to be the same; what differs between two equal sendings,
times and tokens, is left out of the comparison.
"""

from collections import Counter

import pytest
from django.db import transaction

from tests.faults.caller import Fields
from tests.rights.form_names import columns, hostile_value, names_on, prefixes_on
from tests.rights.permission_posts import Posts
from tests.rights.permission_table import ACTORS, ROWS
from tests.rights.permission_walk import Walker, undrawn
from tests.rights.permission_world import World

pytestmark = pytest.mark.django_db

SAVING = [row.route for row in ROWS.values() if "S" in row.answers["POST"]]
# Never typed by anybody, whatever a page may come to offer.
NEVER = frozenset(
    {
        *("pk", "id", "recorded_by", "recorded_at", "archived_on", "archived_by", "archive_reason"),
        *("verified_by", "verified_on", "done_by", "merged_into", "imported", "search_text"),
        *("name_key", "is_staff", "groups", "user_permissions", "session_salt", "uploaded_by"),
    }
)
# A field of the form that its page shows only while nothing is signed; the day of signing decides.
DECLARED = {"agreement_edit": {"stage"}}
# Where something is saved; what is refused takes as many as the limit on fields asks for.
BATCHES = 4
FIELDS_AT_ONCE = 3000
# Words of a row that may be changed without anything else having to follow.
WORDS = ("text", "name", "output", "outlet", "name_as_written", "representative", "position")


@pytest.fixture(scope="module")
def posts(world: World) -> Posts:
    return Posts(Walker(world))


Outcome = tuple[str, Counter[tuple[str, str, str]]]


def outcome(posts: Posts, actor: str, address: str, fields: Fields) -> Outcome:
    """The answer, and every column of every row that is not as it was."""
    walker = posts.walker
    with transaction.atomic(), walker.ledger.watch() as touched:
        answer = walker.send(actor, "POST", address, fields)
        changes = walker.ledger.changes(touched)
        transaction.set_rollback(True)
    cells: Counter[tuple[str, str, str]] = Counter()
    for table, change in changes.items():
        for row in (*change.added.values(), *change.removed.values()):
            cells.update((table, column, value) for column, value in row.items())
        for key, (before, after) in change.changed.items():
            cells.update(
                (table, column, f"{key}: {after[column]}")
                for column in after
                if before[column] != after[column]
            )
    return walker.status(answer, saved=bool(changes)), cells


def differences(one: Outcome, other: Outcome) -> set[tuple[str, str]]:
    cells = (one[1] - other[1]) + (other[1] - one[1])
    return {(table, column) for table, column, _ in cells}


def with_changed_rows(fields: Fields) -> Fields:
    """The same form with a word changed in each stored row, so that rows are saved as well."""
    changed = dict(fields)
    for name, values in fields.items():
        row, _, column = name.rpartition("-")
        if column in WORDS and fields.get(f"{row}-id", [""])[0] and values[0]:
            changed[name] = [f"{values[0]} x"]
    return changed


def hostile(page: str, world: World, declared: set[str]) -> dict[str, str]:
    """Names the page does not offer, in the form itself and in the first row of every kind."""
    values = {name: hostile_value(column, world) for name, column in columns().items()}
    values["pk"] = values["id"] = str(world.records["purwodadi"].signed.pk)
    offered = names_on(page) | declared
    found = {}
    for prefix in ("", *(f"{prefix}-0-" for prefix in prefixes_on(page))):
        for name, value in values.items():
            is_key = bool(prefix) and name == "id"
            if not is_key and (f"{prefix}{name}" not in offered or name in NEVER):
                found[f"{prefix}{name}"] = value
    return found


def batches(values: dict[str, str], number: int) -> list[dict[str, list[str]]]:
    names = sorted(values)
    return [{name: [values[name]] for name in names[start::number]} for start in range(number)]


@pytest.mark.parametrize("route", SAVING)
def test_columns_a_form_does_not_offer_change_nothing(posts: Posts, route: str) -> None:
    address, walker, row = posts.address(route), posts.walker, ROWS[route]
    wrong, floating = [], differing_by_themselves(posts, route)
    for actor in ACTORS:
        page = walker.get(actor, posts.form_page(route))
        fields = with_changed_rows(posts.form(route, actor, page))
        extras = hostile(page.content.decode(), walker.world, DECLARED.get(route, set()))
        with undrawn():
            plain = outcome(posts, actor, address, fields)
            assert plain[0] == row.expected("POST", actor), actor
            few = 1 + len(extras) // FIELDS_AT_ONCE
            for extra in batches(extras, BATCHES if plain[0] == "S" else few):
                found = outcome(posts, actor, address, {**extra, **fields, **never_among(extra)})
                differing = differences(plain, found) - floating
                if found[0] != plain[0] or differing:
                    wrong.append(f"{actor}: {found[0]} {differing} {extra}")
    assert not wrong, "\n".join([route, *wrong])


def differing_by_themselves(posts: Posts, route: str) -> set[tuple[str, str]]:
    """Times and tokens: what two equal sendings do not have in common."""
    actor = next(actor for actor in reversed(ACTORS) if ROWS[route].expected("POST", actor) == "S")
    fields = with_changed_rows(posts.form(route, actor))
    with undrawn():
        first, second = (outcome(posts, actor, posts.address(route), fields) for _ in range(2))
    return differences(first, second)


def never_among(extra: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: value for name, value in extra.items() if name in NEVER}


def test_there_are_enough_posts() -> None:
    saved = sum(row.answers["POST"].count("S") for row in ROWS.values())
    refused = len(SAVING) * len(ACTORS) - saved
    assert saved * BATCHES + refused >= 1_500
