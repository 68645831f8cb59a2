"""What holds for every address, before a page is asked."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as project
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from config.static import StaticFiles

PAGE = "/admin/login/"


@pytest.mark.parametrize(
    "address", ["/%00", "/static/%00.css", "/?q=%00", "/?a=1&kind=%00", "/?%00=1", "/healthz?q=%00"]
)
def test_nul_in_the_address_is_a_bad_request(client, address):
    response = client.get(address)
    assert response.status_code == 400
    assert "Content-Security-Policy" in response


@pytest.mark.parametrize("address", ["/tidak-ada/%ED%A0%80", "/tidak-ada/?q=%ED%A0%80", "/%2500"])
def test_broken_unicode_reaches_the_page(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_browser_is_told_what_it_may_load(client):
    response = client.get(PAGE)
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def views(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        else:
            yield str(pattern.name or pattern.pattern), pattern.callback


def test_no_page_takes_the_form_of_another_site(rf):
    """Asked of every view of the URLconf, since each one may be exempted by itself."""
    check = CsrfViewMiddleware(lambda request: HttpResponse())
    found = list(views(get_resolver().url_patterns))
    taken = [name for name, view in found if check.process_view(rf.post("/"), view, (), {}) is None]
    assert taken == []
    assert len(found) > 50


def test_static_files_are_served_as_they_lie_in_the_folder(client):
    assert staticfiles_storage.url("admin/css/base.css") == "/static/admin/css/base.css"
    assert client.get("/static/admin/css/base.css").status_code == 200


def test_server_names_static_files_by_their_content(settings, tmp_path):
    settings.COLLECTED_STATIC = True
    storage = StaticFiles(location=tmp_path, base_url="/static/")
    storage.save("page.css", ContentFile(b"body { color: black }"))
    list(storage.post_process({"page.css": (storage, "page.css")}))
    assert storage.url("page.css").startswith("/static/page.")
    assert storage.url("page.css") != "/static/page.css"


@pytest.fixture
def signed_in(client):
    user = get_user_model().objects.create_user(username="contoh")
    client.force_login(user)
    return client


def age_session(client, age: timedelta) -> None:
    """As if the session had been touched that long ago."""
    session = client.session
    session["seen_at"] = (timezone.now() - age).timestamp()
    session.save()


@pytest.mark.django_db
def test_session_lives_on_while_it_is_used(signed_in):
    age_session(signed_in, timedelta(minutes=11))
    cookie = signed_in.get("/healthz").cookies[project.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == 12 * 60 * 60


@pytest.mark.django_db
def test_session_is_not_written_by_every_page(signed_in, django_assert_num_queries):
    age_session(signed_in, timedelta(minutes=9))
    with django_assert_num_queries(2):  # The session and its user.
        signed_in.get("/healthz")
