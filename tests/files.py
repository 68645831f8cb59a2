"""Real files to upload, made anew by each test: PDF, DOCX and pictures."""

import zipfile
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns='
    '"http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName='
    '"/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
BODY = '<?xml version="1.0" encoding="UTF-8"?><w:document><w:body/></w:document>'


def pdf(text: str = "naskah contoh", *, more: bytes = b"", trailer: str = "") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\n"
        + f"% {text}\n".encode()
        + more
        + b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000056 00000 n \n"
        + f"trailer\n<</Size 3/Root 1 0 R{trailer}>>\n".encode()
        + b"startxref\n112\n%%EOF\n"
    )


def docx(parts: dict[str, Any] | None = None, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A document with these parts beside or in place of the two it needs."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in {
            "[Content_Types].xml": TYPES,
            "word/document.xml": BODY,
            **(parts or {}),
        }.items():
            archive.writestr(name, content)
    return written.getvalue()


def picture(
    form: str = "JPEG",
    *,
    size: tuple[int, int] = (60, 40),
    mode: str = "RGB",
    flat: bool = False,
    **how: Any,
) -> bytes:
    written = BytesIO()
    drawn = Image.new("L", size, 90) if flat else Image.effect_noise(size, 60)
    drawn.convert(mode).save(written, form, **how)
    return written.getvalue()


def photo_of_a_place(form: str = "JPEG", **how: Any) -> bytes:
    """A photo that knows where, when and with what it was taken, and that it stands on its side."""
    exif = Image.Exif()
    exif[0x010F] = "Kamera Contoh"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "S", 2: (8.0, 10.0, 0.0), 3: "E", 4: (113.0, 42.0, 0.0)})
    exif.get_ifd(0x8769)[0x9003] = "2026:03:03 09:00:00"
    return picture(form, exif=exif, **({} if form == "PNG" else {"comment": b"Jember"}), **how)


def upload(content: bytes, name: str = "naskah.pdf", kind: str = "application/pdf") -> Any:
    return SimpleUploadedFile(name, content, kind)
