"""The second template language: for what a page draws fifty times.

Jinja2 compiles a template to Python; the rows of a list and the fields of a form take a third of
the time they take in Django's language, which asks for every attribute by itself. Filters are
those of Django's templates. Everything else stays in Django's language.
"""

from typing import Any

from django.templatetags.static import static
from jinja2 import Environment

from institutions.templatetags import wording
from partnerships.templatetags import registry


def environment(**options: Any) -> Environment:
    made = Environment(**options, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 - Django's backend turns autoescape on
    made.filters |= {**wording.register.filters, **registry.register.filters}
    made.globals["static"] = static
    return made
