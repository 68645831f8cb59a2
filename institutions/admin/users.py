"""Accounts: unit and role on one page, and no way up for who hands them out."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib.admin import display, register
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm, UsernameField
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from institutions.account_history import account_entries
from institutions.admin.base import RecordAdmin
from institutions.admin.filters import KnownValueFilter, UnitFilter, flag_filter
from institutions.admin.forms import AdminForm, reason_field
from institutions.admin.site import site
from institutions.forms.account_keeping import OwnNames
from institutions.forms.accounts import PASSWORD_HINT, WordedPassword, password_field
from institutions.forms.base import RecordForm
from institutions.history import Entry
from institutions.http import atomic_post
from institutions.models import Role, User
from institutions.pickers import OwnUnitPickerField

PASSWORDS_DIFFER: dict[str, Any] = {
    "password_mismatch": "Kedua sandi tidak sama. Tulis sekali lagi.",
}


class RoleFilter(KnownValueFilter):
    title, parameter_name = "peran", "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(role.value), str(role.label)) for role in Role]

    def narrow(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(groups__name=value)


class AccountForm(AdminForm, OwnNames, RecordForm):
    """One role instead of groups and permissions."""

    role = forms.ChoiceField(label="Peran", required=False)
    reason = reason_field()

    class Meta:
        model = User
        fields: ClassVar[list[str]] = []
        field_classes = {"username": UsernameField}
        labels = {"email": "Surel", "is_active": "Boleh masuk", "is_superuser": "Superuser"}
        help_texts = {
            "username": "Huruf, angka, dan @ . + - _ saja; paling banyak 150.",
            "is_active": "Hapus centangnya untuk menutup akun; catatannya tetap ada.",
            "is_superuser": "Melihat dan mengubah semuanya, tanpa unit.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = self.user is not None and self.user.is_superuser
        if "unit" in self.fields and not everything:
            self.fields["unit"].required = True
        if "role" in self.fields:
            self.offer_roles(self.user.grantable_roles())
            self.fields["role"].required = not everything

    def offer_roles(self, roles: Iterable[Role]) -> None:
        choices = [(str(role.value), str(role.label)) for role in roles]
        self.fields["role"].choices = [("", "Pilih peran"), *choices]  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["role"] = self.instance.role

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_superuser = cleaned.get("is_superuser", self.instance.is_superuser)
        lacks_role = not (is_superuser or cleaned.get("role") or "role" in self.errors)
        if "role" in self.fields and lacks_role:
            self.add_error("role", "Pilih peran.")
        self.demand_reason()
        return cleaned

    def record(self, *, reason: str = "") -> None:
        """One history row; a form sent without a change leaves none."""
        account: Any = self.instance
        if account.pk and not set(self.changed_data) - {"reason"}:
            return
        role = self.cleaned_data.get("role")
        if "role" in self.fields and not role:
            # Only a superuser needs no role; one that is no longer superuser has to have one.
            account.is_staff = account.is_superuser
        account.record(by=self.user, reason=reason, role=Role(role) if role else None)


class NewAccountForm(WordedPassword, AccountForm, UserCreationForm):
    """The first password is handed over; its owner changes it after signing in."""

    password1 = password_field("Sandi", "new-password", PASSWORD_HINT)
    password2 = password_field("Sandi sekali lagi", "new-password")
    error_messages = PASSWORDS_DIFFER


class NewPasswordForm(WordedPassword, AdminPasswordChangeForm):
    """A new password for somebody else; closing an account is not done by taking its password."""

    password1 = password_field("Sandi baru", "new-password", PASSWORD_HINT)
    password2 = password_field("Sandi baru sekali lagi", "new-password")
    error_messages = PASSWORDS_DIFFER

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for name in ("password1", "password2"):
            field = self.fields[name]
            field.required = True
            field.error_messages["required"] = f"Isi {str(field.label).lower()}."

    def save(self, commit: bool = True) -> Any:
        # Who is acting stands in the history all the same: the request is known there.
        self.user._change_reason = "Sandi diganti pengelola"
        return super().save(commit=commit)


@register(User, site=site)
class AccountAdmin(RecordAdmin, UserAdmin):
    form = AccountForm
    add_form = NewAccountForm
    add_form_template = None
    change_form_template = "admin/account_form.html"
    change_password_form = NewPasswordForm
    change_user_password_template = "admin/account_password.html"  # noqa: S105
    filter_horizontal = ()
    pickers = {"unit": OwnUnitPickerField()}
    list_display = ("username", "full_name", "unit", "role_label", "is_active", "last_login")
    list_filter = (
        UnitFilter,
        RoleFilter,
        flag_filter("is_active", "keadaan", "Terbuka", "Ditutup"),
    )
    list_select_related = ("unit",)
    search_fields = ("username", "first_name", "last_name", "email")
    readonly_fields = ("full_name", "role_label", "last_login", "date_joined")

    def rows(self, user: User) -> QuerySet[User]:
        return User.objects.listed_to(user).prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers and Admins are changed by superusers; one's own name by oneself."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or obj.pk == request.user.pk:
            return True
        return User.objects.kept_by(request.user).filter(pk=obj.pk).exists()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        person = ("Orang", {"fields": ("first_name", "last_name", "email")})
        rights = ["unit", "role"]
        if request.user.is_superuser:
            rights.append("is_superuser")
        if obj is None:
            account = ("Akun", {"fields": ("username", "password1", "password2")})
            return [account, person, ("Tugas", {"fields": rights})]
        dates = ("Waktu", {"fields": ("last_login", "date_joined")})
        if not self.has_change_permission(request, obj) or obj.pk == request.user.pk:
            rights[1] = "role_label"
        fieldsets = [("Akun", {"fields": ("username", "is_active")}), person]
        fieldsets += [("Tugas", {"fields": rights}), dates]
        if self.has_change_permission(request, obj):
            fieldsets.append(("Perubahan ini", {"fields": ("reason",)}))
        return fieldsets

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is None:
            kwargs.setdefault("form", self.add_form)
        return super().get_form(request, obj, change=change, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nobody raises, moves or locks out themselves."""
        fixed = super().get_readonly_fields(request, obj)
        if obj is not None and obj.pk == request.user.pk:
            return (*fixed, "username", "unit", "role", "is_active", "is_superuser")
        return fixed

    def history_entries(self, row: Any) -> list[Entry]:
        return account_entries(row)

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,
        form_url: str = "",  # noqa: A002
    ) -> HttpResponse:
        """One's own password is changed with the old one, on the page of the register."""
        if unquote(id) == str(request.user.pk):
            return redirect("password_change")
        return atomic_post(super().user_change_password)(request, id, form_url)

    @display(description="nama", ordering="first_name")
    def full_name(self, account: User) -> str:
        return account.get_full_name()

    @display(description="peran")
    def role_label(self, account: User) -> str:
        return account.role_label
