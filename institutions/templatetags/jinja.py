"""The way from a page to a part that is drawn in the other template language."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def jinja(name: str, **context: Any) -> SafeString:
    """A template of templates/jinja2 with nothing but the given context."""
    html = render_to_string(f"jinja2/{name}", context, using="jinja2")
    return mark_safe(html)  # noqa: S308 - Jinja2 escapes whatever stands in it
