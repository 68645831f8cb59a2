"""Pages on partners: the shared directory."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from institutions.forms.base import posted
from institutions.history import history_of
from institutions.http import atomic_post, finish, get_editable
from institutions.lists import list_context
from partnerships.filters.partners import PartnerFilterSet
from partnerships.forms.partners import PartnerForm
from partnerships.models import Agreement, Delivery, Event, Partner
from partnerships.views.removal import confirm_archive, list_tabs, restore

SORTS = {
    "nama": ("name_key", "pk"),
    "jenis": ("kind", "name_key", "pk"),
    "wilayah": ("province__name", "regency__name_key", "name_key", "pk"),
}
HISTORY_PARTS = ("names", "sector_links")


@require_safe
@permission_required("partnerships.view_partner", raise_exception=True)
def partner_list(request: HttpRequest) -> HttpResponse:
    tabs, rows = list_tabs(request, Partner.objects.visible_to(request.user), "Semua mitra")
    rows = rows.filter(merged_into__isnull=True).with_agreement_counts()
    filters = PartnerFilterSet(
        request.GET or None, queryset=rows.select_related("regency", "province")
    )
    context = list_context(request, filters, sorts=SORTS, default="nama")
    return render(request, "partnerships/partner_list.html", context | {"tabs": tabs})


@require_safe
@permission_required("partnerships.view_partner", raise_exception=True)
def partner_detail(request: HttpRequest, pk: int) -> HttpResponse:
    partners = Partner.objects.visible_to(request.user)
    partner = get_object_or_404(partners.select_related("regency", "province", "parent"), pk=pk)
    agreements = Agreement.objects.listed_to(request.user).current()
    context = {
        "partner": partner,
        "names": partner.names.all(),
        "sectors": [link.sector for link in partner.sector_links.select_related("sector")],
        "children": partner.children.current(),
        "agreements": agreements.of_partner(partner).for_list(),
        "events": Event.objects.visible_to(request.user).of_partner(partner)[:20],
        "deliveries": Delivery.objects.visible_to(request.user).of_partner(partner)[:20],
        "contacts": partner.contacts.select_related("unit"),
        "named_contacts": set(
            partner.contacts.named_for(request.user).values_list("pk", flat=True)
        ),
    }
    return render(request, "partnerships/partner_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.add_partner", raise_exception=True)
@atomic_post
def partner_create(request: HttpRequest) -> HttpResponse:
    form = PartnerForm(posted(request), user=request.user, initial=initial_of(request))
    if form.saved():
        return finish(request, form.instance, "Mitra tersimpan.", form.warnings)
    return render(request, "partnerships/partner_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.change_partner", raise_exception=True)
@atomic_post
def partner_edit(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Partner.objects.visible_to(request.user).current()
    partner = get_editable(request, seen, Partner.objects.editable_by(request.user), pk=pk)
    form = PartnerForm(posted(request), instance=partner, user=request.user)
    if form.saved():
        return finish(request, partner, "Perubahan mitra tersimpan.", form.warnings)
    return render(request, "partnerships/partner_form.html", {"form": form, "partner": partner})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.archive_partner", raise_exception=True)
@atomic_post
def partner_archive(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Partner.objects.visible_to(request.user).current()
    partner = get_editable(request, seen, Partner.objects.archivable_by(request.user), pk=pk)
    return confirm_archive(request, partner, "partner_list")


@require_http_methods(["POST"])
@permission_required("partnerships.archive_partner", raise_exception=True)
@atomic_post
def partner_restore(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Partner.objects.visible_to(request.user).archived()
    partner = get_editable(request, seen, Partner.objects.archivable_by(request.user), pk=pk)
    return restore(request, partner, "Mitra dipulihkan.")


@require_safe
@permission_required("partnerships.view_partner", raise_exception=True)
def partner_history(request: HttpRequest, pk: int) -> HttpResponse:
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    context = {"record": partner, "entries": history_of(partner, *HISTORY_PARTS)}
    return render(request, "partnerships/history.html", context)


def initial_of(request: HttpRequest) -> dict[str, str]:
    """What a search that found nothing already knows of the new partner."""
    return {"name": request.GET.get("nama", "")[:200]}
