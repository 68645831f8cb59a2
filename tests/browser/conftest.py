"""A real browser against a real server: what the test client cannot see."""

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright

from institutions.models import Role, Unit, User
from partnerships.models import Agreement, FollowUp, UnitRole
from tests import chromium
from tests.factories import (
    make_agreement,
    make_area,
    make_delivery,
    make_event,
    make_partner,
    make_user,
)

# Playwright runs an event loop in this thread, and Django refuses the database inside of one.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

OpenPage = Callable[..., Page]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium.executable(), args=QUIET)
        yield found
        found.close()


@pytest.fixture
def open_page(browser: Browser, live_server: object) -> Iterator[OpenPage]:
    """Opens an address of the live server; signed in as `user`, at `width` pixels."""
    contexts = []

    def opened(
        address: str, *, user: User | None = None, width: int = 1280, javascript: bool = True
    ) -> Page:
        context = browser.new_context(
            base_url=str(live_server),
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
        )
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "url": str(live_server)}]
            )
        page = context.new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def agreement(transactional_db: None, humas: User, bapas_jember: Unit) -> Agreement:
    """A register in use: one of everything, kept by Bapas Jember."""
    partner = make_partner("Dinas Kesehatan Kabupaten Contoh", acronym="Dinkes", by=humas)
    today = timezone.localdate()
    made = make_agreement(
        bapas_jember,
        partner,
        signed_on=today - timedelta(days=300),
        term_months=12,
        areas=[make_area()],
        by=humas,
    )
    make_agreement(bapas_jember, partner, signed_on=None, by=humas)
    make_agreement(bapas_jember, partner, signed_on=date(2020, 1, 2), by=humas)
    event = make_event(bapas_jember, starts_on=today, partners=[partner], by=humas)
    event.unit_roles.model(event=event, unit=bapas_jember, role=UnitRole.HOST).record(by=humas)
    FollowUp(event=event, text="Kirim rancangan naskah", owner_unit=bapas_jember, due=today).record(
        by=humas
    )
    colleague = make_user(Role.HUMAS, unit=bapas_jember, username="pencatat")
    make_delivery(made, date=today, inmates_male=20, output="Pemeriksaan kesehatan", by=colleague)
    return made
