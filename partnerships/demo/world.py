"""What the parts of the demo share while it is made."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from institutions.models import Recorded, Regency, Unit, User
from partnerships.models import Agreement, Event, Partner, ProgrammeArea, Sector

REASON = "Data contoh"
HUMAS, MANAGER = "demo-humas", "demo-manajer"


@dataclass(frozen=True)
class Size:
    """How many rows of each kind are made."""

    partners: int
    agreements: int
    events: int


@dataclass
class World:
    dice: random.Random
    today: date
    size: Size
    areas: dict[str, ProgrammeArea]
    sectors: dict[str, Sector]
    regencies: list[Regency] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    recorders: dict[int, User] = field(default_factory=dict)
    partners: list[Partner] = field(default_factory=list)
    # By the primary key of the partner: the area it is good for.
    area_of: dict[int, str] = field(default_factory=dict)
    agreements: list[Agreement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def days_ago(self, least: int, most: int) -> date:
        return self.today - timedelta(days=self.dice.randint(least, most))

    def chance(self, percent: int) -> bool:
        return self.dice.randrange(100) < percent

    def recorder(self, unit: Unit) -> User:
        return self.recorders[unit.pk]

    @cached_property
    def checker(self) -> User:
        """The Kanwil's manager, who records nothing."""
        return User.objects.get(username=MANAGER)

    def add(self, row: Recorded, unit: Unit) -> None:
        """Record the row as the humas of that unit."""
        row.record(by=self.recorder(unit), reason=REASON)

    def another_unit(self, unit: Unit) -> Unit:
        return self.dice.choice([other for other in self.units if other.pk != unit.pk])

    def some_partners(self, number: int) -> list[Partner]:
        return self.dice.sample(self.partners, number)
