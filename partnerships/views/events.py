"""Pages on events: what happened, with whom, and what followed."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from institutions.forms.base import posted
from institutions.history import history_of
from institutions.http import SignedInRequest, atomic_post, finish, get_editable
from institutions.lists import list_context
from partnerships.filters.events import EventFilterSet
from partnerships.forms.events import EventForm, first_rows
from partnerships.models import Event, EventQuerySet
from partnerships.views.event_page import event_page
from partnerships.views.removal import confirm_archive, list_tabs, restore

SORTS = {
    "tanggal": ("date_key", "pk"),
    "unit": ("unit__name_key", "-date_key", "-pk"),
    "mitra": ("partner_count", "-date_key", "-pk"),
}
HISTORY_PARTS = (
    "parts",
    "unit_roles",
    "area_links",
    "attendances",
    "people",
    "served",
    "coverage",
    "followups",
    "documents",
)


@require_safe
@permission_required("partnerships.view_event", raise_exception=True)
def event_list(request: SignedInRequest) -> HttpResponse:
    seen = Event.objects.visible_to(request.user).with_partner_count()
    tabs, rows = list_tabs(request, seen, "Semua kegiatan")
    filters = EventFilterSet(request.GET or None, queryset=rows, request=request)
    context = list_context(request, filters, sorts=SORTS, default="-tanggal", show=shown)
    return render(request, "partnerships/event_list.html", context | {"tabs": tabs})


def shown(keys: list[int]) -> EventQuerySet:
    return Event.objects.filter(pk__in=keys).for_list().order_by()


@require_safe
@permission_required("partnerships.view_event", raise_exception=True)
def event_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.user).for_page(), pk=pk)
    return render(request, "partnerships/event_detail.html", event_page(event, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.add_event", raise_exception=True)
@atomic_post
def event_create(request: SignedInRequest) -> HttpResponse:
    known = first_rows(request.user, request.GET) if request.method != "POST" else None
    form = EventForm(posted(request), user=request.user, first_rows=known)
    if form.saved():
        return finish(request, form.instance, f"Kegiatan tersimpan.{form.effect}", form.warnings)
    context = {"form": form, "opened": form.opened()}
    return render(request, "partnerships/event_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.change_event", raise_exception=True)
@atomic_post
def event_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Event.objects.visible_to(request.user).current()
    event = get_editable(request, seen, Event.objects.editable_by(request.user), pk=pk)
    form = EventForm(posted(request), instance=event, user=request.user)
    if form.saved():
        text = f"Perubahan kegiatan tersimpan.{form.effect}"
        return finish(request, event, text, form.warnings)
    context = {"form": form, "event": event, "opened": form.opened(request.GET.get("bagian", ""))}
    return render(request, "partnerships/event_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.archive_event", raise_exception=True)
@atomic_post
def event_archive(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Event.objects.visible_to(request.user).current()
    event = get_editable(request, seen, Event.objects.editable_by(request.user), pk=pk)
    return confirm_archive(request, event, "event_list")


@require_http_methods(["POST"])
@permission_required("partnerships.archive_event", raise_exception=True)
@atomic_post
def event_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Event.objects.visible_to(request.user).archived()
    event = get_editable(request, seen, Event.objects.editable_by(request.user), pk=pk)
    return restore(request, event, "Kegiatan dipulihkan.")


@require_safe
@permission_required("partnerships.view_event", raise_exception=True)
def event_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """For the own subtree only: the history holds notes and follow-ups."""
    event = get_object_or_404(Event.objects.editable_by(request.user), pk=pk)
    context = {"record": event, "entries": history_of(event, *HISTORY_PARTS)}
    return render(request, "partnerships/history.html", context)
