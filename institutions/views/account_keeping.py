"""Pages on other people's accounts, for managers and admins: the list, one account, its verbs."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from institutions.account_history import account_entries
from institutions.filters.accounts import AccountFilterSet
from institutions.forms.account_keeping import CloseAccountForm, EditAccountForm, NewAccountForm
from institutions.forms.base import posted
from institutions.http import SignedInRequest, atomic_post, finish, get_editable
from institutions.lists import list_context
from institutions.models import LoginLink, SignInTries, User, UserQuerySet

SORTS = {
    "nama": ("name_key", "pk"),
    "unit": (F("unit__name_key").asc(nulls_last=True), "name_key", "pk"),
    "masuk": (F("last_login").asc(nulls_last=True), "name_key", "pk"),
}


def seen_accounts(user: User) -> UserQuerySet:
    return User.objects.listed_to(user).select_related("unit").prefetch_related("groups")


def kept_account(request: SignedInRequest, pk: int) -> User:
    """The account to change: 404 outside the user's units, 403 where it may not be touched."""
    user = request.user
    return get_editable(request, seen_accounts(user), User.objects.kept_by(user), pk=pk)


@require_safe
@permission_required("institutions.view_user", raise_exception=True)
def account_list(request: SignedInRequest) -> HttpResponse:
    blocked = Exists(SignInTries.objects.blocked().filter(name=OuterRef("username")))
    rows = seen_accounts(request.user).annotate(is_blocked=blocked)
    filters = AccountFilterSet(request.GET or None, queryset=rows)
    context = list_context(request, filters, sorts=SORTS, default="nama")
    return render(request, "institutions/account_list.html", context)


@require_safe
@permission_required("institutions.view_user", raise_exception=True)
def account_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(seen_accounts(request.user), pk=pk)
    links = LoginLink.objects.open().filter(account=account).select_related("account", "made_by")
    context = {
        "account": account,
        "may_keep": User.objects.kept_by(request.user).filter(pk=pk).exists(),
        "blocked": SignInTries.objects.blocked().filter(name=account.username).first(),
        "links": [link for link in links if link.works],
        "entries": account_entries(account),
    }
    return render(request, "institutions/account_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("institutions.add_user", raise_exception=True)
@atomic_post
def account_create(request: SignedInRequest) -> HttpResponse:
    """The new account, and at once the link its owner signs in with."""
    unit = request.user.units_of_accounts().filter(code=request.GET.get("unit", "")).first()
    form = NewAccountForm(posted(request), user=request.user, initial={"unit": unit})
    if form.saved():
        link = LoginLink.objects.make(form.instance, by=request.user)
        return finish(request, reverse("login_slips", args=[link.batch]), "Akun tersimpan.")
    return render(request, "institutions/account_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("institutions.change_user", raise_exception=True)
@atomic_post
def account_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    account = kept_account(request, pk)
    form = EditAccountForm(posted(request), instance=account, user=request.user)
    if form.saved():
        return finish(request, account, "Perubahan akun tersimpan dan langsung berlaku.")
    context = {"form": form, "account": account}
    return render(request, "institutions/account_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("institutions.change_user", raise_exception=True)
@atomic_post
def account_close(request: SignedInRequest, pk: int) -> HttpResponse:
    account = kept_account(request, pk)
    words = {
        "heading": "Tutup akun ini?",
        "lede": "Akun tidak dapat dipakai masuk, dan yang sedang masuk langsung keluar. Catatannya"
        " tetap ada, dan akun dapat dibuka lagi.",
        "submit_label": "Tutup akun",
        "danger": True,
        "blockers": [] if account.is_active else [{"text": "Akun ini sudah ditutup."}],
    }
    return ask_why(request, account, words, account.close, "Akun ditutup.")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("institutions.change_user", raise_exception=True)
@atomic_post
def account_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    account = kept_account(request, pk)
    words = {
        "heading": "Buka lagi akun ini?",
        "lede": "Akun dapat dipakai masuk lagi dengan sandi yang lama, atau dengan tautan masuk"
        " yang baru.",
        "submit_label": "Buka akun",
        "blockers": [{"text": "Akun ini terbuka."}] if account.is_active else [],
    }
    return ask_why(request, account, words, account.reopen, "Akun dibuka lagi.")


def ask_why(
    request: SignedInRequest, account: User, words: dict[str, Any], verb: Any, done: str
) -> HttpResponse:
    """Ask for the reason, then do it."""
    form = CloseAccountForm(posted(request), user=request.user)
    if form.is_bound and not words["blockers"] and form.is_valid():
        try:
            verb(by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            return finish(request, account, done)
    facts = [{"label": "Akun", "value": str(account)}, {"label": "Unit", "value": account.unit}]
    context = {**words, "form": form, "facts": facts, "cancel_url": account.get_absolute_url()}
    return render(request, "includes/_confirm.html", context)


@require_POST
@permission_required("institutions.change_user", raise_exception=True)
@atomic_post
def account_unlock(request: SignedInRequest, pk: int) -> HttpResponse:
    account = kept_account(request, pk)
    SignInTries.objects.unlock(account, by=request.user)
    return finish(request, account, "Kunci dibuka. Ia dapat mencoba masuk lagi.")
