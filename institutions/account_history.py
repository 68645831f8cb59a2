"""What happened to an account, in words: columns, role, password, links."""

from typing import Any

from institutions.history import ACTIONS, Change, Entry, Names, changes_in, reason_and_way, steps_of
from institutions.models import User

# How a history row of an account names the groups held then.
GROUPS_THEN = "historicaluser_groups_set"
# Whether the Django admin opens goes with the role.
FOLLOWS_ROLE = str(User._meta.get_field("is_staff").verbose_name)
# Django's words for its own columns, and ours.
LABELS = {
    str(User._meta.get_field("email").verbose_name): "surel",
    str(User._meta.get_field("is_active").verbose_name): "boleh masuk",
}


def account_entries(account: User) -> list[Entry]:
    """The history of an account, newest first; one entry for each row.

    A row that changed no column tells by its reason what was done.
    """
    rows = account.history.prefetch_related(f"{GROUPS_THEN}__group")
    steps = steps_of(rows, part=None)
    names = Names(steps, account)
    entries: list[Entry] = []
    role_before = ""
    for step in steps:
        role = roles_then(step.row)
        changes = [change for change in changes_in(step, names) if change.label != FOLLOWS_ROLE]
        for change in changes:
            change.label = LABELS.get(change.label, change.label)
        if role != role_before:
            changes.insert(0, Change("peran", role_before, role))
        role_before = role
        action, (reason, way) = ACTIONS[step.row.history_type], reason_and_way(step.row)
        if not changes and step.row.history_type == "~":
            action, reason = reason or action, ""
        if changes or action != ACTIONS["~"]:
            row = step.row
            entries.append(Entry(row.history_date, row.history_user, action, reason, changes, way))
    return entries[::-1]


def roles_then(row: Any) -> str:
    return ", ".join(sorted(link.group.name for link in getattr(row, GROUPS_THEN).all()))
