"""Model fields that behave the same on SQLite and PostgreSQL."""

from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models

from institutions.fields import LinesField


class KeyField(models.CharField):
    """A derived text that is sorted and compared by code point on every database.

    PostgreSQL would otherwise sort by the locale the server was created with, SQLite never does.
    """

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class ByCodePoint(models.Func):
    """A text column as `KeyField` would sort it, for columns that are none."""

    template = "%(expressions)s"
    arity = 1

    def as_postgresql(self, compiler: Any, connection: Any, **kwargs: Any) -> Any:
        return self.as_sql(compiler, connection, template='%(expressions)s COLLATE "C"', **kwargs)


class EmptyLastIndex(models.Index):
    """An index whose falling columns end with their empty rows, as every list of ours does.

    SQLite puts them there anyway; PostgreSQL would not use the index for such a list.
    """

    def create_sql(self, model: Any, schema_editor: Any, using: str = "", **kwargs: Any) -> Any:
        index = self.clone()
        if schema_editor.connection.vendor == "postgresql":
            index.fields_orders = [
                (
                    name,
                    f"{order} NULLS LAST" if order and model._meta.get_field(name).null else order,
                )
                for name, order in self.fields_orders
            ]
        return models.Index.create_sql(index, model, schema_editor, using, **kwargs)


class NoteField(models.TextField):
    """Free text with a length that the model checks, not only the form's widget."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 4000)
        super().__init__(*args, **kwargs)
        self.validators.append(
            MaxLengthValidator(
                self.max_length or 4000, "Teks terlalu panjang: batasnya %(limit_value)d huruf."
            )
        )

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": LinesField, **kwargs})
