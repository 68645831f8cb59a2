"""Filling an empty register from an archive: all of it, or nothing."""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, Error, connection, transaction

from config.backup.archive import Archive, opened
from config.backup.engines import continue_keys
from config.backup.refusals import Damaged, Refused
from config.backup.rows import Table, facts_of, file_names, tables_of
from config.backup.schema import (
    Node,
    applied_migrations,
    bring_to,
    models_at,
    unknown_migrations,
)

# Every migrated database holds them; those of the archive take their place, with their keys.
MADE_BY_MIGRATE = ("auth.permission", "contenttypes.contenttype", "institutions.sealform")


FAILURES = (Error, ValidationError, SuspiciousFileOperation, OSError, ValueError, LookupError)


@dataclass
class Restored:
    rows: int
    files: int
    missing: list[str]
    digest: str


def restore(path: Path) -> Restored:
    """Check the archive, migrate to its state, fill, compare, then migrate to today's state.

    Raises Refused; the place is then as empty as it was.
    """
    with opened(path) as archive:
        nodes = nodes_of(archive)
        require_empty_place()
        bring_to(nodes, DEFAULT_DB_ALIAS)
        apps = models_at(nodes, DEFAULT_DB_ALIAS)
        with saying_why():
            files = fill(archive, apps)
        manifest = archive.manifest
    ContentType.objects.clear_cache()
    call_command("migrate", interactive=False, verbosity=0)
    rows = sum(fact["rows"] for fact in manifest["tables"].values())
    return Restored(rows, files, manifest["missing_media"], manifest["digest"])


def nodes_of(archive: Archive) -> list[Node]:
    nodes = [tuple(name.split(".", 1)) for name in archive.manifest["migrations"]]
    if newer := unknown_migrations(nodes, DEFAULT_DB_ALIAS):
        raise Refused(
            f"Cadangan ini dari versi {archive.manifest['version']} yang lebih baru: migrasi"
            f" {'.'.join(newer[0])} tidak dikenal di sini. Pasang versi itu, lalu ulangi."
        )
    return nodes


def require_empty_place() -> None:
    nodes = applied_migrations(DEFAULT_DB_ALIAS)
    require_no_rows(tables_of(models_at(nodes, DEFAULT_DB_ALIAS)) if nodes else [])
    if name := first_file(""):
        raise Refused(f"Folder dokumen sudah berisi {name}. Pemulihan hanya ke tempat kosong.")


def require_no_rows(tables: list[Table]) -> None:
    for table in tables:
        if table.label not in MADE_BY_MIGRATE and not table.is_empty(DEFAULT_DB_ALIAS):
            raise Refused(
                f"Basis data sudah berisi {table.label}. Pemulihan hanya ke tempat kosong."
            )


def first_file(folder: str) -> str:
    folders, files = default_storage.listdir(folder)
    if files:
        return f"{folder}{files[0]}"
    return next(filter(None, (first_file(f"{folder}{name}/") for name in folders)), "")


@contextlib.contextmanager
def saying_why() -> Iterator[None]:
    try:
        yield
    except FAILURES as error:
        raise Refused(f"Pemulihan dibatalkan, tidak ada yang ditulis: {error}") from error


def fill(archive: Archive, apps: Any) -> int:
    """Rows, counters and files in one transaction; returns the number of files."""
    tables = {table.label: table for table in tables_of(apps)}
    facts = archive.manifest["tables"]
    if tables.keys() != facts.keys():
        raise Damaged(f"Tabel tidak cocok: {sorted(tables.keys() ^ facts.keys())}.")
    with transaction.atomic(), files_or_none() as written:
        require_no_rows(list(tables.values()))
        for label in set(MADE_BY_MIGRATE) & tables.keys():
            tables[label].model._base_manager.all().delete()
        for label, lines in archive.rows():
            tables[label].insert(lines, DEFAULT_DB_ALIAS)
        last_keys = {label: fact["last_key"] for label, fact in facts.items()}
        continue_keys(tables, last_keys, DEFAULT_DB_ALIAS)
        connection.check_constraints()
        compare(tables, facts)
        for name, stream in archive.media():
            if default_storage.exists(name):
                raise Refused(f"{name} sudah ada di folder dokumen.")
            written.append(name)
            put(name, stream)
        require_files(apps, list(tables.values()), {*written, *archive.manifest["missing_media"]})
        return len(written)


@contextlib.contextmanager
def files_or_none() -> Iterator[list[str]]:
    """Takes back the files that the block names when it fails."""
    written: list[str] = []
    try:
        yield written
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise


def compare(tables: dict[str, Table], facts: dict[str, Any]) -> None:
    """Read every row back from the database and compare it with what the archive says."""
    for label, table in tables.items():
        found, expected = facts_of(table, DEFAULT_DB_ALIAS), facts[label]
        if any(found[name] != expected[name] for name in found):
            raise Refused(
                f"Isi {label} setelah dipulihkan tidak sama dengan cadangan"
                f" ({json.dumps(found)}); tidak ada yang ditulis."
            )


def put(name: str, stream: Any) -> None:
    stored = default_storage.save(name, File(stream, name))
    if stored != name:
        default_storage.delete(stored)
        raise Refused(f"{name} tidak dapat disimpan dengan nama itu.")


def require_files(apps: Any, tables: list[Table], present: set[str]) -> None:
    for name, is_needed in file_names(apps, tables, DEFAULT_DB_ALIAS):
        if is_needed and name not in present:
            raise Damaged(f"Dokumen {name} tidak ada di dalam cadangan.")
