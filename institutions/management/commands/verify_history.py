"""Say whether the history is as the register wrote it, and sign how much of it there is."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from institutions.checkpoints import take_checkpoint
from institutions.commands import RegisterCommand
from institutions.models import HistoryCheckpoint
from institutions.verification import Finding, verify


class Command(RegisterCommand):
    help = (
        "Memeriksa riwayat: baris yang diubah, dihapus atau disisipkan di luar register, dan "
        "data yang tidak sama dengan riwayatnya. Keluar dengan 1 bila ada temuan."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--receipt", help="Tanda terima pemeriksaan terdahulu, yang disimpan di tempat lain."
        )
        parser.add_argument(
            "--checkpoint",
            action="store_true",
            help="Hanya membuat titik periksa baru, tanpa memeriksa semuanya.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        if not options["checkpoint"]:
            for finding in findings(options["receipt"]):
                self.stdout.write(str(finding))
                found += 1
        self.stdout.write(f"Tanda terima: {take_checkpoint().receipt}")
        if found:
            raise CommandError(f"Riwayat tidak utuh: {found} temuan.")
        if not options["checkpoint"]:
            self.stdout.write("Riwayat utuh.")


def findings(receipt: str | None) -> list[Finding]:
    found = list(verify())
    known = {checkpoint.receipt for checkpoint in HistoryCheckpoint.objects.all()}
    if receipt and receipt not in known:
        what = f"titik periksa dengan tanda terima {receipt} tidak ada lagi"
        found.insert(0, Finding(HistoryCheckpoint._meta.db_table, what))
    return found
