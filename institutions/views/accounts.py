"""Signing in and out, one's own password, and help."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from institutions import known_devices
from institutions.forms.accounts import ChangePasswordForm, SignInForm
from institutions.http import SignedInRequest, atomic_post, finish


class SignIn(LoginView):
    """Django's view: open to all, and it goes on to a `next` only on this host."""

    authentication_form = SignInForm
    # Django's would take a PUT for a POST.
    http_method_names = ["get", "head", "post"]

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        known_devices.remember(self.request, response, form.get_user())
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        if form.has_error(NON_FIELD_ERRORS, "locked"):
            return render(self.request, "registration/lockout.html", status=429)
        return super().form_invalid(form)


sign_in = SignIn.as_view()


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, "Anda sudah keluar.")
    return redirect("login")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@atomic_post
def password_change(request: SignedInRequest) -> HttpResponse:
    """Open to every account, one without unit too."""
    form = ChangePasswordForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        form.record()
        update_session_auth_hash(request, form.user)
        done = finish(request, "/", "Sandi sudah diganti. Perangkat lain diminta masuk lagi.")
        known_devices.remember(request, done, form.user)
        return done
    return render(request, "registration/password_change_form.html", {"form": form})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Open to every account, one without unit too."""
    return render(request, "help.html")
