"""Pages on old lists: uploaded, looked through, answered, saved; what is left over as a file."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from indonesian.numbers import format_number
from institutions.downloads import answer_with
from institutions.forms.base import posted
from institutions.http import SignedInRequest, atomic_post, finish
from institutions.lists import page_of
from partnerships.forms.imports import AnswersForm, ListUploadForm
from partnerships.imports.keeping import judge, keep, lines_of, progress_of, record_ready
from partnerships.imports.leftovers import sheet_of
from partnerships.imports.template import template_for
from partnerships.models import Import, ImportLine, LineState

SAVE, ANSWER, FORGET = "simpan", "periksa", "hapus"
QUESTIONS = "jawaban"
PROBLEMS = (LineState.UNCLEAR, LineState.WRONG)
# Names of the tabs, what they show.
TABS: dict[str, tuple[str, tuple[LineState, ...]]] = {
    "semua": ("Semua baris", tuple(LineState)),
    "masalah": ("Hanya masalah", PROBLEMS),
    "baru": ("Baru", (LineState.NEW,)),
    "tercatat": ("Sudah tercatat", (LineState.RECORDED,)),
    "belum-jelas": ("Belum jelas", (LineState.UNCLEAR,)),
    "salah": ("Salah", (LineState.WRONG,)),
}


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.add_agreement", raise_exception=True)
def import_start(request: SignedInRequest) -> HttpResponse:
    """The file is read before the transaction begins, which thereby stays short."""
    form = ListUploadForm(posted(request), request.FILES or None, user=request.user)
    is_in_order = form.is_bound and form.is_valid()

    def kept_or_asked_again(request: SignedInRequest) -> HttpResponse:
        if is_in_order:
            unit = form.cleaned_data.get("unit")
            return redirect(keep(form.found, request.user, name=form.name, unit=unit))
        context = {"form": form, "kept": Import.objects.of(request.user)}
        return render(request, "partnerships/import_start.html", context)

    return atomic_post(kept_or_asked_again)(request)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.add_agreement", raise_exception=True)
@atomic_post
def agreement_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was found in a list; questions are answered here, and what is ready is saved."""
    kept = find_import(request, pk)
    if FORGET in request.POST:
        kept.delete()
        return finish(request, "agreement_import_start", f"Unggahan “{kept.name}” dihapus.")
    if SAVE in request.POST:
        return saved(request, kept)
    answers = request.POST if ANSWER in request.POST else None
    form = AnswersForm(answers, kept=kept, user=request.user)
    if form.is_bound and form.is_valid():
        kept.answers = form.answers_to(kept)
        judge(kept, lines_of(kept), request.user)
        return redirect(kept)
    return render(request, "partnerships/import_detail.html", context_of(request, kept, form))


def find_import(request: SignedInRequest, pk: int) -> Import:
    rows = Import.objects.of(request.user)
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    return get_object_or_404(rows.select_related("unit"), pk=pk)


def saved(request: SignedInRequest, kept: Import) -> HttpResponse:
    number = record_ready(kept, request.user)
    left = sum(kept.count(state) for state in PROBLEMS)
    if not number:
        messages.warning(request, "Tidak ada baris baru yang siap disimpan.")
        return redirect(kept)
    rest = f" {format_number(left)} baris belum; lihat alasannya di bawah." if left else ""
    return finish(request, kept, f"{format_number(number)} perjanjian tersimpan.{rest}")


def context_of(request: SignedInRequest, kept: Import, form: AnswersForm) -> dict[str, Any]:
    tab = open_tab(request, kept, form)
    _, states = TABS.get(tab, TABS["semua"])
    lines = kept.lines.filter(state__in=states).order_by("place")
    return {
        "kept": kept,
        "form": form,
        "tab": tab,
        "tabs": tabs_of(kept, tab),
        "asks": tab == QUESTIONS,
        "page_obj": None if tab == QUESTIONS else page_of(request, lines),
        "open_count": open_questions(kept),
        "new_count": kept.count(LineState.NEW),
        "problem_count": sum(kept.count(state) for state in PROBLEMS),
    }


def open_questions(kept: Import) -> int:
    return sum(question["key"] not in kept.answers for question in kept.questions)


def open_tab(request: SignedInRequest, kept: Import, form: AnswersForm) -> str:
    """The one asked for; else what needs a hand first."""
    asked = request.GET.get("tab", "")
    if form.errors or (asked == QUESTIONS and kept.questions):
        return QUESTIONS
    if asked in TABS:
        return asked
    if open_questions(kept):
        return QUESTIONS
    return "masalah" if any(kept.count(state) for state in PROBLEMS) else "semua"


def tabs_of(kept: Import, tab: str) -> list[dict[str, Any]]:
    counted = [
        (name, label, sum(map(kept.count, states))) for name, (label, states) in TABS.items()
    ]
    if kept.questions:
        counted.insert(0, (QUESTIONS, "Perlu jawaban", open_questions(kept)))
    return [
        {
            "label": label,
            "count": count,
            "url": f"?tab={name}",
            "current": name == tab,
        }
        for name, label, count in counted
    ]


@require_safe
@permission_required("partnerships.add_agreement", raise_exception=True)
@never_cache
def import_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """How many lines are recorded and of how many, while they are being saved."""
    done, total = progress_of(find_import(request, pk)).read() or (0, 0)
    return JsonResponse({"done": done, "total": total})


@require_safe
@permission_required("partnerships.add_agreement", raise_exception=True)
def import_leftovers(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """What was not imported, with the reason of each row: to be put right and uploaded again."""
    kept = find_import(request, pk)
    lines = ImportLine.objects.filter(of_import=kept, state__in=PROBLEMS).order_by("place")
    return answer_with([sheet_of(lines)], "baris-belum-diimpor.xlsx")


@require_safe
@permission_required("partnerships.add_agreement", raise_exception=True)
def import_template(request: SignedInRequest) -> HttpResponseBase:
    return template_for(request.user)
