"""A DOCX by its zip: every part is unpacked once, in pieces, within limits, and no XML is parsed.

The check is stricter than a word processor, because there is always another way in: a PDF.
"""

import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from partnerships.documents.refusals import DAMAGED, Refused

END_OF_ZIP = struct.Struct("<4s4H2LH")
# A list of parts as long as this names some thousand of them; a document has about twenty.
LONGEST_LIST = 256 * 1024
MOST_PARTS = 1000
MOST_UNPACKED = 100 * 1024 * 1024
PLAIN_HEADER = 30
CHUNK = 256 * 1024
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
STUMBLES = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)

TYPES, BODY = "[Content_Types].xml", "word/document.xml"
WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# Programs, and files inside the file.
CARRIERS = re.compile(r"vba|macro|activex|embeddings/|\.bin\Z|\.exe\Z|\.zip\Z", re.IGNORECASE)
MACRO_TYPES = re.compile(rb"macroEnabled|vbaProject|activeX|oleObject", re.IGNORECASE)
# Office writes no document type, and UTF-8 throughout.
DOCUMENT_TYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ENCODING = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s{0,9}<\?xml[^>]{0,99}encoding=.([A-Za-z0-9._-]{1,20})"
)
UTF8 = frozenset({b"utf-8", b"utf8", b"us-ascii"})
XML = (".xml", ".rels")
# A template or a part that the word processor would fetch from elsewhere.
LINKS = re.compile(rb"<Relationship\b[^<>]{0,4000}>")
ELSEWHERE = re.compile(rb"Target=.(?:https?:|ftp:|\\\\|file://[^/])", re.IGNORECASE)
HYPERLINK = b"/hyperlink"

CARRIES = (
    "membawa makro, berkas lain, atau isi yang diambil dari luar. Simpan sebagai PDF, lalu unggah."
)
TOO_LARGE = "terlalu besar setelah dibuka. Simpan sebagai PDF, lalu unggah."
LOCKED = "terkunci kata sandi. Simpan tanpa kata sandi, lalu unggah lagi."
NO_DOCX = "bukan PDF, JPG, PNG, atau DOCX."


def check_docx(file: IO[bytes]) -> None:
    """Raises Refused."""
    require_one_plain_zip(file)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            require_plain_parts(parts)
            types = b""
            for part in parts:
                content = read_part(archive, part)
                types = content if part.filename == TYPES else types
    except STUMBLES as error:
        raise Refused(DAMAGED) from error
    if WORD not in types or MACRO_TYPES.search(types):
        raise Refused(CARRIES if MACRO_TYPES.search(types) else NO_DOCX)


def require_one_plain_zip(file: IO[bytes]) -> None:
    """The list of parts ends the file and leads back to its beginning: nothing else is in it."""
    size = file.seek(0, os.SEEK_END)
    if size < END_OF_ZIP.size:
        raise Refused(DAMAGED)
    file.seek(-END_OF_ZIP.size, os.SEEK_END)
    mark, _, _, _, number, length, start, comment = END_OF_ZIP.unpack(file.read())
    if mark != b"PK\5\6" or comment or start + length != size - END_OF_ZIP.size:
        raise Refused(DAMAGED)
    # zipfile makes an object of every entry before anybody can count them.
    if length > LONGEST_LIST or number > MOST_PARTS:
        raise Refused(TOO_LARGE)


def require_plain_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len({name.casefold() for name in names}) != len(names) or not all(map(is_plain, names)):
        raise Refused(DAMAGED)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(LOCKED)
    if any(part.compress_type not in METHODS for part in parts):
        raise Refused(DAMAGED)
    if BODY not in names or TYPES not in names:
        raise Refused(NO_DOCX)
    if any(map(CARRIERS.search, names)):
        raise Refused(CARRIES)
    if sum(part.file_size for part in parts) > MOST_UNPACKED or overlap(parts):
        raise Refused(TOO_LARGE)


def is_plain(name: str) -> bool:
    inside = not name.startswith("/") and ".." not in name.split("/")
    return inside and len(name) <= 255 and not {"\\", ":", "\0"} & set(name)


def overlap(parts: list[zipfile.ZipInfo]) -> bool:
    """Whether one packed piece serves several parts, as in a bomb of a few kilobytes."""
    end = 0
    for part in sorted(parts, key=lambda each: each.header_offset):
        if part.header_offset < end:
            return True
        end = part.header_offset + PLAIN_HEADER + len(part.filename) + part.compress_size
    return False


def read_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Unpacks the whole part, which compares its checksum; returns how it begins."""
    is_xml = part.filename.lower().endswith(XML)
    is_links = part.filename.lower().endswith(".rels")
    first = b""
    with archive.open(part) as content:
        for piece in pieces(content):
            first = first or piece
            if is_xml and DOCUMENT_TYPE.search(piece):
                raise Refused(CARRIES)
            if is_links and fetches(piece):
                raise Refused(CARRIES)
    if is_xml and not is_utf8(first):
        raise Refused(DAMAGED)
    return first


def pieces(content: IO[bytes]) -> Iterator[bytes]:
    """Pieces that begin with the end of the one before, so that no word falls between two."""
    kept = b""
    while chunk := content.read(CHUNK):
        yield kept + chunk
        kept = chunk[-4096:]


def is_utf8(first: bytes) -> bool:
    named = ENCODING.match(first)
    return b"\0" not in first and (named is None or named[1].lower() in UTF8)


def fetches(piece: bytes) -> bool:
    found = (link[0] for link in LINKS.finditer(piece))
    return any(HYPERLINK not in link and ELSEWHERE.search(link) for link in found)
