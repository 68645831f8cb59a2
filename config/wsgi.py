"""The WSGI entry for gunicorn and every other server."""

import os

from django.core.wsgi import get_wsgi_application

from config.bodies import CountBodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# A server reads what collectstatic wrote. runserver and tests have loaded the settings before this
# line runs, so for them it changes nothing and they serve the files as they lie in static/.
os.environ.setdefault("COLLECTED_STATIC", "on")

application = CountBodies(get_wsgi_application())
