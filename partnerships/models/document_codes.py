"""Code lists of stored files; DESIGN section 4."""

from django.db import models


class DocumentKind(models.TextChoices):
    NASKAH = "NASKAH", "Naskah"
    LAMPIRAN = "LAMPIRAN", "Lampiran"
    FOTO = "FOTO", "Foto"
    SURAT = "SURAT", "Surat"
    BUKTI = "BUKTI", "Bukti kegiatan"


class FileType(models.TextChoices):
    """What the content is, whatever the file was called."""

    PDF = "PDF", "PDF"
    JPG = "JPG", "JPG"
    PNG = "PNG", "PNG"
    DOCX = "DOCX", "DOCX"


PICTURES = (FileType.JPG, FileType.PNG)
# Pictures of these kinds show people.
SHOWING_PEOPLE = (DocumentKind.FOTO, DocumentKind.BUKTI)
