"""A partner that is not in the directory yet, added inside another form."""

from typing import Any

from django import forms

from institutions.forms.base import PlainForm
from institutions.pickers import NEW, Picked, RegencyPickerField
from partnerships.models import Partner, PartnerKind


class WithNewPartner(PlainForm, forms.Form):
    """Mixin for a form whose picker (`partner_field`) offers "tambah mitra baru".

    After `clean()` the new partner waits in `new_partner` until `record_new_partner()`.
    """

    partner_field = "partner"
    new_partner: Partner | None = None

    new_name = forms.CharField(
        label="Nama mitra baru",
        max_length=200,
        required=False,
        help_text="Kosongkan bila sama dengan yang Anda cari.",
    )
    new_kind = forms.ChoiceField(
        label="Jenis mitra baru",
        choices=[("", "Pilih jenis"), *PartnerKind.choices],
        required=False,
    )
    new_regency = RegencyPickerField(label="Kabupaten/kota mitra baru", required=False)

    @property
    def asks_new_partner(self) -> bool:
        """Whether "tambah mitra baru" is chosen, so that its fields are to be shown."""
        value = self[self.partner_field].value()
        return isinstance(value, Picked) and value.chosen == NEW

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get(self.partner_field) != NEW:
            return cleaned
        name = cleaned.get("new_name") or self[self.partner_field].value().query
        if not name:
            self.add_error("new_name", "Isi nama mitra baru.")
        if not cleaned.get("new_kind"):
            self.add_error("new_kind", "Pilih jenis mitra baru.")
        if not self.errors:
            self.new_partner = Partner(
                name=name, kind=cleaned["new_kind"], regency=cleaned.get("new_regency")
            )
        return cleaned

    def record_new_partner(self) -> Partner | None:
        """Record the new partner, if one was asked for, and return it."""
        if self.new_partner is not None:
            self.new_partner.record(by=self.user, reason="Ditambahkan dari formulir")
        return self.new_partner
