"""Text is stored clean and within its limits, the same on SQLite and PostgreSQL."""

import unicodedata
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from institutions.models import KeyField, NoteField, Province, Recorded
from partnerships.models import Agreement
from tests.factories import make_partner, make_province
from tests.specimens import SPECIMENS

pytestmark = pytest.mark.django_db

Text = models.CharField | NoteField
# An e-mail address and a link have a form of their own; a file name is made by the storage.
SHAPES = {
    models.EmailField: "{}@contoh.id",
    models.URLField: "https://contoh.id/{}",
}
# Columns whose content is more than text: a code of six digits, a digest of 64 characters.
OWN_RULES = {"Unit.office_code", "Document.sha256"}


def is_free_text(column: Any) -> bool:
    return isinstance(column, Text) and not (
        isinstance(column, KeyField) or column.choices or not column.editable
    )


def text_columns() -> list[tuple[type[Recorded], Text]]:
    return [
        (model, column)
        for model in SPECIMENS
        for column in model._meta.concrete_fields
        if is_free_text(column) and f"{model.__name__}.{column.name}" not in OWN_RULES
    ]


COLUMNS = pytest.mark.parametrize(
    ("model", "column"),
    text_columns(),
    ids=[f"{model.__name__}.{column.name}" for model, column in text_columns()],
)


def text_of(column: Text, length: int) -> str:
    shape = SHAPES.get(type(column), "{}")
    return shape.format("x" * (length - len(shape.format(""))))


@COLUMNS
def test_text_of_exactly_the_limit_is_stored_whole(model, column):
    row, text = SPECIMENS[model](), text_of(column, column.max_length)
    setattr(row, column.name, text)
    row.record(by=None)
    assert getattr(model.objects.get(pk=row.pk), column.name) == text


@COLUMNS
def test_one_letter_more_is_refused_in_our_words(model, column):
    row = SPECIMENS[model]()
    setattr(row, column.name, text_of(column, column.max_length + 1))
    with pytest.raises(ValidationError) as refused:
        row.record(by=None)
    [message] = refused.value.message_dict[column.name]
    assert str(column.max_length) in message
    assert "terlalu panjang" in message


HOSTILE = ("a\0b", "a\ud800b", "a\u202eb", "\ufeffab")


@COLUMNS
def test_text_is_stored_clean(model, column):
    row, shape = SPECIMENS[model](), SHAPES.get(type(column), "{}")
    for text in HOSTILE:
        setattr(row, column.name, shape.format(text))
        row.record(by=None)
        assert getattr(model.objects.get(pk=row.pk), column.name) == shape.format("ab")


def test_blanks_around_text_are_left_out():
    assert make_partner(name="\u00a0 Dinas Sosial \u3000").name == "Dinas Sosial"


def test_an_accent_apart_does_not_count_as_a_letter():
    partner = make_partner()
    partner.name = unicodedata.normalize("NFD", "é" * 200)
    partner.record(by=None)
    assert partner.name == "é" * 200


def test_text_that_is_nothing_but_invisible_counts_as_blank():
    partner = make_partner()
    partner.name = "\u200b \u202e"
    with pytest.raises(ValidationError) as refused:
        partner.record(by=None)
    assert refused.value.message_dict["name"] == ["Isi nama."]


def test_line_breaks_of_every_kind_become_one():
    partner = make_partner(address="Jalan Contoh 1\r\nGrobogan\x0bJawa Tengah")
    assert partner.address == "Jalan Contoh 1\nGrobogan\nJawa Tengah"


def test_a_reason_is_cleaned_too(humas):
    partner = make_partner()
    partner.record(by=humas, reason="salah\0 tulis\ud800 ")
    assert partner.history.first().history_change_reason == "salah tulis"


def test_names_that_grow_when_abbreviations_are_written_out_still_fit():
    partner = make_partner(name="DP3AKB " * 28)
    assert 200 < len(partner.name_key) <= 500


@pytest.mark.parametrize("model", SPECIMENS, ids=lambda model: model.__name__)
def test_unknown_codes_are_refused_in_our_words(model):
    row = SPECIMENS[model]()
    for column in [column for column in model._meta.concrete_fields if column.choices]:
        setattr(row, column.name, "??")
        with pytest.raises(ValidationError) as refused:
            row.clean_fields()
        [message] = refused.value.message_dict[column.name]
        assert message.startswith("Pilih ")
        assert message.endswith(" dari daftar.")


def test_what_is_missing_is_named_in_our_words():
    with pytest.raises(ValidationError) as refused:
        Agreement().record(by=None)
    assert refused.value.message_dict == {"unit": ["Pilih unit pencatat."]}


def test_a_code_used_twice_is_refused_in_our_words():
    with pytest.raises(ValidationError) as refused:
        Province(code=make_province().code, name="Lain", short_name="Lain").full_clean()
    assert "Kode ini sudah dipakai." in refused.value.message_dict["code"]
