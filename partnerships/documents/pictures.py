"""Pictures: opened within limits of memory and time, and photos drawn anew without what they tell.

Pillow answers a hostile picture with nearly any exception, and takes as much memory as the picture
claims to need. So what it would need is known before it begins.
"""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.files.base import File
from PIL import Image, ImageOps

from partnerships.documents.refusals import DAMAGED, Refused
from partnerships.models import FileType

FORMATS = {FileType.JPG: "JPEG", FileType.PNG: "PNG"}
MOST_POINTS = 80_000_000
# What one picture may take while it is read and turned: a PNG of 6 million points in colour.
MOST_MEMORY = 48 * 1024 * 1024
# Pillow keeps a point of colour in four bytes and a point of grey in one.
GREY = frozenset({"1", "L", "P"})
AS_IT_IS = frozenset({"L", "RGB", "RGBA"})
# A page or a press release needs no more; a photo of a telephone has 4,000 by 3,000.
LONGEST_SIDE = 3000
# A JPG is read in a half, a quarter or an eighth of its size, but not smaller than this.
READ_AT = (900, 900)
QUALITY = 85

MOST_SCANS = 100
MOST_SEGMENTS = 1000
MOST_CHUNKS = 20_000
MOST_TEXTS = 20
TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"iCCP"})
CHUNK = 1024 * 1024

TOO_LARGE = (
    "berukuran {0} × {1} titik, terlalu besar untuk dibaca. Simpan sebagai JPG atau perkecil, lalu"
    " unggah lagi."
)


def check_picture(file: IO[bytes], file_type: FileType) -> None:
    """A scan: whole from beginning to end, and kept as it came. Raises Refused."""
    with opened(file, file_type) as picture:
        if file_type == FileType.PNG:
            # Compares the checksum of every piece without unpacking one.
            picture.verify()
        else:
            read(picture, (1, 1), held_while_read(file, picture))


def drawn_anew(file: IO[bytes], file_type: FileType) -> "File[bytes]":
    """A photo turned upright, in the size of a page, with nothing but its points: no place, no
    time, no camera, no small picture of what was cut away. Raises Refused.
    """
    with opened(file, file_type) as picture:
        held = held_while_read(file, picture) if file_type == FileType.JPG else 0
        read(picture, READ_AT, held)
        photo: Any = picture if picture.mode in AS_IT_IS else plain(picture)
        times = ceil(max(photo.size) / LONGEST_SIDE)
        photo = ImageOps.exif_transpose(photo.reduce(times) if times > 1 else photo)
        # Saving would copy what stands in here.
        photo.info = {}
        # Not into memory, where the picture still stands.
        written = TemporaryFile()  # noqa: SIM115 - whoever keeps the file closes it
        photo.save(written, FORMATS[file_type], quality=QUALITY)
    return File(written)


def plain(picture: Any) -> Any:
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def read(picture: Any, least: tuple[int, int], held: int) -> None:
    """Raises Refused where it would take too much, before it is read."""
    width, height = picture.size
    picture.draft(None, least)
    points = picture.width * picture.height
    per_point = 1 if picture.mode in GREY else 4
    # Turning, shrinking and colouring make one more picture of it, or two.
    worked = per_point + (4 if picture.mode in AS_IT_IS else 8)
    if max(points * per_point + held, points * worked) > MOST_MEMORY:
        raise Refused(TOO_LARGE.format(width, height))
    picture.load()


@contextmanager
def opened(file: IO[bytes], file_type: FileType) -> Iterator[Any]:
    """The picture, not yet read; whatever Pillow stumbles over is a damaged file."""
    walk = {FileType.JPG: require_short_jpg, FileType.PNG: require_whole_png}
    walk[file_type](file)
    file.seek(0)
    try:
        with warnings.catch_warnings():
            # Of Pillow's own limit, which lies above ours.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=(FORMATS[file_type],))
        width, height = picture.size
        if width * height > MOST_POINTS:
            raise Refused(TOO_LARGE.format(width, height))
        yield picture
    except Refused:
        raise
    except Image.DecompressionBombError as error:
        raise Refused("terlalu besar untuk dibaca. Perkecil, lalu unggah lagi.") from error
    except Exception as error:
        raise Refused(DAMAGED) from error


def held_while_read(file: IO[bytes], picture: Any) -> int:
    """Bytes of a JPG that has to be kept whole while it is read, because it comes in several scans.

    Every point then takes two bytes in each of its colours, however small it is drawn.
    """
    width, height = picture.size
    shares = [across * down for _, across, down, _ in picture.layer]
    in_parts = picture.info.get("progressive") or first_scan(file) < len(shares)
    return int(width * height * 2 * sum(shares) / max(shares)) if in_parts else 0


def require_short_jpg(file: IO[bytes]) -> None:
    """Scans without end keep a reader busy for hours."""
    first_scan(file)
    scans, last = 1, b""
    while chunk := file.read(CHUNK):
        scans += (last + chunk).count(b"\xff\xda")
        last = chunk[-1:]
    if scans > MOST_SCANS:
        raise Refused(DAMAGED)


def first_scan(file: IO[bytes]) -> int:
    """How many colours the first scan holds; leaves the file behind its header."""
    file.seek(2)
    for _ in range(MOST_SEGMENTS):
        marker = file.read(2)
        length = int.from_bytes(file.read(2), "big")
        if len(marker) < 2 or marker[0] != 0xFF or length < 2:
            break
        if marker[1] == 0xDA:
            return int.from_bytes(file.read(1), "big")
        file.seek(length - 2, os.SEEK_CUR)
    raise Refused(DAMAGED)


def require_whole_png(file: IO[bytes]) -> None:
    """Chunk after chunk to the end, nothing behind it, and few that are unpacked on opening."""
    size = file.seek(0, os.SEEK_END)
    place, texts = 8, 0
    for _ in range(MOST_CHUNKS):
        file.seek(place)
        length, name = int.from_bytes(file.read(4), "big"), file.read(4)
        place += length + 12
        texts += name in TEXTS
        if place > size or texts > MOST_TEXTS:
            break
        if name == b"IEND":
            if place == size:
                return
            break
    raise Refused(DAMAGED)
