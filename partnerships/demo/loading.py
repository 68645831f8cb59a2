"""The demo in the order in which its parts need each other."""

import random
from datetime import date

from django.db import transaction
from django.utils import timezone

from institutions.models import Unit
from partnerships.demo.agreements import make_agreements
from partnerships.demo.deliveries import make_loose_deliveries
from partnerships.demo.events import make_events
from partnerships.demo.partners import make_partners
from partnerships.demo.region import KANWIL_CODE, make_accounts, make_region
from partnerships.demo.world import Size, World
from partnerships.models import ProgrammeArea, Sector
from partnerships.start_data.accounts import FirstAccount

SEED = 2026
FULL = Size(partners=200, agreements=300, events=400)


def is_loaded() -> bool:
    return Unit.objects.filter(code=KANWIL_CODE).exists()


@transaction.atomic
def load_demo(size: Size = FULL, today: date | None = None) -> list[FirstAccount]:
    """Make the region as of the day; returns the accounts to sign in with."""
    world = World(
        dice=random.Random(SEED),  # noqa: S311 (the same region every time, nothing secret)
        today=today or timezone.localdate(),
        size=size,
        areas={area.code: area for area in ProgrammeArea.objects.all()},
        sectors={sector.code: sector for sector in Sector.objects.all()},
    )
    kanwil = make_region(world)
    accounts = make_accounts(world, kanwil)
    make_partners(world)
    make_agreements(world, kanwil)
    make_loose_deliveries(world)
    make_events(world)
    return accounts
