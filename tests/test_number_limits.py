"""Numbers have the same room on SQLite and PostgreSQL."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from tests.specimens import SPECIMENS

pytestmark = pytest.mark.django_db

LARGEST = {
    models.PositiveSmallIntegerField: 2**15 - 1,
    models.PositiveIntegerField: 2**31 - 1,
}
COLUMNS = [
    (model, column)
    for model in SPECIMENS
    for column in model._meta.concrete_fields
    if type(column) in LARGEST
]


@pytest.mark.parametrize(
    ("model", "column"),
    COLUMNS,
    ids=[f"{model.__name__}.{column.name}" for model, column in COLUMNS],
)
def test_a_number_without_room_is_refused_in_our_words(model, column):
    row, largest = SPECIMENS[model](), LARGEST[type(column)]
    setattr(row, column.name, largest)
    row.clean_fields()
    for number in (largest + 1, 10**30):
        setattr(row, column.name, number)
        with pytest.raises(ValidationError) as refused:
            row.clean_fields()
        [message] = refused.value.message_dict[column.name]
        assert message.endswith(f"paling besar {largest}.")


@pytest.mark.parametrize(("model", "column"), COLUMNS[:3])
def test_no_number_is_less_than_nothing(model, column):
    row = SPECIMENS[model]()
    setattr(row, column.name, -1)
    with pytest.raises(ValidationError) as refused:
        row.clean_fields()
    assert refused.value.message_dict[column.name][0].endswith("paling kecil 0.")
