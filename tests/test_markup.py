"""Markup in every text of the register stays text on every page that shows it.

The suite sends a part of the payloads; MARKUP_ROUNDS=40 sends each one through every column.
"""

import os
from collections.abc import Iterator
from itertools import count

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from institutions.models import Recorded, User
from partnerships.models import Coverage, Event, Partner
from tests.admin_forms import address, as_user
from tests.faults.bad_requests import clients_of, encoded
from tests.faults.bad_targets import FORM_TYPE, Finder, main_form, routes
from tests.faults.markup import MARK, PAYLOADS, unescaped
from tests.full_register import FullRegister, make_full_register, recorded_rows
from tests.test_text_limits import SHAPES, is_free_text

pytestmark = pytest.mark.django_db

ROUNDS = int(os.environ.get("MARKUP_ROUNDS", "1"))
LISTS = ("/mitra/", "/perjanjian/", "/kegiatan/", "/realisasi/", "/unit/")
# They identify a row, and their own rule admits letters, digits and dashes at most.
PLAIN_BY_RULE = {"code", "office_code", "sha256", "file"}


def some_of(column: models.Field, turn: Iterator[int]) -> str:
    """The next payloads of the round, as many as the column holds."""
    shape = SHAPES.get(type(column), "{}")
    room = (column.max_length or 4000) - len(shape)
    text = ""
    for _ in PAYLOADS:
        payload = PAYLOADS[next(turn) % len(PAYLOADS)]
        if isinstance(column, models.URLField | models.EmailField):
            payload = "".join(payload.split())
        if len(text) + len(payload) + 1 > room:
            break
        text += payload + ("" if shape != "{}" else " ")
    return shape.format(text or f"<{MARK}>"[:room])


def write_everywhere(made: FullRegister, turns: dict[str, Iterator[int]]) -> set[str]:
    """Payloads in every free text of every row; the columns that took them."""
    taken = set()
    for row in recorded_rows(made):
        row.refresh_from_db()
        for column in row._meta.concrete_fields:
            name = f"{type(row).__name__}.{column.name}"
            if is_free_text(column) and column.name not in PLAIN_BY_RULE:
                turn = turns.setdefault(name, count(len(turns)))
                before = getattr(row, column.name)
                setattr(row, column.name, some_of(column, turn))
                if is_in_order(row):
                    taken.add(name)
                else:
                    setattr(row, column.name, before)
        row.record(by=made.humas, reason=f"Alasan {PAYLOADS[0]} {PAYLOADS[24]}")
    for user in (made.humas, made.pengelola, made.utama):
        user.first_name, user.last_name = f"<{MARK}>", f'"{MARK}=1'
        user.save()
    return taken


def is_in_order(row: Recorded) -> bool:
    try:
        row.full_clean()
    except ValidationError:
        return False
    return True


def expected_columns(made: FullRegister) -> set[str]:
    return {
        f"{type(row).__name__}.{column.name}"
        for row in recorded_rows(made)
        for column in row._meta.concrete_fields
        if is_free_text(column)
        and column.name not in PLAIN_BY_RULE
        # The row itself refuses a user name with anything but letters, digits and @.+-_.
        and column.name != "username"
        # An address and a link take markup only where their form lets it in.
        and not isinstance(column, models.EmailField)
    }


def broken_pages(made: FullRegister) -> tuple[dict[str, list[str]], int]:
    """What became markup, by address; and on how many pages a payload was shown."""
    addresses = [route.address(made) for route in routes()]
    addresses += [f"{page}?tab=sampah" for page in LISTS]
    addresses += [f"{page}?q=%22%3E%3C{MARK}%3E" for page in LISTS]
    addresses += [row.get_absolute_url() for row in made.rows[Partner]]
    found, shown = {}, 0
    for person in (made.humas, made.utama):
        client = as_user(person)
        for page in addresses:
            answer = client.get(page)
            html = answer.content.decode() if not answer.streaming else ""
            if answer.get("Content-Type", "").startswith("text/html") and MARK in html:
                shown += 1
                if wrong := unescaped(html):
                    found[f"{person.username} {page}"] = wrong[:3]
    return found, shown


def test_markup_stays_text_on_every_page():
    made = make_full_register()
    turns: dict[str, Iterator[int]] = {}
    for _ in range(ROUNDS):
        assert expected_columns(made) - write_everywhere(made, turns) == set()
        found, shown = broken_pages(made)
        assert found == {}
        assert shown > 100


def test_markup_stays_text_in_what_a_form_answers():
    """The page after saving with its message, and the conflict page."""
    made = make_full_register()
    write_everywhere(made, {})
    clients = clients_of(made)
    found, shown = {}, 0
    forms = {(t.actor, t.path): t.fields for t in Finder(made, clients).targets() if t.fields}
    for (actor, page), fields in forms.items():
        stale = tuple((name, b"0" if name == "version" else raw) for name, raw in fields)
        for sent in {fields, stale}:
            answer = clients[actor].post(page, encoded(list(sent)), FORM_TYPE, follow=True)
            html = answer.content.decode()
            shown += MARK in html
            if wrong := unescaped(html):
                found[page] = wrong[:3]
    assert found == {}
    assert shown > 30


def test_a_removal_that_is_refused_names_rows_as_text():
    made = make_full_register()
    write_everywhere(made, {})
    client = as_user(made.utama)
    for model, rows in made.rows.items():
        if model._meta.label_lower not in {"institutions.user"} and hasattr(rows[0], "record"):
            page = f"/admin/{model._meta.app_label}/{model._meta.model_name}/{rows[0].pk}/delete/"
            for answer in (
                client.get(page),
                client.post(page, {"reason": f"<{MARK}>"}, follow=True),
            ):
                assert unescaped(answer.content.decode()) == [], page


def test_suggestions_are_no_page():
    made = make_full_register()
    write_everywhere(made, {})
    field = "app_label=partnerships&model_name=attendance&field_name=partner"
    answer = as_user(made.humas).get(f"{reverse('admin:autocomplete')}?{field}&term={MARK}")
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"


# Addresses that a browser would run

LINK_COLUMNS = [
    (model, column.name)
    for model in (Partner, Event, Coverage)
    for column in model._meta.concrete_fields
    if isinstance(column, models.URLField)
]
DANGEROUS = (
    f"javascript:{MARK}()",
    f"JaVaScript:{MARK}()",
    f"java\tscript:{MARK}()",
    f" javascript:{MARK}()",
    f"data:text/html,{MARK}",
    f"vbscript:{MARK}",
    f"file:///{MARK}",
    f"javascript://contoh.id/%0A{MARK}()",
)


def test_every_column_of_a_link_is_known():
    known = {
        (model, column.name)
        for model in make_full_register().rows
        for column in model._meta.concrete_fields
        if isinstance(column, models.URLField)
    }
    assert known == set(LINK_COLUMNS)


def test_a_dangerous_link_is_refused_by_the_model():
    made = make_full_register()
    for model, name in LINK_COLUMNS:
        for text in DANGEROUS:
            row = made.first(model)
            setattr(row, name, text)
            with pytest.raises(ValidationError) as refused:
                row.record(by=None)
            assert name in refused.value.message_dict


def test_a_dangerous_link_is_refused_by_the_admin_and_the_pages():
    made = make_full_register()
    client = as_user(made.humas)
    for page, name in (
        (address(made.first(Partner), "change", 1), "website"),
        (address(made.first(Event), "change", 1), "source_url"),
        (address(made.first(Event), "change", 1), "coverage-0-url"),
        ("/mitra/1/ubah/", "website"),
        ("/kegiatan/1/ubah/", "source_url"),
        ("/kegiatan/1/ubah/", "coverage-0-url"),
    ):
        fields = main_form(client.get(page).content.decode()).fields
        others = [pair for pair in fields if pair[0] != name]
        for text in DANGEROUS:
            sent = encoded([*others, (name, text.encode())])
            answer = client.post(page, sent, FORM_TYPE)
            assert answer.status_code == 200, (page, name, text)
            assert unescaped(answer.content.decode()) == []
        # What refuses them is the link and nothing else.
        sent = encoded([*others, (name, b"https://contoh.id/baik")])
        assert client.post(page, sent, FORM_TYPE).status_code == 302, (page, name)


def test_a_dangerous_link_in_the_database_is_never_a_link():
    made = make_full_register()
    for model, name in LINK_COLUMNS:
        model._base_manager.update(**{name: f"javascript:{MARK}()"})
    pages = [row.get_absolute_url() for row in (made.first(Partner), made.first(Event))]
    pages += [address(made.first(Partner), "change", 1), address(made.first(Event), "change", 1)]
    for person in (made.humas, made.utama):
        for page in pages:
            html = as_user(person).get(page).content.decode()
            assert MARK in html, page
            assert unescaped(html) == [], page


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_reader_sees_each_payload_that_is_not_escaped(payload):
    """Put raw into a page at the places texts stand in, every payload is noticed somewhere."""
    places = ("<p>{}</p>", '<i title="{}">', "<i title='{}'>", "<i title={}>", '<a href="{}">')
    seen = [bool(unescaped(place.format(payload))) for place in places]
    is_no_markup = payload.startswith(("&lt;", "%3C"))
    assert any(seen) or is_no_markup


def test_no_role_may_sign_in_by_a_page_with_markup(client):
    answer = client.post("/masuk/", {"username": f'"><{MARK}>', "password": f"<{MARK}>"})
    assert unescaped(answer.content.decode()) == []
    assert not User.objects.exists()
