"""What has to be remembered today, and who is told: the rules behind `send_reminders`.

A notice is owed by the state of the register and not by the days on which this ran, so that
whatever was missed is made up for by the next run, and a second run finds nothing to do. Rows
are worked off in chunks, each in a transaction of its own: a run that is killed leaves whole
notices behind and the next one goes on from there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from institutions.models import OFFICES, Role, Unit, User
from partnerships.models import (
    GRACE_DAYS,
    LEADS,
    Agreement,
    FollowUp,
    Notice,
    NoticeKind,
    ReminderChoice,
)

CHUNK = 1000


class Case(NamedTuple):
    """One paper or promise of which somebody may have to be told."""

    key: int
    unit: int
    deadline: date
    # A paper that had ended before this day was never about to end in the register.
    known_since: date
    owner: int | None = None


@dataclass(frozen=True)
class Person:
    """An open account with a unit, and what it wants to be told."""

    key: int
    unit: int
    since: date
    choice: ReminderChoice
    has_mail: bool

    @property
    def for_mail(self) -> bool:
        return self.has_mail and self.choice.by_mail


@dataclass
class People:
    """Who is told of what a unit keeps: read once for a whole run."""

    parents: dict[int, int | None]
    offices: frozenset[int]
    persons: dict[int, Person]
    holding: dict[tuple[str, int], list[Person]]
    told: dict[int, list[Person]] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "People":
        units = Unit.objects.order_by().values_list("pk", "kind", "parent")
        parents = {key: parent for key, _, parent in units}
        offices = frozenset(key for key, kind, _ in units if kind in OFFICES)
        choices = {choice.user_id: choice for choice in ReminderChoice.objects.all()}
        people = cls(parents, offices, {}, {})
        accounts = User.objects.filter(is_active=True, unit__isnull=False).order_by("pk")
        columns = ("pk", "unit", "date_joined", "email", "groups__name")
        for key, unit, joined, email, role in accounts.values_list(*columns):
            choice = choices.get(key) or ReminderChoice(user_id=key)
            person = Person(key, unit, day_of(joined), choice, bool(email))
            people.persons[key] = person
            people.holding.setdefault((role, unit), []).append(person)
        return people

    @property
    def first_since(self) -> date:
        """The day the oldest account was made."""
        return min((person.since for person in self.persons.values()), default=date.max)

    def of(self, unit: int) -> list[Person]:
        """Humas and Manajer of the unit, those of the UPT a post hangs under, and the Manajer of
        the Kanwil (or of Ditjenpas, where the unit belongs to no Kanwil)."""
        if unit not in self.told:
            roles = (Role.HUMAS, Role.MANAJER)
            found = self.at(unit, roles)
            above = None if unit in self.offices else self.parents[unit]
            while above is not None:
                is_office = above in self.offices
                found += self.at(above, (Role.MANAJER,) if is_office else roles)
                above = None if is_office else self.parents[above]
            self.told[unit] = list({person.key: person for person in found}.values())
        return self.told[unit]

    def at(self, unit: int, roles: tuple[Role, ...]) -> list[Person]:
        return [person for role in roles for person in self.holding.get((role, unit), ())]

    def of_case(self, case: Case) -> list[Person]:
        """As `of`; and the owner of a promise, as long as the unit is theirs to work for."""
        told = self.of(case.unit)
        owner = self.persons.get(case.owner or 0)
        if owner is None or owner in told or not self.lies_under(case.unit, owner.unit):
            return told
        return [*told, owner]

    def lies_under(self, unit: int | None, above: int) -> bool:
        while unit is not None and unit != above:
            unit = self.parents[unit]
        return unit is not None


class Occasion:
    """One kind of notice: which rows call for it, and who of those told wants it."""

    kind: ClassVar[NoticeKind]
    # The column of Notice, and the columns a Case is read from.
    about: ClassVar[str] = "agreement"
    columns: ClassVar[tuple[str, ...]]

    def standing(self, today: date) -> QuerySet[Any]:
        """Rows of which a notice says the truth today."""
        raise NotImplementedError

    def due(self, today: date, people: People) -> QuerySet[Any]:
        """Of those the ones that somebody may have to be told of."""
        return self.standing(today)

    def case(self, *values: Any) -> Case:
        raise NotImplementedError

    def lead(self, person: Person, case: Case, today: date) -> int | None:
        """How early the person is told; None for not at all."""
        raise NotImplementedError


class Ending(Occasion):
    """An agreement that ends, told once at each lead time the user chose.

    Of several that are due at once, after an outage or for a new account, only the tightest is
    told. One that ended meanwhile is told too, unless it had ended before the account or the
    record was made.
    """

    kind = NoticeKind.ENDING
    columns = ("pk", "unit", "ends_on", "recorded_at")

    def standing(self, today: date) -> QuerySet[Any]:
        return Agreement.objects.to_renew(today)

    def due(self, today: date, people: People) -> QuerySet[Any]:
        window = (min(people.first_since, today), today + timedelta(days=max(LEADS)))
        return self.standing(today).filter(ends_on__range=window)

    def case(self, *values: Any) -> Case:
        key, unit, ends_on, recorded_at = values
        return Case(key, unit, ends_on, day_of(recorded_at))

    def lead(self, person: Person, case: Case, today: date) -> int | None:
        left = (case.deadline - today).days
        if left < 0 and case.deadline < max(person.since, case.known_since):
            return None
        return min((lead for lead in person.choice.leads if lead >= left), default=None)


class Idle(Occasion):
    """An agreement in force of which nothing was ever delivered, ninety days after its signing.

    Without a day of signing it counts as idle from the start: the day it was recorded.
    """

    kind = NoticeKind.IDLE
    columns = ("pk", "unit", "signed_on", "recorded_at")

    def standing(self, today: date) -> QuerySet[Any]:
        return Agreement.objects.counted().not_moving(today)

    def case(self, *values: Any) -> Case:
        key, unit, signed_on, recorded_at = values
        recorded_on = day_of(recorded_at)
        idle_since = signed_on + timedelta(days=GRACE_DAYS) if signed_on else recorded_on
        return Case(key, unit, idle_since, recorded_on)

    def lead(self, person: Person, case: Case, today: date) -> int | None:
        return 0 if person.choice.idle else None


class Promise(Occasion):
    """A follow-up that is due and not done."""

    kind = NoticeKind.PROMISE
    about = "followup"
    columns = ("pk", "owner_unit", "due", "recorded_at", "owner_user")

    def standing(self, today: date) -> QuerySet[Any]:
        return FollowUp.objects.due_by(today)

    def case(self, *values: Any) -> Case:
        key, unit, due, recorded_at, owner = values
        return Case(key, unit, due, day_of(recorded_at), owner)

    def lead(self, person: Person, case: Case, today: date) -> int | None:
        return 0 if person.choice.promises else None


OCCASIONS = (Ending(), Idle(), Promise())


def day_of(moment: datetime) -> date:
    return timezone.localdate(moment)


def in_chunks(rows: QuerySet[Any], *columns: str) -> Iterator[list[tuple[Any, ...]]]:
    """Rows by rising key, whose column comes first; each chunk is asked for anew."""
    last = 0
    while chunk := list(rows.filter(pk__gt=last).order_by("pk").values_list(*columns)[:CHUNK]):
        yield chunk
        last = chunk[-1][0]


def remind(today: date) -> tuple[int, int]:
    """Make every notice that is due by today and not made yet, and withdraw what is no longer so.

    Returns how many were made and withdrawn. Two at one moment make each notice once: what the
    other one made first is passed over by the unique constraints.
    """
    withdrawn = sum(withdraw_settled(occasion, today) for occasion in OCCASIONS)
    people, made = People.read(), 0
    for occasion in OCCASIONS:
        for rows in in_chunks(occasion.due(today, people), *occasion.columns):
            cases = [occasion.case(*row) for row in rows]
            made += tell_unless_gone(occasion, cases, people, today)
    return made, withdrawn


def withdraw_settled(occasion: Occasion, today: date) -> int:
    """Withdraw unread notices whose paper was renewed, moved, terminated, or is gone."""
    notices, withdrawn = Notice.objects.open().filter(kind=occasion.kind), 0
    for chunk in in_chunks(notices, "pk", occasion.about, "deadline"):
        about = {key for _, key, _ in chunk}
        rows = occasion.standing(today).filter(pk__in=about).values_list(*occasion.columns)
        cases = (occasion.case(*row) for row in rows)
        deadlines = {case.key: case.deadline for case in cases}
        settled = [pk for pk, key, deadline in chunk if deadlines.get(key) != deadline]
        withdrawn += Notice.objects.filter(pk__in=settled).withdraw() if settled else 0
    return withdrawn


def tell_unless_gone(occasion: Occasion, cases: list[Case], people: People, today: date) -> int:
    """As `tell`, when somebody deleted one of the rows after they were read, too."""
    try:
        return tell(occasion, cases, people, today)
    except IntegrityError:
        keys = [case.key for case in cases]
        rows = occasion.due(today, people).filter(pk__in=keys).values_list(*occasion.columns)
        return tell(occasion, [occasion.case(*row) for row in rows], people, today)


@transaction.atomic
def tell(occasion: Occasion, cases: list[Case], people: People, today: date) -> int:
    """Make the notices of these cases that are not made yet; returns how many."""
    tightest = known(occasion, [case.key for case in cases])
    new, again, wider = [], [], []
    for case in cases:
        for person in people.of_case(case):
            lead = occasion.lead(person, case, today)
            if lead is None:
                continue
            before = tightest.get((case.key, person.key, case.deadline))
            if before is None or before.lead > lead:
                new.append(notice(occasion, case, person, lead))
                wider += [before.pk] if before else []
            elif before.withdrawn_at:
                again.append(before.pk)
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    # The tighter one stands for both.
    Notice.objects.filter(pk__in=wider).withdraw()
    # The end was moved and moved back.
    Notice.objects.filter(pk__in=again).update(withdrawn_at=None)
    return len(new) + len(again)


class Known(NamedTuple):
    """A notice that was made before."""

    pk: int
    lead: int
    withdrawn_at: datetime | None


def known(occasion: Occasion, keys: list[int]) -> dict[tuple[int, int, date], Known]:
    """The tightest notice there is, by object, user and deadline."""
    rows = Notice.objects.filter(kind=occasion.kind, **{f"{occasion.about}__in": keys})
    columns = (occasion.about, "user", "deadline", "pk", "lead", "withdrawn_at")
    found: dict[tuple[int, int, date], Known] = {}
    for key, user, deadline, *rest in rows.order_by("-lead").values_list(*columns):
        found[key, user, deadline] = Known(*rest)
    return found


def notice(occasion: Occasion, case: Case, person: Person, lead: int) -> Notice:
    made = Notice(user_id=person.key, kind=occasion.kind, deadline=case.deadline, lead=lead)
    made.for_mail = person.for_mail
    setattr(made, f"{occasion.about}_id", case.key)
    return made
