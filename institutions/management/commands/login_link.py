"""Print a one-time login link: for the first account of a register, or when nobody else can."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone

from indonesian.calendar import format_day
from institutions.commands import RegisterCommand
from institutions.models import LinkOrigin, LoginLink, User


class Command(RegisterCommand):
    help = "Mencetak tautan masuk sekali pakai untuk sebuah akun."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="Nama pengguna.")

    def handle(self, *args: Any, **options: Any) -> None:
        account = User.objects.filter(username=options["username"]).first()
        if account is None:
            raise CommandError(f"Tidak ada akun bernama {options['username']}.")
        try:
            link = LoginLink.objects.make(account, by=None, origin=LinkOrigin.COMMAND)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        until = timezone.localtime(link.expires_at)
        self.stdout.write(link.url)
        self.stderr.write(
            f"Sekali pakai, berlaku sampai {format_day(until.date())} pukul {until:%H.%M} WIB."
        )
