"""Forms on somebody else's account: who it is, where they work and what they may do."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from institutions.account_names import propose_username, split_name
from institutions.forms.base import PlainForm, RecordForm, VersionedForm
from institutions.models import OFFICES, Role, Unit, User
from institutions.pickers import UnitPickerField

NAME_TAKEN = "Nama pengguna ini sudah dipakai. Pilih yang lain."
NAME_UNREADABLE = "Nama pengguna hanya boleh huruf, angka, dan @ . + - _ tanpa spasi."
BY_UNIT = "Menurut unit: Humas untuk UPT, Manajer untuk Kanwil dan Ditjenpas"
WHY = "Tulis alasannya, misalnya pindah tugas. Alasan ini tersimpan di riwayat."
# Changes that take effect on what somebody may do.
RIGHTS = frozenset({"unit", "role", "is_active", "is_superuser"})


def role_for(unit: Unit) -> Role:
    """The role proposed for somebody who works there."""
    return Role.MANAJER if unit.kind in OFFICES else Role.HUMAS


def email_problem(email: str, *, asked_by: User, account: User | None = None) -> str:
    """Why the surel cannot be this account's; names the other one to who may look at it."""
    if not email:
        return ""
    others = User.objects.filter(email__iexact=email).exclude(pk=account.pk if account else None)
    other = others.select_related("unit").first()
    if other is None:
        return ""
    if User.objects.listed_to(asked_by).filter(pk=other.pk).exists():
        return f"Surel ini sudah dipakai akun {other} ({other.unit or 'tanpa unit'})."
    return "Surel ini sudah dipakai akun lain."


class AccountUnitPickerField(UnitPickerField):
    """A unit whose accounts the user keeps."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            source=lambda user: (
                user.units_of_accounts().active().select_related("regency", "province")
            ),
            **kwargs,
        )


class OwnNames(PlainForm):
    """Mixin of forms on an account: user name and surel belong to one account only."""

    instance: User

    def clean_username(self) -> str:
        name = str(self.cleaned_data.get("username") or "")
        others = User.objects.filter(username__iexact=name).exclude(pk=self.instance.pk)
        if name and not re.fullmatch(r"[\w.@+-]+", name):
            raise ValidationError(NAME_UNREADABLE, code="invalid")
        if name and others.exists():
            raise ValidationError(NAME_TAKEN, code="unique")
        return name

    def clean_email(self) -> str:
        email = str(self.cleaned_data.get("email") or "")
        if problem := email_problem(email, asked_by=self.user, account=self.instance):
            raise ValidationError(problem, code="unique")
        return email

    def demand_reason(self) -> None:
        """Nobody's rights change without a word why."""
        changed = RIGHTS & set(getattr(self, "changed_data", ()))
        if self.instance.pk and changed and not self.cleaned_data.get("reason"):
            self.add_error("reason", WHY)


class AccountForm(OwnNames, RecordForm):
    """What both pages ask; the acting user decides which units and roles are on offer."""

    instance: User

    full_name = forms.CharField(label="Nama lengkap", max_length=200)
    role = forms.ChoiceField(label="Peran", widget=forms.RadioSelect)
    unit = AccountUnitPickerField(
        label="Unit",
        help_text="Unit tempat ia bertugas. Cari namanya, lalu pilih.",
        error_messages={"required": "Pilih unit."},
    )

    class Meta(RecordForm.Meta):
        model = User
        fields = ["email", "unit"]
        labels = {"email": "Surel"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = "Boleh kosong. Dipakai bila ia lupa sandi."
        roles = [(str(role.value), str(role.label)) for role in self.user.grantable_roles()]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]

    def clean_full_name(self) -> str:
        first, last = split_name(self.cleaned_data["full_name"])
        if len(first) > 150 or len(last) > 150:
            raise ValidationError("Nama terlalu panjang.", code="max_length")
        self.instance.first_name, self.instance.last_name = first, last
        return f"{first} {last}".strip()

    def chosen_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def record(self, *, reason: str = "") -> None:
        reason = reason or self.cleaned_data.get("reason", "")
        self.instance.record(by=self.user, reason=reason, role=self.chosen_role())


class NewAccountForm(AccountForm):
    """An account without a password: its owner makes one with the login link."""

    username = forms.CharField(
        label="Nama pengguna",
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
        help_text="Kosongkan agar dibuat dari nama dan unit, misalnya rina.purwodadi.",
    )

    class Meta(AccountForm.Meta):
        fields = ["username", "email", "unit"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.required, role.choices = False, [("", BY_UNIT), *role.choices]

    def chosen_role(self) -> Role:
        asked = self.cleaned_data["role"]
        return Role(asked) if asked else role_for(self.cleaned_data["unit"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("username") and cleaned.get("full_name") and cleaned.get("unit"):
            cleaned["username"] = propose_username(cleaned["full_name"], cleaned["unit"])
        return cleaned

    def record(self, *, reason: str = "") -> None:
        self.instance.set_unusable_password()
        super().record(reason=reason or "Akun dibuat")


class EditAccountForm(AccountForm, VersionedForm):
    instance: Any
    compared = ("full_name", "role")

    reason = forms.CharField(
        label="Alasan",
        required=False,
        max_length=300,
        help_text="Harus diisi bila unit atau peran berubah. Tersimpan di riwayat.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance: User = kwargs["instance"]
        known = {"full_name": instance.get_full_name(), "role": instance.role}
        super().__init__(*args, **{**kwargs, "initial": known})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.demand_reason()
        return cleaned

    def record(self, *, reason: str = "") -> None:
        if set(self.changed_data) - {"reason", "version"}:
            super().record(reason=reason)


class CloseAccountForm(PlainForm, forms.Form):
    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        help_text="Misalnya pindah ke luar unit atau pensiun. Alasan ini tersimpan di riwayat.",
    )
