"""What every command of the register shares: its name stands in the history of what it changed."""

from typing import Any

from django.core.management.base import BaseCommand

from institutions.ways import by_command, coming_by


class RegisterCommand(BaseCommand):
    def execute(self, *args: Any, **options: Any) -> Any:
        # The module of a command is what it is called by.
        with coming_by(by_command(type(self).__module__.rpartition(".")[2])):
            return super().execute(*args, **options)
