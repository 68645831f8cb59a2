"""Fills an empty register with the data of the whole country, the same for the same seed.

    python -m bench.seed --agreements 72000

Prints as JSON whom and what the measurement asks for.
"""

import argparse
import json
import os
import random
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

# A script of its own: models can be imported only now.
from django.db import transaction  # noqa: E402

from bench.activity import add_activity  # noqa: E402
from bench.bulk import settle  # noqa: E402
from bench.papers import add_agreements  # noqa: E402
from bench.people import add_people, subjects  # noqa: E402
from bench.seed_sizes import add_sizes  # noqa: E402
from bench.sides import add_partners, units_of_country  # noqa: E402
from partnerships.models import Agreement, Delivery, Event, Partner  # noqa: E402
from partnerships.reference import load_reference  # noqa: E402
from partnerships.roles import sync_roles  # noqa: E402

CHECKED_ROWS = 100


def main(options: argparse.Namespace) -> None:
    began = time.monotonic()
    load_reference()
    sync_roles()
    chance = random.Random(options.seed)  # noqa: S311 - repeatable, not secret
    with transaction.atomic():
        units = units_of_country()
        people, sessions = add_people(units)
        partners, tables = add_partners(chance, options.partners)
        papers, more = add_agreements(chance, options.agreements, units, partners, people)
        tables += more
        tables += add_activity(
            chance, options.events, options.deliveries, units, partners, papers, people
        )
        for table in tables:
            table.flush()
    settle(*tables)
    check_derived(chance)
    print(json.dumps(subjects(sessions) | {"seconds": round(time.monotonic() - began, 1)}))


def check_derived(chance: random.Random) -> None:
    """What the models would have written themselves; raises AssertionError where it differs."""
    for model in (Partner, Agreement, Event, Delivery):
        keys = list(model._base_manager.values_list("pk", flat=True))
        for key in chance.sample(keys, min(CHECKED_ROWS, len(keys))):
            row = model._base_manager.get(pk=key)
            written = {field.attname: getattr(row, field.attname) for field in model._meta.fields}
            row.full_clean()
            row.refresh_search_text()
            for name, value in written.items():
                if getattr(row, name) != value:
                    now = getattr(row, name)
                    raise AssertionError(f"{model.__name__} {key} {name}: {value!r}, not {now!r}")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add_sizes(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main(read_options())
