"""The register all tests of rights share: who may see, send and change what."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests.rights.permission_world import World


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The register of the permission table, made once for all of them and then rolled back."""
    # A real hash takes longer than everything else a request does.
    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with quick, django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)
