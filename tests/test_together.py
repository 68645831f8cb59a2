import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from institutions.together import read_together
from partnerships.models import Agreement, Event, EventPerson
from partnerships.views.event_page import PARTS
from tests.full_register import make_full_register

pytestmark = pytest.mark.django_db


def values_of(row, columns):
    """What the columns of a relation hold, asked one by one."""
    found = [row.pk]
    for path in columns:
        if "__" not in path:
            found.append(getattr(row, row._meta.get_field(path).attname))
            continue
        value = row
        for name in path.split("__"):
            value = getattr(value, name) if value is not None else None
        found.append(value)
    return found


def test_every_relation_is_as_the_database_has_it():
    event = make_full_register().rows[Event][0]
    EventPerson.objects.create(event=event, name="Contoh Tanpa Instansi")
    together = Event.objects.get(pk=event.pk)
    with CaptureQueriesContext(connection) as asked:
        read_together(together, *PARTS)
        found = {
            part.name: [values_of(row, part.columns) for row in getattr(together, part.name).all()]
            for part in PARTS
        }
    assert len(asked) == 1
    alone = Event.objects.get(pk=event.pk)
    for part in PARTS:
        rows = sorted(getattr(alone, part.name).all(), key=part.order)
        assert found[part.name] == [values_of(row, part.columns) for row in rows], part.name
    assert all(found[name] for name in ("parts", "unit_roles", "people", "coverage", "served"))


def test_newest_papers_come_from_an_index_of_their_order():
    rows = Agreement.objects.order_by(*Agreement._meta.ordering).values_list("pk", flat=True)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # An empty table is read faster than any index of it.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
    plan = rows[:50].explain()
    assert "agreement_newest_state" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
