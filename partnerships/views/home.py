"""Beranda: what is in force, what has moved, what needs attention."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from institutions.forms.own_unit import chooses_unit
from institutions.http import SignedInRequest
from partnerships.attention import heaps_of
from partnerships.home_rows import home_rows
from partnerships.overview import (
    counts_of,
    drafts_of,
    endings_per_month,
    finding,
    greeting,
    latest_of,
    unread_notices,
    what_is_missing,
)
from partnerships.survey import QUICK_SECONDS, survey_of


@require_safe
@permission_required("partnerships.view_agreement", raise_exception=True)
def home(request: SignedInRequest) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    found = survey_of(user, today)
    months = endings_per_month(user, found, today)
    rows = home_rows(user, found.keys, today)
    context = {
        "greeting": greeting(timezone.localtime()),
        "counts": counts_of(user, found.tally),
        "heaps": heaps_of(user, found, rows, today),
        "made_at": found.made_at if found.seconds > QUICK_SECONDS else None,
        "months": months,
        "finding": finding(months),
        "drafts": drafts_of(user, rows.drafts),
        "agenda": rows.agenda,
        "latest": latest_of(rows.latest),
        "unread": unread_notices(user),
        "above": chooses_unit(user),
        "missing": "" if rows.latest else what_is_missing(user),
    }
    return render(request, "partnerships/home.html", context)
