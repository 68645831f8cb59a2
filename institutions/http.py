"""What views share: one transaction per POST, one save per form, rows by right, the answer."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect

from institutions.models import Recorded, Unit, User
from institutions.submit_once import answered_once

Row = TypeVar("Row", bound=Recorded)
View = Callable[..., HttpResponse]


class SignedInRequest(HttpRequest):
    """A request past LoginRequiredMiddleware; only for annotations."""

    user: User


def atomic_post(view: View) -> View:
    """One atomic block per POST; a GET takes no lock (on SQLite a transaction is a write lock).

    A form that is sent twice is saved once: see `institutions/submit_once.py`.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return answered_once(request, lambda: view(request, *args, **kwargs))

    return wrapped


def get_editable(
    request: HttpRequest, seen: "QuerySet[Row]", editable: "QuerySet[Row]", **lookup: Any
) -> Row:
    """The row to change, locked while a POST changes it; refused as by `find_editable`."""
    row = find_editable(seen, editable, **lookup)
    return row if request.method != "POST" else type(row).locked(row.pk)


def find_editable(seen: "QuerySet[Row]", editable: "QuerySet[Row]", **lookup: Any) -> Row:
    """The row as it is now.

    Not yours to see is 404; seen but not yours to change is 403 with the name of its unit.
    """
    is_editable = Exists(editable.filter(pk=OuterRef("pk")))
    row: Any = get_object_or_404(seen.annotate(is_editable=is_editable), **lookup)
    if not row.is_editable:
        owner = row if isinstance(row, Unit) else getattr(row, "unit", None)
        raise PermissionDenied(
            f"Catatan ini milik {owner}. Anda dapat melihat, tetapi tidak dapat mengubahnya."
            if owner
            else "Anda dapat melihat catatan ini, tetapi tidak dapat mengubahnya."
        )
    found: Row = row
    return found


def finish(
    request: HttpRequest, target: Any, text: str, warnings: list[str] | None = None
) -> HttpResponseRedirect:
    """Say what was done and what looked odd, then show the result."""
    messages.success(request, text)
    for warning in warnings or []:
        messages.warning(request, warning)
    return redirect(target)
