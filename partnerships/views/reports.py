"""Pages of reports: the rekap, who has not recorded, what ends, what has not moved, the year."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import F
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from indonesian.calendar import format_date
from institutions.downloads import answer_with
from institutions.http import SignedInRequest
from institutions.letterheads import letterhead_of, signature_of
from institutions.lists import list_context
from partnerships.attention import agreements_url
from partnerships.exports import table_of
from partnerships.filters.agreements import AgreementFilterSet
from partnerships.forms.reports import EVERY_UNIT, ReportForm
from partnerships.line_chart import chart_of
from partnerships.models import AgreementQuerySet, Evidence
from partnerships.overview import endings_per_month, finding
from partnerships.paper_rows import PaperRow, papers_shown
from partnerships.paper_tabs import open_tab, papers_of_tab
from partnerships.recording import recording_of
from partnerships.report_page import ReportPage, file_name, only_codes
from partnerships.reports import summarise, widest_scope
from partnerships.survey import agreements_of, survey_of
from partnerships.trend import trend_of
from partnerships.views.agreements import SORTS

TABS = (
    ("report", "Rekap"),
    ("report_endings", "Akan berakhir"),
    ("report_idle", "Belum berjalan"),
    ("report_recording", "Unit belum mengisi"),
    ("report_trend", "Perkembangan"),
)
# How far ahead the list of endings looks: as it stands in the address, in days, in words.
SOON, YEAR = "90", "365"
AHEAD = {SOON: "90 hari", YEAR: "12 bulan"}


def tabs_at(here: str) -> list[dict[str, Any]]:
    return [{"label": label, "url": reverse(name), "current": name == here} for name, label in TABS]


@require_safe
@permission_required("partnerships.view_agreement", raise_exception=True)
def report(request: SignedInRequest) -> HttpResponse:
    context: dict[str, Any] = {"tabs": tabs_at("report"), "form": form_of(request)}
    page = page_of(request, context["form"])
    if page is not None:
        signer = request.user.unit or page.scope
        context |= {
            "page": page,
            "message": page.message(timezone.localtime()),
            "letterhead": letterhead_of(signer, page.period.last),
            "signature": signature_of(signer, page.period.last),
            "made_at": timezone.localtime(),
        }
    return render(request, "partnerships/report.html", context)


def form_of(request: SignedInRequest) -> ReportForm | None:
    """None while there is no unit a report could be about."""
    widest = widest_scope(request.user)
    if widest is None:
        return None
    return ReportForm(request.GET.dict(), widest=widest, today=timezone.localdate())


def page_of(request: SignedInRequest, form: ReportForm | None) -> ReportPage | None:
    if form is None or not form.is_valid():
        return None
    chosen = form.cleaned_data
    found = summarise(
        request.user,
        form.scope,
        form.period,
        kind=chosen["jenis_unit"],
        every_unit=chosen["rinci"] == EVERY_UNIT,
    )
    return ReportPage(found, form)


@require_safe
@permission_required("partnerships.view_agreement", raise_exception=True)
def report_file(request: SignedInRequest, ending: str) -> HttpResponseBase:
    """The rekap as the page shows it."""
    page = page_of(request, form_of(request))
    if page is None:
        return redirect(f"{reverse('report')}?{request.GET.urlencode()}")
    name = file_name("rekap-unit-bidang", page.scope.code, page.slug, ending)
    return answer_with(page.sheets(timezone.localtime()), name)


@require_safe
@permission_required("partnerships.view_agreement", raise_exception=True)
def agreement_table(request: SignedInRequest, ending: str) -> HttpResponseBase:
    """The table *Rekap Kerja Sama*: what the list of agreements shows with these filters."""
    tab = open_tab(request.user, request.GET.get("tab", ""))
    rows = papers_of_tab(request.user, tab, timezone.localdate())
    filters = AgreementFilterSet(request.GET or None, queryset=rows, request=request)
    if filters.is_bound and not filters.form.is_valid():
        return redirect(f"{reverse('agreement_list')}?{request.GET.urlencode()}")
    keys = list(filters.qs.order_by(*SORTS["unit"]).values_list("pk", flat=True))
    day = filters.day
    unit, period = (only_codes(request.GET.get(name, "")) for name in ("unit", "masa"))
    name = file_name("rekap-kerja-sama", unit[:80], period[:20] or f"per-{day.isoformat()}", ending)
    return answer_with([table_of(keys, request.user, day)], name)


@require_safe
@permission_required("partnerships.view_agreement", raise_exception=True)
def report_endings(request: SignedInRequest) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    ahead = request.GET.get("hari", SOON)
    ahead = ahead if ahead in AHEAD else SOON
    rows = agreements_of(user).ending_within(int(ahead), today)
    months = endings_per_month(user, survey_of(user, today), today)
    context = papers_context(request, rows, (F("ends_on").asc(nulls_last=True), "pk"))
    context |= {
        "tabs": tabs_at("report_endings"),
        "months": months,
        "finding": finding(months),
        "ahead": AHEAD[ahead],
        "choices": [
            {"label": words, "url": f"{request.path}?hari={days}", "current": days == ahead}
            for days, words in AHEAD.items()
        ],
        "list_url": agreements_url(
            user,
            status="aktif",
            ends_from=format_date(today),
            ends_to=format_date(date.fromordinal(today.toordinal() + int(ahead))),
            sort="berakhir",
        ),
    }
    return render(request, "partnerships/report_endings.html", context)


@require_safe
@permission_required("partnerships.view_agreement", raise_exception=True)
def report_idle(request: SignedInRequest) -> HttpResponse:
    user = request.user
    rows = agreements_of(user).not_moving()
    context = papers_context(request, rows, (F("signed_on").asc(nulls_first=True), "pk"))
    context |= {
        "tabs": tabs_at("report_idle"),
        "list_url": agreements_url(
            user, status="aktif", evidence=Evidence.NOT_MOVING, sort="tanda-tangan"
        ),
    }
    return render(request, "partnerships/report_idle.html", context)


def papers_context(
    request: SignedInRequest, rows: AgreementQuerySet, order: tuple[Any, ...]
) -> dict[str, Any]:
    """A page of papers in one order."""
    filters = AgreementFilterSet(None, queryset=rows, request=request)

    def shown(keys: list[int]) -> list[PaperRow]:
        return papers_shown(request.user, keys, timezone.localdate())

    return list_context(request, filters, sorts={"": order}, default="", show=shown)


@require_safe
@permission_required("partnerships.view_agreement", raise_exception=True)
def report_recording(request: SignedInRequest) -> HttpResponse:
    widest = widest_scope(request.user)
    found = recording_of(request.user, widest, timezone.localdate()) if widest else None
    context = {"tabs": tabs_at("report_recording"), "found": found}
    return render(request, "partnerships/report_recording.html", context)


@require_safe
@permission_required("partnerships.view_agreement", raise_exception=True)
def report_trend(request: SignedInRequest) -> HttpResponse:
    points = trend_of(request.user, timezone.localdate())
    context = {"tabs": tabs_at("report_trend"), "chart": chart_of(points, request.user)}
    return render(request, "partnerships/report_trend.html", context)
