"""Answers to a form that could not be taken, with what was typed: one press sends it again.

Nothing of it is stored; it travels in the page and belongs to whoever sees that page.
"""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.http import escape_leading_slashes

from config.typed_text import TypedText, typed_text


def page_with_typed(
    request: HttpRequest, template: str, typed: TypedText | None, *, status: int, **context: Any
) -> HttpResponse:
    """A page without the request: its context would ask the database who is signed in."""
    context |= {
        "typed": typed,
        "was_posted": request.method == "POST",
        "address": escape_leading_slashes(request.get_full_path()),
        "csrf_token": get_token(request) if typed else "",
    }
    response = HttpResponse(render_to_string(template, context), status=status)
    add_never_cache_headers(response)
    return response


def typed_in(request: HttpRequest) -> TypedText | None:
    """What to offer again; nothing where another site sent the form or it did not arrive whole."""
    if request.method != "POST":
        return None
    try:
        # The error may have come before this check, and the page carries a token that passes it.
        refused = CsrfViewMiddleware(HttpResponse).process_view(request, HttpResponse, (), {})
        return None if refused else typed_text(request)
    except Exception:  # The body cannot be read: the page has to be answered all the same.
        return None


def sent_from_here(request: HttpRequest) -> bool:
    """Whether a browser says that a page of this register sent the form; sites cannot forge it."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The token is stale, mostly after signing in elsewhere; from another site it is forged."""
    typed = None
    if request.method == "POST" and sent_from_here(request):
        try:
            typed = typed_text(request)
        except Exception:  # The body cannot be read, or not again.
            typed = None
    return page_with_typed(request, "403_csrf.html", typed, status=403)


class SignInFirst(LoginRequiredMiddleware):
    """Django's, except that a form sent after the session ended is given back and not dropped."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        typed = typed_in(request) if sent_from_here(request) else None
        if typed is None or not typed.shown:
            return super().handle_no_permission(request, view_func)
        sign_in = resolve_url(self.get_login_url(view_func))
        return page_with_typed(request, "session_over.html", typed, status=403, sign_in=sign_in)
