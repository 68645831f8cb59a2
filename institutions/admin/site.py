"""The Django admin of the register: our sign-in, our words, and suggestions by right."""

from collections.abc import Iterator
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.models import LogEntry
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from institutions.admin.choices import ChoosesRows, for_user, in_one_line
from institutions.pickers import LONGEST_QUERY, PickerField

SUGGESTIONS = 20
# Django's jump to a page "on the site" looks a row up by number, whoever asks.
UNSCOPED_ROUTES = frozenset({"view_on_site"})


class RegisterSite(AdminSite):
    site_title = site_header = "Administrasi Register Kemitraan"
    index_title = "Administrasi"
    empty_value_display = "–"
    # The lists are few, and a form with many columns needs the width.
    enable_nav_sidebar = False

    def get_urls(self) -> list[Any]:
        routes = super().get_urls()
        return [route for route in routes if getattr(route, "name", "") not in UNSCOPED_ROUTES]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Who is signed in without being staff gets a refusal, not another sign-in page.

        Django's own views answer a PUT or a DELETE as if it were a GET.
        """
        inner = super().admin_view(view, cacheable)
        known_methods = require_http_methods(["GET", "HEAD", "POST"])

        @wraps(inner)
        def for_staff(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return inner(request, *args, **kwargs)
            self.refuse_unless_staff(request)
            return known_methods(inner)(request, *args, **kwargs)

        return for_staff

    def refuse_unless_staff(self, request: HttpRequest) -> None:
        if not self.has_permission(request):
            raise PermissionDenied("Halaman administrasi dipakai oleh humas dan admin register.")

    @login_not_required
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The register has one sign-in page, with its lock after wrong passwords."""
        index = reverse("admin:index")
        if request.user.is_authenticated:
            self.refuse_unless_staff(request)
            return redirect(index)
        return redirect_to_login(request.GET.get("next") or index, reverse("login"))

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        return redirect("password_change")

    def password_change_done(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        return redirect("password_change")

    def get_log_entries(self, request: HttpRequest) -> QuerySet[LogEntry]:
        return super().get_log_entries(request).filter(user=request.user.pk)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Rows to choose for one foreign key: what its picker offers this user, nothing else."""
        return suggestions(request, self.picker_asked_for(request))

    def picker_asked_for(self, request: HttpRequest) -> PickerField:
        """The picker of the foreign key named in the address, if the user may fill it in."""
        asked = [request.GET.get(name, "") for name in ("app_label", "model_name", "field_name")]
        for holder in self.holders():
            opts = holder.model._meta
            if asked[:2] != [opts.app_label, opts.model_name] or asked[2] not in holder.pickers:
                continue
            verbs = (f"{opts.app_label}.{verb}_{opts.model_name}" for verb in ("add", "change"))
            if any(request.user.has_perm(verb) for verb in verbs):
                return for_user(holder.pickers[asked[2]], request.user)
        raise PermissionDenied

    def holders(self) -> Iterator[Any]:
        """Everything with foreign keys to fill in: the admins and their inlines."""
        for admin in self._registry.values():
            if isinstance(admin, ChoosesRows):
                yield admin
                yield from admin.inlines


@require_safe
def suggestions(request: HttpRequest, picker: PickerField) -> HttpResponse:
    term = request.GET.get("term", "").strip()[:LONGEST_QUERY]
    rows = picker.ranked(term) if term else picker.rows()
    page = Paginator(rows, SUGGESTIONS).get_page(request.GET.get("page"))
    found = [{"id": str(row.pk), "text": in_one_line(picker.describe(row))} for row in page]
    return JsonResponse({"results": found, "pagination": {"more": page.has_next()}})


site = RegisterSite(name="admin")
site.disable_action("delete_selected")
