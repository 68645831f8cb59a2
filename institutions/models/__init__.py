from institutions.models.base import CHANGED_MEANWHILE, Imported, Recorded, Versioned, one_of
from institutions.models.fields import ByCodePoint, KeyField, NoteField
from institutions.models.officeholders import Acting, Officeholder, OfficeholderQuerySet
from institutions.models.regions import Province, Regency, RegencyKind, RegencyQuerySet, Timezone
from institutions.models.searchable import Searchable, SearchableQuerySet
from institutions.models.submit_tokens import SubmitToken
from institutions.models.unit_parts import KanwilProvince, MinistryName, UnitName
from institutions.models.units import (
    KINDS_OF_THE_PAST,
    OFFICES,
    Grade,
    Unit,
    UnitKind,
    UnitQuerySet,
    UnitSubkind,
)
from institutions.models.users import STAFF_ROLES, Role, User

__all__ = [
    "CHANGED_MEANWHILE",
    "KINDS_OF_THE_PAST",
    "OFFICES",
    "STAFF_ROLES",
    "Acting",
    "ByCodePoint",
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
    "Searchable",
    "SearchableQuerySet",
    "SubmitToken",
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
