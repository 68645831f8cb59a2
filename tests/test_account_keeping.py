"""The list of accounts, one account, and what its keeper does."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from institutions.models import LoginLink, Role, SignInTries, Unit, User
from tests.account_pages import PASSWORD, create, edited, errors_on, sign_in
from tests.admin_forms import as_user
from tests.factories import make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(pembaca: User) -> Client:
    return as_user(pembaca)


def listed(client: Client, query: str = "") -> list[str]:
    return [account.username for account in client.get(f"/akun/{query}").context["page_obj"]]


def lock(name: str) -> None:
    for _ in range(5):
        SignInTries.objects.admit(name)


# The list


def test_the_list_holds_the_accounts_below(keeper: Client, humas: User, humas_lain: User) -> None:
    assert listed(keeper) == ["humas"]


def test_the_list_is_searched_and_narrowed(keeper: Client, humas: User, bapas_jember: Unit) -> None:
    post = make_unit("Lapas Kelas IIA Jember", regency=bapas_jember.regency)
    make_user(Role.MANAJER, unit=post, username="siti", first_name="Siti", email="s@contoh.id")
    make_user(unit=post, username="lama", is_active=False)
    make_user(unit=post, username="pernah", last_login=timezone.now())
    lock("pernah")
    assert listed(keeper, "?q=siti") == ["siti"]
    assert listed(keeper, "?q=s%40contoh.id") == ["siti"]
    assert listed(keeper, "?q=bapas+jember") == ["humas"]
    assert listed(keeper, f"?unit={post.code}") == ["lama", "pernah", "siti"]
    assert listed(keeper, "?unit=lapas") == ["lama", "pernah", "siti"]
    assert listed(keeper, "?role=Manajer") == ["siti"]
    assert listed(keeper, "?state=ditutup") == ["lama"]
    assert listed(keeper, "?state=terkunci") == ["pernah"]
    assert listed(keeper, "?state=belum-masuk") == ["humas", "siti"]
    assert listed(keeper, "?sort=-masuk")[0] == "pernah"
    assert listed(keeper, "?q=tidakada") == []
    assert "Tidak ada akun yang cocok" in keeper.get("/akun/?q=tidakada").content.decode()


def test_the_list_asks_as_often_for_many_as_for_one(keeper: Client, bapas_jember: Unit) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            keeper.get("/akun/")
        return len(seen)

    make_user(unit=bapas_jember)
    queries()
    one = queries()
    for _ in range(20):
        make_user(unit=bapas_jember)
    assert queries() == one


def test_the_menu_leads_to_accounts_for_their_keepers(keeper: Client, humas: User) -> None:
    assert 'href="/akun/"' in keeper.get("/").content.decode()
    assert 'href="/akun/"' not in as_user(humas).get("/").content.decode()


def test_a_unit_leads_to_its_accounts(keeper: Client, humas: User) -> None:
    page = f"/unit/{humas.unit.code}/"
    link = f"/akun/?unit={humas.unit.code}"
    assert link in keeper.get(page).content.decode()
    assert link not in as_user(humas).get(page).content.decode()


# A new account


def test_a_new_account_comes_with_a_link(keeper: Client, humas: User, pembaca: User) -> None:
    answer = create(keeper, humas.unit, email="rina@contoh.id")
    account = User.objects.get(email="rina@contoh.id")
    link = LoginLink.objects.get(account=account)
    assert answer["Location"] == f"/akun/slip/{link.batch}/"
    assert (account.username, account.role, account.is_staff) == (
        "rina.bapas-jember",
        "Humas",
        True,
    )
    assert not account.has_usable_password()
    history = account.history.order_by("history_id")
    assert [row.history_user for row in history] == [pembaca, pembaca]
    assert [row.history_type for row in history] == ["+", "~"]


def test_the_role_follows_the_unit(pengelola: User, pembaca: User) -> None:
    create(as_user(pengelola), pembaca.unit)
    assert User.objects.get(first_name="Rina").role == "Manajer"


def test_names_already_taken_get_a_number(keeper: Client, humas: User) -> None:
    for _ in range(3):
        create(keeper, humas.unit)
    names = User.objects.filter(first_name="Rina").values_list("username", flat=True)
    assert sorted(names) == ["rina.bapas-jember", "rina.bapas-jember2", "rina.bapas-jember3"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"full_name": ""}, "Isi nama lengkap."),
        ({"unit": ""}, "Pilih unit."),
        ({"email": "bukan"}, "Tulis alamat surel lengkap"),
        ({"username": "HUMAS"}, "Nama pengguna ini sudah dipakai."),
        ({"username": "ada spasi"}, "tanpa spasi"),
        ({"full_name": "x" * 201}, "terlalu panjang"),
        ({"role": "Admin"}, "Pilih peran dari daftar."),
    ],
    ids=str,
)
def test_what_does_not_fit_is_said(
    keeper: Client, humas: User, fields: dict[str, str], words: str
) -> None:
    assert words in errors_on(create(keeper, humas.unit, **fields))
    assert not User.objects.filter(first_name="Rina").exists()


def test_a_surel_belongs_to_one_account(keeper: Client, humas: User, humas_lain: User) -> None:
    humas.change(by=None, email="satu@contoh.id")
    humas_lain.change(by=None, email="dua@contoh.id")
    known = errors_on(create(keeper, humas.unit, email="SATU@contoh.id"))
    assert "sudah dipakai akun Humas (Bapas Jember)" in known
    unknown = errors_on(create(keeper, humas.unit, email="dua@contoh.id"))
    assert "sudah dipakai akun lain" in unknown
    assert "Purwodadi" not in unknown


# Changing one


def test_moving_takes_effect_at_once_and_is_remembered(
    pengelola: User, humas: User, lapas_purwodadi: Unit
) -> None:
    session, old_unit = as_user(humas), humas.unit
    before = humas.history.count()
    data = edited(humas, unit=str(lapas_purwodadi.pk), reason="Pindah tugas")
    as_user(pengelola).post(f"/akun/{humas.pk}/ubah/", data)
    assert session.get("/").context["user"].unit == lapas_purwodadi
    assert humas.history.count() == before + 1
    page = as_user(pengelola).get(f"/akun/{humas.pk}/").content.decode()
    for words in ("Pindah tugas", str(old_unit), str(lapas_purwodadi), str(pengelola)):
        assert words in page


def test_role_and_name_leave_one_row(keeper: Client, humas: User, pembaca: User) -> None:
    before = humas.history.count()
    data = edited(humas, role="Manajer", full_name="Budi Contoh", reason="Naik jabatan")
    assert keeper.post(f"/akun/{humas.pk}/ubah/", data).status_code == 302
    rows = humas.history.all()
    assert rows.count() == before + 1
    assert (rows[0].history_user, rows[0].history_change_reason) == (pembaca, "Naik jabatan")
    entry = keeper.get(f"/akun/{humas.pk}/").context["entries"][0]
    changes = {change.label: (change.before, change.after) for change in entry.changes}
    assert changes["peran"] == ("Humas", "Manajer")
    humas.refresh_from_db()
    assert (humas.role, humas.is_staff, str(humas)) == ("Manajer", False, "Budi Contoh")


def test_nothing_changed_leaves_no_row(keeper: Client, humas: User) -> None:
    before = humas.history.count()
    keeper.post(f"/akun/{humas.pk}/ubah/", edited(humas))
    assert humas.history.count() == before


@pytest.mark.parametrize("field", ["role", "unit"])
def test_rights_change_with_a_reason_only(keeper: Client, humas: User, field: str) -> None:
    other = make_unit("Lapas Kelas IIA Jember", regency=humas.unit.regency)
    value = {"role": "Manajer", "unit": str(other.pk)}[field]
    answer = keeper.post(f"/akun/{humas.pk}/ubah/", edited(humas, **{field: value}))
    assert "Tulis alasannya" in errors_on(answer)
    humas.refresh_from_db()
    assert (humas.role, humas.unit.short_name) == ("Humas", "Bapas Jember")


def test_two_keepers_do_not_write_over_each_other(
    keeper: Client, humas: User, pengelola: User
) -> None:
    data = edited(humas, full_name="Nama Lama")
    as_user(pengelola).post(f"/akun/{humas.pk}/ubah/", edited(humas, full_name="Nama Baru"))
    assert "diubah orang lain" in errors_on(keeper.post(f"/akun/{humas.pk}/ubah/", data))
    humas.refresh_from_db()
    assert str(humas) == "Nama Baru"


# Closing and opening


def test_closing_ends_every_session_for_good(keeper: Client, humas: User, pembaca: User) -> None:
    sessions = [as_user(humas), as_user(humas)]
    before = humas.history.count()
    assert errors_on(keeper.post(f"/akun/{humas.pk}/tutup/", {"reason": " "}))
    assert sessions[0].get("/").status_code == 200
    keeper.post(f"/akun/{humas.pk}/tutup/", {"reason": "Pensiun"})
    assert [session.get("/").status_code for session in sessions] == [302, 302]
    row = humas.history.first()
    assert (row.history_user, row.history_change_reason) == (pembaca, "Pensiun")
    keeper.post(f"/akun/{humas.pk}/buka/", {"reason": "Kembali bertugas"})
    assert humas.history.count() == before + 2
    assert [session.get("/").status_code for session in sessions] == [302, 302]
    humas.refresh_from_db()
    assert humas.is_active


def test_closing_twice_changes_nothing(keeper: Client, humas: User) -> None:
    keeper.post(f"/akun/{humas.pk}/tutup/", {"reason": "Pensiun"})
    before = humas.history.count()
    answer = keeper.post(f"/akun/{humas.pk}/tutup/", {"reason": "Sekali lagi"})
    assert "sudah ditutup" in answer.content.decode()
    assert humas.history.count() == before


def test_an_account_without_a_session_table_row_is_out_too(humas: User) -> None:
    """Closed by whatever code saves the row."""
    session = as_user(humas)
    account = User.objects.get(pk=humas.pk)
    account.is_active = False
    account.save()
    account.is_active = True
    account.save()
    assert session.get("/").status_code == 302


# Unlocking


def test_unlocking_lets_the_owner_try_again(
    keeper: Client, humas: User, pembaca: User, settings
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    humas.renew_password(PASSWORD, by=humas, reason="Contoh")
    lock("humas")
    assert sign_in(Client(), "humas", PASSWORD) == 429
    assert "Buka kunci" in keeper.get(f"/akun/{humas.pk}/").content.decode()
    keeper.post(f"/akun/{humas.pk}/kunci/")
    assert sign_in(Client(), "humas", PASSWORD) == 302
    row = humas.history.first()
    assert (row.history_user, row.history_change_reason) == (pembaca, "Kunci masuk dibuka")
    page = keeper.get(f"/akun/{humas.pk}/").content.decode()
    assert "Kunci masuk dibuka" in page


def test_the_page_tells_when_somebody_came_last(keeper: Client, humas: User) -> None:
    assert "belum pernah" in keeper.get(f"/akun/{humas.pk}/").content.decode()
    as_user(humas)
    assert "belum pernah" not in keeper.get(f"/akun/{humas.pk}/").content.decode()


def test_names_are_escaped(keeper: Client, humas: User) -> None:
    create(keeper, humas.unit, full_name="<script>alert(1)</script> Contoh")
    account = User.objects.latest("pk")
    pages = ["/akun/", f"/akun/{account.pk}/", f"/akun/{account.pk}/ubah/"]
    pages += [f"/akun/{account.pk}/tutup/", f"/akun/slip/{account.login_links.get().batch}/"]
    for page in pages:
        assert "<script>alert" not in keeper.get(page).content.decode(), page
