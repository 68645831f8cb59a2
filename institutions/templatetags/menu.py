"""The main menu: what stands in it for whom, and which entry is the current one."""

from typing import NamedTuple

from django import template
from django.template.context import Context
from django.urls import reverse

register = template.Library()

# Where an entry leads: a list of thousands opens with what concerns the own unit.
VIEWS = {"agreement_list": "?tab=berlaku"}
# Route, label, words of route names that make the entry the current one, permission it takes.
ENTRIES: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    ("home", "Beranda", ("home",), ""),
    ("partner_list", "Mitra", ("partner",), ""),
    ("agreement_list", "Perjanjian", ("agreement",), ""),
    ("event_list", "Kegiatan", ("event",), ""),
    ("delivery_list", "Realisasi", ("delivery",), ""),
    ("report", "Laporan", ("report",), "partnerships.view_agreement"),
    ("unit_list", "Unit", ("unit", "officeholder"), ""),
    ("account_list", "Akun", ("account", "login_slips"), "institutions.view_user"),
)


class Entry(NamedTuple):
    label: str
    url: str
    # As aria-current has it: "page" for the page itself, "true" for a page below it, or blank.
    current: str


@register.simple_tag(takes_context=True)
def menu_entries(context: Context) -> list[Entry]:
    """Reads request, user and section (see base.html) from the context."""
    match = context["request"].resolver_match
    here = str(context.get("section") or (match and match.url_name) or "")
    user = context["user"]
    return [
        Entry(label, reverse(route) + VIEWS.get(route, ""), current_state(route, words, here))
        for route, label, words, permission in ENTRIES
        if not permission or user.has_perm(permission)
    ]


def current_state(route: str, words: tuple[str, ...], here: str) -> str:
    if route == here:
        return "page"
    return "true" if any(word in here for word in words) else ""
