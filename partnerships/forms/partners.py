"""Forms on partners: the directory entry with its names and contacts."""

from typing import Any, ClassVar

from django import forms

from institutions.forms.base import RecordForm, field_for, shown
from institutions.forms.parts import PartFormSet, RootForm, rows_of
from institutions.models import Province
from institutions.pickers import RegencyPickerField
from partnerships.models import Contact, Partner, PartnerName, Sector
from partnerships.pickers import PartnerPickerField


class PartnerNameForm(RecordForm):
    class Meta:
        model = PartnerName
        fields = ["name", "kind", "valid_from", "valid_until"]
        formfield_callback = field_for


class ContactForm(RecordForm):
    """A contact the user's unit keeps; other units' contacts are not shown here."""

    instance: Contact

    class Meta:
        model = Contact
        fields = ["position", "name", "phone", "email", "basis", "verified_on"]
        formfield_callback = field_for

    def record(self, *, reason: str = "") -> None:
        if self.instance.unit_id is None:
            self.instance.unit = self.user.unit
        super().record(reason=reason)


class ContactFormSet(PartFormSet):
    def shown_rows(self, rows: Any) -> Any:
        return rows.filter(unit__in=self.user.units_in_scope())


class PartnerForm(RootForm):
    instance: Partner

    regency = RegencyPickerField(
        label="Kabupaten/kota",
        required=False,
        help_text="Tulis namanya, lalu pilih. Kosongkan untuk mitra tingkat provinsi atau pusat.",
    )
    province = forms.ModelChoiceField(
        label="Provinsi",
        queryset=Province.objects.all(),
        required=False,
        help_text="Hanya untuk mitra tingkat provinsi; selain itu mengikuti kabupaten/kota.",
    )
    parent = PartnerPickerField(
        label="Bagian dari",
        required=False,
        help_text="Misalnya universitas untuk fakultas, atau dinas kesehatan untuk puskesmas.",
    )
    sectors = forms.ModelMultipleChoiceField(
        label="Urusan",
        queryset=Sector.objects.filter(is_active=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Untuk dinas dan badan daerah; boleh lebih dari satu.",
    )

    class Meta:
        model = Partner
        fields = [
            "name",
            "acronym",
            "kind",
            "regency",
            "province",
            "parent",
            "address",
            "office_phone",
            "office_email",
            "website",
        ]
        formfield_callback = field_for
        widgets = {"address": forms.Textarea(attrs={"rows": 2})}

    starred = ("name", "kind", "regency")
    formset_classes: ClassVar[dict[str, type[PartFormSet]]] = {
        "names": rows_of(Partner, PartnerName, PartnerNameForm, PartFormSet),
        "contacts": rows_of(Partner, Contact, ContactForm, ContactFormSet),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        province: Any = self.fields["province"]
        # Read once, for the select and for the words of a locked one; a list of it counts it first.
        province.choices = list(iter(province.choices))
        if self.instance.pk:
            self.initial["sectors"] = [link.sector_id for link in self.instance.sector_links.all()]
            self.guard_identity()

    def guard_identity(self) -> None:
        """Identity others rely on is read-only here; blanks may be filled by anyone."""
        if self.instance.identity_editable_by(self.user):
            return
        for name in Partner.IDENTITY_FIELDS:
            if getattr(self.instance, name):
                self.fields[name].disabled = True

    @property
    def locked(self) -> list[dict[str, str]]:
        """Identity as it stands, where this user may not change it."""
        bound = [self[name] for name, field in self.fields.items() if field.disabled]
        return [
            {"label": str(field.label), "value": shown(field, field.value())} for field in bound
        ]

    @property
    def identity(self) -> list[forms.BoundField]:
        """The inputs of the identity that this user may change."""
        names = ("name", "acronym", "kind", "regency", "province", "parent")
        return [self[name] for name in names if not self.fields[name].disabled]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        regency, province = cleaned.get("regency"), cleaned.get("province")
        if regency is not None and "province" in cleaned:
            if province is not None and province != regency.province and self.data_names_province:
                self.add_error("regency", f"{regency} tidak berada di {province}.")
            cleaned["province"] = regency.province
        return cleaned

    @property
    def data_names_province(self) -> bool:
        """Whether the user chose the province now, rather than it following the old regency."""
        return "province" in self.changed_data

    def record(self, *, reason: str = "") -> None:
        super().record(reason=reason)
        self.instance.set_links(
            "sector_links", "sector", self.cleaned_data["sectors"], by=self.user, reason=reason
        )

    @property
    def warnings(self) -> list[str]:
        if not {"name", "regency", "province"} & set(self.changed_data):
            return super().warnings
        return super().warnings + same_names(self.instance)


def same_names(partner: Partner) -> list[str]:
    """Two Yayasan of one name may be real; whoever records the second is asked to look."""
    alike = Partner.objects.with_same_name_as(partner.name).exclude(pk=partner.pk)
    return [
        f"Mitra dengan nama yang sama sudah terdaftar di {other.region or 'tingkat pusat'}."
        " Periksa apakah ini mitra yang sama."
        for other in alike.select_related("regency", "province")[:3]
    ]
