"""Form on a person in an office of a unit."""

from django import forms

from institutions.forms.base import VersionedForm, field_for
from institutions.models import Acting, Officeholder


class OfficeholderForm(VersionedForm):
    instance: Officeholder
    starred = ("person_name", "position")

    acting = forms.ChoiceField(
        label="Status jabatan", required=False, choices=[("", "Definitif"), *Acting.choices]
    )

    class Meta:
        model = Officeholder
        fields = [
            "person_name",
            "degrees",
            "position",
            "is_head",
            "acting",
            "valid_from",
            "valid_until",
            "seen_on",
            "source",
        ]
        formfield_callback = field_for
        help_texts = {
            "position": "Misalnya Kepala Bapas Kelas II Jember.",
            "source": "Misalnya judul berita, atau nomor surat keputusan.",
        }

    @property
    def warnings(self) -> list[str]:
        others = self.instance.overlapping_heads() if self.instance.pk else ()
        return [
            *super().warnings,
            *(
                f"Kepala lain tercatat pada masa yang sama: {other.full_name}. Periksa tanggalnya."
                for other in others
            ),
        ]
