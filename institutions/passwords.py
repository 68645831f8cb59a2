"""Passwords that can be read out and typed, and not be guessed."""

import secrets

_CONSONANTS = "bdghjklmnprst"
_VOWELS = "aeiou"


def readable_password() -> str:
    """Three made-up words such as rukabo-timena-sopadi: 9 syllables, 54 bits."""
    return "-".join("".join(_syllable() for _ in range(3)) for _ in range(3))


def _syllable() -> str:
    return secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS)
