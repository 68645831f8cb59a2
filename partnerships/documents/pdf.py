"""A PDF by its frame: begins and ends as one, and needs no password.

Nothing inside is unpacked or followed, so nothing inside can take time or memory. What a PDF
carries runs nowhere on our side: it is given out as a file to keep, never shown.
"""

import os
import re
from typing import IO

from partnerships.documents.refusals import DAMAGED, Refused

HEADER = re.compile(rb"%PDF-[12]\.[0-9]")
# A program that packs two files into one appends the second; nothing follows the end of ours.
END = re.compile(rb"startxref\s{1,9}[0-9]{1,12}\s{1,9}%%EOF[\s\0]{0,64}\Z")
TAIL = 128
CHUNK = 1024 * 1024
LOCKED = "terkunci kata sandi. Simpan tanpa kata sandi, lalu unggah lagi."
# Neither is ever packed: the catalogue and the lock stand in the trailer.
CATALOGUE, LOCK = b"/Root", b"/Encrypt"


def check_pdf(file: IO[bytes]) -> None:
    """Raises Refused."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - TAIL))
    ends = END.search(file.read())
    file.seek(0)
    if not HEADER.match(file.read(8)) or not ends:
        raise Refused(DAMAGED)
    found = words_in(file, CATALOGUE, LOCK)
    if LOCK in found:
        raise Refused(LOCKED)
    if CATALOGUE not in found:
        raise Refused(DAMAGED)


def words_in(file: IO[bytes], *words: bytes) -> set[bytes]:
    """Which of the words stand anywhere in the file."""
    found: set[bytes] = set()
    file.seek(0)
    kept = b""
    while chunk := file.read(CHUNK):
        text = kept + chunk
        found.update(word for word in words if word in text)
        kept = text[-max(map(len, words)) :]
    return found
