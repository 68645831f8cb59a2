"""Forms of signing in, of a forgotten password and of one's own password."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    SetPasswordForm,
    UsernameField,
)
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables

from institutions import known_devices
from institutions.forms.base import PlainForm
from institutions.models import SignInTries, User

LONGEST_PASSWORD = 500
PASSWORD_HINT = "Sedikitnya 8 huruf, boleh panjang. Bukan angka saja, nama, unit, atau sandi umum."  # noqa: S105
PASSWORD_PROBLEMS = {
    "password_too_short": "Sandi baru terlalu pendek. Pakai sedikitnya 8 huruf.",
    "password_too_similar": "Sandi baru mirip dengan nama atau surel Anda. Pilih yang lain.",
    "password_too_common": "Sandi ini dipakai banyak orang dan mudah ditebak. Pilih yang lain.",
    "password_entirely_numeric": "Sandi baru hanya angka. Tambahkan huruf.",
    "password_context_words": (
        "Sandi baru hampir seluruhnya nama unit atau kata seperti lapas dan pemasyarakatan. Pakai"
        " kata lain."
    ),
}


def password_field(label: str, autocomplete: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        help_text=hint,
    )


class SignInForm(PlainForm, AuthenticationForm):
    # Longer names are refused before the account lock has to store them.
    username = UsernameField(
        label="Nama pengguna",
        max_length=150,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "username"}),
    )
    password = password_field("Sandi", "current-password")

    error_messages = {
        "invalid_login": (
            "Nama pengguna atau sandi salah. Periksa huruf besar dan kecilnya. Setelah lima kali"
            " salah, masuk dengan nama itu dihentikan lima belas menit."
        ),
        "locked": "Terlalu banyak percobaan masuk.",
    }

    request: HttpRequest

    def clean(self) -> dict[str, Any]:
        """One try is counted before the password is looked at, and taken back when it is right.

        Nothing here depends on whether the name belongs to an account.
        """
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not (name and password):
            return self.cleaned_data
        device = known_devices.device_for(self.request, name)
        if not SignInTries.objects.admit(name, device):
            raise ValidationError(self.error_messages["locked"], code="locked")
        cleaned: dict[str, Any] = super().clean()
        SignInTries.objects.take_back(name, device)
        return cleaned


class WordedPassword(forms.BaseForm):
    """Mixin: what is wrong with a new password, in our words, at its first field."""

    judged_field = "password1"

    @sensitive_variables("password")
    def validate_password_for_user(self, user: User, password_field_name: str = "") -> None:
        password = self.cleaned_data.get(self.judged_field)
        if not password:
            return
        try:
            password_validation.validate_password(password, user)
        except ValidationError as refused:
            problems = [
                PASSWORD_PROBLEMS.get(problem.code or "", problem.messages[0])
                for problem in refused.error_list
            ]
            self.add_error(self.judged_field, problems)


class OwnPasswordForm(WordedPassword, PlainForm, SetPasswordForm):
    """The first or a new password, for whoever holds a login link."""

    judged_field = "new_password1"

    new_password1 = password_field("Sandi baru", "new-password", PASSWORD_HINT)
    new_password2 = password_field("Sandi baru sekali lagi", "new-password")

    error_messages = {"password_mismatch": "Kedua sandi tidak sama. Tulis sekali lagi."}

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.user = user


class ForgottenPasswordForm(PlainForm, forms.Form):
    asked_for = forms.CharField(
        label="Nama pengguna atau surel",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )


class ChangePasswordForm(WordedPassword, PlainForm, PasswordChangeForm):
    judged_field = "new_password1"

    old_password = password_field("Sandi lama", "current-password")
    new_password1 = password_field("Sandi baru", "new-password", PASSWORD_HINT)
    new_password2 = password_field("Sandi baru sekali lagi", "new-password")

    error_messages = {
        "password_incorrect": "Sandi lama salah. Tulis sandi yang Anda pakai saat masuk.",
        "password_mismatch": "Kedua sandi baru tidak sama. Tulis sekali lagi.",
    }

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        # Django's form keeps the account under the name PlainForm uses for who is acting.
        self.user = user

    def record(self) -> None:
        reason = "Sandi diganti oleh pemiliknya"
        self.user.renew_password(self.cleaned_data["new_password1"], by=self.user, reason=reason)
