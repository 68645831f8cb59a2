"""What the page of one event shows, and to whom."""

from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from indonesian.calendar import format_day
from institutions.models import User
from institutions.together import Relation, read_together
from partnerships.models import (
    Agreement,
    Attendance,
    Coverage,
    Delivery,
    Event,
    FollowUp,
    UnitRole,
)
from partnerships.models.agreement_queries import FACTS
from partnerships.paper_list import FILES, papers_of


def latest_first(report: Coverage) -> tuple[int, int]:
    """Late days before early ones; without a day last."""
    day = report.published_on
    return -day.toordinal() if day else 0, report.pk


UNIT = ("unit__code", "unit__name", "unit__short_name")
PARTS = (
    Relation("parts", ("kind", "text", "order"), attrgetter("order", "pk")),
    Relation(
        "area_links",
        ("area__label", "area__order", "area__code"),
        attrgetter("area.order", "area.code"),
    ),
    Relation("unit_roles", ("role", "online", *UNIT)),
    Relation(
        "people",
        ("name", "degrees", "position", "role", "organisation", "partner__name", *UNIT),
    ),
    Relation("coverage", ("outlet", "url", "published_on", "reach", "captured_on"), latest_first),
    Relation("served", ("agreement",)),
    Relation("signed_agreements", ()),
    Relation("deliveries", ()),
    FILES,
)
ATTENDED = (
    *("event", "name_as_written", "presence", "representative", "outcome"),
    *("agreement__title", "agreement__kind", "partner__name"),
    *("partner__regency__full_name", "partner__province__short_name"),
)
DELIVERED = (
    *("kind", "output", "date", "verified_on", *Delivery.COUNT_FIELDS),
    *("agreement__title", "agreement__kind"),
)
PAPER = (*FACTS, "kind", "title", "signing_event", "unit__code", "unit__short_name")
# What a gap asks for, and where on the form it is answered.
GAPS = {
    "when": ("Isi tanggal kegiatan", "#id_when"),
    "parts": ("Isi jenis kegiatan", "#parts-judul"),
    "place": ("Isi tempat", "#id_place"),
    "attendances": ("Catat mitra yang hadir", "#attendances-judul"),
    "areas": ("Pilih bidang", "?bagian=rincian#id_areas"),
}


def event_page(event: Event, user: User) -> dict[str, Any]:
    """Context of the page; notes and follow-ups only for the subtree of the keeping unit."""
    is_own = user.works_for(event.unit_id)
    may_change = is_own and user.has_perm("partnerships.change_event") and not event.archived_on
    change = reverse("event_edit", args=[event.pk]) if may_change else ""
    read_parts(event)
    deliveries = deliveries_of(event, user)
    papers = agreements_of(event, user)
    signed = [paper for paper in papers if paper.signing_event_id == event.pk]
    served_keys = {row.agreement_id for row in event.served.all()}
    served = [paper for paper in papers if paper.pk in served_keys]
    followups = list(followups_of(event)) if is_own else []
    return {
        "event": event,
        "is_own": is_own,
        "change": change,
        "facts": facts_of(event, change),
        "people": people_of(event),
        "listed": {paper.pk for paper in papers},
        "served": served,
        "undelivered": undelivered(event, served, deliveries) if is_own else [],
        "deliveries": deliveries,
        "signed": signed,
        "followups": followups,
        "missing": missing(event, change) if change else [],
        "timeline": timeline(event, deliveries, signed, followups),
        **papers_of(event, user, is_own=is_own),
    }


def read_parts(event: Event) -> None:
    """Everything the event consists of, by three questions, with the names units had that day."""
    read_together(event, *PARTS)
    partner = ("partner__regency", "partner__province")
    attended = Attendance.objects.select_related(*partner, "agreement").only(*ATTENDED)
    prefetch_related_objects([event], Prefetch("attendances", attended))
    units = [event.unit, *(row.unit for row in event.unit_roles.all())]
    units += [row.unit for row in event.people.all() if row.unit]
    prefetch_related_objects(units, "names")


def deliveries_of(event: Event, user: User) -> list[Delivery]:
    keys = [row.pk for row in event.deliveries.all()]
    rows = Delivery.objects.among(keys).visible_to(user).current().select_related("agreement")
    return list(rows.only(*DELIVERED)) if keys else []


def agreements_of(event: Event, user: User) -> list[Agreement]:
    """What was signed here, carried out here, or followed from a partner's attendance."""
    keys = {row.pk for row in event.signed_agreements.all()}
    keys |= {row.agreement_id for row in event.served.all()}
    keys |= {row.agreement_id for row in event.attendances.all() if row.agreement_id}
    rows = Agreement.objects.listed_to(user).current().among(sorted(keys)).with_state()
    return list(rows.only(*PAPER)) if keys else []


def followups_of(event: Event) -> Any:
    rows = FollowUp.objects.filter(Q(event=event) | Q(attendance__event=event))
    return rows.select_related("owner_unit", "owner_user", "attendance__partner")


def facts_of(event: Event, change: str) -> list[dict[str, Any]]:
    """Rows of includes/_fact.html; those of another unit's event carry no links to the form."""
    written = f"tertulis “{event.date_text}”, tahunnya disimpulkan" if event.date_inferred else ""
    clock = f"{event.time:%H.%M} {event.unit.timezone_label}" if event.time else ""
    keeper = event.unit.name_on(event.starts_on)
    rows = [
        ("Tanggal", day_words(event), "#id_when", "Isi tanggal", written),
        ("Pukul", clock, "#id_time", "Isi jam", ""),
        ("Acara", parts_of(event), "#parts-judul", "Isi jenis", ""),
        ("Tempat", event.place, "#id_place", "Isi tempat", ""),
        ("Cara pelaksanaan", event.get_mode_display(), "#id_mode", "Isi caranya", ""),
        ("Unit pencatat", keeper, "", "", ""),
        ("Unit yang terlibat", units_of(event), "?bagian=unit#unit_roles-judul", "Isi unit", ""),
        ("Bidang", areas_of(event), "?bagian=rincian#id_areas", "Pilih bidang", ""),
        (
            "Tahun anggaran",
            event.budget_year,
            "?bagian=rincian#id_budget_year",
            "Isi tahun anggaran",
            "",
        ),
    ]
    return [
        {
            "label": label,
            "values": value if isinstance(value, list) else None,
            "value": "" if isinstance(value, list) else value,
            "change_url": f"{change}{target}" if change and target else "",
            "fill_label": fill,
            "note": note,
        }
        for label, value, target, fill, note in rows
    ]


def day_words(event: Event) -> str:
    """Blank where nothing is known, so that the fact asks for it."""
    if event.starts_on and not event.ends_on:
        return format_day(event.starts_on)
    return event.date_label if event.starts_on or event.date_text else ""


def parts_of(event: Event) -> list[str]:
    """The first is what the event mainly was."""
    words = [str(part) for part in event.parts.all()]
    return [f"{words[0]} (utama)", *words[1:]] if len(words) > 1 else words


def areas_of(event: Event) -> list[str]:
    return [str(link.area) for link in event.area_links.all()]


def units_of(event: Event) -> list[str]:
    """The units and their roles, under the names they carried that day; the host first."""
    rows = sorted(event.unit_roles.all(), key=lambda row: row.role != UnitRole.HOST)
    return [
        f"{row.unit.name_on(event.starts_on)} ({row.get_role_display().lower()}"
        f"{', secara daring' if row.online else ''})"
        for row in rows
    ]


def people_of(event: Event) -> list[dict[str, Any]]:
    """Who led, spoke or stood for whom, with the organisation as it was called that day."""
    return [
        {
            "name": str(row),
            "position": row.position,
            "role": row.get_role_display(),
            "organisation": row.organisation
            or (row.unit.name_on(event.starts_on) if row.unit else str(row.partner or "")),
            "url": side.get_absolute_url() if (side := row.unit or row.partner) else "",
        }
        for row in event.people.all()
    ]


def undelivered(
    event: Event, served: list[Agreement], deliveries: list[Delivery]
) -> list[Agreement]:
    """Agreements the event carried out without anybody having said what was delivered."""
    if not event.has_happened(timezone.localdate()):
        return []
    told = {delivery.agreement_id for delivery in deliveries}
    return [agreement for agreement in served if agreement.pk not in told]


def missing(event: Event, change: str) -> list[dict[str, str]]:
    return [{"label": GAPS[gap][0], "url": f"{change}{GAPS[gap][1]}"} for gap in event.missing()]


def timeline(
    event: Event,
    deliveries: list[Delivery],
    signed: list[Agreement],
    followups: list[FollowUp],
) -> list[dict[str, Any]]:
    """What led up to the event and what came of it, newest first."""
    known_day = event.starts_on or date.min
    entries: list[tuple[date, dict[str, Any]]] = [
        (known_day, {"title": event.title, "date_text": event.date_label})
    ]
    entries += [
        (delivery.date, happening(delivery.date, f"Realisasi: {delivery}", delivery))
        for delivery in deliveries
    ]
    entries += [
        (day, happening(day, f"Ditandatangani: {agreement}", agreement))
        for agreement in signed
        if (day := agreement.signed_on)
    ]
    entries += [
        (day, happening(day, f"Liputan {report.outlet}"))
        for report in event.coverage.all()
        if (day := report.published_on)
    ]
    entries += [
        (day, happening(day, f"Tindak lanjut selesai: {followup}"))
        for followup in followups
        if (day := followup.done_on)
    ]
    noted = timezone.localdate(event.recorded_at)
    by = f"oleh {event.recorded_by}" if event.recorded_by else ""
    entries.append((noted, {**happening(noted, "Kegiatan dicatat"), "byline": by}))
    return [entry for _, entry in sorted(entries, key=lambda pair: pair[0], reverse=True)]


def happening(day: date, title: str, row: Any = None) -> dict[str, Any]:
    return {"date": day, "title": title, "url": row.get_absolute_url() if row else ""}
