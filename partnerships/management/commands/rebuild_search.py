"""Compute sort keys and search texts anew, as after a change of the normaliser or abbreviations."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from institutions.commands import RegisterCommand
from institutions.models import Recorded, Searchable
from institutions.models.fields import KeyField

CHUNK = 500


class Command(RegisterCommand):
    help = "Menghitung ulang kunci urutan dan teks pencarian; riwayat tidak bertambah."

    def handle(self, *args: Any, **options: Any) -> None:
        for model in recorded_models():
            changed = sum(rebuilt(row) for row in rows_of(model))
            if changed:
                self.stdout.write(f"{model._meta.verbose_name}: {changed} diperbarui")
        self.stdout.write("Kunci urutan dan teks pencarian sudah terbaru.")


def recorded_models() -> list[type[Recorded]]:
    return [model for model in apps.get_models() if issubclass(model, Recorded)]


def rows_of(model: type[Recorded]) -> Iterator[Any]:
    keys = [column for column in model._meta.concrete_fields if isinstance(column, KeyField)]
    if not keys and not issubclass(model, Searchable):
        return iter(())
    return model._base_manager.order_by("pk").iterator(chunk_size=CHUNK)


def rebuilt(row: Recorded) -> bool:
    """Whether a derived column of the row had to be written."""
    keys = [column.attname for column in row._meta.concrete_fields if isinstance(column, KeyField)]
    before = {name: getattr(row, name) for name in keys}
    row.fill_derived()
    after = {name: getattr(row, name) for name in keys}
    this = type(row)._base_manager.filter(pk=row.pk)
    if after != before:
        this.update(**after)
    if not isinstance(row, Searchable):
        return after != before
    text = row.search_text
    row.refresh_search_text()
    return after != before or row.search_text != text
