"""Pages on officeholders: kept by the humas of the unit and by admins."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from institutions.forms.base import posted
from institutions.forms.officeholders import OfficeholderForm
from institutions.http import SignedInRequest, atomic_post, finish, get_editable
from institutions.models import Officeholder, Unit


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("institutions.add_officeholder", raise_exception=True)
@atomic_post
def officeholder_create(request: SignedInRequest, code: str) -> HttpResponse:
    unit = get_editable(request, Unit.objects.all(), request.user.units_in_scope(), code=code)
    form = OfficeholderForm(posted(request), instance=Officeholder(unit=unit), user=request.user)
    if form.saved():
        return finish(request, form.instance, "Pejabat tersimpan.", form.warnings)
    return render(request, "institutions/officeholder_form.html", {"form": form, "unit": unit})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("institutions.change_officeholder", raise_exception=True)
@atomic_post
def officeholder_edit(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    seen = Officeholder.objects.filter(unit__code=code)
    editable = Officeholder.objects.editable_by(request.user)
    officeholder = get_editable(request, seen, editable, pk=pk)
    form = OfficeholderForm(posted(request), instance=officeholder, user=request.user)
    if form.saved():
        return finish(request, officeholder, "Perubahan pejabat tersimpan.", form.warnings)
    context = {"form": form, "unit": officeholder.unit, "officeholder": officeholder}
    return render(request, "institutions/officeholder_form.html", context)
