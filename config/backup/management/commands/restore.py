"""Fill an empty register from an archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from config.backup.refusals import Refused
from config.backup.restoring import restore
from institutions.commands import RegisterCommand


class Command(RegisterCommand):
    help = (
        "Memulihkan berkas cadangan ke register yang masih kosong, semuanya atau tidak sama sekali."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="berkas cadangan")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            restored = restore(options["file"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"Dipulihkan dan diperiksa: {restored.rows} baris, {restored.files} dokumen,"
            f" sidik isi {restored.digest}"
        )
        if restored.missing:
            self.stdout.write(
                f"Tidak ada di dalam cadangan sejak dibuat: {', '.join(restored.missing)}"
            )
