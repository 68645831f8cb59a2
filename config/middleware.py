"""What happens to every request before a page sees it."""

import os
import time
from collections.abc import Callable
from typing import Any

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import BadRequest
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import bad_request

from config.outages import outage_behind, unavailable

Answer = Callable[[HttpRequest], HttpResponse]

RENEW_AFTER_SECONDS = 10 * 60


class RefuseNul:
    """Answers 400 to an address that carries NUL: PostgreSQL refuses it where SQLite stores it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or "%00" in query or "\0" in query:
            return bad_request(request, BadRequest("NUL in the address"))
        return self.get_response(request)


class ReopenReplacedFile:
    """Leaves a SQLite file that is no longer the one at its path.

    Connections stay open; without this, what is saved after a file was put in place of another
    would go into the one that is gone.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if connection.vendor == "sqlite":
            # Looked up before it is opened: should it be replaced in between, the next request
            # sees a difference.
            place = place_of(connection.settings_dict["NAME"])
            if getattr(connection, "opened_at", place) != place:
                connection.close()
            connection.opened_at = place  # type: ignore[attr-defined]
        return self.get_response(request)


def place_of(name: Any) -> tuple[int, int] | None:
    try:
        found = os.stat(name)
    except OSError:
        return None
    return found.st_dev, found.st_ino


class WordedRefusals:
    """Gives the blank 405 of Django's method checks a page that says what happened."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page


class Sessions(SessionMiddleware):
    """Django's, except that a session which cannot be renewed costs nobody the page."""

    def process_response(self, request: Any, response: Any) -> Any:
        try:
            return super().process_response(request, response)
        except (DatabaseError, SessionInterrupted) as error:
            # Django takes every update that fails for a session deleted in the meantime.
            outage = outage_behind(error)
            if outage is None:
                raise
            is_renewal = getattr(request, "session_is_only_renewed", False)
            return response if is_renewal else unavailable(request, outage)


class KeepSessionAlive:
    """Counts the session's age from the last request, not from the sign-in.

    The session is written at most every ten minutes, because SESSION_SAVE_EVERY_REQUEST would
    make a writer of every page view.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Whoever did not ask who is signed in does not need the database for it.
        asked = request.session.accessed and response.status_code < 500
        if asked and request.user.is_authenticated:
            signed_in = request.user.last_login.timestamp() if request.user.last_login else 0
            now = time.time()
            if now - request.session.get("seen_at", signed_in) >= RENEW_AFTER_SECONDS:
                request.session_is_only_renewed = not request.session.modified  # type: ignore[attr-defined]
                request.session["seen_at"] = now
        return response
