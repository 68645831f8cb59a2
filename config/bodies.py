"""Bodies that arrive whole or not at all.

A line that is cut looks like the end of the body to a WSGI application, so a form of which half
arrived would be saved by half. Here every byte is counted before anything reads the form.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render
from django.views.defaults import bad_request

Answer = Callable[[HttpRequest], HttpResponse]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
AT_ONCE = 64 * 1024
# A scan of 20 MB, or several files together, and the fields around them; as the sample for nginx.
LARGEST_BODY = 25 * 1024 * 1024


class CutOff(OSError):
    """The line ended before the announced length; Django makes an UnreadablePostError of it."""


class CountedBody:
    """`wsgi.input` that yields exactly the announced bytes, or raises CutOff."""

    def __init__(self, source: Any, length: int) -> None:
        self.source, self.missing = source, length

    def read(self, size: int | None = -1) -> bytes:
        wanted = self.missing if size is None or size < 0 else min(size, self.missing)
        parts = []
        while wanted:
            part = self.counted(self.source.read(wanted))
            parts.append(part)
            wanted -= len(part)
        return b"".join(parts)

    def readline(self, size: int | None = -1) -> bytes:
        wanted = self.missing if size is None or size < 0 else min(size, self.missing)
        return self.counted(self.source.readline(wanted)) if wanted else b""

    def readlines(self, hint: int | None = None) -> list[bytes]:
        return list(self)

    def __iter__(self) -> Iterator[bytes]:
        while line := self.readline():
            yield line

    def counted(self, part: bytes) -> bytes:
        if not part:
            raise CutOff(f"{self.missing} bytes of the body never came")
        self.missing -= len(part)
        return part


class CountBodies:
    """WSGI application around Django's: puts the counter in front of every body."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        length = announced_length(environ) or 0
        environ["wsgi.input"] = CountedBody(environ["wsgi.input"], length)
        return self.application(environ, start_response)


def announced_length(environ: dict[str, Any]) -> int | None:
    """Content-Length as a number; None where it is missing or none."""
    text = environ.get("CONTENT_LENGTH") or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None


class WholeBodies:
    """Reads the body to its end before a session, a form or a view sees the request.

    Files go to Django's upload handlers on the way, never into memory as a whole. A body of
    another kind than a form is read too: no page of the register asks for one, but a POST that was
    cut off is answered alike whatever it says it is.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        body = request.META.get("wsgi.input")
        # Django's test client speaks no HTTP: it hands over a body without a length to go by.
        if isinstance(body, CountedBody) and (refusal := self.refused(request, body)):
            return refusal
        return self.get_response(request)

    def refused(self, request: HttpRequest, body: CountedBody) -> HttpResponse | None:
        if refusal := refused_length(request):
            return refusal
        try:
            if request.method == "POST" and request.content_type in FORM_TYPES:
                request.POST  # noqa: B018 - reading is what it is for
            while body.read(AT_ONCE):
                pass
        except (CutOff, UnreadablePostError):
            return render(request, "cut_off.html", status=400)
        return None


def refused_length(request: HttpRequest) -> HttpResponse | None:
    """Without a length nobody can tell whether a body is whole; one too large is not read."""
    text = request.META.get("CONTENT_LENGTH") or ""
    chunked = "HTTP_TRANSFER_ENCODING" in request.META
    if chunked or (not text and request.method == "POST"):
        return render(request, "400.html", status=411)
    if text and announced_length(request.META) is None:
        return bad_request(request, BadRequest("Content-Length is no number"))
    if (announced_length(request.META) or 0) > LARGEST_BODY:
        return render(request, "too_large.html", status=413)
    return None
