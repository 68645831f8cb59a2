"""Files for an agreement, an event or a delivery: several at once, or one in place of another."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat

from indonesian.calendar import format_date
from institutions.forms.base import PlainForm
from partnerships.documents.checks import MEGABYTE, MOST_MEGABYTES, Checked, check, shows_people
from partnerships.documents.storing import Written
from partnerships.models import PICTURES, SHOWING_PEOPLE, Agreement, Document, DocumentKind, Owner

MOST_FILES = 10
# The sample for nginx takes 25 MB, and the fields around the files need a little of it.
MOST_MEGABYTES_AT_ONCE = 24

OF_AGREEMENTS = (DocumentKind.NASKAH, DocumentKind.LAMPIRAN, DocumentKind.SURAT)
OF_WHAT_HAPPENED = (
    DocumentKind.FOTO,
    DocumentKind.BUKTI,
    DocumentKind.SURAT,
    DocumentKind.LAMPIRAN,
)
FACES_UNCLEARED = (
    "Centang bila wajah warga binaan dan klien sudah disamarkan atau disetujui. Foto yang belum"
    " begitu tidak disimpan."
)


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        # Those that were sent count, however many the page asked for.
        return files.getlist(name) if files else []


class FilesField(forms.FileField):
    """Any number of files under one name; each of them is checked by the form."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        if not data:
            raise ValidationError(self.error_messages["required"], code="required")
        return list(data)


class UploadForm(PlainForm, forms.Form):
    """Files that come to a record. Those that are in order are kept, the others are named."""

    file = FilesField(
        label="Berkas",
        help_text=(
            f"PDF, JPG, PNG, atau DOCX; paling besar {MOST_MEGABYTES} MB per berkas, paling banyak"
            f" {MOST_FILES} berkas dan {MOST_MEGABYTES_AT_ONCE} MB sekali unggah."
        ),
        error_messages={"required": "Pilih berkasnya."},
    )
    kind = forms.ChoiceField(label="Jenis")
    faces_cleared = forms.BooleanField(
        label="Wajah warga binaan dan klien di foto sudah disamarkan, atau ada persetujuannya",
        help_text=(
            "Untuk foto. Letak, waktu, dan kamera yang tersimpan di dalam foto dihapus sebelum"
            " disimpan."
        ),
        required=False,
    )

    # Said to the script, so that it need not send what would be refused.
    most_bytes = MOST_MEGABYTES * MEGABYTE
    most_bytes_at_once = MOST_MEGABYTES_AT_ONCE * MEGABYTE

    def __init__(
        self, *args: Any, owner: Owner, replaces: Document | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.owner, self.replaces = owner, replaces
        self.checked: list[Checked] = []
        self.refused: list[str] = []
        self.repeated: list[str] = []
        self.documents: list[Document] = []
        kinds: tuple[DocumentKind, ...] = OF_WHAT_HAPPENED
        if isinstance(owner, Agreement):
            kinds = OF_AGREEMENTS
        if replaces:
            kinds = (DocumentKind(replaces.kind),)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.initial.setdefault("kind", kinds[0].value)
        if replaces:
            self.take_one_file()
        if not set(kinds) & set(SHOWING_PEOPLE):
            del self.fields["faces_cleared"]

    def take_one_file(self) -> None:
        files = self.fields["file"]
        files.help_text = (
            f"PDF, JPG, PNG, atau DOCX; paling besar {MOST_MEGABYTES} MB. Berkas yang"
            " sekarang tetap tersimpan sebagai versi sebelumnya."
        )
        files.widget.allow_multiple_selected = False
        del files.widget.attrs["multiple"]
        del self.fields["kind"]

    @property
    def kept_kind(self) -> str:
        return self.replaces.kind if self.replaces else str(self.cleaned_data["kind"])

    def clean_file(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["file"]
        most = 1 if self.replaces else MOST_FILES
        if len(files) > most:
            raise ValidationError(f"Paling banyak {most} berkas sekali unggah.")
        total = sum(file.size for file in files)
        if len(files) > 1 and total > self.most_bytes_at_once:
            raise ValidationError(
                f"Semua berkas bersama-sama berukuran {filesizeformat(total)}. Batasnya"
                f" {MOST_MEGABYTES_AT_ONCE} MB sekali unggah; unggah sisanya kemudian."
            )
        return files

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if not cleaned.get("faces_cleared") and any(
            shows_people(file, self.kept_kind) for file in cleaned["file"]
        ):
            raise ValidationError({"faces_cleared": FACES_UNCLEARED})
        for file in cleaned["file"]:
            try:
                self.checked.append(check(file, self.kept_kind))
            except ValidationError as refused:
                self.refused += refused.messages
        if not self.checked:
            raise ValidationError({"file": self.refused})
        return cleaned

    def saved(self, owner: Owner, written: Written, names: list[str]) -> bool:
        """Whether a row was recorded for at least one of the files, which lie under `names`."""
        # Locked, so that two people who send the same file at the same time are noticed.
        type(owner)._base_manager.select_for_update(of=("self",)).get(pk=owner.pk)
        known = {row.sha256: row for row in owner.documents.current()}
        for checked, name in zip(self.checked, names, strict=True):
            if same := known.get(checked.sha256):
                self.repeated.append(
                    f"Berkas yang sama sudah tersimpan: “{same}”, diunggah"
                    f" {format_date(same.uploaded_at)}. “{checked.name}” tidak disimpan lagi."
                )
                continue
            known[checked.sha256] = self.document(owner, checked, name).record(by=self.user)
            self.documents.append(known[checked.sha256])
            written.kept.add(name)
        if not self.documents and self.repeated:
            self.add_error("file", self.repeated)
        return bool(self.documents)

    def document(self, owner: Owner, checked: Checked, name: str) -> Document:
        clears = checked.file_type in PICTURES and self.kept_kind in SHOWING_PEOPLE
        return Document(
            file=name,
            kind=self.kept_kind,
            file_type=checked.file_type,
            original_name=checked.name,
            sha256=checked.sha256,
            size=checked.size,
            replaces=self.replaces,
            uploaded_by=self.user,
            faces_cleared_by=self.user if clears else None,
            **{str(owner._meta.model_name): owner},
        )
