"""What happened to an agreement, newest first: one line of its page."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from indonesian.numbers import format_number
from partnerships.models import Agreement, Delivery, Event

Entry = dict[str, Any]


def timeline(
    agreement: Agreement,
    *,
    papers: Iterable[Agreement],
    events: Iterable[Event],
    deliveries: Iterable[Delivery],
    is_own: bool,
) -> list[Entry]:
    """Entries for includes/_timeline.html; who recorded it is told to the own subtree alone.

    `papers` renew or amend this one.
    """
    entries = [
        *life_of(agreement),
        *(followed(paper, agreement) for paper in papers if paper.signed_on),
        *(held(event, agreement) for event in events),
        *(done(delivery) for delivery in deliveries),
    ]
    if is_own:
        entries.append(recorded(agreement))
    # What has no day stands last, in the order it was found.
    return sorted(entries, key=lambda entry: entry["date"] or date.min, reverse=True)


def life_of(agreement: Agreement) -> Iterator[Entry]:
    """Signed, in force, ended."""
    today = timezone.localdate()
    if agreement.signed_on or agreement.signed_text:
        text = "" if agreement.signed_on else agreement.signed_text
        place = f"di {agreement.place}" if agreement.place else ""
        yield entry(agreement.signed_on, "Ditandatangani", date_text=text, detail=place)
    if agreement.starts_on and agreement.starts_on != agreement.signed_on:
        yield entry(agreement.starts_on, "Mulai berlaku")
    if agreement.terminated_on:
        letter = agreement.termination_letter
        why = f"{agreement.termination_reason} (surat {letter})" if letter else ""
        reason = why or agreement.termination_reason
        yield entry(agreement.terminated_on, "Diakhiri lebih awal", detail=reason)
    elif agreement.ends_on and agreement.ends_on < today:
        yield entry(agreement.ends_on, "Masa berlaku habis")


def followed(paper: Agreement, agreement: Agreement) -> Entry:
    what = "Diubah dengan adendum" if paper.amends_id == agreement.pk else "Diperpanjang dengan"
    return entry(paper.signed_on, f"{what}: {paper}", url=paper.get_absolute_url())


def held(event: Event, agreement: Agreement) -> Entry:
    signing = event.pk == agreement.signing_event_id
    title = f"Ditandatangani pada kegiatan: {event}" if signing else f"Kegiatan: {event}"
    text = "" if event.starts_on else event.date_label
    return entry(event.starts_on, title, url=event.get_absolute_url(), date_text=text)


def done(delivery: Delivery) -> Entry:
    heads = f"{format_number(delivery.participants)} peserta" if delivery.participants else ""
    return entry(
        delivery.date, f"Realisasi: {delivery}", url=delivery.get_absolute_url(), detail=heads
    )


def recorded(agreement: Agreement) -> Entry:
    moment = timezone.localtime(agreement.recorded_at)
    by = f"oleh {agreement.recorded_by}" if agreement.recorded_by else ""
    return entry(moment.date(), "Dicatat di register", byline=by)


def entry(day: date | None, title: str, **more: str) -> Entry:
    return {"date": day, "title": title} | more
