"""Write the whole register into one file while people work."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from config.backup.refusals import Refused
from config.backup.saving import default_path, remove_old, save
from institutions.commands import RegisterCommand


class Command(RegisterCommand):
    help = (
        "Menulis basis data dan dokumen ke satu berkas cadangan, lalu memeriksanya. Tanpa TARGET:"
        " folder backups di dalam DATA_DIR."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", nargs="?", type=Path, help="berkas atau folder tujuan")
        parser.add_argument(
            "--keep",
            type=int,
            metavar="N",
            help="setelah yang baru diperiksa, sisakan N cadangan terbaru di folder itu",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keep"] is not None and options["keep"] < 1:
            raise CommandError("--keep harus 1 atau lebih.")
        target = options["target"] or Path(settings.DATA_DIR) / "backups"
        if target.is_dir() or not options["target"]:
            target = default_path(target, timezone.now())
        try:
            saved = save(target)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"Cadangan gagal, tidak ada yang disimpan: {error}") from error
        self.stdout.write(
            f"{saved.path}: {saved.rows} baris, {saved.files} dokumen, sidik isi {saved.digest}"
        )
        if saved.missing:
            # With a status of its own, so that the timer reports it; the archive stays.
            raise CommandError(
                f"Cadangan selesai, tetapi {len(saved.missing)} dokumen tidak ada di tempatnya:"
                f" {', '.join(saved.missing[:20])}. Cadangan lama tidak dihapus.",
                returncode=3,
            )
        if options["keep"]:
            for old in remove_old(saved.path.parent, options["keep"]):
                self.stdout.write(f"{old}: dihapus")
