"""Pages on agreements: the list, the form, and the way to the Sampah and back."""

from django.contrib.auth.decorators import permission_required
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from institutions.forms.base import posted
from institutions.history import history_of
from institutions.http import SignedInRequest, atomic_post, finish, get_editable
from institutions.lists import list_context
from institutions.models import ByCodePoint
from partnerships.filters.agreements import AgreementFilterSet
from partnerships.forms.agreements import AgreementForm
from partnerships.models import Agreement, Partner, Stage
from partnerships.models.agreement_term import term_words
from partnerships.paper_rows import PaperRow, papers_shown
from partnerships.paper_tabs import EVERYWHERE, empty_text, open_tab, papers_of_tab, tabs_of
from partnerships.pickers import known_partners, signed_agreements
from partnerships.views.removal import confirm_archive, restore

SORTS = {
    # The search text begins with the title, spelled as names are compared.
    "tentang": (ByCodePoint("search_text").asc(), "pk"),
    "unit": ("unit__name_key", F("signed_on").desc(nulls_last=True), "-pk"),
    "berakhir": (F("ends_on").asc(nulls_last=True), "pk"),
    "tanda-tangan": (F("signed_on").asc(nulls_last=True), "pk"),
}
# The button that saves and opens the next form, and what that form goes on from.
NEXT = "lagi"
ONE_MORE = "Perjanjian “{}” tersimpan.{} Tanggal, tempat, dan jangka waktunya tetap di bawah ini."
HISTORY_PARTS = ("parties", "area_links", "documents")


@require_safe
@permission_required("partnerships.view_agreement", raise_exception=True)
def agreement_list(request: SignedInRequest) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    tab = open_tab(user, request.GET.get("tab", ""))
    rows = papers_of_tab(user, tab, today)
    filters = AgreementFilterSet(request.GET or None, queryset=rows, request=request)

    def shown(keys: list[int]) -> list[PaperRow]:
        return papers_shown(user, keys, filters.day)

    context = list_context(request, filters, sorts=SORTS, default="-tanda-tangan", show=shown)
    context |= {
        "tabs": tabs_of(user, tab, request.path, today),
        "empty": empty_text(tab),
        "wider": wider_url(request, tab),
    }
    return render(request, "partnerships/agreement_list.html", context)


def wider_url(request: SignedInRequest, tab: str) -> str:
    """The same filters on every paper the user sees; blank where that shows no more."""
    if tab == EVERYWHERE:
        return ""
    asked = request.GET.copy()
    for parameter in ("tab", "page"):
        asked.pop(parameter, None)
    return f"{request.path}?{asked.urlencode()}"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.add_agreement", raise_exception=True)
@atomic_post
def agreement_create(request: SignedInRequest) -> HttpResponse:
    form = AgreementForm(
        posted(request),
        user=request.user,
        partner=partner_of(request),
        before=before(request),
        parent=umbrella(request),
    )
    if form.saved():
        if NEXT in request.POST:
            again = f"{reverse('agreement_create')}?{NEXT}={form.instance.pk}"
            return finish(request, again, one_more(form.instance), form.warnings)
        is_signed = form.instance.stage == Stage.SIGNED
        text = f"Perjanjian tersimpan.{' Naskah belum diunggah.' if is_signed else ''}"
        return finish(request, form.instance, text, form.warnings)
    return render(request, "partnerships/agreement_form.html", {"form": form})


def one_more(saved: Agreement) -> str:
    """What was saved, with its term in words: its own page is not shown in between."""
    term = term_words(saved)
    return ONE_MORE.format(saved, f" Masa berlakunya {term}." if term else "")


def partner_of(request: SignedInRequest) -> Partner | None:
    """The partner whose page the user came from."""
    key = key_in(request, "mitra")
    return known_partners(request.user).filter(pk=key).first() if key else None


def umbrella(request: SignedInRequest) -> Agreement | None:
    """The paper whose page the user came from, to record one that hangs under it."""
    key = key_in(request, "payung")
    return signed_agreements(request.user).filter(pk=key).first() if key else None


def before(request: SignedInRequest) -> Agreement | None:
    """The paper recorded just before, where the user goes on with the next of the same day."""
    key = key_in(request, NEXT)
    own = Agreement.objects.editable_by(request.user).current()
    return own.filter(pk=key).first() if key else None


def key_in(request: SignedInRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.change_agreement", raise_exception=True)
@atomic_post
def agreement_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Agreement.objects.listed_to(request.user).current()
    agreement = get_editable(request, seen, Agreement.objects.editable_by(request.user), pk=pk)
    form = AgreementForm(posted(request), instance=agreement, user=request.user)
    if form.saved():
        return finish(request, agreement, "Perubahan perjanjian tersimpan.", form.warnings)
    context = {"form": form, "agreement": agreement}
    return render(request, "partnerships/agreement_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.archive_agreement", raise_exception=True)
@atomic_post
def agreement_archive(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Agreement.objects.listed_to(request.user).current()
    agreement = get_editable(request, seen, Agreement.objects.editable_by(request.user), pk=pk)
    return confirm_archive(request, agreement, "agreement_list")


@require_http_methods(["POST"])
@permission_required("partnerships.archive_agreement", raise_exception=True)
@atomic_post
def agreement_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Agreement.objects.listed_to(request.user).archived()
    agreement = get_editable(request, seen, Agreement.objects.editable_by(request.user), pk=pk)
    return restore(request, agreement, "Perjanjian dipulihkan.")


@require_safe
@permission_required("partnerships.view_agreement", raise_exception=True)
def agreement_history(request: SignedInRequest, pk: int) -> HttpResponse:
    agreement = get_object_or_404(Agreement.objects.editable_by(request.user), pk=pk)
    context = {"agreement": agreement, "entries": history_of(agreement, *HISTORY_PARTS)}
    return render(request, "partnerships/agreement_history.html", context)
