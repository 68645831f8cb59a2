"""Forms of the Django admin: the rules of the pages, in the admin's clothes."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from institutions.admin.choices import choose_rows
from institutions.forms.base import PlainForm, RecordForm, VersionedForm
from institutions.models import User

REASON_LABEL = "Alasan perubahan"


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=REASON_LABEL,
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Boleh kosong. Tersimpan di riwayat.",
    )


class AdminForm(PlainForm):
    """Mixin: the acting user, and what the model refused when the form was saved.

    The Django admin builds its form classes per request, which is where both are set.
    """

    step_buttons = ()
    acting_user: ClassVar[Any] = None
    refused: ClassVar[ValidationError | None] = None
    instance: Any

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        user = user or self.acting_user
        super().__init__(*args, user=user, **kwargs)
        if user is not None:
            choose_rows(self, self.instance, user)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.refused is not None:
            self.take_over(self.refused)  # type: ignore[attr-defined]

    def settle(self) -> None:
        """What follows once the row and its parts are recorded; part of the same saving."""


class PartForm(AdminForm, RecordForm):
    """A row under a root."""


class OrderedPartForm(PartForm):
    """A row with a number; the number alone is no row."""

    def has_changed(self) -> bool:
        names = set(self.changed_data)
        return bool(names - {"order"} if self.instance._state.adding else names)


class VersionedPartForm(AdminForm, VersionedForm):
    """A row under a root that is also changed elsewhere."""


class RecordAdminForm(PartForm):
    """A row of its own without a version: reference lists."""

    reason = reason_field()


class VersionedAdminForm(VersionedPartForm):
    """A root, compared with what somebody else saved in between."""

    reason = reason_field()
