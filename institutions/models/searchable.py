"""Rows found by words: one derived column per row, the same search on every database."""

from collections.abc import Iterator
from typing import Any, ClassVar, Self, TypeVar

from django.db import models, transaction

from indonesian.names import search_text, search_words
from institutions.models.base import Recorded

Row = TypeVar("Row", bound=models.Model)


class SearchableQuerySet(models.QuerySet[Row]):
    search_column = "search_text"

    def search(self, text: str) -> Self:
        """Rows whose search text holds every word, spelling variants and abbreviations folded.

        Text without any letter or digit finds nothing; no text finds all.
        """
        words = search_words(text)
        if not words and text.strip():
            return self.none()
        rows = self
        for word in words:
            rows = rows.filter(**{f"{self.search_column}__contains": word})
        return rows


class Searchable(Recorded):
    """A row found by words; `search_text` follows from its own columns, links and parts."""

    search_text = models.TextField(editable=False, blank=True, default="")

    # Names of the relations whose rows are found by this one's name; None: any of them may be.
    quoted_in: ClassVar[tuple[str, ...] | None] = None

    class Meta:
        abstract = True

    def search_parts(self) -> list[Any]:
        """Texts this row is found by, read from the database; blank ones do not count."""
        raise NotImplementedError

    @transaction.atomic
    def record(self, *, by: models.Model | None, reason: str = "") -> Self:
        super().record(by=by, reason=reason)
        self.refresh_search_text()
        return self

    def refresh_search_text(self) -> None:
        """Rebuild the search text after parts changed; derived, so no history and no version.

        Rows that are found by this one's name follow.
        """
        is_new = not self.search_text
        self.search_text = search_text(*filter(None, self.search_parts()))
        this = type(self)._base_manager.filter(pk=self.pk)
        changed = this.exclude(search_text=self.search_text).update(search_text=self.search_text)
        if changed and not is_new:
            for row in self.quoted_by():
                row.refresh_search_text()

    def quoted_by(self) -> "Iterator[Searchable]":
        """Rows that point at this one, themselves or by one of their parts."""
        for relation in self._meta.related_objects:
            if self.quoted_in is not None and relation.get_accessor_name() not in self.quoted_in:
                continue
            model: type[Any] = relation.related_model
            link = relation.field
            pointing = model._base_manager.filter(**{link.name: self.pk})
            if issubclass(model, Searchable):
                yield from pointing.order_by("pk")
                continue
            for column in model._meta.concrete_fields:
                if column is not link and is_part_of_searchable(column):
                    roots = column.related_model._base_manager
                    yield from roots.filter(pk__in=pointing.values(column.attname)).order_by("pk")


def is_part_of_searchable(column: "models.Field[Any, Any]") -> bool:
    """Whether rows of this column's model belong to a row that is found by words."""
    return (
        isinstance(column, models.ForeignKey)
        and column.remote_field.on_delete is models.CASCADE
        and issubclass(column.related_model, Searchable)
    )
