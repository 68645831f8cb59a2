"""Passwords that can be read out and typed, and not be guessed."""

import secrets
from typing import Any

from django.core.exceptions import ValidationError

from indonesian.names import plain

_CONSONANTS = "bdghjklmnprst"
_VOWELS = "aeiou"

# What anybody who knows corrections tries first; the words of the own unit are added.
CONTEXT_WORDS = (
    *("lapas", "rutan", "bapas", "lpka", "lpas", "posbapas", "rupbasan", "kanwil", "kantor"),
    *("wilayah", "ditjenpas", "dirjenpas", "pemasyarakatan", "imipas", "kemenimipas", "imigrasi"),
    *("kemenkumham", "kumham", "pengayoman", "narapidana", "tahanan", "warga", "binaan", "klien"),
    *("kelas", "humas", "manajer", "admin", "operator", "register", "kemitraan", "mitrapas"),
    *("mitra", "kerjasama", "perjanjian", "indonesia", "sandi", "rahasia", "password"),
)
SHORTEST_WORD = 4
# What has to be left when those words are taken out.
LEAST_OF_ONES_OWN = 8
_DISGUISES = str.maketrans("013457@$!", "oieastasi")


def readable_password() -> str:
    """Three made-up words such as rukabo-timena-sopadi: 9 syllables, 54 bits."""
    return "-".join("".join(_syllable() for _ in range(3)) for _ in range(3))


def _syllable() -> str:
    return secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS)


class ContextWordValidator:
    """Refuses a password that is mostly words of corrections or of the own unit."""

    def validate(self, password: str, user: Any = None) -> None:
        words = {*CONTEXT_WORDS, *unit_words(getattr(user, "unit", None))}
        as_typed = remainder(password.casefold(), words)
        undisguised = remainder(password.casefold().translate(_DISGUISES), words)
        if min(as_typed, undisguised) < min(LEAST_OF_ONES_OWN, letters_in(password)):
            raise ValidationError(
                "Sandi ini memuat kata yang mudah ditebak.", code="password_context_words"
            )

    def get_help_text(self) -> str:
        return "Bukan nama unit atau kata seperti lapas dan pemasyarakatan."


def unit_words(unit: Any) -> set[str]:
    """The words of a unit's names and of the place it is in."""
    if unit is None:
        return set()
    texts = (unit.name, unit.short_name, unit.place, str(unit.regency or ""))
    words = {word for text in texts for word in plain(text).split()}
    return {word for word in words if len(word) >= SHORTEST_WORD}


def remainder(text: str, words: set[str]) -> int:
    """How many letters and digits are left without the words, longest words first."""
    rest = "".join(letter for letter in text if letter.isalnum())
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(rest)


def letters_in(text: str) -> int:
    return sum(letter.isalnum() for letter in text)
