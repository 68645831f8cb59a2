"""Rows of other units stay out of the Django admin: lists, choices, forms, history, removal."""

import re
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.forms import ModelChoiceField
from django.urls import reverse

from institutions.admin.base import PartInline
from institutions.admin.choices import ChoosesRows, RowField
from institutions.admin.site import site
from institutions.models import Officeholder, Role, Unit
from partnerships.models import (
    Agreement,
    Attendance,
    Delivery,
    Event,
    EventAgreement,
    Partner,
    Stage,
)
from tests.admin_forms import (
    address,
    as_user,
    change_address,
    errors_of,
    form_data,
)
from tests.factories import (
    make_agreement,
    make_delivery,
    make_event,
    make_partner,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db

SECRET = "Rahasia Purwodadi"
MISSING = 987_654_321


@pytest.fixture
def theirs(humas_lain):
    """Rows of another unit; the agreement is a draft that nobody else may know of."""
    unit = humas_lain.unit
    agreement = make_agreement(unit, title=SECRET, signed_on=None, notes=SECRET, by=humas_lain)
    event = make_event(unit, title=SECRET, place=SECRET, by=humas_lain)
    return {
        Agreement: agreement,
        Event: event,
        Delivery: make_delivery(event=event, output=SECRET, by=humas_lain),
        Officeholder: Officeholder(
            unit=unit, person_name=SECRET, position="Kepala", seen_on=date(2024, 1, 1)
        ).record(by=humas_lain),
    }


MODELS = [Agreement, Event, Delivery, Officeholder]


def suggestions(client, model, field, **more):
    opts = model._meta
    query = {"app_label": opts.app_label, "model_name": opts.model_name, "field_name": field}
    return client.get(reverse("admin:autocomplete"), query | more)


def texts(response):
    return [found["text"] for found in response.json()["results"]]


def without_echo(response):
    """The page without what only repeats the request: the typed text and one-time tokens."""
    return re.sub(r'(?:value|href)="[^"]*"', "", response.content.decode())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_lists_filters_and_search_know_only_own_rows(model, humas, theirs):
    client = as_user(humas)
    for query in ("", f"?q={SECRET}", "?sampah=ya", f"?unit={theirs[Event].unit_id}"):
        page = client.get(address(model, "changelist") + query)
        if page.status_code == 400:
            continue
        assert page.context["cl"].result_count == 0
        assert "Purwodadi" not in without_echo(page)


@pytest.mark.parametrize("page", ["change", "history", "delete"])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_pages_of_other_units_rows_answer_like_missing_ones(model, page, humas, pengelola, theirs):
    client = as_user(humas)
    theirs_answer = client.get(address(model, page, theirs[model].pk))
    missing_answer = client.get(address(model, page, MISSING))
    assert theirs_answer.status_code == missing_answer.status_code
    assert theirs_answer.status_code == (403 if page == "delete" else 404)
    assert without_echo(theirs_answer) == without_echo(missing_answer)
    assert "Purwodadi" not in without_echo(theirs_answer)
    assert as_user(pengelola).get(address(model, page, theirs[model].pk)).status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_post_to_another_units_row_changes_nothing(model, humas, theirs):
    row = theirs[model]
    before = model.objects.filter(pk=row.pk).values().get()
    answer = as_user(humas).post(change_address(row), {"title": "Diambil", "version": row.version})
    assert answer.status_code == 404
    assert model.objects.filter(pk=row.pk).values().get() == before


def test_an_agreement_that_is_only_readable_is_not_in_the_admin(humas, humas_lain):
    """Signed with the own unit as a party: read on its page, corrected by who keeps it."""
    kept_elsewhere = make_agreement(humas_lain.unit, title="Payung bersama")
    kept_elsewhere.parties.create(agreement=kept_elsewhere, order=3, unit=humas.unit)
    assert Agreement.objects.visible_to(humas).filter(pk=kept_elsewhere.pk).exists()
    client = as_user(humas)
    assert client.get(change_address(kept_elsewhere)).status_code == 404
    assert client.get(address(Agreement, "changelist")).context["cl"].result_count == 0


# Choices


def test_every_foreign_key_of_a_form_says_where_its_rows_come_from(rf, humas):
    request = rf.get("/")
    request.user = humas
    for admin in site._registry.values():
        form = admin.get_form(request, None)
        forms = [form]
        for inline in admin.inlines:
            holder = inline(admin.model, site)
            assert isinstance(holder, PartInline)
            forms.append(holder.get_formset(request, None).form)
        for built in forms:
            for name, field in built.base_fields.items():
                if isinstance(field, ModelChoiceField) and not isinstance(field, RowField):
                    assert field.queryset.count() <= 60, f"{admin} {name}"


def test_suggestions_offer_what_the_pickers_of_the_pages_do(humas, theirs):
    client = as_user(humas)
    mine = make_agreement(humas.unit, title="Layanan Jember")
    assert texts(suggestions(client, Event, "unit")) == ["Bapas Kelas II Jember · Kabupaten Jember"]
    assert "Purwodadi" not in suggestions(client, Event, "unit", term="Purwodadi").content.decode()
    assert texts(suggestions(client, Delivery, "agreement", term=SECRET)) == []
    assert [mine.title in text for text in texts(suggestions(client, Delivery, "agreement"))] == [
        True
    ]
    assert texts(suggestions(client, Delivery, "event", term=SECRET)) == []
    assert texts(suggestions(client, Agreement, "replaces", term="Rahasia")) == []
    anywhere = texts(suggestions(client, Attendance, "partner"))
    assert len(anywhere) == Partner.objects.count()


def test_any_unit_may_be_a_party_but_only_the_own_keeps_the_record(humas, humas_lain):
    client = as_user(humas)
    keepers = suggestions(client, Agreement, "unit").json()["results"]
    assert [int(found["id"]) for found in keepers] == [humas.unit_id]
    parties = suggestions(client, Agreement.parties.rel.related_model, "unit").json()["results"]
    assert {humas.unit_id, humas_lain.unit_id} <= {int(found["id"]) for found in parties}


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("institutions.user", "unit"),
        ("institutions.unit", "parent"),
        ("institutions.user", "groups"),
        ("partnerships.event", "recorded_by"),
        ("partnerships.event", "title"),
        ("partnerships.document", "agreement"),
        ("auth.group", "permissions"),
        ("nothing.here", "unit"),
        ("partnerships.event", "unit__parent"),
        ("", ""),
    ],
)
def test_suggestions_are_refused_for_what_the_user_does_not_fill_in(model, field, humas):
    app_label, _, model_name = model.partition(".")
    query = {"app_label": app_label, "model_name": model_name, "field_name": field}
    answer = as_user(humas).get(reverse("admin:autocomplete"), query)
    assert answer.status_code == 403


def test_suggestions_without_parameters_are_refused(humas, client):
    assert as_user(humas).get(reverse("admin:autocomplete")).status_code == 403
    assert client.get(reverse("admin:autocomplete")).status_code == 302


def test_suggestions_come_in_pages_and_nearest_first(humas):
    for number in range(25):
        make_partner(f"Yayasan Contoh {number:02}")
    make_partner("Contoh")
    client = as_user(humas)
    first = suggestions(client, Attendance, "partner", term="contoh")
    assert texts(first)[0].startswith("Contoh ·")
    assert first.json()["pagination"] == {"more": True}
    second = suggestions(client, Attendance, "partner", term="contoh", page="2")
    assert second.json()["pagination"] == {"more": False}
    assert not set(texts(first)) & set(texts(second))


# What else might tell


def test_recent_actions_are_ones_own(humas, humas_lain, theirs):
    client = as_user(humas_lain)
    page = client.get(change_address(theirs[Event]))
    assert errors_of(client.post(change_address(theirs[Event]), form_data(page))) == []
    assert LogEntry.objects.get().object_repr == SECRET
    assert SECRET in client.get("/admin/").content.decode()
    assert SECRET not in as_user(humas).get("/admin/").content.decode()
    assert SECRET not in as_user(humas).get("/admin/partnerships/").content.decode()


def test_the_removal_page_names_no_other_rows(pengelola, theirs):
    partner = make_partner("Dinas Sosial")
    Attendance(event=theirs[Event], partner=partner).record(by=None)
    page = as_user(pengelola).get(address(Partner, "delete", partner.pk)).content.decode()
    assert "Pindahkan dulu ke Sampah." in page
    assert SECRET not in page


def test_dates_of_other_units_do_not_show_in_the_date_navigation(humas, humas_lain):
    make_event(humas.unit, starts_on=date(2025, 3, 1))
    make_event(humas.unit, starts_on=date(2026, 3, 1))
    make_event(humas_lain.unit, starts_on=date(1999, 3, 1))
    page = as_user(humas).get(address(Event, "changelist")).content.decode()
    assert "starts_on__year=2025" in page
    assert "1999" not in page


def test_the_jump_to_a_page_by_number_is_gone(humas, theirs):
    for address_of in ("/admin/r/1/1/", "/admin/r/zzz/1/"):
        assert as_user(humas).get(address_of).status_code == 404


def test_a_kanwil_admin_curates_its_own_subtree(lapas_purwodadi, humas, bapas_jember):
    regional = make_user(Role.ADMIN, unit=bapas_jember.parent, username="regional")
    client = as_user(regional)
    assert client.get(change_address(bapas_jember)).status_code == 200
    assert client.get(change_address(lapas_purwodadi)).status_code == 404
    listed = {unit.pk for unit in client.get(address(Unit, "changelist")).context["cl"].result_list}
    assert listed == {bapas_jember.pk, bapas_jember.parent_id}


def test_a_key_that_was_chosen_before_stays_when_it_is_no_longer_offered(humas):
    closed = make_unit("Lapas Kelas IIB Tutup")
    mine = make_event(humas.unit, units=[closed], by=humas)
    archived = make_agreement(humas.unit, stage=Stage.SIGNED)
    EventAgreement(event=mine, agreement=archived).record(by=humas)
    archived.archive(by=humas, reason="Tercatat dua kali")
    closed.is_active = False
    closed.record(by=None)
    client = as_user(humas)
    data = form_data(client.get(change_address(mine))) | {"title": "Rapat lagi"}
    assert errors_of(client.post(change_address(mine), data)) == []
    assert mine.served.get().agreement == archived
    assert mine.unit_roles.get().unit == closed


def test_the_admin_uses_no_rows_but_scoped_ones():
    for admin in site._registry.values():
        assert isinstance(admin, ChoosesRows)
        assert admin.actions is None
