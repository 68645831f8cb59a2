"""No way up: which accounts and roles are within reach of whom, whatever is posted."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from institutions.models import LoginLink, Role, Unit, User
from tests.account_pages import create, edited
from tests.admin_forms import as_user
from tests.factories import make_unit, make_user

pytestmark = pytest.mark.django_db

VERBS = ("ubah", "tutup", "buka", "kunci", "tautan")


@pytest.fixture
def accounts(humas: User, humas_lain: User, pembaca: User, pengelola: User) -> dict[str, User]:
    """One of every kind, seen from a manager of the Kanwil of East Java."""
    bapas, kanwil = humas.unit, pembaca.unit
    below: dict[str, Any] = {
        "humas below": humas,
        "manager below": make_user(Role.MANAJER, unit=bapas),
        "admin below": make_user(Role.ADMIN, unit=bapas),
        "superuser below": make_user(Role.HUMAS, unit=bapas, is_superuser=True),
        "humas of the kanwil": make_user(Role.HUMAS, unit=kanwil),
        "manager of the kanwil": make_user(Role.MANAJER, unit=kanwil),
        "humas elsewhere": humas_lain,
        "admin at ditjenpas": make_user(Role.ADMIN, unit=pengelola.unit),
        "without unit": make_user(Role.HUMAS, unit=None),
        "superuser without unit": make_user(None, unit=None, is_superuser=True),
        "with a group of its own": make_user(Role.HUMAS, unit=bapas),
        "with a permission of its own": make_user(Role.HUMAS, unit=bapas),
    }
    special = Group.objects.create(name="Pengawas")
    below["with a group of its own"].groups.add(special)
    permission = Permission.objects.get(codename="delete_agreement")
    below["with a permission of its own"].user_permissions.add(permission)
    return below


def reach(user: User, accounts: dict[str, User]) -> tuple[set[str], set[str]]:
    """Names of the accounts the user sees, and of those the user may change."""
    client = as_user(user)
    seen, kept = set(), set()
    for name, account in accounts.items():
        if client.get(f"/akun/{account.pk}/").status_code == 200:
            seen.add(name)
        statuses = {client.get(f"/akun/{account.pk}/{verb}/").status_code for verb in VERBS[:3]}
        statuses |= {client.post(f"/akun/{account.pk}/{verb}/").status_code for verb in VERBS}
        assert statuses <= {200, 302} or statuses <= {403, 404}, (name, statuses)
        if statuses <= {200, 302}:
            kept.add(name)
    return seen, kept


OUT_OF_REACH = {"admin below", "superuser below"} | {
    "with a group of its own",
    "with a permission of its own",
}
BELOW = {"humas below", "manager below"} | OUT_OF_REACH


def test_a_manager_keeps_accounts_below_the_own_unit(
    pembaca: User, accounts: dict[str, User]
) -> None:
    assert reach(pembaca, accounts) == (BELOW, {"humas below", "manager below"})


def test_an_admin_keeps_all_below_and_at_the_own_unit(
    pengelola: User, accounts: dict[str, User]
) -> None:
    seen, kept = reach(pengelola, accounts)
    assert seen == set(accounts) - {"superuser without unit"}
    assert kept == seen - OUT_OF_REACH - {"admin at ditjenpas"}


def test_a_superuser_keeps_all(accounts: dict[str, User]) -> None:
    superuser = make_user(None, unit=None, is_superuser=True)
    assert reach(superuser, accounts) == (set(accounts), set(accounts))


@pytest.mark.parametrize("person", ["humas", "humas_lain", "tanpa_unit"])
def test_others_keep_none(
    request: pytest.FixtureRequest, accounts: dict[str, User], person: str
) -> None:
    assert reach(request.getfixturevalue(person), accounts) == (set(), set())


@pytest.mark.parametrize("person", ["pembaca", "pengelola"])
def test_nobody_changes_their_own_account(request: pytest.FixtureRequest, person: str) -> None:
    user = request.getfixturevalue(person)
    for verb in VERBS:
        answer = as_user(user).post(f"/akun/{user.pk}/{verb}/", {"role": "Admin", "reason": "x"})
        assert answer.status_code in {403, 404}
    assert not LoginLink.objects.exists()


def test_a_manager_of_a_unit_without_units_below_keeps_none(
    bapas_jember: Unit, rekan: User
) -> None:
    manager = make_user(Role.MANAJER, unit=bapas_jember)
    client = as_user(manager)
    assert client.get(f"/akun/{rekan.pk}/").status_code == 404
    assert "Belum ada akun" in client.get("/akun/").content.decode()
    create(client, bapas_jember)
    assert not User.objects.filter(first_name="Rina").exists()


@pytest.mark.parametrize(
    ("person", "offered"),
    [("pembaca", ["Humas", "Manajer"]), ("pengelola", ["Humas", "Manajer"])],
)
def test_nobody_but_a_superuser_grants_admin(
    request: pytest.FixtureRequest, humas: User, person: str, offered: list[str]
) -> None:
    client = as_user(request.getfixturevalue(person))
    for role in ("Admin", "superuser", "Superuser", "1", "Pengawas"):
        create(client, humas.unit, role=role)
        client.post(f"/akun/{humas.pk}/ubah/", edited(humas, role=role, reason="Contoh"))
    assert not User.objects.filter(first_name="Rina").exists()
    assert User.objects.get(pk=humas.pk).role == "Humas"
    form = client.get("/akun/baru/").context["form"]
    assert [value for value, _ in form.fields["role"].choices] == ["", *offered]


def test_a_superuser_grants_admin(humas: User) -> None:
    client = as_user(make_user(None, unit=None, is_superuser=True))
    client.post(f"/akun/{humas.pk}/ubah/", edited(humas, role="Admin", reason="Contoh"))
    assert User.objects.get(pk=humas.pk).role == "Admin"


def test_a_manager_places_accounts_below_the_own_unit_only(
    pembaca: User, humas: User, lapas_purwodadi: Unit, pengelola: User
) -> None:
    client = as_user(pembaca)
    for unit in (pembaca.unit, lapas_purwodadi, pengelola.unit):
        create(client, unit)
        client.post(f"/akun/{humas.pk}/ubah/", edited(humas, unit=str(unit.pk), reason="Pindah"))
    assert not User.objects.filter(first_name="Rina").exists()
    assert User.objects.get(pk=humas.pk).unit == humas.unit


def test_another_units_id_reads_as_one_that_is_missing(
    pembaca: User, lapas_purwodadi: Unit
) -> None:
    client = as_user(pembaca)
    texts = []
    for key in (lapas_purwodadi.pk, 987654321):
        answer = client.post("/akun/baru/", {"full_name": "Rina", "unit": str(key)})
        texts.append(answer.context["form"].errors["unit"])
    assert texts[0] == texts[1] == ["Pilihan itu tidak ada. Cari lagi."]


def every_field(**wanted: Any) -> dict[str, Any]:
    """A value for each column and relation of an account, all of them to one's advantage."""
    admin = Group.objects.get(name="Admin")
    values: dict[str, Any] = {
        field.name: "1" for field in User._meta.get_fields() if field.name not in {"unit", "email"}
    }
    return values | {
        "is_superuser": "on",
        "is_staff": "on",
        "groups": str(admin.pk),
        "user_permissions": [str(pk) for pk in Permission.objects.values_list("pk", flat=True)[:5]],
        "password": "md5$x$y",
        "id": "1",
        "pk": "1",
        "session_salt": "x",
        **wanted,
    }


def stored(user: User, *declared: str) -> dict[str, Any]:
    """Everything the database knows of an account except the declared columns."""
    row = User.objects.filter(pk=user.pk).values().get()
    rights = {
        "groups": sorted(user.groups.values_list("name", flat=True)),
        "permissions": user.user_permissions.count(),
    }
    left_out = {*declared, "name_key", "search_text", "last_login"}
    return {name: value for name, value in (row | rights).items() if name not in left_out}


PAGES = ("ubah/", "tutup/", "buka/", "kunci/", "tautan/", "")


@pytest.mark.parametrize(
    "person", ["humas", "humas_lain", "pembaca", "pengelola", "tanpa_unit", "anonymous"]
)
def test_every_field_posted_everywhere_changes_only_what_is_declared(
    request: pytest.FixtureRequest, rekan: User, person: str
) -> None:
    actor = None if person == "anonymous" else request.getfixturevalue(person)
    client = as_user(actor) if actor else Client()
    people = list(User.objects.all())
    declared = ("first_name", "last_name", "email", "unit_id", "is_active", "session_salt")
    before = {account.pk: stored(account, *declared) for account in people}
    units = {account.pk: account.unit_id for account in people}
    posts = 0
    for account in people:
        data = every_field(**edited(account, reason="Contoh", full_name="Nama Baru"))
        pages = [f"/akun/{account.pk}/{page}" for page in PAGES]
        for address in (*pages, "/akun/baru/", "/akun/tempel/", "/akun/sandi/", "/lupa-sandi/"):
            client.post(address, data | {"email": ""})
            posts += 1
    assert posts == 10 * len(people)
    for account in people:
        account = User.objects.get(pk=account.pk)
        assert stored(account, *declared) == before[account.pk]
        assert account.unit_id == units[account.pk]
    made = User.objects.exclude(pk__in=[account.pk for account in people])
    for account in made:
        assert (account.is_superuser, account.role) in {(False, "Humas"), (False, "Manajer")}
        assert not account.has_usable_password()
        assert actor is not None
        assert actor.units_of_accounts().filter(pk=account.unit_id).exists()


def test_who_hands_out_roles_gives_no_more_than_is_handed_out() -> None:
    unit = make_unit()
    for role in Role:
        user = make_user(role, unit=unit)
        given = user.grantable_roles()
        assert Role.ADMIN not in given
        assert bool(given) == (role != Role.HUMAS)
        assert bool(given) == user.has_perm("institutions.add_user")
