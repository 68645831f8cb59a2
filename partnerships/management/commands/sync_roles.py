"""Give the groups Humas, Manajer and Admin exactly the permissions of partnerships/roles.py."""

from typing import Any

from institutions.commands import RegisterCommand
from partnerships.roles import sync_roles


class Command(RegisterCommand):
    help = "Menyamakan hak kelompok Humas, Manajer, dan Admin dengan tabel peran."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, number in sync_roles().items():
            self.stdout.write(f"{name}: {number} hak")
