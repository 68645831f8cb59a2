"""Which group may do what: the one table behind `sync_roles`.

A group gives verbs; which rows they apply to comes from the user's unit.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from institutions.models import Role

ROOTS = ("partner", "agreement", "event", "delivery")
PARTS = (
    "partnername",
    "partnersector",
    "contact",
    "pokmasdecree",
    "pokmasfield",
    "pokmasmember",
    "party",
    "agreementarea",
    "eventpart",
    "eventunit",
    "eventarea",
    "eventagreement",
    "attendance",
    "eventperson",
    "quote",
    "coverage",
    "followup",
    "document",
)
OWN_SIDE = ("unit", "unitname", "kanwilprovince", "officeholder", "user")
LISTS = ("province", "regency", "ministryname", "programmearea", "sector")


def each(verbs: str, models: tuple[str, ...]) -> set[str]:
    return {f"{verb}_{model}" for verb in verbs.split() for model in models}


READING = each("view", ROOTS + PARTS + OWN_SIDE + LISTS) - {"view_user"}

ROLE_PERMISSIONS: dict[Role, set[str]] = {
    Role.HUMAS: READING
    | each("add change", ROOTS + PARTS)
    | each("delete", PARTS)
    | each("archive", ROOTS)
    | each("add change", ("officeholder",))
    | {"verify_delivery"},
    Role.MANAJER: READING
    | {"change_partner", "archive_partner", "change_partner_identity", "verify_delivery"}
    | each("add change delete", ("partnername", "partnersector"))
    | each("add change", ("followup",))
    | each("view add change", ("user",)),
    Role.ADMIN: READING
    | each("add change delete", ROOTS + PARTS)
    | each("archive", ROOTS)
    | each("add change", OWN_SIDE + LISTS)
    | each("delete", ("unitname", "kanwilprovince", "officeholder", "ministryname"))
    | {"view_user", "change_partner_identity", "verify_delivery", "erase_document"},
}


@transaction.atomic
def sync_roles() -> dict[str, int]:
    """Create the groups and give each exactly its permissions; returns the number per group.

    Raises Permission.DoesNotExist when the table names a permission that no model declares.
    """
    known = {
        permission.codename: permission
        for permission in Permission.objects.filter(
            content_type__app_label__in=("institutions", "partnerships")
        )
    }
    granted = {}
    for role, codenames in ROLE_PERMISSIONS.items():
        unknown = codenames - known.keys()
        if unknown:
            raise Permission.DoesNotExist(f"Unknown permissions: {', '.join(sorted(unknown))}")
        group, _ = Group.objects.get_or_create(name=role.value)
        group.permissions.set([known[codename] for codename in codenames])
        granted[role.value] = len(codenames)
    return granted
