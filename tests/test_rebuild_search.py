"""Sort keys and search texts follow a changed normaliser by one command."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from institutions.models import Officeholder, Unit
from partnerships.models import Agreement, Delivery, Event, Partner
from tests.factories import make_agreement, make_event, make_partner
from tests.full_register import make_full_register

pytestmark = pytest.mark.django_db


def rebuild() -> str:
    said = StringIO()
    call_command("rebuild_search", stdout=said)
    return said.getvalue()


def test_what_is_in_order_is_left_alone():
    make_agreement(partner=make_partner("Dinas Sosial"))
    assert rebuild() == "Kunci urutan dan teks pencarian sudah terbaru.\n"


def test_stale_columns_are_computed_anew():
    partner = make_partner("Dinas Sosial Kabupaten Contoh")
    agreement = make_agreement(partner=partner)
    event = make_event(starts_on=date(2026, 3, 1))
    right = {row: row.__class__.objects.get(pk=row.pk) for row in (partner, agreement, event)}
    Partner.objects.update(name_key="usang", search_text="usang")
    Agreement.objects.update(search_text="usang")
    Event.objects.update(date_key="usang")
    versions = list(Agreement.objects.values_list("version", flat=True))
    assert "mitra: 1 diperbarui" in rebuild()
    for row, before in right.items():
        row.refresh_from_db()
        assert row.search_text == before.search_text
    assert (partner.name_key, event.date_key) == (right[partner].name_key, right[event].date_key)
    assert list(Agreement.objects.values_list("version", flat=True)) == versions
    assert agreement.history.count() == 1


NAMES = {Unit: "short_name", Partner: "name", Agreement: "title"}
NAMES |= {Event: "title", Delivery: "output"}


def test_a_new_name_reaches_every_row_that_is_found_by_it():
    """Nothing is left to rebuild, whichever row of a register full of links is renamed."""
    made = make_full_register()
    for model, column in NAMES.items():
        row = model._base_manager.get(pk=made.first(model).pk)
        row.change(by=None, **{column: f"Cemerlang {model.__name__}"})
        assert rebuild() == "Kunci urutan dan teks pencarian sudah terbaru.\n", model


def test_names_of_officeholders_too(lapas_purwodadi):
    row = Officeholder(
        unit=lapas_purwodadi, person_name="Budi Contoh", position="Kepala", seen_on=date(2026, 1, 1)
    ).record(by=None)
    Officeholder.objects.update(name_key="usang")
    rebuild()
    row.refresh_from_db()
    assert row.name_key == "budi contoh"
