"""Hapus, Sampah and Pulihkan: the same three steps for every root."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from institutions.forms.base import ReasonForm, posted
from institutions.http import SignedInRequest, finish
from institutions.lists import TRASH
from partnerships.models import Archivable, Root, RootQuerySet

TO_THE_TRASH = "Catatan pindah ke Sampah: tidak tampil di daftar, hitungan, dan pencarian."

Rows = TypeVar("Rows", bound=RootQuerySet[Any])


def list_tabs(
    request: SignedInRequest, rows: Rows, label: str, trash: Rows | None = None
) -> tuple[list[dict[str, Any]], Rows]:
    """The tabs of a list and the rows of the one that is open: all current ones, or the Sampah.

    `trash` narrows the Sampah to rows the user may restore; by default all of `rows`.
    """
    in_trash = request.GET.get("tab") == TRASH
    tabs = [
        {"label": label, "url": request.path, "current": not in_trash},
        {"label": "Sampah", "url": f"{request.path}?tab={TRASH}", "current": in_trash},
    ]
    if in_trash:
        return tabs, (rows if trash is None else trash).archived()
    return tabs, rows.current()


def confirm_archive(request: SignedInRequest, row: Root, list_name: str) -> HttpResponse:
    """Ask for the reason, then move the row to the Sampah; say why where it has to stay."""
    noun = str(row._meta.verbose_name).capitalize()
    return ask_reason(
        request,
        row,
        lede=f"{TO_THE_TRASH} {row.archive_consequence()}".strip(),
        undo=f"{noun} dipindahkan ke Sampah dan dapat dipulihkan dari sana.",
        done_url=f"{reverse(list_name)}?tab={TRASH}",
        cancel_url=row.get_absolute_url(),
        submit_label="Pindahkan ke Sampah",
    )


def ask_reason(
    request: SignedInRequest,
    row: Archivable,
    *,
    undo: str,
    done_url: str,
    act: Callable[..., Any] | None = None,
    template: str = "includes/_confirm.html",
    **context: Any,
) -> HttpResponse:
    """The page that asks why, then archives the row or acts otherwise.

    `undo` says how what was removed comes back.
    """
    form = ReasonForm(posted(request), user=request.user)
    if form.is_bound and form.is_valid():
        try:
            (act or row.archive)(by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            return finish(request, done_url, undo)
    obstacle, noun = row.archive_obstacle(), str(row._meta.verbose_name)
    shown: dict[str, Any] = {
        "heading": f"Hapus {noun} ini?",
        "facts": [{"label": noun.capitalize(), "value": str(row)}],
        "blockers": [{"text": obstacle}] if obstacle else [],
        "form": form,
        "danger": True,
    }
    return render(request, template, shown | context)


def restore(request: SignedInRequest, row: Root, text: str) -> HttpResponse:
    """Bring a row back; where it no longer fits, say why and leave it in the Sampah."""
    try:
        row.restore(by=request.user)
    except ValidationError as refused:
        for message in refused.messages:
            messages.error(request, message)
        return redirect(row)
    return finish(request, row, text)
