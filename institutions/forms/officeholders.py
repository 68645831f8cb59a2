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
        return [*super().warnings, *other_heads(self.instance)]


def other_heads(person: Officeholder) -> list[str]:
    """Heads whose terms overlap: odd, and at a handover true for some days."""
    return [
        f"Kepala lain tercatat pada masa yang sama: {other.full_name}. Periksa tanggalnya."
        for other in (person.overlapping_heads() if person.pk else ())
    ]
