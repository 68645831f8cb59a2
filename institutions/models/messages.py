"""Our own words for what a column refuses, in place of Django's general ones."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models


def in_a_sentence(label: str) -> str:
    """A label as it stands inside a sentence; an acronym keeps its capitals."""
    first = label.split(" ", 1)[0]
    return label if first.isupper() else label[:1].lower() + label[1:]


def general_messages(label: str, *, verb: str = "Isi") -> dict[str, str]:
    """By the codes Django gives its own messages; `verb` is how one fills the field in."""
    name = in_a_sentence(label)
    subject = name[:1].upper() + name[1:]
    return {
        "required": f"{verb} {name}.",
        "blank": f"{verb} {name}.",
        "null": f"{verb} {name}.",
        "max_length": (
            f"{subject} terlalu panjang: %(show_value)d huruf, batasnya %(limit_value)d."
        ),
        "invalid": f"{subject} tidak dapat dibaca.",
        "invalid_choice": f"Pilih {name} dari daftar.",
        "invalid_list": f"Pilih {name} dari daftar.",
        "invalid_pk_value": f"Pilih {name} dari daftar.",
        "null_characters_not_allowed": f"{subject} memuat huruf yang tidak dapat disimpan.",
        "min_value": f"{subject} paling kecil %(limit_value)s.",
        "max_value": f"{subject} paling besar %(limit_value)s.",
    }


def reword(error: ValidationError, column: "models.Field[Any, Any]") -> None:
    """Put our words into an error of one column, unless the column has words of its own."""
    # What we write is a str; Django's own messages are lazy translations.
    if isinstance(error.message, str):
        return
    points_elsewhere = isinstance(column, models.ForeignKey)
    label = str(column.verbose_name)
    words = general_messages(label, verb="Pilih" if points_elsewhere else "Isi")
    words["unique"] = f"{label[:1].upper()}{label[1:]} ini sudah dipakai."
    code = "invalid_choice" if points_elsewhere and error.code == "invalid" else error.code
    error.message = words.get(str(code), words["invalid"])
