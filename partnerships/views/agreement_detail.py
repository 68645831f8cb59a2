"""The page of one agreement: the card for everybody, the full record for those it concerns."""

from datetime import date
from operator import attrgetter
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import F, Sum, Window, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from indonesian.calendar import format_date
from indonesian.numbers import format_number
from institutions.http import SignedInRequest
from institutions.models import User
from institutions.together import Relation, read_together
from partnerships.agreement_timeline import timeline
from partnerships.models import Agreement, Delivery, Event, FollowUp, Stage, Status, Verb
from partnerships.models.agreement_codes import UMBRELLA_KINDS
from partnerships.models.agreement_term import elapsed, term_words
from partnerships.paper_chain import after, before, with_chain
from partnerships.paper_list import FILES, papers_of


def due_first(followup: FollowUp) -> tuple[date, int]:
    return followup.due or date.max, followup.pk


SHOWN_DELIVERIES = 10
SHOWN_OF_EVENTS = ("title", "starts_on", "ends_on", "date_precision", "year", "month", "date_text")
SHOWN_OF_DELIVERIES = (
    *("agreement", "unit__short_name", "kind", "date", "output", "verified_on"),
    *Delivery.COUNT_FIELDS,
)
SIDE = ("unit__code", "unit__name", "unit__short_name", "partner__name")
PARTS = (
    Relation(
        "parties",
        ("order", "number", "signatory_name", "signatory_position", *SIDE),
        attrgetter("order", "pk"),
    ),
    Relation(
        "area_links",
        ("area__label", "area__order", "area__code"),
        attrgetter("area.order", "area.code"),
    ),
    Relation("followups", ("text", "done_on", "due", "owner_unit__short_name"), due_first),
    Relation("serving_events", ("event",)),
    FILES,
    *(Relation(link, ("stage", "archived_on")) for link in ("children", "successors", "addenda")),
)
# What a paper in this state is waiting for stands first among what can be done with it.
ACTIONS = {
    Verb.SIGN: ("Catat penandatanganan", "agreement_sign"),
    Verb.RENEW: ("Perpanjang", "agreement_renew"),
    Verb.AMEND: ("Catat adendum", "agreement_amend"),
    Verb.TERMINATE: ("Akhiri perjanjian", "agreement_terminate"),
}
AWAITED = {Status.ENDING_SOON: Verb.RENEW, Status.EXPIRED: Verb.RENEW}
# What is missing, in words, and the place of the form that takes it.
GAPS = {
    "title": ("Isi pokok perjanjian", "id_title"),
    "parties": ("Tambahkan pihak kedua", "parties-judul"),
    "signed_on": ("Isi tanggal tanda tangan", "id_signed_on"),
    "ends_on": ("Isi jangka waktu atau tanggal berakhir", "id_term_0"),
    "areas": ("Pilih bidang", "id_areas"),
}


@require_safe
@permission_required("partnerships.view_agreement", raise_exception=True)
def agreement_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    user = request.user
    rows = Agreement.objects.listed_to(user).among([pk]).told_to(user).with_state().with_past()
    agreement: Any = get_object_or_404(rows.select_related("recorded_by"), pk=pk)
    read_together(agreement, *PARTS)
    is_own = user.works_for(agreement.unit_id)
    if not agreement.is_told:
        context = card(agreement) | {"why": whose(agreement)}
        return render(request, "partnerships/agreement_card.html", context)
    context = card(agreement) | full_record(agreement, user) | {"is_own": is_own}
    context |= papers_of(agreement, user, is_own=is_own)
    if is_own:
        context |= own_record(agreement, user)
    context["timeline"] = timeline(
        agreement,
        papers=followers(agreement, context),
        events=context["events"],
        deliveries=context["deliveries"],
        is_own=is_own,
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
        "elapsed": elapsed(agreement, agreement.day),
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
    deliveries, events = deliveries_of(agreement, user), events_of(agreement, user)
    signing = (event for event in events if event.pk == agreement.signing_event_id)
    notice = agreement.notice_days
    return related_papers(agreement, user) | {
        "sides": sides_of(agreement),
        "notice": f"{format_number(notice)} hari sebelum berakhir" if notice else "",
        "events": events,
        "signing": next(signing, None),
        "deliveries": deliveries,
        "everybody": {"total": deliveries[0].everybody} if deliveries else None,
        "deliveries_url": f"{reverse('delivery_list')}?perjanjian={agreement.pk}",
        "below_url": below_url(agreement, user),
    }


def below_url(agreement: Agreement, user: User) -> str:
    """Where a paper under this one is recorded; blank where none can hang under it."""
    carries = agreement.kind in UMBRELLA_KINDS and agreement.stage == Stage.SIGNED
    if not carries or agreement.archived_on or not user.has_perm("partnerships.add_agreement"):
        return ""
    return f"{reverse('agreement_create')}?payung={agreement.pk}"


def events_of(agreement: Agreement, user: User) -> list[Event]:
    """Where it was signed and where something of it was carried out."""
    keys = {row.event_id for row in agreement.serving_events.all()}
    if agreement.signing_event_id:
        keys.add(agreement.signing_event_id)
    rows = Event.objects.among(sorted(keys)).visible_to(user).current()
    return list(rows.only(*SHOWN_OF_EVENTS).newest_first()) if keys else []


def deliveries_of(agreement: Agreement, user: User) -> list[Any]:
    """The latest ones; each knows how many people all of them reached."""
    rows = agreement.deliveries.current()
    # Whoever reads a paper in full sees all that was done under it, unless it is in the Sampah.
    seen = rows.visible_to(user) if agreement.archived_on else rows
    first, *others = (F(name) for name in Delivery.COUNT_FIELDS)
    everybody = Window(Sum(sum(others, start=first)))
    found = seen.annotate(everybody=everybody).select_related("unit").only(*SHOWN_OF_DELIVERIES)
    return list(found[:SHOWN_DELIVERIES])


def sides_of(agreement: Agreement) -> list[dict[str, Any]]:
    """The parties under the names of the day of signing, and today's where it is another."""
    parties = list(agreement.parties.all())
    if agreement.signed_on:
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
    keys = {key for key in (agreement.parent_id, agreement.amends_id) if key}
    for link in ("children", "addenda"):
        keys |= {paper.pk for paper in getattr(agreement, link).all()}
    wanted = with_chain(agreement, sorted(keys))
    listed = Agreement.objects.listed_to(user).current().among(wanted)
    papers = [] if wanted == [] else list(listed.with_state().order_by("signed_on"))
    return {
        "parent": [paper for paper in papers if paper.pk == agreement.parent_id],
        "base": [paper for paper in papers if paper.pk == agreement.amends_id],
        "predecessors": before(agreement, papers),
        "successors": after(agreement, papers),
        "children": [paper for paper in papers if paper.parent_id == agreement.pk],
        "addenda": [paper for paper in papers if paper.amends_id == agreement.pk],
    }


def followers(agreement: Agreement, related: dict[str, Any]) -> list[Agreement]:
    """The papers that amend or renew this one itself, not those further along the chain."""
    renewing = [paper for paper in related["successors"] if paper.replaces_id == agreement.pk]
    return [*related["addenda"], *renewing]


def own_record(agreement: Agreement, user: User) -> dict[str, Any]:
    """What stays inside the subtree of the keeping unit: what is missing, what is promised."""
    may_change = user.has_perm("partnerships.change_agreement") and not agreement.archived_on
    change = reverse("agreement_edit", args=[agreement.pk]) if may_change else ""
    gaps = (GAPS[gap] for gap in agreement.missing())
    followups = agreement.followups.all()
    return {
        "actions": actions_on(agreement, user) if may_change else [],
        "change": change,
        "change_more": change and f"{change}?rinci=1",
        "missing": [{"label": label, "url": change and f"{change}#{at}"} for label, at in gaps],
        "followups": [row for row in followups if user.works_for(row.owner_unit_id)],
    }


def actions_on(agreement: Agreement, user: User) -> list[dict[str, str]]:
    """What may be done with this paper now, the main thing first."""
    legal = agreement.legal_verbs()
    awaited = Verb.SIGN if Verb.SIGN in legal else AWAITED.get(agreement.status)
    first = [verb for verb in legal if verb == awaited]
    rest = [verb for verb in legal if verb != awaited]
    edit = ("Ubah", "agreement_edit")
    found = [*(ACTIONS[verb] for verb in first), edit, *(ACTIONS[verb] for verb in rest)]
    if user.has_perm("partnerships.archive_agreement"):
        found += [*undo_of(agreement, user), ("Hapus", "agreement_archive")]
    return [{"label": label, "url": reverse(name, args=[agreement.pk])} for label, name in found]


def undo_of(agreement: Agreement, user: User) -> list[tuple[str, str]]:
    """Taking back what was done last; of another paper, its own page says why it cannot be."""
    last = agreement.last_verb()
    if last is None or (last.paper is agreement and agreement.undo_obstacle(last)):
        return []
    return [(f"Batalkan {last.verb.label}", "agreement_undo")]
