"""Login links: made and printed by whoever keeps the account, opened by its owner."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from institutions import known_devices, link_mail
from institutions.forms.accounts import ForgottenPasswordForm, OwnPasswordForm
from institutions.http import SignedInRequest, atomic_post, finish
from institutions.models import OFFICES, LoginLink, Unit, User
from institutions.views.account_keeping import kept_account

BACKEND = "institutions.backends.AccountBackend"
ASKED = (
    "Bila ada akun dengan nama atau surel itu, dan surelnya tercatat, tautan masuk sedang dikirim"
    " ke surel itu. Periksa juga kotak spam."
)


@require_POST
@permission_required("institutions.change_user", raise_exception=True)
@atomic_post
def login_link_create(request: SignedInRequest, pk: int) -> HttpResponse:
    account = kept_account(request, pk)
    try:
        link = LoginLink.objects.make(account, by=request.user)
    except ValidationError as refused:
        return finish(request, account, "Tautan tidak dibuat.", refused.messages)
    target = reverse("login_slips", args=[link.batch])
    return finish(request, target, "Tautan masuk dibuat. Tautan yang lama tidak berlaku lagi.")


@never_cache
@require_safe
@permission_required("institutions.change_user", raise_exception=True)
def login_slips(request: SignedInRequest, batch: str) -> HttpResponse:
    """The links one made together, to print or to send; only for who made them."""
    accounts = User.objects.kept_by(request.user)
    links = list(
        LoginLink.objects.filter(batch=batch, made_by=request.user, account__in=accounts)
        .select_related("account__unit", "made_by")
        .prefetch_related("account__groups")
    )
    if not links:
        raise Http404
    return render(request, "institutions/login_slips.html", {"links": links})


@sensitive_post_parameters()
@sensitive_variables()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def login_link(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at the page spends nothing, because chats look at every link; the password does."""
    link = LoginLink.objects.find(token)
    if link is None:
        return quiet(render(request, "registration/login_link_dead.html", status=404))
    form = OwnPasswordForm(link.account, request.POST if "new_password1" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            account = link.use(form.cleaned_data["new_password1"])
        except ValidationError:
            return quiet(render(request, "registration/login_link_dead.html", status=404))
        return quiet(signed_in(request, account))
    context = {"link": link, "account": link.account, "form": form}
    if request.method != "POST":
        return quiet(render(request, "registration/login_link.html", context))
    return quiet(render(request, "registration/login_link_password.html", context))


def signed_in(request: HttpRequest, account: User) -> HttpResponse:
    login(request, account, backend=BACKEND)
    answer = finish(request, "/", "Sandi Anda tersimpan dan Anda sudah masuk.")
    known_devices.remember(request, answer, account)
    return answer


def quiet(response: HttpResponse) -> HttpResponse:
    """The address is the secret: no other page is told it. `no-referrer` would also blank the
    origin that the check of forms needs."""
    response["Referrer-Policy"] = "strict-origin"
    return response


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten_password(request: HttpRequest) -> HttpResponse:
    """Whom to ask; with a mail server also a link by mail. Nothing is looked up before the answer
    is given, so neither its words nor its time tell whether the name exists."""
    context: dict[str, Any] = {"offices": Unit.objects.active().filter(kind__in=OFFICES)}
    if settings.SENDS_MAIL:
        form = ForgottenPasswordForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            link_mail.ask(form.cleaned_data["asked_for"])
            return finish(request, "forgotten_password", ASKED)
        context["form"] = form
    elif request.method == "POST":
        return redirect("forgotten_password")
    return render(request, "registration/forgotten_password.html", context)
