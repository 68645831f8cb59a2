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

from institutions.admin.base import RecordAdmin
from institutions.admin.filters import KnownValueFilter, UnitFilter, flag_filter
from institutions.admin.forms import AdminForm, reason_field
from institutions.admin.site import site
from institutions.forms.accounts import PASSWORD_HINT, WordedPassword, password_field
from institutions.forms.base import RecordForm
from institutions.history import SAME_SAVE, Change, Entry, history_of, reason_and_way
from institutions.http import atomic_post
from institutions.models import STAFF_ROLES, Role, User
from institutions.pickers import OwnUnitPickerField

# What an Admin who is not a superuser may hand out.
GRANTABLE = (Role.HUMAS, Role.MANAJER)

PASSWORDS_DIFFER: dict[str, Any] = {
    "password_mismatch": "Kedua sandi tidak sama. Tulis sekali lagi.",
}
# How a history row of an account names the groups held then.
GROUPS_THEN = "historicaluser_groups_set"


class RoleFilter(KnownValueFilter):
    title, parameter_name = "peran", "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(role.value), str(role.label)) for role in Role]

    def narrow(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(groups__name=value)


class AccountForm(AdminForm, RecordForm):
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
            self.offer_roles(Role if everything else GRANTABLE)
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
        return cleaned

    def record(self, *, reason: str = "") -> None:
        account: User = self.instance
        role = self.cleaned_data.get("role")
        if "role" in self.fields:
            account.is_staff = account.is_superuser or role in STAFF_ROLES
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
        people = User.objects.prefetch_related("groups")
        return people if user.is_superuser else people.filter(unit__in=user.units_in_scope())

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers and Admins are changed by superusers; one's own name by oneself."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or request.user.is_superuser or obj.pk == request.user.pk:
            return True
        return not obj.is_superuser and obj.role != Role.ADMIN

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
        entries = [*history_of(row), *role_changes(row)]
        return sorted(entries, key=lambda entry: entry.when, reverse=True)

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
        if account.is_superuser:
            return "Superuser"
        return str(Role(account.role).label) if account.role else ""


def role_changes(account: User) -> list[Entry]:
    """When the role changed, from what to what, and by whom."""
    entries: list[Entry] = []
    before = ""
    rows = account.history.select_related("history_user").prefetch_related(f"{GROUPS_THEN}__group")
    for row in rows.order_by("history_date", "history_id"):
        after = ", ".join(sorted(link.group.name for link in getattr(row, GROUPS_THEN).all()))
        if after == before:
            continue
        last = entries[-1] if entries else None
        # A role is replaced in two steps: the old one goes, then the new one comes.
        if last and last.who == row.history_user and row.history_date - last.when <= SAME_SAVE:
            last.changes[0].after = after
        else:
            change = Change("peran", before, after)
            reason, way = reason_and_way(row)
            entries.append(
                Entry(row.history_date, row.history_user, "Diubah", reason, [change], way)
            )
        before = after
    return [entry for entry in entries if entry.changes[0].before != entry.changes[0].after]
