"""The page of one agreement: the card for everybody, the full record for those it concerns."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from indonesian.calendar import format_date
from indonesian.numbers import format_number
from institutions.http import SignedInRequest
from institutions.models import User
from partnerships.agreement_timeline import timeline
from partnerships.models import Agreement, AgreementArea, Delivery, Event
from partnerships.models.agreement_term import term_words
from partnerships.participants import all_heads, heads_of

SHOWN_DELIVERIES = 10
# What is missing, in words, and the place of the form that takes it.
GAPS = {
    "title": ("Isi pokok perjanjian", "id_title"),
    "parties": ("Tambahkan pihak kedua", "parties-judul"),
    "signed_on": ("Isi tanggal tanda tangan", "id_signed_on"),
    "ends_on": ("Isi jangka waktu atau tanggal berakhir", "id_term_0"),
    "areas": ("Pilih bidang", "id_areas_0"),
}


@require_safe
@permission_required("partnerships.view_agreement", raise_exception=True)
def agreement_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    user = request.user
    areas = Prefetch("area_links", AgreementArea.objects.select_related("area"))
    rows = Agreement.objects.listed_to(user).among([pk]).for_page().prefetch_related(areas)
    agreement = get_object_or_404(rows.select_related("recorded_by", "archived_by"), pk=pk)
    is_own = Agreement.objects.editable_by(user).filter(pk=pk).exists()
    if not is_own and not Agreement.objects.visible_to(user).filter(pk=pk).exists():
        context = card(agreement) | {"why": whose(agreement)}
        return render(request, "partnerships/agreement_card.html", context)
    context = card(agreement) | full_record(agreement, user) | {"is_own": is_own}
    if is_own:
        context |= own_record(agreement, user)
    context["timeline"] = timeline(
        agreement, events=context["events"], deliveries=context["deliveries"], is_own=is_own
    )
    return render(request, "partnerships/agreement_detail.html", context)


def card(agreement: Agreement) -> dict[str, Any]:
    """What all staff may know of a signed agreement."""
    return {
        "agreement": agreement,
        "parties": list(agreement.parties.all()),
        "areas": [link.area for link in agreement.area_links.all()],
        "term": term_words(agreement),
        "term_note": term_note(agreement),
    }


def term_note(agreement: Agreement) -> str:
    original = agreement.original_ends_on
    if original is None or original == agreement.ends_on:
        return ""
    return f"semula sampai {format_date(original)}, diubah dengan adendum"


def whose(agreement: Agreement) -> str:
    """Why the rest is not shown."""
    return (
        f"Perjanjian ini disimpan {agreement.unit}. Nomor, penanda tangan, realisasi, dan naskahnya"
        " hanya terlihat oleh unit itu, unit yang menjadi pihak, serta unit di atas dan di"
        " bawahnya; Anda melihat kartunya."
    )


def full_record(agreement: Agreement, user: User) -> dict[str, Any]:
    """What the parties, the units above and the units below the keeping one may know as well."""
    deliveries = Delivery.objects.visible_to(user).current().filter(agreement=agreement)
    events = Event.objects.visible_to(user).current()
    # Keys first: with an OR over two tables both databases read every event.
    served = [*agreement.serving_events.values_list("event", flat=True), agreement.signing_event_id]
    notice = agreement.notice_days
    return related_papers(agreement, user) | {
        "sides": sides_of(agreement),
        "notice": f"{format_number(notice)} hari sebelum berakhir" if notice else "",
        "events": events.filter(pk__in=filter(None, served)).newest_first(),
        "deliveries": deliveries.with_links()[:SHOWN_DELIVERIES],
        "everybody": all_heads(heads_of(deliveries.totals())),
        "deliveries_url": f"{reverse('delivery_list')}?perjanjian={agreement.pk}",
    }


def sides_of(agreement: Agreement) -> list[dict[str, Any]]:
    """The parties under the names of the day of signing, and today's where it is another."""
    parties = list(agreement.parties.all())
    prefetch_related_objects(parties, "unit__names", "partner__names")
    found = []
    for party in parties:
        if who := party.who:
            then = who.name_on(agreement.signed_on)
            now = "" if then == who.name else who.name
            found.append({"party": party, "name": then, "now": now})
    return found


def related_papers(agreement: Agreement, user: User) -> dict[str, Any]:
    """The papers above, before, after and below this one that the user sees at least as cards."""
    above = [agreement.parent_id, agreement.replaces_id, agreement.amends_id]
    links = ("parent", "replaces", "amends")
    pointing = (Agreement.objects.filter(**{link: agreement}).order_by() for link in links)
    first, *others = (rows.values_list("pk", flat=True) for rows in pointing)
    keys = [*filter(None, above), *first.union(*others)]
    listed = Agreement.objects.listed_to(user).current().among(keys)
    papers = list(listed.for_list().order_by("signed_on")) if keys else []
    return {
        "parent": [paper for paper in papers if paper.pk == agreement.parent_id],
        "base": [paper for paper in papers if paper.pk == agreement.amends_id],
        "predecessors": [paper for paper in papers if paper.pk == agreement.replaces_id],
        "successors": [paper for paper in papers if paper.replaces_id == agreement.pk],
        "children": [paper for paper in papers if paper.parent_id == agreement.pk],
        "addenda": [paper for paper in papers if paper.amends_id == agreement.pk],
    }


def own_record(agreement: Agreement, user: User) -> dict[str, Any]:
    """What stays inside the subtree of the keeping unit: what is missing, what is promised."""
    change = ""
    if user.has_perm("partnerships.change_agreement") and not agreement.archived_on:
        change = reverse("agreement_edit", args=[agreement.pk])
    gaps = (GAPS[gap] for gap in agreement.missing())
    return {
        "change": change,
        "change_more": change and f"{change}?rinci=1",
        "missing": [{"label": label, "url": change and f"{change}#{at}"} for label, at in gaps],
        "followups": agreement.followups.visible_to(user).select_related("owner_unit"),
    }
