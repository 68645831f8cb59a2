"""Give an empty register its start: five real events, and first accounts to try it out with.

Both happen once. In production no account is made, because its password would stand in a log:
the first one is made by hand, and the command says how.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, OutputWrapper

from institutions.commands import RegisterCommand
from institutions.models import Unit, User
from partnerships.start_data import (
    FirstAccount,
    LoadResult,
    create_first_accounts,
    load_start_data,
)

SAID = {
    LoadResult.LOADED: "Lima kegiatan nyata dicatat sebagai data awal.",
    LoadResult.LOADED_BEFORE: "Data awal sudah pernah dimuat.",
    LoadResult.IN_USE: "Register sudah berisi kegiatan; data awal tidak ditambahkan.",
}
MAKE_ACCOUNT = (
    "Belum ada akun. Buat akun pertama dengan: python manage.py createsuperuser\n"
    "Lalu buat akun lain di admin, masing-masing dengan unit dan kelompoknya."
)


class Command(RegisterCommand):
    help = (
        "Mencatat lima kegiatan nyata sebagai data awal dan, di luar produksi, membuat akun "
        "pertama. Keduanya hanya sekali."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not Unit.objects.filter(code="ditjenpas").exists():
            raise CommandError("Muat dulu data acuan: python manage.py load_reference")
        self.stdout.write(SAID[load_start_data()])
        if not settings.PRODUCTION:
            print_accounts(self.stdout, create_first_accounts())
        elif not User.objects.exists():
            self.stdout.write(MAKE_ACCOUNT)


def print_accounts(out: OutputWrapper, accounts: list[FirstAccount]) -> None:
    if not accounts:
        return
    out.write("\nAkun untuk masuk. Sandi hanya ditampilkan sekali ini; catat sekarang.")
    for account in accounts:
        place = f"{account.role.label}, {account.unit.short_name}"
        out.write(f"  {account.username:<14} {account.password:<24} {place}")
    out.write("")
