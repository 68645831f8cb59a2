"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def version(request: HttpRequest) -> dict[str, str]:
    """The version in the footer, for whoever reports a fault."""
    return {"register_version": settings.VERSION}
