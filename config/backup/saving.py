"""Writing an archive while people work: one moment of the database, then the files it names."""

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from config.backup.archive import APPLICATION, FORMAT, MEDIA, Writer, is_plain, opened
from config.backup.engines import last_key, snapshot
from config.backup.refusals import Refused
from config.backup.rows import LEFT_OUT, Tally, file_names, tables_of
from config.backup.schema import applied_migrations, models_at

OWN_NAME = re.compile(r"register-\d{4}-\d\d-\d\d-\d{4}\.tar")


@dataclass
class Saved:
    path: Path
    rows: int = 0
    files: int = 0
    missing: list[str] = field(default_factory=list)
    digest: str = ""


def default_path(folder: Path, now: datetime) -> Path:
    return folder / f"register-{timezone.localtime(now):%Y-%m-%d-%H%M}.tar"


def save(path: Path) -> Saved:
    """Write an archive, read it back and only then give it its name. Raises Refused."""
    with part_of(path) as (part, file), scratch(path.parent) as folder:
        saved = write(file, folder, path)
        file.close()
        with opened(part) as archive:
            saved.digest = str(archive.manifest["digest"])
        part.rename(path)
        see_on_disk(path.parent)
    return saved


@contextlib.contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """Room for the copy of the database, on the disk that takes the archive."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".register-backup-") as name:
        yield Path(name)


def see_on_disk(folder: Path) -> None:
    """A new name outlives a power cut only when its folder was written too."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def part_of(path: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """The file to write, for our eyes only; gone when the block fails."""
    part = path.with_name(f"{path.name}.part")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise Refused(f"{part} sedang ditulis, atau sisa dari yang terputus.") from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            # Asked only now that nobody else can be writing it.
            if path.exists():
                raise Refused(f"{path} sudah ada dan tidak ditimpa.")
            yield part, file
    finally:
        part.unlink(missing_ok=True)


def write(file: IO[bytes], folder: Path, path: Path) -> Saved:
    saved, writer = Saved(path), Writer(file, folder)
    with snapshot(folder) as alias:
        nodes = applied_migrations(alias)
        apps = models_at(nodes, alias)
        tables = tables_of(apps)
        facts: dict[str, dict[str, Any]] = {}
        for table in tables:
            tally = Tally()
            writer.add_rows(table.label, tally.passing(table.lines(alias)))
            facts[table.label] = tally.facts() | {"last_key": last_key(table, alias)}
            saved.rows += tally.rows
        # The names only: files may take longer than a snapshot should be held.
        names = dict(sorted(file_names(apps, tables, alias)))
    for name, is_needed in names.items():
        if add_file(writer, name):
            saved.files += 1
        elif is_needed:
            saved.missing.append(name)
    writer.finish(
        {
            "application": APPLICATION,
            "format": FORMAT,
            "version": settings.VERSION,
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "engine": connection.vendor,
            "migrations": [".".join(node) for node in nodes],
            "tables": facts,
            "left_out": LEFT_OUT,
            "missing_media": saved.missing,
        }
    )
    return saved


def add_file(writer: Writer, name: str) -> bool:
    """Whether the file was there. It is written once and never changed, so no lock is needed."""
    try:
        stored = default_storage.open(name) if is_plain(name) else None
    except (OSError, SuspiciousFileOperation):
        return False
    if stored is None:
        return False
    with stored:
        writer.add(f"{MEDIA}{name}", stored, stored.size)
    return True


def remove_old(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest archives that carry a name of ours."""
    ours = sorted(path for path in folder.iterdir() if OWN_NAME.fullmatch(path.name))
    old = ours[:-keep]
    for path in old:
        path.unlink()
    return old
