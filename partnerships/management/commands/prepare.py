"""Brings a register up to date before it is served; a second run changes nothing."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from institutions.commands import RegisterCommand


class Command(RegisterCommand):
    help = "Menyiapkan register: migrasi, data acuan, data awal dan berkas statis."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_reference")
        call_command("load_start_data")
        self.collect_static_files()

    def collect_static_files(self) -> None:
        """Only when a file differs from what was collected last."""
        stamp = Path(settings.STATIC_ROOT) / "sources.sha256"
        digest = digest_of_static_files()
        if stamp.is_file() and stamp.read_text(encoding="ascii") == digest:
            return
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(digest, encoding="ascii")


def digest_of_static_files() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            with storage.open(name) as file:
                digest.update(f"{name}\0{file.size}\0".encode())
                digest.update(file.read())
    return digest.hexdigest()
