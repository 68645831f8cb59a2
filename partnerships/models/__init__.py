from partnerships.models.agreement_codes import COUNTED_KINDS, AgreementKind, Funding, RenewalClause
from partnerships.models.agreement_parts import AgreementArea, Party
from partnerships.models.agreement_queries import AgreementQuerySet
from partnerships.models.agreement_status import (
    ACTIVE_STATUSES,
    DRAFT_STATUSES,
    ENDING_SOON_DAYS,
    Stage,
    Status,
)
from partnerships.models.agreement_undo import LastVerb
from partnerships.models.agreement_verbs import Verb
from partnerships.models.agreements import FIRST_SIGNING_DAY, SIGNING_AHEAD_MONTHS, Agreement
from partnerships.models.codelists import ProgrammeArea, Sector
from partnerships.models.contacts import Contact, ContactBasis, ContactQuerySet
from partnerships.models.deliveries import Delivery, DeliveryQuerySet
from partnerships.models.document_codes import PICTURES, SHOWING_PEOPLE, DocumentKind, FileType
from partnerships.models.documents import (
    OWNERS,
    Document,
    DocumentQuerySet,
    Owner,
    storage_name,
)
from partnerships.models.event_codes import (
    DELIVERY_KINDS,
    ActivityKind,
    DatePrecision,
    Mode,
    Outcome,
    PersonRole,
    Presence,
    SourceKind,
    UnitRole,
)
from partnerships.models.event_parts import (
    Attendance,
    Coverage,
    EventAgreement,
    EventArea,
    EventPart,
    EventPerson,
    EventUnit,
    Quote,
)
from partnerships.models.event_queries import EventQuerySet
from partnerships.models.events import Event
from partnerships.models.evidence import GRACE_DAYS, RECENT_MONTHS, Evidence
from partnerships.models.followups import FollowUp, FollowUpQuerySet
from partnerships.models.imports import Import, ImportLine, ImportQuerySet, LineState
from partnerships.models.notices import CLAIM_LASTS, Notice, NoticeKind, NoticeQuerySet
from partnerships.models.partners import (
    Partner,
    PartnerKind,
    PartnerName,
    PartnerNameKind,
    PartnerQuerySet,
    PartnerSector,
)
from partnerships.models.pokmas import PokmasDecree, PokmasField, PokmasFieldKind, PokmasMember
from partnerships.models.reminder_choices import LEADS, ReminderChoice
from partnerships.models.roots import Archivable, Root, RootQuerySet

__all__ = [
    "ACTIVE_STATUSES",
    "ActivityKind",
    "Agreement",
    "AgreementArea",
    "AgreementKind",
    "AgreementQuerySet",
    "Archivable",
    "Attendance",
    "CLAIM_LASTS",
    "COUNTED_KINDS",
    "Contact",
    "ContactBasis",
    "ContactQuerySet",
    "Coverage",
    "DELIVERY_KINDS",
    "DRAFT_STATUSES",
    "DatePrecision",
    "Delivery",
    "DeliveryQuerySet",
    "Document",
    "DocumentKind",
    "DocumentQuerySet",
    "ENDING_SOON_DAYS",
    "Event",
    "EventAgreement",
    "EventArea",
    "EventPart",
    "EventPerson",
    "EventQuerySet",
    "EventUnit",
    "Evidence",
    "FIRST_SIGNING_DAY",
    "FileType",
    "FollowUp",
    "FollowUpQuerySet",
    "Funding",
    "GRACE_DAYS",
    "LastVerb",
    "Import",
    "ImportLine",
    "ImportQuerySet",
    "LEADS",
    "LineState",
    "Mode",
    "Notice",
    "NoticeKind",
    "NoticeQuerySet",
    "OWNERS",
    "Outcome",
    "Owner",
    "PICTURES",
    "Partner",
    "PartnerKind",
    "PartnerName",
    "PartnerNameKind",
    "PartnerQuerySet",
    "PartnerSector",
    "Party",
    "PersonRole",
    "PokmasDecree",
    "PokmasField",
    "PokmasFieldKind",
    "PokmasMember",
    "Presence",
    "ProgrammeArea",
    "Quote",
    "RECENT_MONTHS",
    "ReminderChoice",
    "RenewalClause",
    "Root",
    "RootQuerySet",
    "SHOWING_PEOPLE",
    "SIGNING_AHEAD_MONTHS",
    "Sector",
    "SourceKind",
    "Stage",
    "Status",
    "UnitRole",
    "Verb",
    "storage_name",
]
