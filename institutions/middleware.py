"""What every request goes through here: by which way it came, and whether there is a unit."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from institutions.ways import ADMIN, PAGE, coming_by

Answer = Callable[[HttpRequest], HttpResponse]

# Pages about the account itself; everything else shows rows, and rows come from the unit.
OPEN_WITHOUT_UNIT = frozenset(
    {
        *("login", "logout", "login_link", "forgotten_password", "password_change"),
        *("help", "healthz", "readyz"),
    }
)


class NameWay:
    """History without a reason says whether a change came by a page or by the admin."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        in_admin = request.path_info.startswith(reverse("admin:index"))
        with coming_by(ADMIN if in_admin else PAGE):
            return self.get_response(request)


class UnitRequired:
    """A user without unit sees no rows anywhere, admin included; a superuser sees all."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        user: Any = request.user
        # The units of this person are read once for a page, and anew for every change.
        user.only_reads = request.method in {"GET", "HEAD"}
        if not user.is_authenticated or user.is_superuser or user.unit_id is not None:
            return None
        match = request.resolver_match
        if match is not None and match.view_name in {*OPEN_WITHOUT_UNIT, "admin:logout"}:
            return None
        return render(request, "registration/no_unit.html", status=403)
