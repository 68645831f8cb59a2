"""Load regions, units and code lists from the data files, and the rights of the three groups."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from institutions.commands import RegisterCommand
from institutions.loading import BadData, ReferenceLoad
from institutions.reference import coverage
from partnerships.reference import load_reference
from partnerships.roles import sync_roles


class Command(RegisterCommand):
    help = (
        "Memuat data acuan: provinsi, kabupaten/kota, unit, bidang, urusan, dan hak kelompok. "
        "Nilai yang sudah diubah admin dipertahankan."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="Baca ulang walaupun berkasnya belum berubah."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        sync_roles()
        try:
            load = load_reference(force=options["force"])
        except BadData as refused:
            raise CommandError(f"Data acuan tidak dimuat. {refused}") from refused
        if load is None:
            self.stdout.write("Data acuan sudah terbaru.")
        else:
            self.report(load)

    def report(self, load: ReferenceLoad) -> None:
        added = ", ".join(f"{number} {name}" for name, number in load.added.items())
        updated = ", ".join(f"{number} {name}" for name, number in load.updated.items())
        self.stdout.write(f"Data acuan ditambahkan: {added or 'tidak ada'}.")
        self.stdout.write(f"Data acuan diperbarui: {updated or 'tidak ada'}.")
        for line in load.kept:
            self.stdout.write(f"dipertahankan: {line}")
        known = coverage()
        if known.incomplete:
            kinds = " dan ".join(str(kind) for kind in known.incomplete)
            self.stdout.write(f"Register mengenal {kinds}; tambahkan sisanya di halaman unit.")
        if known.without_regency:
            self.stdout.write(
                f"{known.without_regency} unit belum punya kabupaten/kota; "
                "lengkapi di halaman unit."
            )
