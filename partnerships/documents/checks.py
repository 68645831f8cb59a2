"""One uploaded file: what it is by its content, and what of it is kept."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat

from partnerships.documents.docx import NO_DOCX, check_docx
from partnerships.documents.names import clean_name, tidy_name
from partnerships.documents.pdf import check_pdf
from partnerships.documents.pictures import check_picture, drawn_anew
from partnerships.documents.refusals import Refused
from partnerships.models import PICTURES, SHOWING_PEOPLE, DocumentKind, FileType

MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 20
# What a file of each type begins with, to the byte: whatever stands before it makes it another.
BEGINNINGS: dict[bytes, FileType] = {
    b"%PDF-": FileType.PDF,
    b"\xff\xd8\xff": FileType.JPG,
    b"\x89PNG\r\n\x1a\n": FileType.PNG,
    b"PK\3\4": FileType.DOCX,
}
NO_PHOTO = "bukan JPG atau PNG. Untuk berkas lain pilih jenis yang lain."


@dataclass(frozen=True)
class Checked:
    """A file that may be kept; `content` is what came, or the photo that was drawn from it."""

    name: str
    file_type: FileType
    content: "File[bytes]"
    size: int
    sha256: str


def file_type_of(upload: Any) -> FileType | None:
    upload.seek(0)
    beginning = upload.read(8)
    upload.seek(0)
    found = (kind for start, kind in BEGINNINGS.items() if beginning.startswith(start))
    return next(found, None)


def shows_people(upload: Any, kind: str) -> bool:
    """Whether the file is a picture of a kind that shows people."""
    return kind in SHOWING_PEOPLE and file_type_of(upload) in PICTURES


def check(upload: Any, kind: str) -> Checked:
    """Raises ValidationError: what is wrong, after the name of the file."""
    try:
        file_type = known_type(upload)
        if kind == DocumentKind.FOTO and file_type not in PICTURES:
            raise Refused(NO_PHOTO)
        content = content_to_keep(upload, file_type, kind)
    except Refused as refused:
        raise ValidationError(f"“{clean_name(upload.name or '')}” {refused}") from refused
    size, sha256 = digest_of(content)
    return Checked(tidy_name(upload.name or "", file_type), file_type, content, size, sha256)


def known_type(upload: Any) -> FileType:
    if not upload.size:
        raise Refused("kosong. Periksa berkasnya, lalu unggah lagi.")
    if upload.size > MOST_MEGABYTES * MEGABYTE:
        raise Refused(
            f"berukuran {filesizeformat(upload.size)}. Batasnya {MOST_MEGABYTES} MB;"
            " pindai ulang dengan resolusi 200 dpi."
        )
    file_type = file_type_of(upload)
    if file_type is None:
        raise Refused(NO_DOCX)
    return file_type


def content_to_keep(upload: Any, file_type: FileType, kind: str) -> "File[bytes]":
    if file_type == FileType.PDF:
        check_pdf(upload)
    elif file_type == FileType.DOCX:
        check_docx(upload)
    elif kind in SHOWING_PEOPLE:
        return drawn_anew(upload, file_type)
    else:
        check_picture(upload, file_type)
    return upload


def digest_of(content: "File[bytes]") -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    content.seek(0)
    for chunk in content.chunks():
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    return size, digest.hexdigest()
