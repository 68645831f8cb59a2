"""Many accounts at once: pasted, looked through, put right in place, then all or none recorded."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.forms import formset_factory
from django.forms.formsets import BaseFormSet
from django.forms.utils import ErrorDict
from django.http import QueryDict

from institutions.account_lines import (
    LONGEST_LIST,
    MOST_LINES,
    Line,
    find_units,
    read_lines,
    read_role,
)
from institutions.account_names import propose_username, split_name
from institutions.fields import LinesField
from institutions.forms.account_keeping import email_problem, role_for
from institutions.forms.base import SAVED_TWICE, PlainForm
from institutions.models import LoginLink, Role, Unit, User

PREFIX = "baris"
SOME_UNITS = 4


class PasteForm(PlainForm, forms.Form):
    lines = LinesField(
        label="Daftar orang",
        max_length=LONGEST_LIST,
        help_text=(
            "Satu orang per baris: nama; unit; peran; surel. Peran dan surel boleh kosong. Anda"
            " dapat menyalin langsung dari Excel."
        ),
    )

    def clean_lines(self) -> list[Line]:
        found = read_lines(self.cleaned_data["lines"])
        if not found:
            raise ValidationError("Tulis sedikitnya satu orang.", code="required")
        if len(found) > MOST_LINES:
            raise ValidationError(
                f"Ada {len(found)} baris; paling banyak {MOST_LINES} sekaligus.", code="too_many"
            )
        return found


class LineForm(PlainForm, forms.Form):
    """One person of the list; every cell can be put right where it stands."""

    full_name = forms.CharField(label="Nama lengkap", max_length=200)
    unit = forms.CharField(label="Unit", max_length=150, error_messages={"required": "Isi unit."})
    role = forms.CharField(label="Peran", max_length=40, required=False)
    email = forms.EmailField(label="Surel", max_length=254, required=False)

    def clean_full_name(self) -> str:
        return " ".join(self.cleaned_data["full_name"].split())

    def clean_unit(self) -> Unit:
        text = self.cleaned_data["unit"]
        units = self.user.units_of_accounts().active().select_related("regency", "province")
        found = list(find_units(units, text)[: SOME_UNITS + 1])
        if not found:
            raise ValidationError(f"Tidak ada unit yang cocok dengan “{text}” di bawah unit Anda.")
        if len(found) > 1:
            names = ", ".join(str(unit) for unit in found[:SOME_UNITS])
            more = ", …" if len(found) > SOME_UNITS else ""
            raise ValidationError(f"Beberapa unit cocok: {names}{more}. Tulis lebih lengkap.")
        return found[0]

    def clean_role(self) -> Role | None:
        text = self.cleaned_data["role"]
        if not text:
            return None
        role, offered = read_role(text), self.user.grantable_roles()
        if role not in offered:
            names = " atau ".join(str(known.label) for known in offered)
            raise ValidationError(f"Peran “{text}” tidak dapat diberikan. Tulis {names}.")
        return role

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if problem := email_problem(email, asked_by=self.user):
            raise ValidationError(problem)
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        name, unit = cleaned.get("full_name"), cleaned.get("unit")
        self.warning = ""
        if name and unit:
            first, last = split_name(name)
            same = User.objects.filter(unit=unit, first_name__iexact=first, last_name__iexact=last)
            if known := same.first():
                self.warning = f"{unit} sudah punya akun {known.username} dengan nama ini."
        return cleaned


class LineFormSet(BaseFormSet):
    """The whole list; problems between lines stand at the later one."""

    forms: list[Any]
    _errors: Any
    _non_form_errors: Any
    default_error_messages = {
        "missing_management_form": "Daftar tidak terkirim utuh. Tempel lagi.",
        "too_many_forms": f"Paling banyak {MOST_LINES} baris.",
    }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **{"prefix": PREFIX, "form_kwargs": {"user": user}, **kwargs})

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Lewati baris ini"

    def kept(self) -> list[Any]:
        """Rows that say something and are not to be passed over; Django knows the latter only of
        a list without errors."""
        self.full_clean_once()
        return [
            form
            for form in self.forms
            if form.has_changed() and not self._should_delete_form(form)  # type: ignore[attr-defined]
        ]

    def full_clean_once(self) -> None:
        if self._errors is None:
            self.full_clean()

    @property
    def error_count(self) -> int:
        return sum(len(form.errors) for form in self.kept()) + len(self.non_form_errors())

    def clean(self) -> None:
        kept = self.kept()
        for form in self.forms:
            if form not in kept:
                form._errors = ErrorDict()
        if not kept:
            raise ValidationError("Semua baris dilewati. Sisakan sedikitnya satu.")
        people: dict[Any, int] = {}
        mails: dict[str, int] = {}
        for number, form in enumerate(self.forms, start=1):
            if form not in kept:
                continue
            cleaned = getattr(form, "cleaned_data", {})
            name, unit, mail = (cleaned.get(key) for key in ("full_name", "unit", "email"))
            if mail and (first := mails.setdefault(mail.lower(), number)) != number:
                form.add_error("email", f"Surel ini juga ada di baris {first}.")
            if name and unit:
                first = people.setdefault((name.lower(), unit.pk), number)
                if first != number:
                    form.add_error("full_name", f"Nama dan unit ini juga ada di baris {first}.")

    def is_valid(self) -> bool:
        # clean() puts errors between lines at single forms, after each was found in order.
        return super().is_valid() and not any(form.errors for form in self.kept())

    def saved(self) -> str:
        """The batch to print the login links of; blank when nothing was recorded."""
        if not self.is_valid():
            return ""
        try:
            with transaction.atomic():
                return self.record()
        except IntegrityError:
            self._non_form_errors.append(SAVED_TWICE)
        return ""

    def record(self) -> str:
        batch, taken = "", set[str]()
        for form in self.kept():
            cleaned = form.cleaned_data
            first, last = split_name(cleaned["full_name"])
            unit: Unit = cleaned["unit"]
            username = propose_username(cleaned["full_name"], unit, taken)
            account = User(
                username=username,
                first_name=first,
                last_name=last,
                email=cleaned["email"],
                unit=unit,
            )
            account.set_unusable_password()
            role = cleaned["role"] or role_for(unit)
            account.record(by=self.user, reason="Akun dibuat dari daftar tempelan", role=role)
            taken.add(username)
            batch = LoginLink.objects.make(account, by=self.user, batch=batch).batch
        return batch


AccountLines: type[LineFormSet] = formset_factory(  # type: ignore[assignment]
    LineForm, formset=LineFormSet, extra=0, can_delete=True, max_num=MOST_LINES, validate_max=True
)


def lines_sent(data: QueryDict, user: User) -> LineFormSet:
    return AccountLines(data, user=user)


def lines_pasted(lines: list[Line], user: User) -> LineFormSet:
    """The rows of a pasted list, judged at once as if they had been sent."""
    data = QueryDict(mutable=True)
    data[f"{PREFIX}-TOTAL_FORMS"], data[f"{PREFIX}-INITIAL_FORMS"] = str(len(lines)), "0"
    for number, line in enumerate(lines):
        for name, value in line.as_initial().items():
            data[f"{PREFIX}-{number}-{name}"] = value
    return AccountLines(data, user=user)
