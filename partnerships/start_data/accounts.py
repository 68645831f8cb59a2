"""The accounts somebody who tries the register out signs in with."""

from dataclasses import dataclass

from django.db import transaction

from institutions.models import Role, Unit, User
from institutions.passwords import readable_password

ACCOUNTS = (
    ("admin", Role.ADMIN, "ditjenpas"),
    ("manager", Role.MANAJER, "kanwil-14"),
    ("humas", Role.HUMAS, "lapas-pekanbaru"),
)


@dataclass(frozen=True)
class FirstAccount:
    """An account with its password, which is known only now."""

    username: str
    password: str
    role: Role
    unit: Unit


@transaction.atomic
def create_first_accounts() -> list[FirstAccount]:
    """One account per role, each with a random password; none when anybody has an account."""
    if User.objects.exists():
        return []
    return [
        create_account(username, role, Unit.objects.get(code=code))
        for username, role, code in ACCOUNTS
    ]


def create_account(username: str, role: Role, unit: Unit, full_name: str = "") -> FirstAccount:
    """An account with a password of its own; the groups must be there."""
    password = readable_password()
    first_name, _, last_name = full_name.partition(" ")
    user = User(username=username, unit=unit, first_name=first_name, last_name=last_name)
    user.set_password(password)
    user.record(by=None, reason="Akun untuk mencoba register", role=role)
    return FirstAccount(username, password, role, unit)
