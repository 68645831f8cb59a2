from institutions.models.base import Imported, Recorded, Versioned, one_of
from institutions.models.fields import KeyField, NoteField
from institutions.models.officeholders import Acting, Officeholder, OfficeholderQuerySet
from institutions.models.regions import Province, Regency, RegencyKind, RegencyQuerySet, Timezone
from institutions.models.units import (
    KINDS_OF_THE_PAST,
    Grade,
    KanwilProvince,
    MinistryName,
    Unit,
    UnitKind,
    UnitName,
    UnitQuerySet,
    UnitSubkind,
)
from institutions.models.users import STAFF_ROLES, Role, User

__all__ = [
    "KINDS_OF_THE_PAST",
    "STAFF_ROLES",
    "Acting",
    "Grade",
    "Imported",
    "KanwilProvince",
    "KeyField",
    "MinistryName",
    "NoteField",
    "Officeholder",
    "OfficeholderQuerySet",
    "Province",
    "Recorded",
    "Regency",
    "RegencyKind",
    "RegencyQuerySet",
    "Role",
    "Timezone",
    "Unit",
    "UnitKind",
    "UnitName",
    "UnitQuerySet",
    "UnitSubkind",
    "User",
    "Versioned",
    "one_of",
]
