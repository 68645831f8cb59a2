"""Pages on deliveries (realisasi): what was really done, confirmed by a second person."""

from functools import reduce
from operator import add
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db.models import F, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from institutions.forms.base import posted
from institutions.history import history_of
from institutions.http import SignedInRequest, atomic_post, finish, get_editable
from institutions.lists import list_context
from institutions.together import read_together
from partnerships.filters.deliveries import LINKED, DeliveryFilterSet
from partnerships.forms.deliveries import DeliveryForm, presets
from partnerships.models import Agreement, Delivery, DeliveryQuerySet, Event
from partnerships.paper_list import FILES, papers_of
from partnerships.participants import all_heads, heads_of
from partnerships.views.removal import confirm_archive, list_tabs, restore

SORTS = {
    "tanggal": ("date", "pk"),
    "unit": ("unit__name_key", "-date", "-pk"),
    "peserta": (reduce(add, map(F, Delivery.COUNT_FIELDS)).asc(), "-date", "-pk"),
}
LISTED = (
    *("kind", "output", "date", "verified_on", "archived_on", "archive_reason"),
    *Delivery.COUNT_FIELDS,
    *("agreement__title", "agreement__kind", "agreement__unit", "partner__name", "event__title"),
    *("unit__code", "unit__short_name"),
)
CHANGED_SINCE = "Realisasi ini berubah setelah Anda membukanya. Baca lagi, lalu periksa."


@require_safe
@permission_required("partnerships.view_delivery", raise_exception=True)
def delivery_list(request: SignedInRequest) -> HttpResponse:
    seen = Delivery.objects.visible_to(request.user)
    tabs, rows = list_tabs(request, seen, "Semua realisasi")
    filters = DeliveryFilterSet(request.GET or None, queryset=rows, request=request)
    context = list_context(
        request,
        filters,
        sorts=SORTS,
        default="-tanggal",
        show=shown,
        add_up=Delivery.COUNT_FIELDS,
    )
    sums = context["page_obj"].paginator.sums
    if sums:
        heads = heads_of(sums)
        context |= {"heads": heads, "everybody": all_heads(heads)}
    context |= {"tabs": tabs, "new_url": create_url(request)}
    return render(request, "partnerships/delivery_list.html", context)


def shown(keys: list[int]) -> DeliveryQuerySet:
    parties = Prefetch("agreement__parties", Agreement.objects.parties_with_names())
    rows = Delivery.objects.filter(pk__in=keys).with_links().only(*LISTED)
    return rows.prefetch_related(parties).order_by()


@require_safe
@permission_required("partnerships.view_delivery", raise_exception=True)
def delivery_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    user = request.user
    rows = (
        Delivery.objects.visible_to(user)
        .with_links()
        .select_related("area", "recorded_by", "verified_by")
    )
    delivery = get_object_or_404(rows, pk=pk)
    heads = heads_of({name: getattr(delivery, name) for name in Delivery.COUNT_FIELDS})
    agreements = Agreement.objects.listed_to(user).with_evidence()
    is_own = Delivery.objects.editable_by(user).filter(pk=pk).exists()
    read_together(delivery, FILES)
    context = {
        "delivery": delivery,
        "heads": heads,
        "everybody": all_heads(heads),
        "agreement": agreements.filter(deliveries=delivery).first(),
        "event": Event.objects.visible_to(user).filter(deliveries=delivery).first(),
        "is_own": is_own,
        "may_check": Delivery.objects.checkable_by(user).filter(pk=pk).exists(),
        **papers_of(delivery, user, is_own=is_own),
    }
    return render(request, "partnerships/delivery_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.add_delivery", raise_exception=True)
@atomic_post
def delivery_create(request: SignedInRequest) -> HttpResponse:
    initial = presets(request.user, request.GET)
    form = DeliveryForm(posted(request), user=request.user, initial=initial)
    if form.saved():
        text = f"Realisasi tersimpan. {form.effect}".strip()
        return finish(request, form.instance, text, form.warnings)
    return render(request, "partnerships/delivery_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.change_delivery", raise_exception=True)
@atomic_post
def delivery_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Delivery.objects.visible_to(request.user).current()
    delivery = get_editable(request, seen, Delivery.objects.editable_by(request.user), pk=pk)
    form = DeliveryForm(posted(request), instance=delivery, user=request.user)
    if form.saved():
        text = f"Perubahan realisasi tersimpan. {form.effect}".strip()
        return finish(request, delivery, text, form.warnings)
    return render(request, "partnerships/delivery_form.html", {"form": form, "delivery": delivery})


@require_http_methods(["POST"])
@permission_required("partnerships.verify_delivery", raise_exception=True)
@atomic_post
def delivery_verify(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Delivery.objects.visible_to(request.user).current()
    delivery = get_editable(request, seen, Delivery.objects.editable_by(request.user), pk=pk)
    try:
        if request.POST.get("version") != str(delivery.version):
            raise ValidationError(CHANGED_SINCE)
        delivery.verify(by=request.user)
    except ValidationError as refused:
        for message in refused.messages:
            messages.error(request, message)
        return redirect(delivery)
    return finish(request, delivery, "Realisasi ditandai sudah diperiksa.")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.archive_delivery", raise_exception=True)
@atomic_post
def delivery_archive(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Delivery.objects.visible_to(request.user).current()
    delivery = get_editable(request, seen, Delivery.objects.editable_by(request.user), pk=pk)
    return confirm_archive(request, delivery, "delivery_list")


@require_http_methods(["POST"])
@permission_required("partnerships.archive_delivery", raise_exception=True)
@atomic_post
def delivery_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Delivery.objects.visible_to(request.user).archived()
    delivery = get_editable(request, seen, Delivery.objects.editable_by(request.user), pk=pk)
    return restore(request, delivery, "Realisasi dipulihkan.")


@require_safe
@permission_required("partnerships.view_delivery", raise_exception=True)
def delivery_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """For the keeping unit only: the history holds the notes."""
    delivery = get_object_or_404(Delivery.objects.editable_by(request.user), pk=pk)
    context = {"record": delivery, "entries": history_of(delivery, "documents")}
    return render(request, "partnerships/history.html", context)


def create_url(request: SignedInRequest) -> str:
    """The empty form; what the list is narrowed to is filled in."""
    known = {name: request.GET[name] for name in LINKED if request.GET.get(name)}
    return (
        f"{reverse('delivery_create')}?{urlencode(known)}" if known else reverse("delivery_create")
    )
