"""Read an archive through and say whether it is whole; writes nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from config.backup.archive import MEDIA, opened
from config.backup.refusals import Refused
from institutions.commands import RegisterCommand


class Command(RegisterCommand):
    help = "Memeriksa setiap bita sebuah berkas cadangan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="berkas cadangan")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with opened(options["file"]) as archive:
                manifest = archive.manifest
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        rows = sum(fact["rows"] for fact in manifest["tables"].values())
        files = sum(name.startswith(MEDIA) for name in manifest["members"])
        self.stdout.write(
            f"Utuh: dibuat {manifest['made_at']} oleh versi {manifest['version']} di"
            f" {manifest['engine']}; {rows} baris, {files} dokumen, sidik isi {manifest['digest']}"
        )
        if missing := manifest["missing_media"]:
            self.stdout.write(f"Tidak ada saat dicadangkan: {', '.join(missing)}")
