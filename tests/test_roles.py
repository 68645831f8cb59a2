"""What each group may do, from the one table, and nothing besides."""

from itertools import product

import pytest
from django.contrib.auth.models import Group, Permission

from institutions.models import Role
from partnerships.roles import PARTS, ROLE_PERMISSIONS, ROOTS, sync_roles
from tests.factories import make_unit, make_user

pytestmark = pytest.mark.django_db


def granted(role: Role) -> set[str]:
    return set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))


def test_every_group_gets_exactly_what_the_table_says():
    sync_roles()
    assert {role: granted(role) for role in Role} == ROLE_PERMISSIONS


def test_a_second_run_changes_nothing():
    assert sync_roles() == sync_roles()
    assert Group.objects.count() == len(Role)


def test_what_was_granted_or_taken_by_hand_is_put_right():
    sync_roles()
    group = Group.objects.get(name=Role.HUMAS)
    group.permissions.add(Permission.objects.get(codename="delete_agreement"))
    group.permissions.remove(Permission.objects.get(codename="add_agreement"))
    sync_roles()
    assert granted(Role.HUMAS) == ROLE_PERMISSIONS[Role.HUMAS]


def test_other_groups_are_left_alone():
    other = Group.objects.create(name="Pengawas")
    other.permissions.add(Permission.objects.get(codename="view_agreement"))
    sync_roles()
    assert other.permissions.count() == 1


def test_a_permission_no_model_declares_is_an_error(monkeypatch):
    Group.objects.all().delete()
    monkeypatch.setitem(ROLE_PERMISSIONS, Role.HUMAS, {"view_nothing"})
    with pytest.raises(Permission.DoesNotExist, match="view_nothing"):
        sync_roles()
    assert not Group.objects.exists()


def test_nobody_changes_history_groups_or_permissions():
    forbidden = {
        f"{verb}_{model}"
        for verb, model in product(("add", "change", "delete"), ("group", "permission", "session"))
    }
    for codenames in ROLE_PERMISSIONS.values():
        assert not codenames & forbidden
        assert not [name for name in codenames if "_historical" in name]


def test_nobody_deletes_units_users_or_reference_lists():
    kept = ("unit", "user", "province", "regency", "programmearea", "sector")
    for codenames in ROLE_PERMISSIONS.values():
        assert not codenames & {f"delete_{model}" for model in kept}


def test_only_admins_delete_roots_for_good():
    deleting = {f"delete_{model}" for model in ROOTS}
    assert [role for role, names in ROLE_PERMISSIONS.items() if names & deleting] == [Role.ADMIN]


def test_humas_records_roots_and_parts():
    recording = {f"{verb}_{model}" for verb in ("add", "change") for model in ROOTS + PARTS}
    assert recording <= ROLE_PERMISSIONS[Role.HUMAS]


def test_a_manager_records_no_agreement_event_or_delivery():
    recorded = ("agreement", "event", "delivery", "party")
    writing = {f"{verb}_{model}" for verb in ("add", "change", "delete") for model in recorded}
    assert not ROLE_PERMISSIONS[Role.MANAJER] & writing


def test_a_role_is_the_only_one_and_opens_the_admin_for_those_who_work_there():
    user = make_user(Role.ADMIN, unit=make_unit())
    assert (user.role, user.is_staff) == (Role.ADMIN, True)
    user.assign_role(Role.MANAJER)
    assert (user.role, user.is_staff, user.groups.count()) == (Role.MANAJER, False, 1)
    user.assign_role(Role.HUMAS)
    assert (user.role, user.is_staff) == (Role.HUMAS, True)


def test_a_superuser_stays_staff_whatever_the_role():
    user = make_user(None, unit=None, is_superuser=True, is_staff=True)
    sync_roles()
    user.assign_role(Role.MANAJER)
    assert user.is_staff


def test_without_a_group_there_is_no_role():
    assert make_user(None, unit=make_unit()).role == ""
