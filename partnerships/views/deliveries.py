"""Pages on deliveries (realisasi): what was really done, confirmed by a second person."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from institutions.forms.base import posted
from institutions.history import history_of
from institutions.http import atomic_post, finish, get_editable
from institutions.lists import list_context
from partnerships.filters.deliveries import DeliveryFilterSet
from partnerships.forms.deliveries import DeliveryForm
from partnerships.models import Delivery
from partnerships.views.removal import confirm_archive, list_tabs, restore

SORTS = {"tanggal": ("date", "pk")}


@require_safe
@permission_required("partnerships.view_delivery", raise_exception=True)
def delivery_list(request: HttpRequest) -> HttpResponse:
    tabs, rows = list_tabs(request, Delivery.objects.visible_to(request.user), "Semua realisasi")
    filters = DeliveryFilterSet(request.GET or None, queryset=rows.select_related("unit"))
    context = list_context(request, filters, sorts=SORTS, default="-tanggal")
    return render(request, "partnerships/delivery_list.html", context | {"tabs": tabs})


@require_safe
@permission_required("partnerships.view_delivery", raise_exception=True)
def delivery_detail(request: HttpRequest, pk: int) -> HttpResponse:
    delivery = get_object_or_404(Delivery.objects.visible_to(request.user), pk=pk)
    return render(request, "partnerships/delivery_detail.html", {"delivery": delivery})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.add_delivery", raise_exception=True)
@atomic_post
def delivery_create(request: HttpRequest) -> HttpResponse:
    form = DeliveryForm(posted(request), user=request.user)
    if form.saved():
        return finish(request, form.instance, "Realisasi tersimpan.", form.warnings)
    return render(request, "partnerships/delivery_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.change_delivery", raise_exception=True)
@atomic_post
def delivery_edit(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Delivery.objects.visible_to(request.user).current()
    delivery = get_editable(request, seen, Delivery.objects.editable_by(request.user), pk=pk)
    form = DeliveryForm(posted(request), instance=delivery, user=request.user)
    if form.saved():
        return finish(request, delivery, "Perubahan realisasi tersimpan.", form.warnings)
    return render(request, "partnerships/delivery_form.html", {"form": form, "delivery": delivery})


@require_http_methods(["POST"])
@permission_required("partnerships.verify_delivery", raise_exception=True)
@atomic_post
def delivery_verify(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Delivery.objects.visible_to(request.user).current()
    delivery = get_editable(request, seen, Delivery.objects.editable_by(request.user), pk=pk)
    delivery.verify(by=request.user)
    return finish(request, delivery, "Realisasi diperiksa.")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.archive_delivery", raise_exception=True)
@atomic_post
def delivery_archive(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Delivery.objects.visible_to(request.user).current()
    delivery = get_editable(request, seen, Delivery.objects.editable_by(request.user), pk=pk)
    return confirm_archive(request, delivery, "delivery_list")


@require_http_methods(["POST"])
@permission_required("partnerships.archive_delivery", raise_exception=True)
@atomic_post
def delivery_restore(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Delivery.objects.visible_to(request.user).archived()
    delivery = get_editable(request, seen, Delivery.objects.editable_by(request.user), pk=pk)
    return restore(request, delivery, "Realisasi dipulihkan.")


@require_safe
@permission_required("partnerships.view_delivery", raise_exception=True)
def delivery_history(request: HttpRequest, pk: int) -> HttpResponse:
    delivery = get_object_or_404(Delivery.objects.visible_to(request.user), pk=pk)
    context = {"record": delivery, "entries": history_of(delivery)}
    return render(request, "partnerships/history.html", context)
