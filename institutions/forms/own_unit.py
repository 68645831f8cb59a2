"""The unit a record belongs to: from the account, or chosen by those who work for many units."""

from typing import Any

from institutions.forms.base import VersionedForm
from institutions.models import UnitKind, User
from institutions.pickers import OwnUnitPickerField

OFFICES_ABOVE = frozenset({UnitKind.DITJENPAS, UnitKind.KANWIL})


def chooses_unit(user: User) -> bool:
    """Kanwil and Ditjenpas record for the units below them as well; a UPT for itself."""
    return user.unit is None or user.unit.kind in OFFICES_ABOVE


class WithOwnUnit(VersionedForm):
    """Mixin for a form on a root with `unit` among its fields."""

    instance: Any
    unit = OwnUnitPickerField(
        label="Unit pencatat",
        help_text="Unit Anda atau unit di bawahnya. Cari namanya, lalu pilih.",
        error_messages={"required": "Pilih unit pencatat."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.user is None:
            raise ValueError("A form on a record knows who fills it in.")
        if not chooses_unit(self.user):
            del self.fields["unit"]
        elif not self.instance.pk:
            self.initial.setdefault("unit", self.user.unit)

    def record(self, *, reason: str = "") -> None:
        if self.instance.unit_id is None:
            self.instance.unit = self.user.unit
        super().record(reason=reason)
