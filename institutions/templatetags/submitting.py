"""The token by which a form is saved once."""

from django import template
from django.template.context import Context

from institutions.submit_once import new_token, token_of

register = template.Library()


@register.simple_tag(takes_context=True)
def submit_token(context: Context) -> str:
    """A new token for a form that is opened, the same one for a form that is shown again."""
    request = context.get("request")
    sent = token_of(request) if request is not None else ""
    return str(context.get("submit_token") or sent or new_token())
