"""Names of people and of accounts: one field for a full name, a user name made from it."""

from collections.abc import Iterable

from indonesian.names import plain
from institutions.models import Unit, User

LONGEST_PROPOSAL = 60


def split_name(full_name: str) -> tuple[str, str]:
    """First word and the rest, as Django keeps them."""
    first, _, last = " ".join(full_name.split()).partition(" ")
    return first, last


def propose_username(full_name: str, unit: Unit, also_taken: Iterable[str] = ()) -> str:
    """Such as `rina.purwodadi`; a number follows when somebody has that name already."""
    words = [word for word in only_ascii(full_name).split() if len(word) > 1]
    place = only_ascii(unit.place or "").replace(" ", "") or unit.code
    wanted = f"{words[0] if words else 'akun'}.{place}"[:LONGEST_PROPOSAL]
    known = User.objects.filter(username__istartswith=wanted).values_list("username", flat=True)
    taken = {name.lower() for name in (*known, *also_taken)}
    proposal, number = wanted, 1
    while proposal in taken:
        number += 1
        proposal = f"{wanted}{number}"
    return proposal


def only_ascii(text: str) -> str:
    return "".join(letter for letter in plain(text) if letter.isascii())
