"""A form is saved once, however often it is sent: double clicks, Back, a line that was cut.

Every form that saves carries a random token (`includes/_submit_token.html`). The request that
saves first claims it in its own transaction and leaves its answer there; the same request again
gets that answer and changes nothing. A request without a token is served as any other: the token
guards whoever sends it against their own second click, and the pages always send one. Versions,
rights and CSRF hold without it.
"""

import hashlib
import re
import secrets
from collections.abc import Callable
from typing import Any

from django.contrib.messages import add_message, get_messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.crypto import salted_hmac

from institutions.forms.base import STEP_BUTTONS
from institutions.models import SubmitToken

TOKEN_FIELD = "submit_token"  # noqa: S105 - the name of a field
WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)
# They differ between two copies of the same form.
NOT_CONTENT = frozenset({TOKEN_FIELD, "csrfmiddlewaretoken"})


def new_token() -> str:
    return secrets.token_urlsafe(16)


def token_of(request: HttpRequest) -> str:
    """The token that was sent; blank for none, and for what no form of ours can have carried."""
    token = request.POST.get(TOKEN_FIELD, "") if request.method == "POST" else ""
    return token if WELL_FORMED.fullmatch(token) else ""


def answered_once(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer to a POST, or the one the same form got before. Runs in a transaction."""
    token = token_of(request)
    if not token or not request.user.is_authenticated or is_step(request):
        return answer()
    fingerprint = fingerprint_of(request)
    sent = SubmitToken.claim(request.user, token, fingerprint)
    if sent.answer is not None and sent.fingerprint == fingerprint:
        return replayed(request, sent.answer)
    # The page was left, gone back to and filled in anew. A version decides what becomes of that;
    # without one nobody knows whether it is meant as a second record, so the user is asked.
    if sent.answer is not None and not request.POST.get("version"):
        return asked_again(request, sent.answer)
    response = answer()
    if (kept := answer_to_keep(request, response)) is not None:
        sent.keep(fingerprint, kept)
    elif sent.answer is None:
        sent.delete()
    return response


def is_step(request: HttpRequest) -> bool:
    """Whether a list or a row is asked for, which saves nothing."""
    return any(button in request.POST for button in STEP_BUTTONS)


def fingerprint_of(request: HttpRequest) -> str:
    """What was sent, and where to; another file under the same name is something else."""
    fields = request.POST.copy()
    for name in NOT_CONTENT:
        fields.pop(name, None)
    content = hashlib.sha256(f"{request.path}?{fields.urlencode()}".encode())
    for name, files in request.FILES.lists():
        for file in files:
            content.update(f"&{name}={file.name}:{file.size}:".encode(errors="replace"))
            for chunk in file.chunks():
                content.update(chunk)
            file.seek(0)
    return salted_hmac("submit_once", content.digest(), algorithm="sha256").hexdigest()


def answer_to_keep(request: HttpRequest, response: HttpResponse) -> dict[str, Any] | None:
    """What a request that saved was answered; None when the form is only shown again."""
    queued = getattr(get_messages(request), "_queued_messages", ())
    told = [Message(one.level, str(one.message), one.extra_tags) for one in queued]
    if isinstance(response, HttpResponseRedirect):
        return {"location": response.url, "messages": told}
    # The small window of the Django admin hands the new row over to the form below it.
    is_popup = isinstance(response, TemplateResponse) and "popup_response_data" in (
        response.context_data or {}
    )
    if is_popup:
        return {"body": response.render().content.decode(), "messages": told}  # type: ignore[attr-defined]
    return None


def replayed(request: HttpRequest, answer: dict[str, Any]) -> HttpResponse:
    """The same answer once more, told once even if the first one was not read yet."""
    pending = get_messages(request)
    for message in answer["messages"]:
        if message not in pending:
            add_message(request, message.level, message.message, message.extra_tags or "")
    if "location" in answer:
        return HttpResponseRedirect(answer["location"])
    return HttpResponse(answer["body"])


def asked_again(request: HttpRequest, answer: dict[str, Any]) -> HttpResponse:
    """A form that was saved comes back with other content: keep it and ask.

    A password is not written into a page; the form asks for it again.
    """
    fields = [
        {"name": name, "value": value}
        for name, values in request.POST.lists()
        if name not in NOT_CONTENT and not name.startswith("password")
        for value in values
    ]
    context = {
        "fields": fields,
        "has_files": bool(request.FILES),
        "saved_url": answer.get("location", ""),
        "submit_token": new_token(),
    }
    return render(request, "sent_before.html", context, status=409)
