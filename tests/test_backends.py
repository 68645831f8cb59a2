"""An account is found with its unit, and may exactly what Django says it may."""

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission

from institutions.backends import AccountBackend
from institutions.models import Role, Unit, User
from tests.factories import make_user

pytestmark = pytest.mark.django_db
BACKEND = AccountBackend()


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("fields", [{}, {"is_active": False}, {"is_superuser": True}])
def test_permissions_are_those_django_finds(lapas_purwodadi: Unit, role, fields) -> None:
    user = make_user(role, unit=lapas_purwodadi, **fields)
    user.user_permissions.add(Permission.objects.get(codename="delete_session"))
    expected = ModelBackend().get_all_permissions(fresh(user))
    assert BACKEND.get_all_permissions(fresh(user)) == expected
    assert bool(expected) == user.is_active


def test_permissions_take_one_question(humas: User, django_assert_num_queries) -> None:
    user = fresh(humas)
    with django_assert_num_queries(1):
        assert user.has_perm("partnerships.add_agreement")
        assert not user.has_perm("partnerships.delete_agreement")


def test_a_session_finds_the_account_with_its_unit(humas: User, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        found = BACKEND.get_user(humas.pk)
        assert found is not None
        assert found.unit == humas.unit


def test_no_session_opens_a_closed_account_or_none(humas: User) -> None:
    assert BACKEND.get_user(0) is None
    humas.close(by=None, reason="Pindah tugas")
    assert BACKEND.get_user(humas.pk) is None
