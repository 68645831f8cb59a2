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
from tests.form_names import Choice, choices_in, forms_in
from tests.permission_posts import Posts
from tests.permission_table import ROWS
from tests.permission_walk import Walker
from tests.permission_world import World
from tests.test_secrets import TOKENS

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
# Who does not see everything; of each form the first two that may save it.
CRAFTING = "humas Kanwil"
NARROW = ("humas own unit", CRAFTING, "manager own Kanwil")


@pytest.fixture(scope="module")
def posts(world: World) -> Posts:
    return Posts(Walker(world))


def browser_of(world: World, actor: str) -> Client:
    client = Client()
    client.cookies["sessionid"] = world.sessions[actor]
    return client


def actors_of(route: str) -> list[str]:
    return [actor for actor in NARROW if ROWS[route].expected("POST", actor) == "S"][:2]


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


@pytest.mark.parametrize("route", FORMS)
def test_another_units_row_is_refused_like_a_missing_one(posts: Posts, route: str) -> None:
    address, world, wrong = posts.address(route), posts.walker.world, []
    for actor in actors_of(route):
        form, formsets = forms_in(browser_of(world, actor), address)
        fields = posts.form(route, actor)
        for choice in choices_in(form, formsets):
            row = out_of_reach(world, choice)
            if row is None:
                assert choice.model.__name__ in SHARED | {"Unit"}, f"{choice} has to be tried"
                continue
            wrong += tried(posts, actor, address, opened(fields, choice), choice.name, row.pk)
    assert not wrong, "\n".join([route, *wrong])


def tried(
    posts: Posts, actor: str, address: str, fields: Fields, name: str, key: int
) -> Iterator[str]:
    """What is wrong with the answers to the key of a row out of reach and to crafted ones."""
    visit = posts.walker.visit
    missing, told = visit(actor, "POST", address, {**fields, name: [str(MISSING)]})
    foreign, answer = visit(actor, "POST", address, {**fields, name: [str(key)]})
    if (missing, foreign) != ("2", "2"):
        yield f"{actor} {name}: {foreign} for another unit's, {missing} for a missing one"
    elif worded(answer, key, MISSING) != worded(told, key, MISSING):
        yield f"{actor} {name}: other words for another unit's row than for a missing one"
    # One actor is enough: how a key is read does not depend on who sends it.
    for crafted in CRAFTED if actor == CRAFTING else ():
        letter, _ = visit(actor, "POST", address, {**fields, name: [crafted]})
        if letter != "2":
            yield f"{actor} {name}: {letter} for {crafted!r}"


def opened(fields: Fields, choice: Choice) -> Fields:
    """The form with one more row of the kind that has the field, where it is in a row."""
    if "-" not in choice.name:
        return fields
    prefix = choice.name.split("-")[0]
    kept = {name: value for name, value in fields.items() if not name.startswith(f"{prefix}-")}
    return kept | {f"{prefix}-TOTAL_FORMS": ["1"], f"{prefix}-INITIAL_FORMS": ["0"]}


@pytest.mark.parametrize("route", FORMS)
def test_the_key_of_anothers_part_is_refused_like_a_missing_one(posts: Posts, route: str) -> None:
    address, world, wrong = posts.address(route), posts.walker.world, []
    # How the key of a row is read does not depend on who sends it.
    for actor in actors_of(route)[:1]:
        _, formsets = forms_in(browser_of(world, actor), address)
        fields = posts.form(route, actor)
        for formset in formsets:
            theirs = part_of_another(formset)
            if theirs is None:
                continue
            name = f"{formset.prefix}-0-id"
            sent = fields | {f"{formset.prefix}-TOTAL_FORMS": ["1"]}
            sent |= {f"{formset.prefix}-INITIAL_FORMS": ["1"]}
            wrong += tried(posts, actor, address, sent, name, theirs.pk)
    assert not wrong, "\n".join([route, *wrong])


def part_of_another(formset: Any) -> Model | None:
    """A row of the formset's kind that hangs on another root than the one of the form."""
    rows = formset.model._default_manager.exclude(pk__in=formset.get_queryset().values("pk"))
    root = formset.instance.pk
    return (rows.exclude(**{formset.fk.name: root}) if root else rows).order_by("pk").last()


def test_every_kind_of_part_is_tried(posts: Posts) -> None:
    """A formset of which the world has no row would be passed over in silence."""
    world, found = posts.walker.world, {}
    for route in FORMS:
        for actor in actors_of(route)[:1]:
            _, formsets = forms_in(browser_of(world, actor), posts.address(route))
            found |= {type_of(formset): part_of_another(formset) for formset in formsets}
    assert [kind for kind, row in found.items() if row is None] == []


def type_of(formset: Any) -> str:
    return f"{formset.model.__name__} under {type(formset.instance).__name__}"
