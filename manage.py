#!/usr/bin/env python
import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from institutions.ways import SERVER, by_command, coming_by

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        settings.INSTALLED_APPS  # noqa: B018 - reads the settings
    except ImproperlyConfigured as error:
        # One sentence for whoever filled in .env, instead of Python's way to it.
        sys.exit(str(error))
    # Django's own commands change accounts too.
    with coming_by(by_command(sys.argv[1]) if len(sys.argv) > 1 else SERVER):
        execute_from_command_line(sys.argv)
