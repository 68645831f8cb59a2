"""The archive as a file: written member by member, read only after every byte was compared."""

import contextlib
import gzip
import hashlib
import json
import os
import tarfile
import time
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from config.backup.refusals import Damaged, Refused

FORMAT = 1
APPLICATION = "register-kemitraan"
MANIFEST, SEAL = "manifest.json", "SHA256"
ROWS, MEDIA = "rows/", "media/"
BLOCK = 512
# The header and the one block of the last member, then the two empty blocks that end a tar.
END_SIZE = 4 * BLOCK
CHUNK = 1024 * 1024
STUMBLES = (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, LookupError, TypeError)
# Rows shrink to a tenth already at the fastest level.
GZIP_LEVEL = 1


class Hashed:
    """A stream that hashes what passes through it."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.hash, self.position = stream, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        return self.passed(self.stream.read(size))

    def write(self, data: bytes) -> int:
        self.stream.write(self.passed(data))
        return len(data)

    def passed(self, data: bytes) -> bytes:
        self.hash.update(data)
        self.position += len(data)
        return data

    def tell(self) -> int:
        return self.position


class Writer:
    def __init__(self, file: IO[bytes], folder: Path) -> None:
        self.file, self.folder = file, folder
        self.through = Hashed(file)
        # Never closed: an archive ends in a way of its own.
        self.tar = tarfile.TarFile(
            fileobj=cast(Any, self.through), mode="w", format=tarfile.PAX_FORMAT
        )
        self.digests: dict[str, str] = {}

    def add(self, name: str, stream: Any, size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = size, 0o600, int(time.time())
        source: Any = Hashed(stream)
        self.tar.addfile(member, source)
        self.digests[name] = source.hash.hexdigest()

    def add_rows(self, label: str, lines: Iterable[bytes]) -> None:
        """Through a file, because a tar names the size of a member before its content."""
        path = self.folder / "rows.gz"
        with gzip.open(path, "wb", compresslevel=GZIP_LEVEL) as packed:
            packed.writelines(lines)
        with path.open("rb") as file:
            self.add(f"{ROWS}{label}.jsonl.gz", file, path.stat().st_size)

    def finish(self, manifest: dict[str, Any]) -> None:
        """Write the manifest and the digest of everything, and see them on the disk."""
        manifest = manifest | {"members": self.digests}
        text = canonical(manifest | {"digest": content_digest(manifest)})
        path = self.folder / MANIFEST
        path.write_bytes(text)
        with path.open("rb") as file:
            self.add(MANIFEST, file, len(text))
        self.file.write(end_of(self.through.hash.hexdigest()))
        self.file.flush()
        os.fsync(self.file.fileno())


def canonical(values: Any) -> bytes:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, indent=1).encode()


def content_digest(manifest: dict[str, Any]) -> str:
    """One number for the content: equal exactly when all rows and all files are."""
    rows = {label: [fact["rows"], fact["sha256"]] for label, fact in manifest["tables"].items()}
    files = {name: sha for name, sha in manifest["members"].items() if name.startswith(MEDIA)}
    return hashlib.sha256(canonical([rows, files])).hexdigest()


def end_of(digest: str) -> bytes:
    """The last bytes of an archive; there is exactly one way to write them."""
    text = f"{digest}\n".encode()
    member = tarfile.TarInfo(SEAL)
    member.size, member.mode = len(text), 0o600
    header = member.tobuf(tarfile.USTAR_FORMAT)
    return header + text.ljust(BLOCK, b"\0") + bytes(2 * BLOCK)


class Archive:
    """An archive that was read through once and found whole."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.compare_every_byte()
        with saying_damaged():
            self.manifest = self.read_manifest()
        self.compare_members()

    def compare_every_byte(self) -> None:
        size = self.file.seek(0, os.SEEK_END)
        self.file.seek(0)
        left, whole = size - END_SIZE, hashlib.sha256()
        while left > 0 and (data := self.file.read(min(CHUNK, left))):
            whole.update(data)
            left -= len(data)
        if left or self.file.read() != end_of(whole.hexdigest()):
            raise Damaged("Berkas cadangan rusak atau tidak lengkap: sidik seluruh isi berbeda.")

    def read_manifest(self) -> dict[str, Any]:
        found = [stream.read() for name, stream in self.members() if name == MANIFEST]
        manifest: dict[str, Any] = json.loads(found[-1])
        if manifest["application"] != APPLICATION or manifest["format"] != FORMAT:
            raise Refused(
                f"Cadangan ini ditulis dalam bentuk lain ({manifest['application']}"
                f" {manifest['format']}); pulihkan dengan versi register yang membuatnya."
            )
        return manifest

    def compare_members(self) -> None:
        """Every member is named by the manifest with its digest, and none is missing."""
        expected, rows = dict(self.manifest["members"]), dict(self.manifest["tables"])
        for name, stream in self.members():
            if name in {MANIFEST, SEAL}:
                continue
            source: Any = Hashed(stream)
            if name.startswith(ROWS):
                label = name.removeprefix(ROWS).removesuffix(".jsonl.gz")
                fact = rows.pop(label, None)
                with saying_damaged():
                    if fact is None or fact_of_rows(source) != (fact["rows"], fact["sha256"]):
                        raise Damaged(f"Cadangan rusak: baris {label} tidak cocok.")
            while source.read(CHUNK):
                pass
            if expected.pop(name, None) != source.hash.hexdigest():
                raise Damaged(f"Cadangan rusak: {name} tidak cocok dengan daftar isi.")
        if expected or rows:
            raise Damaged(f"Cadangan tidak lengkap: {sorted([*expected, *rows])[0]} tidak ada.")
        with saying_damaged():
            if self.manifest["digest"] != content_digest(self.manifest):
                raise Damaged("Cadangan rusak: sidik isi tidak cocok dengan daftar isi.")

    def members(self) -> Iterator[tuple[str, Any]]:
        """Names and contents in the order of the file; plain files with plain names only."""
        self.file.seek(0)
        with saying_damaged():
            tar: Any = tarfile.TarFile(fileobj=self.file, mode="r")
            seen = set()
            while member := tar.next():
                # It would remember all of them.
                tar.members = []
                if not member.isreg() or member.name in seen or not is_plain(member.name):
                    raise Damaged(f"Cadangan berisi berkas yang tidak semestinya: {member.name!r}.")
                seen.add(member.name)
                stream = tar.extractfile(member)
                yield member.name, stream

    def rows(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        for name, stream in self.members():
            if name.startswith(ROWS):
                label = name.removeprefix(ROWS).removesuffix(".jsonl.gz")
                yield label, iter(gzip.GzipFile(fileobj=stream))

    def media(self) -> Iterator[tuple[str, Any]]:
        for name, stream in self.members():
            if name.startswith(MEDIA):
                yield name.removeprefix(MEDIA), stream


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Raises Refused when there is no such file or it is not whole."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise Refused(f"{path} tidak dapat dibaca: {error.strerror}.") from error
    with file:
        yield Archive(file)


def fact_of_rows(stream: Any) -> tuple[int, str]:
    """The number of rows in a packed member, and the digest of its lines."""
    number, whole = -1, hashlib.sha256()
    for text in gzip.GzipFile(fileobj=stream):
        number += 1
        whole.update(text)
    return number, whole.hexdigest()


def is_plain(name: str) -> bool:
    path = PurePosixPath(name)
    is_flat = not path.is_absolute() and ".." not in path.parts and "\\" not in name
    return is_flat and str(path) == name and "\0" not in name


@contextlib.contextmanager
def saying_damaged() -> Iterator[None]:
    """What a reader stumbles over, in the words of whoever asked for the restore."""
    try:
        yield
    except STUMBLES as error:
        raise Damaged(f"Berkas cadangan rusak: {error}.") from error
