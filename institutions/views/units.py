"""Pages on units: the tree, the list, one unit, and its upkeep by admins."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import F, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from institutions.filters.units import UnitFilterSet
from institutions.forms.base import posted
from institutions.forms.units import UnitCreateForm, UnitEditForm
from institutions.history import history_of
from institutions.http import SignedInRequest, atomic_post, finish, get_editable
from institutions.lists import list_context
from institutions.models import Officeholder, Unit, UnitQuerySet, User
from institutions.reference import coverage
from institutions.unit_tree import tree_of_units

SORTS = {
    "nama": ("name_key", "code"),
    "jenis": ("kind", "grade", "name_key", "code"),
    "wilayah": (
        F("province__code").asc(nulls_last=True),
        F("regency__name_key").asc(nulls_last=True),
        "name_key",
        "code",
    ),
}
ROWS_TAB = "daftar"
HISTORY_PARTS = ("names", "covered_provinces", "officeholders")
PLACE = ("regency", "province", "parent__parent__parent")


@require_safe
@permission_required("institutions.view_unit", raise_exception=True)
def unit_list(request: SignedInRequest) -> HttpResponse:
    """The tree; as soon as anything is searched or filtered, a list of units."""
    filters = UnitFilterSet(request.GET, queryset=with_heads(Unit.objects.select_related(*PLACE)))
    asked = request.GET.get("tab") == ROWS_TAB or any(map(request.GET.get, filters.filters))
    if asked:
        context = list_context(request, filters, sorts=SORTS, default="nama")
        context["office"] = filters.form.cleaned_data.get("kanwil")
    else:
        context = tree_context(request.user) | {"form": filters.form}
    context["tabs"] = [
        {"label": "Menurut Kanwil", "url": request.path, "current": not asked},
        {"label": "Daftar unit", "url": f"{request.path}?tab={ROWS_TAB}", "current": asked},
    ]
    return render(request, "institutions/unit_list.html", context)


def tree_context(user: User) -> dict[str, Any]:
    return {
        "tree": tree_of_units(),
        "own_offices": set(Unit.objects.above(user.unit_id or 0).values_list("pk", flat=True)),
        "coverage": coverage() if user.has_perm("institutions.change_unit") else None,
    }


def with_heads(units: UnitQuerySet) -> UnitQuerySet:
    """Each unit with `heads`: who leads it today or was last seen leading it, best known first."""
    heads = Officeholder.objects.heads().not_over(timezone.localdate())
    return units.prefetch_related(Prefetch("officeholders", queryset=heads, to_attr="heads"))


@require_safe
@permission_required("institutions.view_unit", raise_exception=True)
def unit_detail(request: SignedInRequest, code: str) -> HttpResponse:
    units = Unit.objects.select_related(*PLACE, "replaced_by")
    unit = get_object_or_404(units, code=code)
    is_own = request.user.works_for(unit.pk)
    former_names, spellings = unit.names.all().split()
    context = {
        "unit": unit,
        "covered": [row.province for row in unit.covered_provinces.select_related("province")],
        "below": unit.counts_below(),
        "posts": [] if unit.is_office else unit.children.active(),
        "replaces": unit.replaces.all(),
        "former_names": former_names,
        "spellings": spellings,
        "officeholders": unit.officeholders.all().in_groups(timezone.localdate()),
        "may_edit": is_own and request.user.has_perm("institutions.change_unit"),
        "keeps_accounts": request.user.has_perm("institutions.view_user")
        and request.user.units_of_accounts().within(unit.pk).exists(),
        "may_keep": is_own and request.user.has_perm("institutions.change_officeholder"),
    }
    return render(request, "institutions/unit_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("institutions.add_unit", raise_exception=True)
@atomic_post
def unit_create(request: SignedInRequest) -> HttpResponse:
    form = UnitCreateForm(posted(request), user=request.user)
    if form.saved():
        return finish(request, form.instance, "Unit tersimpan.", form.warnings)
    return render(request, "institutions/unit_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("institutions.change_unit", raise_exception=True)
@atomic_post
def unit_edit(request: SignedInRequest, code: str) -> HttpResponse:
    unit = get_editable(request, Unit.objects.all(), request.user.units_in_scope(), code=code)
    form = UnitEditForm(posted(request), instance=unit, user=request.user)
    if form.saved():
        return finish(request, unit, "Perubahan unit tersimpan.", form.warnings)
    return render(request, "institutions/unit_form.html", {"form": form, "unit": unit})


@require_safe
@permission_required("institutions.change_officeholder", raise_exception=True)
def unit_history(request: SignedInRequest, code: str) -> HttpResponse:
    """For whoever keeps the unit or its officeholders."""
    unit = get_editable(request, Unit.objects.all(), request.user.units_in_scope(), code=code)
    context = {"unit": unit, "entries": history_of(unit, *HISTORY_PARTS)}
    return render(request, "institutions/unit_history.html", context)
