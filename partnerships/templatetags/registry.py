"""Words and links for what lists compute: status, evidence, a sentence about the end."""

from datetime import date

from django import template
from django.utils import timezone

from indonesian.calendar import format_date
from indonesian.numbers import format_number
from partnerships.models import Agreement, Evidence, Status

register = template.Library()


@register.filter
def status_label(code: str) -> str:
    return Status(code).label


@register.filter
def evidence_label(code: str) -> str:
    return Evidence(code).label if code else ""


@register.filter
def end_note(agreement: Agreement) -> str:
    """When the paper ends or ended, seen from today; blank where no end is due."""
    if agreement.ends_on is None or not agreement.signed_on:
        return ""
    today: date = timezone.localdate()
    days = (agreement.ends_on - today).days
    if days < 0:
        return f"sejak {format_date(agreement.ends_on)}"
    if days == 0:
        return "berakhir hari ini"
    return f"{format_number(days)} hari lagi" if days <= 90 else ""
