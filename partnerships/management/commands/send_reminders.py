"""Make the reminders that are due and send them by mail; run daily, and as often as one likes."""

from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from institutions.commands import RegisterCommand
from partnerships.reminder_mail import send_digests
from partnerships.reminders import remind


class Command(RegisterCommand):
    help = (
        "Membuat pengingat yang jatuh tempo sampai hari ini dan mengirimnya lewat surel. Yang"
        " terlewat disusulkan, yang sudah dibuat tidak diulang. Keluar dengan 1 bila ada surel"
        " yang belum terkirim."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        made, withdrawn = remind(timezone.localdate())
        self.stdout.write(f"Pengingat: {made} dibuat, {withdrawn} ditarik.")
        mailing = send_digests()
        self.stdout.write(f"Surel: {mailing.sent} terkirim, {mailing.refused} ditolak.")
        if mailing.is_broken or mailing.refused:
            raise CommandError("Sebagian surel belum terkirim; dicoba lagi saat berjalan berikut.")
