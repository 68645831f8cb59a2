"""Form on a person in an office of a unit."""

from typing import Any

from institutions.forms.base import VersionedForm, field_for
from institutions.models import Acting, Officeholder


class OfficeholderForm(VersionedForm):
    starred = ("person_name", "position")

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["acting"].choices = [("", "Definitif"), *Acting.choices]

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
