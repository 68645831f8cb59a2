"""Makes the accounts of a register under test: `python -m tests.faults.people 8`.

Prints the keys of their open sessions as a JSON list.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

# A script of its own: models can be imported only now.
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from institutions.models import Role  # noqa: E402
from partnerships.roles import sync_roles  # noqa: E402
from tests.factories import make_area, make_partner, make_regency, make_unit, make_user  # noqa: E402

PASSWORD = "lumbung-padi-contoh"


def main(number: int) -> None:
    sync_roles()
    unit = make_unit("Lapas Kelas IIB Contoh", code="lapas-contoh", regency=make_regency())
    make_area()
    make_partner("Dinas Kesehatan Contoh")
    sessions = []
    for place in range(number):
        user = make_user(Role.HUMAS, unit=unit, username=f"humas-{place}")
        user.set_password(PASSWORD)
        user.save()
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "institutions.backends.AccountBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        sessions.append(session.session_key)
    print(json.dumps(sessions))


if __name__ == "__main__":
    main(int(sys.argv[1]))
