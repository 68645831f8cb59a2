"""Dates and numbers in templates, as Indonesians read them."""

from datetime import date

from django import template

from indonesian.calendar import format_date, format_day
from indonesian.numbers import format_number

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """1 Juli 2025; blank for None."""
    return format_date(value) if value else ""


@register.filter
def weekday(value: date | None) -> str:
    """Selasa, 1 Juli 2025; blank for None."""
    return format_day(value) if value else ""


@register.filter
def at_field(form_url: str, name: str) -> str:
    """The address of a form, going to one field of it; blank stays blank (nothing to change)."""
    return f"{form_url}#id_{name}" if form_url else ""


@register.filter
def number(value: int | None) -> str:
    """1.204; blank for None."""
    return "" if value is None else format_number(value)
