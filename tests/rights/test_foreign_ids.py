"""Rows of other units named in forms, pages and admin: refused in the words of a missing row."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from institutions.models import User
from partnerships.models import Agreement, Event, Partner
from tests.faults.caller import Fields
from tests.rights.form_names import Choice, choices_in, forms_in
from tests.rights.permission_posts import Posts
from tests.rights.permission_table import ROWS
from tests.rights.permission_walk import Walker, undrawn
from tests.rights.permission_world import World
from tests.rights.test_secrets import TOKENS

pytestmark = pytest.mark.django_db

MISSING = 987_654_321
CRAFTED = ("9e99", "-1", "9" * 30, "ya", "1 OR 1=1", "٣٤٥", "\0")
# Any unit may be the other side of a paper, a guest, somebody's office, or what a unit became.
ANY_UNIT = frozenset({"who", "side", "unit_roles.unit", "parties.unit", "people.unit"})
# Shared by everyone with a unit.
SHARED = frozenset({"Partner", "Province", "Regency", "ProgrammeArea", "Sector"})
# They name no row.
WITHOUT_ROWS = {"password_change", "admin:auth_user_password_change", "login_link_create"}
FORMS = [
    row.route
    for row in ROWS.values()
    if row.route.endswith(("_create", "_edit", "_add", "_change"))
    and "S" in row.answers["POST"]
    and row.route not in WITHOUT_ROWS
]
# Who does not see everything. A Kanwil chooses the unit on the pages, a UPT only in the admin.
ON_PAGES = ("humas Kanwil", "manager own Kanwil")
IN_ADMIN = ("humas own unit",)


@pytest.fixture(scope="module")
def posts(world: World) -> Posts:
    return Posts(Walker(world))


def browser_of(world: World, actor: str) -> Client:
    client = Client()
    client.cookies["sessionid"] = world.sessions[actor]
    return client


def narrow_actor(route: str) -> str | None:
    """Somebody who fills in the form and does not see everything; None where nobody does."""
    tried = IN_ADMIN if route.startswith("admin:") else ON_PAGES
    return next((who for who in tried if ROWS[route].expected("POST", who) == "S"), None)


FORMS_OF_MANY = [route for route in FORMS if narrow_actor(route)]


def out_of_reach(world: World, choice: Choice) -> Model | None:
    """A row of the kind the field chooses that none of the narrow actors may choose."""
    theirs = world.records["purwodadi"]
    formset = choice.name.split("-")[0] if "-" in choice.name else ""
    named = f"{formset}.{choice.field}" if formset else choice.field
    if choice.model.__name__ == "Unit" or choice.field in ANY_UNIT:
        return None if {named, choice.field} & ANY_UNIT else world.units["purwodadi"]
    rows: dict[type[Model], Model] = {
        Agreement: theirs.draft,
        Event: theirs.inner_event,
        User: theirs.account,
        Partner: world.removed_partner,
    }
    return rows.get(choice.model)


def worded(answer: Any, *keys: int | str) -> str:
    """The answer without what differs for no reason: tokens, and the key that was sent."""
    text = TOKENS.sub("", answer.content.decode())
    for key in keys:
        text = re.sub(rf"\b{re.escape(str(key))}\b", "KEY", text)
    return text


@pytest.mark.parametrize("route", FORMS_OF_MANY)
def test_another_units_row_is_refused_like_a_missing_one(posts: Posts, route: str) -> None:
    world, actor, wrong = posts.walker.world, str(narrow_actor(route)), []
    form, formsets = forms_in(browser_of(world, actor), posts.address(route))
    fields = posts.form(route, actor)
    for choice in choices_in(form, formsets):
        row = out_of_reach(world, choice)
        if row is None:
            assert choice.model.__name__ in SHARED | {"Unit"}, f"{choice} has to be tried"
            continue
        wrong += tried(posts, actor, route, opened(fields, choice), choice.name, row.pk)
        wrong += crafted(posts, actor, route, opened(fields, choice), choice.name)
    assert not wrong, "\n".join([route, *wrong])


def tried(
    posts: Posts, actor: str, route: str, fields: Fields, name: str, key: int
) -> Iterator[str]:
    """What is wrong with the answers to the key of a row out of reach and to a missing one."""
    address, visit = posts.address(route), posts.walker.visit
    missing, told = visit(actor, "POST", address, {**fields, name: [str(MISSING)]})
    foreign, answer = visit(actor, "POST", address, {**fields, name: [str(key)]})
    if (missing, foreign) != ("2", "2"):
        yield f"{actor} {name}: {foreign} for another unit's, {missing} for a missing one"
    elif worded(answer, key, MISSING) != worded(told, key, MISSING):
        yield f"{actor} {name}: other words for another unit's row than for a missing one"


def crafted(posts: Posts, actor: str, route: str, fields: Fields, name: str) -> Iterator[str]:
    """Which texts that are no keys were not refused."""
    with undrawn():
        for text in CRAFTED:
            sent = {**fields, name: [text]}
            if (letter := posts.walker.letter(actor, "POST", posts.address(route), sent)) != "2":
                yield f"{actor} {name}: {letter} for {text!r}"


def opened(fields: Fields, choice: Choice) -> Fields:
    """The form with one more row of the kind that has the field, where it is in a row."""
    if "-" not in choice.name:
        return fields
    prefix = choice.name.split("-")[0]
    kept = {name: value for name, value in fields.items() if not name.startswith(f"{prefix}-")}
    return kept | {f"{prefix}-TOTAL_FORMS": ["1"], f"{prefix}-INITIAL_FORMS": ["0"]}


@pytest.mark.parametrize("route", FORMS_OF_MANY)
def test_the_key_of_anothers_part_is_refused_like_a_missing_one(posts: Posts, route: str) -> None:
    world, actor, wrong = posts.walker.world, str(narrow_actor(route)), []
    _, formsets = forms_in(browser_of(world, actor), posts.address(route))
    fields = posts.form(route, actor)
    for formset in filter(takes_rows, formsets):
        theirs = part_of_another(formset)
        assert theirs is not None, f"the world has no {formset.model.__name__} to try"
        sent = fields | {f"{formset.prefix}-TOTAL_FORMS": ["1"]}
        sent |= {f"{formset.prefix}-INITIAL_FORMS": ["1"]}
        wrong += tried(posts, actor, route, sent, f"{formset.prefix}-0-id", theirs.pk)
    assert not wrong, "\n".join([route, *wrong])


def takes_rows(formset: Any) -> bool:
    """Whether a row has anything to fill in; files are only shown in the admin."""
    form = formset.empty_form
    return bool(set(form.fields) - {form._meta.model._meta.pk.name, formset.fk.name})


def part_of_another(formset: Any) -> Model | None:
    """A row of the formset's kind that hangs on another root than the one of the form."""
    rows = formset.model._default_manager.exclude(pk__in=formset.get_queryset().values("pk"))
    root = formset.instance.pk
    return (rows.exclude(**{formset.fk.name: root}) if root else rows).order_by("pk").last()


def test_there_are_forms_to_try() -> None:
    nouns = ("partner", "agreement", "event", "delivery", "officeholder")
    in_admin = {"partnerships": nouns[:4], "institutions": nouns[4:]}
    wanted = {f"{noun}_{verb}" for noun in nouns for verb in ("create", "edit")}
    wanted |= {
        f"admin:{app}_{noun}_{verb}"
        for app, found in in_admin.items()
        for noun in found
        for verb in ("add", "change")
    }
    assert wanted - {"officeholder_create", "officeholder_edit"} <= set(FORMS_OF_MANY)
