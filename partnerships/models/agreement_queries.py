"""Questions about many agreements: who sees which, what is in force, what has moved."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self, cast

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from indonesian.names import search_words
from institutions.models import Unit, User
from institutions.questions import Reader
from partnerships.models.agreement_codes import COUNTED_KINDS
from partnerships.models.agreement_status import (
    ACTIVE_STATUSES,
    DRAFT_STAGES,
    Stage,
    Status,
    columns_of,
    later_than,
    renewed_by,
    status_case,
)
from partnerships.models.document_codes import DocumentKind
from partnerships.models.evidence import Evidence, evidence_case, last_delivery, moving_by
from partnerships.models.roots import RootQuerySet

if TYPE_CHECKING:
    from partnerships.models.agreement_parts import Party
    from partnerships.models.agreements import Agreement
    from partnerships.models.partners import Partner

# Of the keeping unit; fifty rows with every column of it cost as much again.
UNTOLD = ("unit__imported", "unit__search_text", "unit__letterhead", "unit__address")

# Columns that status and evidence follow from.
FACTS = (
    "stage",
    "signed_on",
    "starts_on",
    "ends_on",
    "is_open_ended",
    "terminated_on",
    "archived_on",
)


class AgreementQuerySet(RootQuerySet["Agreement"]):
    def listed_to(self, user: User | Reader) -> Self:
        """Rows whose card the user sees: every signed one, and drafts of the own subtree."""
        if user.sees_everything:
            return self.all()
        if user.sees_nothing:
            return self.none()
        # By what is left out: for an OR, SQLite joins two indexes and reads every paper.
        signed = Q(stage=Stage.SIGNED, archived_on__isnull=True)
        return self.exclude(~signed & ~Q(unit__in=user.own_units))

    def visible_to(self, user: User | Reader) -> Self:
        """Rows the user may read in full.

        The own subtree; signed ones in which a unit of the own subtree is a party; signed ones
        kept by a unit above (central papers flow down).
        """
        if user.sees_everything:
            return self.all()
        if user.sees_nothing:
            return self.none()
        return self.filter(self.told(user))

    def told(self, user: User | Reader) -> Q:
        """What `visible_to` asks of a row, for users who see some rows and not others."""
        # A list made once beats a question per row, on both databases.
        parties = self.related("parties").filter(unit__in=user.own_units)
        is_party = Q(pk__in=parties.order_by().values("agreement"))
        signed = Q(stage=Stage.SIGNED, archived_on__isnull=True)
        return self.own_or(user, signed & Q(unit__in=user.upper_units), signed & is_party)

    def told_to(self, user: User | Reader) -> Self:
        """Annotate `is_told`: whether the user may read the row in full."""
        if user.sees_everything or user.sees_nothing:
            return self.annotate(is_told=Value(user.sees_everything))
        return self.annotate(is_told=ExpressionWrapper(self.told(user), BooleanField()))

    def editable_by(self, user: User | Reader) -> Self:
        return self.all() if user.sees_everything else self.filter(unit__in=user.own_units)

    def signed(self) -> Self:
        return self.filter(stage=Stage.SIGNED)

    def drafts(self) -> Self:
        """Papers being written; a prospect is only a talk."""
        return self.filter(stage__in=DRAFT_STAGES)

    def prospects(self) -> Self:
        return self.filter(stage=Stage.PROSPECT)

    def search_as(self, user: User, text: str) -> Self:
        """As `search`, but numbers are found only on papers the user may read in full.

        On a card a word with a digit has to stand in the title or in the name of a party.
        """
        found = self.search(text)
        telling = [word for word in search_words(text) if any(map(str.isdigit, word))]
        if not telling or user.sees_everything:
            return found
        on_card = Q()
        for word in telling:
            named = Q(parties__unit__search_text__contains=word) | Q(
                parties__partner__search_text__contains=word
            )
            this = self.model._base_manager.filter(pk=OuterRef("pk"))
            on_card &= Q(title__icontains=word) | Q(Exists(this.filter(named)))
        in_full = self.model._default_manager.visible_to(user)
        return found.filter(Q(pk__in=in_full.values("pk")) | on_card)

    def counted(self) -> Self:
        return self.filter(kind__in=COUNTED_KINDS)

    def with_status(self, today: date | None = None) -> Self:
        """Annotate `status` (a Status code) as of the day."""
        day = today or timezone.localdate()
        return self.annotate(status=status_case(day, self.renewed(day)))

    def of_status(self, status: Status, today: date | None = None) -> Self:
        day = today or timezone.localdate()
        return self.filter(columns_of(status, day)).with_status(day).filter(status=status)

    def renewed(self, today: date) -> Q:
        return renewed_by(today, self.model._base_manager.all(), self.narrowed_to)

    def with_evidence(self, today: date | None = None) -> Self:
        """Annotate `last_delivery_on`, `evidence` (an Evidence code or blank) and `is_checked`."""
        day = today or timezone.localdate()
        return self.with_deliveries(day).annotate(evidence=evidence_case(day))

    def with_deliveries(self, today: date) -> Self:
        """Annotate what `evidence` follows from: `last_delivery_on`, and beside it `is_checked`."""
        deliveries = self.related("deliveries").filter(agreement=OuterRef("pk"))
        checked = deliveries.filter(archived_on__isnull=True, verified_on__lte=today)
        return self.annotate(
            last_delivery_on=last_delivery(deliveries, today), is_checked=Exists(checked)
        )

    def in_force(self, today: date | None = None) -> Self:
        """What every count calls "aktif": signed, unarchived, not ended, renewed or still ahead.

        On an earlier day this leaves out what was signed after it.
        """
        return self.with_status(today).filter(status__in=ACTIVE_STATUSES)

    def moving(self, today: date | None = None) -> Self:
        return self.with_evidence(today).filter(evidence=Evidence.MOVING)

    def with_moving(self, today: date) -> Self:
        """Annotate `is_moving`; for many rows at once, where `evidence` is not asked in full."""
        deliveries = self.related("deliveries")
        if self.narrowed_to is not None:
            deliveries = deliveries.filter(agreement__in=self.narrowed_to)
        is_moving = moving_by(today, deliveries)
        return self.annotate(is_moving=ExpressionWrapper(is_moving, BooleanField()))

    def ending_within(self, days: int, today: date | None = None) -> Self:
        day = today or timezone.localdate()
        return self.in_force(day).filter(ends_on__range=(day, day + timedelta(days=days)))

    def of_partner(self, partner: "Partner") -> Self:
        return self.filter(parties__partner=partner)

    def of_unit(self, unit: Unit) -> Self:
        """Agreements the unit keeps or is a party to."""
        return self.filter(Q(unit=unit) | Exists(unit.parties.filter(agreement=OuterRef("pk"))))

    def of_own_units(self, user: User) -> Self:
        return self.all() if user.sees_everything else self.of_units(user.own_units)

    def of_units(self, units: "QuerySet[Unit] | list[int]") -> Self:
        """Agreements that one of the units keeps or is a party to."""
        parties = self.related("parties").filter(unit__in=units)
        is_party = Q(pk__in=parties.order_by().values("agreement"))
        return self.filter(self.either(Q(unit__in=units), is_party))

    def not_moving(self, today: date | None = None) -> Self:
        """In force for 90 days or longer, and nothing was ever delivered."""
        return self.in_force(today).with_evidence(today).filter(evidence=Evidence.NOT_MOVING)

    def to_renew(self, today: date) -> Self:
        """Counted papers that came into force, and whose end nobody has answered.

        A renewal answers it once it is signed, before it starts; so does a termination that is
        only ahead. A renewal that is still being written answers nothing.
        """
        signed = self.model._base_manager.filter(stage=Stage.SIGNED, archived_on__isnull=True)
        rows = self.counted().signed().current().exclude(later_than(today))
        return rows.filter(
            ~Exists(signed.filter(replaces=OuterRef("pk"))),
            terminated_on__isnull=True,
            ends_on__isnull=False,
        )

    def incomplete(self, today: date | None = None) -> Self:
        """In force, and something is missing that a complete record has."""
        return self.in_force(today).with_completeness().filter(is_complete=False)

    def standing_by_partner(self, partners: "Iterable[Partner]") -> dict[int, tuple[int, int]]:
        """How many counted papers each partner has in force today, and how many of those move."""
        wanted = [partner.pk for partner in partners]
        pairs = self.order_by().filter(parties__partner__in=wanted)
        papers = list(pairs.counted().signed().values_list("parties__partner", "pk"))
        keys = sorted({paper for _, paper in papers})
        rows = self.model._default_manager.among(keys).with_facts().only(*FACTS).order_by()
        judged = rows if keys else ()
        states = {row.pk: row.evidence for row in judged if row.status in ACTIVE_STATUSES}
        found: dict[int, tuple[int, int]] = {}
        for partner, paper in papers:
            if paper in states:
                active, moving = found.get(partner, (0, 0))
                found[partner] = (active + 1, moving + (states[paper] == Evidence.MOVING))
        return found

    def for_list(self, today: date | None = None) -> Self:
        """What a row of a list shows: status, evidence and the parties by name."""
        named = Prefetch("parties", self.parties_with_names())
        return self.with_state(today).prefetch_related(named)

    def with_state(self, today: date | None = None) -> Self:
        return self.with_facts(today).select_related("unit").defer(*UNTOLD)

    def with_facts(self, today: date | None = None) -> Self:
        """Annotate what `Agreement.status` and `Agreement.evidence` of the day follow from.

        Cheaper than the two themselves, which take longer to say in SQL than to find.
        """
        day = today or timezone.localdate()
        is_renewed = ExpressionWrapper(self.renewed(day), BooleanField())
        judged_on = Value(day, output_field=DateField())
        return self.with_deliveries(day).annotate(is_renewed=is_renewed, judged_on=judged_on)

    def parties_with_names(self) -> "QuerySet[Party]":
        """Parties of any agreement that know what unit or partner is called, in one query."""
        parties = self.related("parties").order_by("order", "pk")
        return cast(Any, parties.annotate(called=Coalesce("unit__short_name", "partner__name")))

    def with_past(self) -> Self:
        """Annotate `was_unsigned`, which `Agreement.last_verb` asks for."""
        unsigned = self.model.history.filter(id=OuterRef("pk")).exclude(stage=Stage.SIGNED)
        return self.annotate(was_unsigned=Exists(unsigned))

    def with_scans(self) -> Self:
        """Annotate `has_scan`, which a signed paper lacks as `paper_list` tells it of one row."""
        documents = self.related("documents").filter(agreement=OuterRef("pk"))
        scans = documents.filter(archived_on__isnull=True, kind=DocumentKind.NASKAH)
        return self.annotate(has_scan=Exists(scans))

    def by_scan(self, *, has_scan: bool) -> Self:
        return self.signed().with_scans().filter(has_scan=has_scan)

    def with_completeness(self) -> Self:
        """Annotate `is_complete` as `Agreement.missing` tells it for one row."""
        parties, areas = (
            self.related(name).filter(agreement=OuterRef("pk")).order_by().values("agreement")
            for name in ("parties", "area_links")
        )
        complete = (
            ~Q(title="")
            & Q(signed_on__isnull=False)
            & (Q(ends_on__isnull=False) | Q(is_open_ended=True))
            & Exists(parties.annotate(number=Count("pk")).filter(number__gte=2))
            & Exists(areas)
        )
        return self.annotate(
            is_complete=Case(
                When(complete, then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            )
        )
