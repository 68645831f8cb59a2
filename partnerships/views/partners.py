"""Pages on partners: the shared directory."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from institutions.forms.base import posted
from institutions.history import history_of
from institutions.http import SignedInRequest, atomic_post, finish, get_editable
from institutions.lists import list_context
from institutions.models import ByCodePoint
from partnerships.filters.partners import PartnerFilterSet
from partnerships.forms.partners import PartnerForm
from partnerships.models import Agreement, Partner
from partnerships.partner_page import involvement_of, labels_of, records_of
from partnerships.views.removal import confirm_archive, list_tabs, restore

SORTS = {
    "nama": ("name_key", "pk"),
    "jenis": (ByCodePoint("kind").asc(), "name_key", "pk"),
    # Partners of the centre have no province; they stay last on both databases.
    "wilayah": (
        ByCodePoint("province__name").asc(nulls_last=True),
        F("regency__name_key").asc(nulls_last=True),
        "name_key",
        "pk",
    ),
}
LISTED = (
    *("name", "acronym", "kind", "archived_on", "archive_reason"),
    *("regency__full_name", "province__short_name"),
)
SHOWN_IN_FORM = ("regency__province", "province", "parent__regency", "parent__province")
HISTORY_PARTS = ("names", "sector_links")


@require_safe
@permission_required("partnerships.view_partner", raise_exception=True)
def partner_list(request: SignedInRequest) -> HttpResponse:
    seen = Partner.objects.visible_to(request.user).filter(merged_into__isnull=True)
    tabs, rows = list_tabs(request, seen, "Semua mitra")
    rows = rows.select_related("regency", "province").only(*LISTED)
    filters = PartnerFilterSet(request.GET or None, queryset=rows, request=request)
    context = list_context(request, filters, sorts=SORTS, default="nama")
    standing = Agreement.objects.standing_by_partner(context["page_obj"])
    for partner in context["page_obj"]:
        partner.active_count, partner.moving_count = standing.get(partner.pk, (0, 0))
    context |= {"tabs": with_own_unit(tabs, request), "new_url": create_url(request)}
    return render(request, "partnerships/partner_list.html", context)


@require_safe
@permission_required("partnerships.view_partner", raise_exception=True)
def partner_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    user = request.user
    links = ("regency", "province", "parent", "merged_into", "archived_by")
    partner = get_object_or_404(Partner.objects.visible_to(user).select_related(*links), pk=pk)
    found = involvement_of(partner)
    contacts = partner.contacts.select_related("unit")
    context = {
        "partner": partner,
        "contacts": contacts,
        "named_contacts": {row.pk for row in contacts if user.works_for(row.unit_id)},
        "may_archive": found.archivable_by(user),
    }
    context |= labels_of(partner) | records_of(found, user)
    return render(request, "partnerships/partner_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.add_partner", raise_exception=True)
@atomic_post
def partner_create(request: SignedInRequest) -> HttpResponse:
    form = PartnerForm(posted(request), user=request.user, initial=initial_of(request))
    if form.saved():
        return finish(request, form.instance, "Mitra tersimpan.", form.warnings)
    return render(request, "partnerships/partner_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.change_partner", raise_exception=True)
@atomic_post
def partner_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Partner.objects.visible_to(request.user).current().select_related(*SHOWN_IN_FORM)
    partner = get_editable(request, seen, Partner.objects.editable_by(request.user), pk=pk)
    form = PartnerForm(posted(request), instance=partner, user=request.user)
    if form.saved():
        return finish(request, partner, "Perubahan mitra tersimpan.", form.warnings)
    return render(request, "partnerships/partner_form.html", {"form": form, "partner": partner})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.archive_partner", raise_exception=True)
@atomic_post
def partner_archive(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Partner.objects.visible_to(request.user).current()
    partner = get_editable(request, seen, Partner.objects.archivable_by(request.user), pk=pk)
    return confirm_archive(request, partner, "partner_list")


@require_http_methods(["POST"])
@permission_required("partnerships.archive_partner", raise_exception=True)
@atomic_post
def partner_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Partner.objects.visible_to(request.user).archived()
    partner = get_editable(request, seen, Partner.objects.archivable_by(request.user), pk=pk)
    return restore(request, partner, "Mitra dipulihkan.")


@require_safe
@permission_required("partnerships.view_partner", raise_exception=True)
def partner_history(request: SignedInRequest, pk: int) -> HttpResponse:
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    context = {"record": partner, "entries": history_of(partner, *HISTORY_PARTS)}
    return render(request, "partnerships/history.html", context)


def initial_of(request: SignedInRequest) -> dict[str, str]:
    """What a search that found nothing already knows of the new partner."""
    return {"name": request.GET.get("nama", "")[:200]}


def create_url(request: SignedInRequest) -> str:
    """The empty form; a text that was searched for becomes the name."""
    sought = request.GET.get("q", "").strip()
    address = reverse("partner_create")
    return f"{address}?{urlencode({'nama': sought})}" if sought else address


def with_own_unit(tabs: list[dict[str, Any]], request: SignedInRequest) -> list[dict[str, Any]]:
    """A tab more: the partners of the own unit, which is the list filtered by it."""
    unit = request.user.unit
    if unit is None:
        return tabs
    is_open = request.GET.get("unit") == unit.code and tabs[0]["current"]
    own = {"label": "Mitra unit saya", "url": f"{request.path}?unit={unit.code}"}
    every, *rest = tabs
    return [
        every | {"current": every["current"] and not is_open},
        own | {"current": is_open},
        *rest,
    ]
