"""Add a made-up region for trying the register out; refuses in production and a second time."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from institutions.commands import RegisterCommand
from institutions.models import Unit
from partnerships.demo import is_loaded, load_demo
from partnerships.management.commands.load_start_data import print_accounts
from partnerships.models import Agreement, Delivery, Event, Partner
from partnerships.roles import sync_roles


class Command(RegisterCommand):
    help = "Menambahkan wilayah contoh yang tidak nyata, untuk mencoba register."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Data contoh tidak dimuat di register produksi.")
        if is_loaded():
            raise CommandError("Data contoh sudah dimuat.")
        if not Unit.objects.filter(code="ditjenpas").exists():
            raise CommandError("Muat dulu data acuan: python manage.py load_reference")
        sync_roles()
        accounts = load_demo()
        counts = ", ".join(
            f"{model.objects.count()} {model._meta.verbose_name}"
            for model in (Partner, Agreement, Event, Delivery)
        )
        self.stdout.write(f"Wilayah Nusa Contoh ditambahkan. Isi register kini: {counts}.")
        print_accounts(self.stdout, accounts)
