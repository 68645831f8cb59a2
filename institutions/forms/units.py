"""Forms on units, for admins: what a unit is, where it belongs, what it was called."""

from datetime import timedelta
from typing import Any, ClassVar, cast

from django import forms
from django.utils.text import slugify

from institutions.fields import WholeDayField
from institutions.forms.base import RecordForm, field_for
from institutions.forms.parts import PartFormSet, RootForm, rows_of
from institutions.models import (
    KINDS_OF_THE_PAST,
    Grade,
    Province,
    Unit,
    UnitKind,
    UnitName,
)
from institutions.pickers import OwnUnitPickerField, RegencyPickerField, UnitPickerField

# The word in the address of the page that creates a unit.
RESERVED_CODES = frozenset({"baru"})
SPELLING, RENAMED = "EJAAN", "GANTI"


def grade_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Kelas", required=False, choices=[("", "Tanpa kelas"), *Grade.choices]
    )


class UnitNameForm(RecordForm):
    grade = grade_field()

    class Meta:
        model = UnitName
        fields = ["name", "short_name", "grade", "valid_from", "valid_until"]
        formfield_callback = field_for


class UnitForm(RootForm):
    instance: Unit

    grade = grade_field()
    parent = OwnUnitPickerField(
        label="Di bawah",
        help_text="Kanwil untuk UPT, Bapas untuk Pos Bapas dan Griya. Tulis namanya, lalu pilih.",
        error_messages={"required": "Pilih unit di atasnya."},
    )
    regency = RegencyPickerField(
        label="Kabupaten/kota", required=False, help_text="Tulis namanya, lalu pilih."
    )
    province = forms.ModelChoiceField(
        label="Provinsi",
        queryset=Province.objects.all(),
        required=False,
        empty_label="Ikuti kabupaten/kota",
    )
    provinces = forms.ModelMultipleChoiceField(
        label="Wilayah kerja Kanwil",
        queryset=Province.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tanpa pilihan: hanya provinsinya sendiri.",
    )
    replaced_by = UnitPickerField(label="Digantikan oleh", required=False)

    compared = ("provinces",)
    starred = ("kind", "name", "short_name", "parent", "province")
    formset_classes: ClassVar[dict[str, type[PartFormSet]]] = {
        "names": rows_of(Unit, UnitName, UnitNameForm, PartFormSet)
    }

    class Meta:
        model = Unit
        fields = [
            "kind",
            "subkind",
            "grade",
            "name",
            "short_name",
            "place",
            "parent",
            "regency",
            "province",
            "office_code",
            "phone",
            "email",
            "address",
            "letterhead",
            "is_active",
            "replaced_by",
            "source_note",
        ]
        formfield_callback = field_for
        help_texts: ClassVar[dict[str, str]] = {
            "name": "Seperti pada kop, misalnya Lapas Kelas IIA Pekanbaru.",
            "short_name": "Tanpa kelas, misalnya Lapas Pekanbaru.",
            "place": "Misalnya Pekanbaru.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = cast("forms.ChoiceField", self.fields["kind"])
        kind.choices = [("", "Pilih jenis"), *self.offered_kinds()]
        self.fields["parent"].required = self.instance.kind != UnitKind.DITJENPAS

    def offered_kinds(self) -> list[tuple[str, str]]:
        """Kinds a unit may be today; one of the past only where it is that already."""
        passed = {*KINDS_OF_THE_PAST, UnitKind.DITJENPAS} - {self.instance.kind}
        return [(kind, label) for kind, label in UnitKind.choices if kind not in passed]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind, regency = cleaned.get("kind"), cleaned.get("regency")
        if regency and not cleaned.get("province"):
            cleaned["province"] = regency.province
        if kind != UnitKind.DITJENPAS and not cleaned.get("province"):
            self.ask_for_province()
        if kind and kind != UnitKind.KANWIL and cleaned.get("provinces"):
            self.add_error("provinces", "Wilayah kerja hanya dicatat untuk Kanwil.")
        return cleaned

    def ask_for_province(self) -> None:
        if not {"kind", "regency", "province"} & self.errors.keys():
            self.add_error("province", "Pilih provinsinya, atau kabupaten/kotanya.")

    def record(self, *, reason: str = "") -> None:
        super().record(reason=reason)
        unit = self.instance
        chosen = self.cleaned_data.get("provinces") or []
        if unit.kind == UnitKind.KANWIL and not chosen and unit.province:
            chosen = [unit.province]
        unit.set_links("covered_provinces", "province", chosen, by=self.user, reason=reason)


class UnitCreateForm(UnitForm):
    code = forms.SlugField(
        label="Kode",
        required=False,
        max_length=80,
        help_text="Tetap selamanya dan tanpa kelas. Kosongkan: dibuat dari nama pendek.",
    )

    class Meta(UnitForm.Meta):
        fields = ["code", *UnitForm.Meta.fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        code = (cleaned.get("code") or slugify(cleaned.get("short_name", "")))[:80].lower()
        if code in RESERVED_CODES:
            self.add_error("code", "Kode ini dipakai register sendiri. Pilih kode lain.")
        elif "code" in cleaned:
            cleaned["code"] = code
            if not code and "short_name" in cleaned:
                self.add_error("code", "Isi kode.")
        return cleaned


class UnitEditForm(UnitForm):
    name_change = forms.ChoiceField(
        label="Bila nama resmi atau kelas Anda ubah",
        required=False,
        choices=[
            ("", "Keduanya tidak diubah"),
            (SPELLING, "Perbaikan ejaan atau salah catat"),
            (RENAMED, "Unit berganti nama atau kelas; nama lama tetap tercatat"),
        ],
        widget=forms.RadioSelect,
    )
    renamed_on = WholeDayField(label="Berganti sejak", required=False)

    def __init__(self, *args: Any, instance: Unit, **kwargs: Any) -> None:
        self.before = {name: getattr(instance, name) for name in ("name", "short_name", "grade")}
        covered = instance.covered_provinces.values_list("province", flat=True)
        super().__init__(*args, instance=instance, initial={"provinces": list(covered)}, **kwargs)
        if instance.kind != UnitKind.KANWIL:
            del self.fields["provinces"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        change, renamed_on = cleaned.get("name_change"), cleaned.get("renamed_on")
        renamed = "name" in self.changed_data or ("grade" in self.changed_data and self.had_grade)
        if renamed and not change and "name_change" not in self.errors:
            self.add_error("name_change", "Pilih: perbaikan ejaan, atau berganti nama.")
        elif change == RENAMED and not renamed and not self.errors:
            self.add_error("name_change", "Ubah dulu nama resmi atau kelasnya.")
        elif change == RENAMED and renamed_on is None and "renamed_on" not in self.errors:
            self.add_error("renamed_on", "Isi sejak tanggal berapa unit berganti nama.")
        elif change == RENAMED and renamed_on:
            self.check_order(renamed_on)
        return cleaned

    @property
    def had_grade(self) -> bool:
        # A class that was only missing until now is no other name.
        return bool(self.before["grade"])

    def check_order(self, renamed_on: Any) -> None:
        if self.instance.names.filter(valid_until__gte=renamed_on - timedelta(days=1)).exists():
            self.add_error("renamed_on", "Ada nama lama yang tercatat sampai tanggal itu.")

    def record(self, *, reason: str = "") -> None:
        super().record(reason=reason)
        if self.cleaned_data.get("name_change") == RENAMED:
            last_day = self.cleaned_data["renamed_on"] - timedelta(days=1)
            UnitName.remember(
                self.instance, **self.before, last_day=last_day, by=self.user, reason=reason
            )
            self.instance.refresh_search_text()
