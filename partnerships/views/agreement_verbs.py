"""Pages that change the state of an agreement: sign, renew, amend, end, and take it back."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from indonesian.calendar import format_date
from institutions.forms.base import posted
from institutions.http import SignedInRequest, atomic_post, finish, get_editable
from institutions.models import User
from partnerships.forms.agreement_verbs import (
    AmendForm,
    RenewForm,
    SignForm,
    TerminateForm,
    UndoForm,
    VerbForm,
)
from partnerships.models import Agreement, LastVerb, Stage, Verb
from partnerships.models.agreement_term import term_words

RENEWED = "Perpanjangan tersimpan. Perjanjian lama tampil diperpanjang sejak yang baru berlaku."
RENEWAL_DRAFT = "Draf perpanjangan tersimpan. Perjanjian lama tetap berjalan seperti biasa."
NOTHING_TO_UNDO = "Tidak ada yang dapat dibatalkan pada perjanjian ini."


def own_paper(request: SignedInRequest, pk: int) -> Agreement:
    seen = Agreement.objects.listed_to(request.user).current()
    return get_editable(request, seen, Agreement.objects.editable_by(request.user), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.change_agreement", raise_exception=True)
@atomic_post
def agreement_sign(request: SignedInRequest, pk: int) -> HttpResponse:
    agreement = own_paper(request, pk)
    form = SignForm(posted(request), instance=agreement, user=request.user)
    blockers = obstacles(agreement, Verb.SIGN, request.user)
    if not blockers and form.saved():
        return finish(request, agreement, "Penandatanganan tersimpan.", form.warnings)
    words = {
        "heading": "Catat penandatanganan",
        "lede": "Perjanjian menjadi ditandatangani, dan masa berlakunya mulai dihitung.",
        "submit_label": "Simpan penandatanganan",
    }
    return ask(request, agreement, form, blockers, words)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.change_agreement", raise_exception=True)
@atomic_post
def agreement_renew(request: SignedInRequest, pk: int) -> HttpResponse:
    agreement = own_paper(request, pk)
    form = RenewForm(posted(request), instance=agreement, user=request.user)
    blockers = obstacles(agreement, Verb.RENEW, request.user)
    if not blockers and form.saved():
        done = RENEWED if form.outcome.stage == Stage.SIGNED else RENEWAL_DRAFT
        return finish(request, form.outcome, done, form.warnings)
    words = {
        "heading": "Perpanjang perjanjian",
        "lede": "Dibuat naskah baru yang melanjutkan perjanjian ini. Jenis, pokok, para pihak,"
        " bidang, dan ketentuannya disalin; semuanya dapat diubah kemudian.",
        "submit_label": "Simpan perpanjangan",
    }
    return ask(request, agreement, form, blockers, words)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.change_agreement", raise_exception=True)
@atomic_post
def agreement_amend(request: SignedInRequest, pk: int) -> HttpResponse:
    agreement = own_paper(request, pk)
    form = AmendForm(posted(request), instance=agreement, user=request.user)
    blockers = obstacles(agreement, Verb.AMEND, request.user)
    if not blockers and form.saved():
        return finish(request, agreement, "Adendum tersimpan.", form.warnings)
    words = {
        "heading": "Catat adendum",
        "lede": "Adendum dicatat sebagai naskah sendiri di bawah perjanjian ini. Bila mengubah masa"
        " berlaku, tanggal berakhir yang semula tetap tersimpan.",
        "submit_label": "Simpan adendum",
    }
    return ask(request, agreement, form, blockers, words)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.change_agreement", raise_exception=True)
@atomic_post
def agreement_terminate(request: SignedInRequest, pk: int) -> HttpResponse:
    agreement = own_paper(request, pk)
    form = TerminateForm(posted(request), instance=agreement, user=request.user)
    blockers = obstacles(agreement, Verb.TERMINATE, request.user)
    if not blockers and form.saved():
        return finish(request, agreement, "Perjanjian diakhiri.", form.warnings)
    words = {
        "heading": "Akhiri perjanjian ini?",
        "lede": "Riwayat, realisasi, dan naskah tetap tersimpan.",
        "submit_label": "Akhiri perjanjian",
        "danger": True,
    }
    return ask(request, agreement, form, blockers, words)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(
    ("partnerships.change_agreement", "partnerships.archive_agreement"), raise_exception=True
)
@atomic_post
def agreement_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    agreement = own_paper(request, pk)
    last = agreement.last_verb()
    form = UndoForm(posted(request), instance=agreement, user=request.user, last=last)
    blockers = undo_obstacles(agreement, last, request.user)
    if last and not blockers and form.saved():
        done = f"{last.verb.label.capitalize()} dibatalkan."
        return finish(request, agreement, done)
    what = last.verb.label if last else "yang terakhir"
    words = {
        "heading": f"Batalkan {what}?",
        "lede": undo_in_words(last) if last else "",
        "submit_label": f"Batalkan {what}",
        "cancel_label": "Kembali",
        "danger": True,
    }
    return ask(request, agreement, form, blockers, words)


def obstacles(agreement: Agreement, verb: Verb, user: User) -> list[dict[str, str]]:
    """Why the verb cannot be done, with the way to the renewal that stands in its place."""
    text = agreement.obstacle_to(verb)
    if not text:
        return []
    successor = agreement.current_successor()
    if agreement.stage != Stage.SIGNED or agreement.terminated_on or successor is None:
        return [{"text": text}]
    return [{"text": text}, *way_to(successor, user)]


def way_to(paper: Agreement, user: User) -> list[dict[str, str]]:
    """A link to the paper, for whom it is listed; somebody else's draft is not named."""
    if not Agreement.objects.listed_to(user).filter(pk=paper.pk).exists():
        return []
    day = f", {format_date(paper.signed_on)}" if paper.signed_on else ""
    return [{"text": f"Buka perpanjangannya: {paper}{day}", "url": paper.get_absolute_url()}]


def undo_obstacles(agreement: Agreement, last: LastVerb | None, user: User) -> list[dict[str, str]]:
    if last is None:
        return [{"text": NOTHING_TO_UNDO}]
    if not user.works_for(last.paper.unit_id):
        return [{"text": f"Naskahnya milik {last.paper.unit}."}]
    text = agreement.undo_obstacle(last)
    if not text:
        return []
    is_other = last.paper.pk != agreement.pk
    return [{"text": text, "url": last.paper.get_absolute_url() if is_other else ""}]


def undo_in_words(last: LastVerb) -> str:
    """What taking it back does."""
    paper = last.paper
    if last.verb == Verb.SIGN:
        return (
            "Perjanjian kembali ke tahap sebelum ditandatangani. Nomor yang sudah ditulis tetap"
            " tersimpan."
        )
    if last.verb == Verb.TERMINATE:
        return "Perjanjian berlaku lagi seperti sebelum diakhiri."
    text = f"“{paper}” pindah ke Sampah dan dapat dipulihkan dari sana."
    return f"{text} {paper.archive_consequence()}".strip()


def ask(
    request: SignedInRequest,
    agreement: Agreement,
    form: VerbForm,
    blockers: list[dict[str, str]],
    words: dict[str, Any],
) -> HttpResponse:
    """The page of a verb: the facts, what stands in the way, or the form."""
    parties = ", ".join(map(str, agreement.parties.all()))
    facts = [
        {"label": "Perjanjian", "value": f"{agreement.get_kind_display()}: {agreement}"},
        {"label": "Para pihak", "value": parties},
        {"label": "Masa berlaku", "value": term_words(agreement)},
    ]
    typed = [field for field in form.visible_fields() if form.is_bound and field.value()]
    context = {
        **words,
        "lede": "" if blockers else words["lede"],
        "form": form,
        "agreement": agreement,
        "facts": facts,
        "blockers": blockers,
        "typed": typed if blockers else [],
        "cancel_url": agreement.get_absolute_url(),
    }
    return render(request, "partnerships/agreement_verb.html", context)
