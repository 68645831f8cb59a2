"""Signing in and out, one's own password, and help."""

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from institutions.forms.accounts import ChangePasswordForm, SignInForm
from institutions.http import SignedInRequest, atomic_post, finish

# Django's view: open to all, and it goes on to a `next` only on this host.
sign_in = LoginView.as_view(authentication_form=SignInForm)


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
        form.save()
        update_session_auth_hash(request, request.user)
        return finish(request, "/", "Sandi sudah diganti. Perangkat lain diminta masuk lagi.")
    return render(request, "registration/password_change_form.html", {"form": form})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Open to every account, one without unit too."""
    return render(request, "help.html")
