"""What each kind of user meets of other units' texts: on pages, by searching, and between lines."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from institutions.admin.site import site
from partnerships.reminders import remind
from tests.factories import make_province, make_unit
from tests.rights.permission_table import ACTORS
from tests.rights.permission_walk import Walker, text_of
from tests.rights.permission_world import Secrets, World
from tests.rights.secret_table import MAY_MEET

pytestmark = pytest.mark.django_db

SIGNED_IN = ACTORS[2:]
# Whoever sees no more than a part of the register.
NARROW = tuple(actor for actor in ACTORS[3:] if "Ditjenpas" not in actor)[:-2]
LISTS = ("partner_list", "agreement_list", "event_list", "delivery_list", "unit_list")
REPORTS = ("report_endings", "report_idle", "report_recording", "report_trend")
TABLES = ("agreement_table_csv", "report_csv")
TABS = ("", "unit-saya", "draf", "penjajakan", "sampah")
# Differs from one answer to the next without saying anything.
TOKENS = re.compile(r'name="(csrfmiddlewaretoken|submit_token)" value="[^"]*"')


@pytest.fixture(scope="module")
def walker(world: World) -> Walker:
    return Walker(world)


def pages(world: World) -> Iterator[str]:
    """Every page on which a record of the world is written out."""
    yield reverse("home")
    for name in LISTS:
        yield from (f"{reverse(name)}?tab={tab}" for tab in TABS)
    yield from map(reverse, ("report", *REPORTS))
    yield from (f"{reverse(name)}?tab={tab}" for name in TABLES for tab in TABS)
    yield reverse("partner_detail", args=[world.directory.pk])
    yield reverse("account_list")
    yield reverse("notice_list")
    for records in world.records.values():
        for row in records.roots():
            yield row.get_absolute_url()
        yield records.account.get_absolute_url()
        for scan in (records.scan, records.draft_scan, records.removed_scan):
            yield scan.get_absolute_url()
    yield from (reverse("unit_detail", args=[unit.code]) for unit in world.units.values())


def test_narrow_actors_are_those_that_do_not_see_everything(world: World) -> None:
    everything = {name for name, user in world.people.items() if user.sees_everything}
    assert set(SIGNED_IN) - everything - {"without unit"} == set(NARROW)


@pytest.mark.parametrize("actor", SIGNED_IN)
def test_everybody_reads_what_is_theirs_and_nothing_else(walker: Walker, actor: str) -> None:
    met, leaks = set(), []
    for address in pages(walker.world):
        answer = walker.get(actor, address)
        met |= walker.met(answer)
        leaks += [f"{address}: {told}" for told in walker.leaked(actor, answer)]
    assert not leaks, "\n".join(leaks)
    # An admin without the pages of Humas would read less; nobody here does.
    known = walker.world.secrets.known
    theirs = {kind for kind, actors in MAY_MEET.items() if actor in actors}
    assert {known[word][:2] for word in met} == theirs


# Kept and not yet shown anywhere.
UNSHOWN = {"quote"}


def test_every_kind_of_secret_is_met_somewhere(walker: Walker) -> None:
    """A text no page ever shows proves nothing by being absent from one."""
    addresses = list(pages(walker.world)) + [
        reverse("event_edit", args=[records.shared_event.pk])
        for records in walker.world.records.values()
    ]
    met = {word for address in addresses for word in walker.met(walker.get("superuser", address))}
    known = walker.world.secrets.known
    assert {known[word][2] for word in known.keys() - met} == UNSHOWN


# Searching


def searches(walker: Walker, actor: str, text: str) -> Iterator[tuple[str, Any]]:
    for name in (*LISTS, "account_list"):
        for tab in ("", "sampah"):
            yield name, walker.get(actor, reverse(name), {"q": text, "tab": tab})
    for model in site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        yield name, walker.get(actor, reverse(name), {"q": text})
    for holder in site.holders():
        for column in holder.pickers:
            opts = holder.model._meta
            asked = {"app_label": opts.app_label, "model_name": opts.model_name}
            asked |= {"field_name": column, "term": text}
            yield (
                f"{opts.model_name}.{column}",
                walker.get(actor, reverse("admin:autocomplete"), asked),
            )
    for name, queries in PICKERS.items():
        fields = {"cari": queries[0], **{f"{query}-q": text for query in queries}}
        fields |= {f"{prefix}-TOTAL_FORMS": 1 for prefix in ROWS_WITH_PICKERS}
        fields |= {f"{prefix}-INITIAL_FORMS": 0 for prefix in ROWS_WITH_PICKERS}
        yield name, walker.browser(actor).post(reverse(name), fields)


# The text somebody searches by on a form of the pages; rows by the number of the first.
PICKERS = {
    "agreement_create": ("unit", "parent", "replaces", "parties-0-who"),
    "event_create": (
        *("unit", "attendances-0-partner", "served-0-agreement", "unit_roles-0-unit"),
        *("people-0-side", "followups-0-owner_unit"),
    ),
    "delivery_create": ("unit", "agreement", "partner", "event"),
    "partner_create": ("regency", "parent"),
    "account_create": ("unit",),
}
ROWS_WITH_PICKERS = (
    *("parties", "parts", "attendances", "served", "unit_roles", "people", "followups"),
    *("coverage", "names", "contacts"),
)


@pytest.mark.parametrize("keeper", ["jember", "purwodadi", "ciamis", "kanwil", "pusat"])
@pytest.mark.parametrize("actor", NARROW)
def test_a_search_finds_nothing_that_is_hidden(walker: Walker, actor: str, keeper: str) -> None:
    leaks, met = [], set()
    for where, answer in searches(walker, actor, f"Kunci{keeper}"):
        leaks += [f"{where}: {told}" for told in walker.leaked(actor, answer)]
        met |= walker.met(answer)
    assert not leaks, "\n".join(leaks)
    if actor in MAY_MEET[keeper, "inner"]:
        assert met, "nothing was found, so nothing was proved"


# Between the lines


def hidden_work(world: World) -> None:
    """What another unit does among itself: drafts, events, realisasi, promises, the Sampah."""
    by = world.people["superuser"]
    far = make_unit("Lapas Kelas IIB Merauke", code=FAR, province=make_province("93", "Papua"))
    world.draft("merauke", far, by)
    world.draft("merauke", far, by).archive(by=by, reason="Tercatat dua kali")
    event = world.event("merauke", far, by, "inner")
    world.delivery("merauke", by, "inner", partner=world.directory, unit=far)
    world.delivery("merauke", by, "inner", event=event, unit=far)
    world.followup("merauke", far, by, event=event)
    world.account("merauke", far)
    remind(timezone.localdate())


def drawn(walker: Walker, actor: str) -> dict[str, str]:
    """Every list, count and page that could tell of rows it does not show."""
    filters = ("", "?q=kunci", "?tab=sampah", "?tab=draf", f"?unit={FAR}", "?area=KES_LAYANAN")
    addresses = [reverse("home"), reverse("partner_detail", args=[walker.world.directory.pk])]
    addresses += [f"{reverse(name)}{query}" for name in LISTS[:4] for query in filters]
    addresses += [f"{reverse('delivery_list')}?checked=saya", reverse("account_list")]
    addresses += map(reverse, (*REPORTS, *TABLES))
    addresses.append(reverse("notice_list"))
    answers = {address: walker.get(actor, address) for address in addresses}
    return {address: TOKENS.sub("", text_of(a)) for address, a in answers.items()}


FAR = "lapas-merauke"


@pytest.mark.parametrize("actor", NARROW)
def test_hidden_work_changes_nothing_others_see(
    walker: Walker, actor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counts, bars, totals and suggestions are made of what one may see, and of nothing more."""
    monkeypatch.setattr(walker.world, "secrets", Secrets(dict(walker.world.secrets.known)))
    with transaction.atomic():
        make_unit("Lapas Kelas IIB Merauke", code=FAR, province=make_province("93", "Papua"))
        before = drawn(walker, actor)
        hidden_work(walker.world)
        after = drawn(walker, actor)
        transaction.set_rollback(True)
    assert [address for address in before if before[address] != after[address]] == []
