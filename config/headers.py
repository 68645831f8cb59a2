"""What a browser is told with every answer, whichever part of the register gave it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

# Nothing of the register asks for a camera, a place or a payment.
UNUSED = (
    "accelerometer",
    "autoplay",
    "bluetooth",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED),
    "X-Permitted-Cross-Domain-Policies": "none",
}
SIGN_OUT = frozenset({"logout", "admin:logout"})


class AnswerHeaders:
    """The first middleware: it also speaks for answers that those below it never reach.

    A redirect to https and a refused host, for instance, come from Django's SecurityMiddleware.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        # Static files say for themselves how long they keep. Everything else may name people.
        response.headers.setdefault("Cache-Control", "no-store")
        match = request.resolver_match
        if match is not None and match.view_name in SIGN_OUT:
            # Not the cookies: one of them carries the sentence that the next page shows.
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response
