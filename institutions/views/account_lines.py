"""Many accounts from a pasted list."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from institutions.forms.account_lines import PasteForm, lines_pasted, lines_sent
from institutions.http import SignedInRequest, atomic_post, finish

SAVE = "simpan"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("institutions.add_user", raise_exception=True)
@atomic_post
def account_paste(request: SignedInRequest) -> HttpResponse:
    """First the list as pasted, then its rows with what is wrong, until all can be recorded."""
    user = request.user
    form = PasteForm(request.POST if "lines" in request.POST else None, user=user)
    rows = None
    if form.is_bound and form.is_valid():
        rows = lines_pasted(form.cleaned_data["lines"], user)
    elif request.method == "POST" and not form.is_bound:
        rows = lines_sent(request.POST, user)
        if SAVE in request.POST and (batch := rows.saved()):
            text = f"{len(rows.kept())} akun tersimpan."
            return finish(request, reverse("login_slips", args=[batch]), text)
    context = {"form": form, "rows": rows, "formsets": [] if rows is None else [rows]}
    return render(request, "institutions/account_paste.html", context)
