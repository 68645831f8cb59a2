"""Dates and numbers in templates, as Indonesians read them."""

from datetime import date
from functools import lru_cache

from django import template
from django.utils.formats import date_format

from indonesian.calendar import format_date, format_day
from indonesian.numbers import format_number

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """1 Juli 2025; blank for None."""
    return format_date(value) if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """1 Jul 2025; blank for None. A list says the same few thousand days over and over."""
    return short_words(value) if value else ""


@lru_cache(maxsize=10_000)
def short_words(value: date) -> str:
    return date_format(value, "j M Y")


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
