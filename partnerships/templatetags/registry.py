"""Words and links for what lists compute: status, evidence, a sentence about the end."""

from django import template

from indonesian.calendar import format_date
from indonesian.numbers import format_number
from partnerships.models import ActivityKind, Agreement, Evidence, Status

register = template.Library()


@register.filter
def status_label(code: str) -> str:
    return Status(code).label


@register.filter
def evidence_label(code: str) -> str:
    return Evidence(code).label if code else ""


@register.filter
def activity_label(code: str | None) -> str:
    """The kind of an event or delivery in words; blank for an event without parts."""
    return ActivityKind(code).label if code else ""


@register.filter
def end_note(agreement: Agreement) -> str:
    """What the status tag leaves open: days left, or since or from which day it holds."""
    today = agreement.day
    match agreement.status:
        case Status.ENDING_SOON if agreement.ends_on:
            days = (agreement.ends_on - today).days
            return f"{format_number(days)} hari lagi" if days else "berakhir hari ini"
        case Status.EXPIRED if agreement.ends_on:
            return f"sejak {format_date(agreement.ends_on)}"
        case Status.TERMINATED if agreement.terminated_on:
            return f"sejak {format_date(agreement.terminated_on)}"
        case Status.NOT_YET:
            days_ahead = filter(None, (agreement.starts_on, agreement.signed_on))
            return f"mulai {format_date(max(days_ahead))}"
    return ""


@register.filter
def at(address: str, place: str) -> str:
    """The address with the place on its page; blank stays blank, for those who may only read."""
    return f"{address}#{place}" if address else ""


@register.filter
def other_sides(agreement: Agreement) -> list[str]:
    """The parties beside the keeping unit, by name."""
    parties = agreement.parties.all()
    return [str(party) for party in parties if party.unit_id != agreement.unit_id]


@register.filter
def followable(address: str) -> str:
    """A web address to follow; blank for any other scheme, which no form lets in."""
    return address if address.lower().startswith(("https://", "http://")) else ""
