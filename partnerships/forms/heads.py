"""Counts of people in a form: a small table of men and women per group."""

from typing import Any

from django import forms

from institutions.fields import CountField
from institutions.forms.base import PlainForm
from partnerships.models.deliveries import MOST_PARTICIPANTS
from partnerships.participants import GROUPS


def heads_field(label: str) -> CountField:
    return CountField(label=label, required=False, max_value=MOST_PARTICIPANTS, empty_value=0)


class WithHeads(PlainForm, forms.Form):
    """Mixin for a form that counts warga binaan, klien and petugas by sex; blank is none."""

    inmates_male = heads_field("Warga binaan laki-laki")
    inmates_female = heads_field("Warga binaan perempuan")
    clients_male = heads_field("Klien laki-laki")
    clients_female = heads_field("Klien perempuan")
    staff_male = heads_field("Petugas laki-laki")
    staff_female = heads_field("Petugas perempuan")

    @property
    def heads_rows(self) -> list[dict[str, Any]]:
        """The counts as rows of a table: a group, men and women."""
        return [
            {"label": label, "fields": [self[f"{stem}_male"], self[f"{stem}_female"]]}
            for label, stem in GROUPS
        ]
