from institutions.models.base import CHANGED_MEANWHILE, Imported, Recorded, Versioned, one_of
from institutions.models.checkpoints import HistoryCheckpoint, SealForm
from institutions.models.fields import ByCodePoint, EmptyLastIndex, KeyField, NoteField
from institutions.models.login_links import (
    LASTS,
    LINK_IS_DEAD,
    LinkOrigin,
    LoginLink,
    LoginLinkQuerySet,
)
from institutions.models.officeholders import Acting, Officeholder, OfficeholderQuerySet
from institutions.models.regions import Province, Regency, RegencyKind, RegencyQuerySet, Timezone
from institutions.models.searchable import Searchable, SearchableQuerySet
from institutions.models.sign_in_tries import MOST_TRIES, WITHIN, SignInTries
from institutions.models.submit_tokens import SubmitToken
from institutions.models.trail import Sealed, Trail
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
from institutions.models.users import GRANTABLE_ROLES, STAFF_ROLES, Role, User, UserQuerySet

__all__ = [
    "CHANGED_MEANWHILE",
    "GRANTABLE_ROLES",
    "KINDS_OF_THE_PAST",
    "LASTS",
    "LINK_IS_DEAD",
    "MOST_TRIES",
    "OFFICES",
    "STAFF_ROLES",
    "WITHIN",
    "Acting",
    "ByCodePoint",
    "EmptyLastIndex",
    "Grade",
    "HistoryCheckpoint",
    "Imported",
    "KanwilProvince",
    "KeyField",
    "LinkOrigin",
    "LoginLink",
    "LoginLinkQuerySet",
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
    "SealForm",
    "Sealed",
    "Searchable",
    "SearchableQuerySet",
    "SignInTries",
    "SubmitToken",
    "Timezone",
    "Trail",
    "Unit",
    "UnitKind",
    "UnitName",
    "UnitQuerySet",
    "UnitSubkind",
    "User",
    "UserQuerySet",
    "Versioned",
    "one_of",
]
