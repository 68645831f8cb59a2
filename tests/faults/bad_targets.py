"""Where a bad value can go: every address, parameter and form field, found and not listed.

Addresses come from the URLconf, parameters from what a page takes out of its address while it is
made, from its links and search forms and from the admin's lists, fields from the forms as a page
shows them. What is added later is found too.
"""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar
from unittest.mock import patch
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.apps import apps
from django.http import QueryDict
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from institutions.admin.site import site
from tests.faults.page_forms import Form, Pairs, main_form, read
from tests.full_register import FullRegister

# What the lists of the Django admin read of an address besides their filters.
ADMIN_LIST = ("q", "o", "p", "e", "all", "_popup", "_to_field", "_facets", "_changelist_filters")
# The lookups of a date hierarchy.
STEPS = ("year", "month", "day", "gte", "lt")
HEADERS = (
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "Content-Type",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "Origin",
    "Range",
    "Referer",
    "Sec-Fetch-Site",
    "User-Agent",
    "X-CSRFToken",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-HTTP-Method-Override",
    "X-Requested-With",
)
COOKIES = ("sessionid", "csrftoken", "messages", "django_language")

# What no existing row can lend: it is used up, or no page shows it.
NEW_VALUES = {
    "code": b"contoh-baru",
    "username": b"contoh.baru",
    "password": b"lumbung-padi-contoh",
    "password1": b"lumbung-padi-contoh",
    "password2": b"lumbung-padi-contoh",
    "old_password": b"salah",
    "new_password1": b"lumbung-padi-contoh",
    "new_password2": b"lumbung-padi-contoh",
    "reason": b"Contoh alasan",
    "label": b"Contoh",
    "group": b"Contoh",
}


@dataclass(frozen=True)
class Target:
    """One place for a bad value: `where` it goes and under which `name`."""

    actor: str
    method: str
    path: str
    where: str  # query, field, path, header or cookie
    name: str
    # What a form sends besides.
    fields: tuple[tuple[str, bytes], ...] = ()

    def __str__(self) -> str:
        return f"{self.actor} {self.method} {self.path} {self.where} {self.name}"


@dataclass
class Route:
    """An address as the URLconf writes it; its parts to fill in stand in angle brackets."""

    pattern: str
    name: str

    def address(self, made: FullRegister) -> str:
        return PART.sub(lambda part: self.usual(part[2], made), self.pattern)

    def usual(self, name: str, made: FullRegister) -> str:
        """What stands there in an address that works, if we know."""
        if name == "code":
            return str(made.humas.unit.code)
        if name == "app_label":
            return "partnerships"
        model = self.model()
        rows = made.rows.get(model, []) if model else []
        # A row in the Sampah where it is to be taken out of there.
        rows = [row for row in rows if not self.name.endswith("restore") or row.archived_on]
        return str(rows[0].pk) if rows else "1"

    def model(self) -> Any:
        for model in apps.get_models():
            opts = model._meta
            admin_name = f"{opts.app_label}_{opts.model_name}_"
            if self.name.startswith((admin_name, f"{opts.model_name}_")):
                return model
        return None

    def with_part(self, number: int, text: str, made: FullRegister) -> str:
        """The address with one of its parts replaced."""
        parts = iter(range(len(PART.findall(self.pattern))))
        return PART.sub(
            lambda part: text if next(parts) == number else self.usual(part[2], made),
            self.pattern,
        )


PART = re.compile(r"<(\w+:)?(\w+)>")


def routes() -> list[Route]:
    return list(flattened(get_resolver().url_patterns, "/"))


def flattened(patterns: list[Any], before: str) -> Iterator[Route]:
    for pattern in patterns:
        text = before + as_written(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from flattened(pattern.url_patterns, text)
        elif isinstance(pattern, URLPattern):
            yield Route(text, pattern.name or "")


def as_written(pattern: str) -> str:
    """The one pattern of the Django admin that is an expression, in the words of the others."""
    return re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", pattern).replace("^", "").replace("$", "")


class Asked(QueryDict):
    """The parameters of an address; remembers every name that was asked for."""

    names: ClassVar[set[str]] = set()

    def __getitem__(self, key: str) -> Any:
        self.names.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.names.add(str(key))
        return super().__contains__(key)

    def getlist(self, key: str, default: Any = None) -> Any:
        self.names.add(key)
        return super().getlist(key, default)


@contextlib.contextmanager
def asked_for() -> Iterator[set[str]]:
    """Names that pages take out of their address meanwhile."""
    Asked.names = set()
    with patch("django.core.handlers.wsgi.QueryDict", Asked):
        yield Asked.names


def page_in(answer: Any) -> str:
    """The page of an answer; nothing where there is none, as in a file that is given out."""
    is_page = answer.status_code == 200 and not answer.streaming
    return str(answer.content.decode()) if is_page else ""


@dataclass
class Finder:
    """Looks at every page as whoever may see it, and lists the places for bad values."""

    made: FullRegister
    clients: dict[str, Client]
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    filled: dict[str, dict[str, bytes]] = field(default_factory=dict)
    asked: dict[str, set[str]] = field(default_factory=dict)

    def targets(self) -> list[Target]:
        found = list(routes())
        for route in found:
            self.open(route)
        self.remember_values(found)
        targets: dict[Target, None] = {}
        for route in found:
            for target in (*self.of_path(route), *self.of_query(route), *self.of_forms(route)):
                targets[target] = None
        for target in (*self.of_suggestions(), *self.of_headers()):
            targets[target] = None
        return list(targets)

    def open(self, route: Route) -> None:
        """Keep the page and who was let in; where a form is only shown, ask who may fill it in."""
        address = route.address(self.made)
        for actor, client in self.clients.items():
            with asked_for() as names:
                answer = client.get(address)
            self.asked.setdefault(address, set()).update(names)
            html = page_in(answer)
            if html or not self.pages.get(address, ("", ""))[1]:
                self.pages[address] = (actor, html)
            if html and not (route.name.endswith("_change") and len(main_form(html).names) < 4):
                return

    def actor(self, route: Route) -> str:
        return self.pages[route.address(self.made)][0]

    def html(self, route: Route) -> str:
        return self.pages[route.address(self.made)][1]

    def of_path(self, route: Route) -> Iterator[Target]:
        for number, (_, name) in enumerate(PART.findall(route.pattern)):
            pattern = route.with_part(number, "{}", self.made)
            for method in ("GET", "POST"):
                yield Target(self.actor(route), method, pattern, "path", name)

    def of_query(self, route: Route) -> Iterator[Target]:
        address = route.address(self.made)
        page = read(self.html(route))
        names = self.asked[address] | {"tidak-dikenal"} | self.admin_names(route)
        for form in page.forms:
            if form.method == "GET":
                names |= set(form.names)
        for link in page.links:
            parts = urlsplit(link)
            if parts.path in ("", address):
                names |= {name for name, _ in parse_qsl(parts.query)}
        for name in sorted(names):
            yield Target(self.actor(route), "GET", address, "query", name)

    def admin_names(self, route: Route) -> set[str]:
        model = route.model()
        admin = site._registry.get(model) if route.name.endswith("changelist") else None
        if admin is None:
            return set()
        day = admin.date_hierarchy
        filters = {item.parameter_name for item in admin.list_filter}
        return {*ADMIN_LIST, *filters, *(f"{day}__{step}" for step in STEPS if day)}

    def of_suggestions(self) -> Iterator[Target]:
        """Terms for every relation of which the admin suggests rows."""
        for model in site._registry:
            for relation in model._meta.get_fields():
                if not relation.is_relation or relation.auto_created:
                    continue
                asked = (*model._meta.label_lower.split("."), relation.name)
                source = urlencode(
                    dict(zip(("app_label", "model_name", "field_name"), asked, strict=True))
                )
                address = f"{reverse('admin:autocomplete')}?{source}"
                for actor, client in self.clients.items():
                    if client.get(address).status_code == 200:
                        for name in ("term", "page"):
                            yield Target(actor, "GET", address, "query", name)
                        break

    def of_forms(self, route: Route) -> Iterator[Target]:
        address = route.address(self.made)
        actor = self.actor(route)
        if not self.html(route):
            # No page of its own: a button on another page.
            yield Target(actor, "POST", address, "field", "next")
            return
        for form in self.post_forms(route):
            action = urlsplit(form.action).path or address
            for name in form.names:
                if name != "csrfmiddlewaretoken":
                    yield Target(actor, "POST", action, "field", name, tuple(form.fields))

    def post_forms(self, route: Route) -> list[Form]:
        """The forms of the page, blanks filled in and every kind of row there once."""
        address, client = route.address(self.made), self.clients[self.actor(route)]
        html = self.html(route)
        for prefix in re.findall(r'name="tambah" value="([\w-]+)"', html):
            form = main_form(html)
            asked = [*form.fields, ("tambah", prefix.encode())]
            answer = client.post(address, urlencode(asked), FORM_TYPE)
            html = page_in(answer) or html
        forms = [form for form in read(html).forms if form.method == "POST"]
        for form in forms:
            form.fields = self.with_values(form, route)
        return forms

    def remember_values(self, found: list[Route]) -> None:
        """What the form of an existing row holds, for the empty form of a new one."""
        for route in found:
            if route.name.endswith(("_edit", "_change")) and self.html(route):
                held = {name: raw for name, raw in main_form(self.html(route)).fields if raw}
                self.filled[route.name.rpartition("_")[0]] = held

    def with_values(self, form: Form, route: Route) -> Pairs:
        """What the form sends, its blanks filled in like those of an existing row."""
        held = self.filled.get(route.name.rpartition("_")[0], {}) | NEW_VALUES
        kept = [
            (name, raw or (b"" if name in form.hidden else held.get(name, b"")))
            for name, raw in form.fields
        ]
        known = {name for name, _ in kept}
        more = (name for name in held if name in form.names or f"{name}-q" in form.names)
        return kept + [(name, held[name]) for name in more if name not in known]

    def of_headers(self) -> Iterator[Target]:
        addresses = ("/bantuan/", "/masuk/", "/mitra/?q=a", "/static/css/register.css", "/tidak/")
        for address in addresses:
            for name in HEADERS:
                yield Target("humas", "GET", address, "header", name)
            for name in COOKIES:
                yield Target("anonymous", "GET", address, "cookie", name)
        for name in HEADERS:
            yield Target("humas", "POST", "/mitra/baru/", "header", name, (("name", b"Dinas"),))


FORM_TYPE = "application/x-www-form-urlencoded"
