"""Pages on events: what happened, with whom, and what followed."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from institutions.forms.base import posted
from institutions.history import history_of
from institutions.http import atomic_post, finish, get_editable
from institutions.lists import list_context
from partnerships.filters.events import EventFilterSet
from partnerships.forms.events import EventForm
from partnerships.models import Event
from partnerships.views.removal import confirm_archive, list_tabs, restore

SORTS = {"tanggal": ("-date_key", "-pk"), "judul": ("title", "pk")}
HISTORY_PARTS = ("parts", "unit_roles", "area_links", "attendances", "people")


@require_safe
@permission_required("partnerships.view_event", raise_exception=True)
def event_list(request: HttpRequest) -> HttpResponse:
    tabs, rows = list_tabs(request, Event.objects.visible_to(request.user), "Semua kegiatan")
    filters = EventFilterSet(request.GET or None, queryset=rows.select_related("unit"))
    context = list_context(request, filters, sorts=SORTS, default="tanggal")
    return render(request, "partnerships/event_list.html", context | {"tabs": tabs})


@require_safe
@permission_required("partnerships.view_event", raise_exception=True)
def event_detail(request: HttpRequest, pk: int) -> HttpResponse:
    events = Event.objects.visible_to(request.user)
    event = get_object_or_404(events.select_related("unit"), pk=pk)
    return render(request, "partnerships/event_detail.html", {"event": event})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.add_event", raise_exception=True)
@atomic_post
def event_create(request: HttpRequest) -> HttpResponse:
    form = EventForm(posted(request), user=request.user)
    if form.saved():
        return finish(request, form.instance, "Kegiatan tersimpan.", form.warnings)
    return render(request, "partnerships/event_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.change_event", raise_exception=True)
@atomic_post
def event_edit(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Event.objects.visible_to(request.user).current()
    event = get_editable(request, seen, Event.objects.editable_by(request.user), pk=pk)
    form = EventForm(posted(request), instance=event, user=request.user)
    if form.saved():
        return finish(request, event, "Perubahan kegiatan tersimpan.", form.warnings)
    return render(request, "partnerships/event_form.html", {"form": form, "event": event})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.archive_event", raise_exception=True)
@atomic_post
def event_archive(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Event.objects.visible_to(request.user).current()
    event = get_editable(request, seen, Event.objects.editable_by(request.user), pk=pk)
    return confirm_archive(request, event, "event_list")


@require_http_methods(["POST"])
@permission_required("partnerships.archive_event", raise_exception=True)
@atomic_post
def event_restore(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Event.objects.visible_to(request.user).archived()
    event = get_editable(request, seen, Event.objects.editable_by(request.user), pk=pk)
    return restore(request, event, "Kegiatan dipulihkan.")


@require_safe
@permission_required("partnerships.view_event", raise_exception=True)
def event_history(request: HttpRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(Event.objects.editable_by(request.user), pk=pk)
    context = {"record": event, "entries": history_of(event, *HISTORY_PARTS)}
    return render(request, "partnerships/history.html", context)
