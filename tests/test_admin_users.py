"""Accounts in the Django admin: one role and one unit, and no way up."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from institutions.models import Role, User
from tests.admin_forms import add, address, as_user, change_address, changed, errors_of, form_data
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "jembatan-merah-7"  # noqa: S105


@pytest.fixture
def superuser(db):
    return make_user(None, unit=None, username="superuser", is_superuser=True, is_staff=True)


@pytest.fixture
def other_admin(bapas_jember):
    return make_user(Role.ADMIN, unit=bapas_jember, username="admin_lain")


def new_account(client, **fields):
    defaults = {
        "username": "rina",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "first_name": "Rina",
        "role": Role.HUMAS.value,
    }
    _, data = add(client, User, **(defaults | fields))
    return client.post(address(User, "add"), data)


def password_page(user):
    return reverse("admin:auth_user_password_change", args=[user.pk])


@pytest.mark.parametrize(("role", "is_staff"), [(Role.HUMAS, True), (Role.MANAJER, False)])
def test_an_account_gets_unit_role_and_password_on_one_page(
    role, is_staff, pengelola, bapas_jember, client
):
    answer = new_account(as_user(pengelola), unit=bapas_jember, role=role.value)
    assert errors_of(answer) == []
    account = User.objects.get(username="rina")
    assert (account.unit, account.role, account.is_staff) == (bapas_jember, role, is_staff)
    assert not account.is_superuser
    assert account.history.first().history_user == pengelola
    assert account.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"username": "humas"}, "sudah"),
        ({"username": "HUMAS"}, "sudah"),
        ({"password2": "lain-sekali-9"}, "sama"),
        ({"password1": "123", "password2": "123"}, ""),
        ({"role": ""}, "Pilih peran"),
        ({"role": "Admin"}, "Pilih peran"),
        ({"role": "superuser"}, "Pilih peran"),
        ({"unit": ""}, "Pilih unit"),
        ({"unit": "987654321"}, "Pilih unit"),
        ({"username": "a\0b"}, ""),
        ({"username": "x" * 500}, ""),
    ],
    ids=str,
)
def test_an_account_that_does_not_fit_is_refused(fields, words, pengelola, humas):
    answer = new_account(as_user(pengelola), **({"unit": humas.unit} | fields))
    assert words in " ".join(errors_of(answer))
    assert errors_of(answer)
    assert not User.objects.filter(first_name="Rina").exists()


def test_an_admin_moves_reassigns_and_closes_accounts(pengelola, humas, bapas_jember):
    client = as_user(pengelola)
    kanwil = bapas_jember.parent
    answer = changed(client, humas, unit=kanwil, role=Role.MANAJER.value, reason="Pindah tugas")
    assert errors_of(answer) == []
    humas.refresh_from_db()
    assert (humas.unit, humas.role, humas.is_staff) == (kanwil, Role.MANAJER, False)
    data = form_data(client.get(change_address(humas)))
    data.pop("is_active")
    assert errors_of(client.post(change_address(humas), data)) != []
    assert errors_of(client.post(change_address(humas), data | {"reason": "Pensiun"})) == []
    humas.refresh_from_db()
    assert not humas.is_active


def test_a_closed_account_is_out_at_once(pengelola, humas):
    session = as_user(humas)
    assert session.get("/admin/").status_code == 200
    data = form_data(as_user(pengelola).get(change_address(humas)))
    data.pop("is_active")
    as_user(pengelola).post(change_address(humas), data | {"reason": "Pensiun"})
    assert session.get("/admin/").status_code == 302
    humas.refresh_from_db()
    humas.reopen(by=pengelola, reason="Kembali")
    assert session.get("/admin/").status_code == 302


def test_the_history_tells_role_and_unit_and_who_changed_them(pengelola, humas, bapas_jember):
    client = as_user(pengelola)
    changed(client, humas, role=Role.MANAJER.value, reason="Pindah tugas")
    page = client.get(address(humas, "history", humas.pk))
    entries = page.context["entries"]
    roles = [entry for entry in entries for change in entry.changes if change.label == "peran"]
    newest = roles[0]
    assert (newest.changes[0].before, newest.changes[0].after) == ("Humas", "Manajer")
    assert (newest.who, newest.reason) == (pengelola, "Pindah tugas")
    assert "argon2" not in page.content.decode()


# No way up

PRIVILEGES = {
    "is_superuser": "on",
    "is_staff": "on",
    "groups": "1",
    "user_permissions": "1",
    "password": "!",
    "date_joined": "2000-01-01",
    "last_login": "2000-01-01",
}


def rights_of(user):
    user = User.objects.get(pk=user.pk)
    return (
        user.is_superuser,
        user.is_staff,
        user.is_active,
        user.unit_id,
        sorted(user.groups.values_list("name", flat=True)),
        user.user_permissions.count(),
        user.password,
    )


def test_crafted_privileges_change_nothing(pengelola, humas):
    rights = rights_of(humas)
    crafted = PRIVILEGES | {
        "groups": str(Group.objects.get(name=Role.ADMIN).pk),
        "user_permissions": str(Permission.objects.first().pk),
    }
    assert errors_of(changed(as_user(pengelola), humas, **crafted)) == []
    assert rights_of(humas) == rights
    assert errors_of(new_account(as_user(pengelola), unit=humas.unit, **crafted)) == []
    made = User.objects.get(username="rina")
    assert (made.is_superuser, made.role, made.user_permissions.count()) == (False, "Humas", 0)


@pytest.mark.parametrize("role", ["Admin", "superuser", "", "9", "\0"])
def test_a_role_that_is_not_on_offer_is_refused(role, pengelola, humas):
    rights = rights_of(humas)
    assert errors_of(changed(as_user(pengelola), humas, role=role))
    assert rights_of(humas) == rights


def test_another_admin_is_seen_but_not_changed(pengelola, other_admin):
    client = as_user(pengelola)
    rights = rights_of(other_admin)
    page = client.get(change_address(other_admin))
    assert page.status_code == 200
    assert not page.context["has_change_permission"]
    data = {"username": "diambil", "role": "Humas", "unit": str(pengelola.unit_id)}
    assert client.post(change_address(other_admin), data).status_code == 403
    for method in (client.get, client.post):
        answer = method(password_page(other_admin), {"password1": PASSWORD, "password2": PASSWORD})
        assert answer.status_code == 403
    assert rights_of(other_admin) == rights


def test_a_superuser_is_out_of_reach(pengelola, superuser, bapas_jember):
    placed = make_user(
        Role.HUMAS, unit=bapas_jember, username="utama", is_superuser=True, is_staff=True
    )
    client = as_user(pengelola)
    assert client.get(change_address(superuser)).status_code == 404
    assert client.post(password_page(superuser), {}).status_code in {403, 404}
    assert client.post(change_address(placed), {"role": "Humas"}).status_code == 403
    answer = client.post(password_page(placed), {"password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code == 403
    assert not User.objects.get(pk=placed.pk).has_usable_password()


def test_nobody_changes_their_own_role_unit_or_state(pengelola, bapas_jember):
    client = as_user(pengelola)
    rights = rights_of(pengelola)
    changes = {"role": "Humas", "unit": bapas_jember, "username": "lain", "first_name": "Baru"}
    assert errors_of(changed(client, pengelola, **changes, **PRIVILEGES)) == []
    assert rights_of(pengelola) == rights
    pengelola.refresh_from_db()
    assert (pengelola.first_name, pengelola.username) == ("Baru", "pengelola")


def test_ones_own_password_is_changed_with_the_old_one(pengelola):
    client = as_user(pengelola)
    for method in (client.get, client.post):
        answer = method(password_page(pengelola), {"password1": PASSWORD, "password2": PASSWORD})
        assert (answer.status_code, answer.url) == (302, reverse("password_change"))
    assert not User.objects.get(pk=pengelola.pk).has_usable_password()


def test_accounts_outside_the_subtree_do_not_exist(other_admin, humas, humas_lain):
    client = as_user(other_admin)
    assert client.get(change_address(humas)).status_code == 200
    for page in (change_address(humas_lain), address(humas_lain, "history", humas_lain.pk)):
        assert client.get(page).status_code == 404
    assert client.get(password_page(humas_lain)).status_code == 404
    listed = client.get(address(User, "changelist")).content.decode()
    assert "humas_lain" not in listed
    answer = changed(client, humas, unit=humas_lain.unit, reason="Pindah")
    assert errors_of(answer) == ["Pilih unit dari daftar."]


@pytest.mark.parametrize("person", ["humas", "pembaca"])
def test_only_admins_reach_accounts(person, request, humas_lain):
    client = as_user(request.getfixturevalue(person))
    for page in (
        address(User, "changelist"),
        address(User, "add"),
        change_address(humas_lain),
        password_page(humas_lain),
    ):
        assert client.get(page).status_code == 403
        assert client.post(page, {"role": "Humas"}).status_code == 403


def test_accounts_are_never_deleted(superuser, humas):
    client = as_user(superuser)
    assert client.post(address(humas, "delete", humas.pk), {"reason": "x"}).status_code == 403
    assert User.objects.filter(pk=humas.pk).exists()


def test_an_admin_sets_a_new_password_for_humas(pengelola, humas):
    client, session = as_user(pengelola), as_user(humas)
    page = client.get(password_page(humas))
    assert page.status_code == 200
    assert 'name="usable_password"' not in page.content.decode()
    assert "unset-password" not in page.content.decode()
    for wrong in ({}, {"password1": "123", "password2": "123"}, {"usable_password": "false"}):
        assert client.post(password_page(humas), wrong).status_code == 200
    data = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post(password_page(humas), data).status_code == 302
    humas.refresh_from_db()
    assert humas.check_password(PASSWORD)
    assert session.get("/admin/").status_code == 302


# Superusers


def test_a_superuser_grants_everything(superuser, humas, bapas_jember):
    client = as_user(superuser)
    assert errors_of(changed(client, humas, role=Role.ADMIN.value, reason="Contoh")) == []
    humas.refresh_from_db()
    assert (humas.role, humas.is_staff, humas.is_superuser) == (Role.ADMIN, True, False)
    answer = changed(client, humas, is_superuser="on", role="", reason="Contoh")
    assert errors_of(answer) == []
    humas.refresh_from_db()
    assert (humas.is_superuser, humas.is_staff) == (True, True)
    data = form_data(client.get(change_address(humas)))
    data.pop("is_superuser")
    data |= {"role": "Manajer", "reason": "Contoh"}
    assert errors_of(client.post(change_address(humas), data)) == []
    humas.refresh_from_db()
    assert (humas.is_superuser, humas.is_staff, humas.role) == (False, False, Role.MANAJER)


def test_a_superuser_cannot_lock_itself_out(superuser):
    client = as_user(superuser)
    data = form_data(client.get(change_address(superuser)))
    assert errors_of(client.post(change_address(superuser), data | {"first_name": "Utama"})) == []
    superuser.refresh_from_db()
    assert (superuser.is_superuser, superuser.is_staff, superuser.is_active) == (True,) * 3
    assert superuser.first_name == "Utama"
