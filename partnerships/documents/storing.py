"""Files are written before the rows that name them, and taken back when no row comes to.

Before, because what was answered with "tersimpan" has to be there; outside the transaction,
because 20 MB take longer to write than others should wait for the database.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError

from partnerships.models import storage_name


@dataclass
class Written:
    """Names of files that were written, and of those a row was saved for."""

    names: list[str] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)

    def write(self, content: "File[bytes]") -> str:
        name = storage_name(None, "")
        # Noted first: a disk that is full leaves half a file.
        self.names.append(name)
        default_storage.save(name, content)
        see_on_disk(name)
        return name

    def take_back(self) -> None:
        for name in self.names:
            if name not in self.kept:
                take_away(name)


def take_away(name: str) -> bool:
    """Takes a file away that no row names."""
    default_storage.delete(name)
    return not default_storage.exists(name)


@contextmanager
def files_or_none() -> Iterator[Written]:
    """Around the transaction whose rows are to name the files."""
    written = Written()
    try:
        yield written
    except (OperationalError, InterfaceError):
        # The database went away, perhaps while it was saving: nobody knows whether a row names the
        # files. `sweep_documents` takes those away that none does.
        raise
    except BaseException:
        written.kept.clear()
        written.take_back()
        raise
    written.take_back()


def see_on_disk(name: str) -> None:
    """A file that was answered for outlives a power cut; a storage elsewhere sees to it itself."""
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:
        return
    if os.name == "posix":
        for place in (path, path.parent):
            descriptor = os.open(place, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
