"""Correcting a unit, and giving it another name without losing the old one."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from institutions.models import Role, Unit, UnitKind, UnitName, User
from tests.factories import make_province, make_unit, make_user

pytestmark = pytest.mark.django_db
URL = "/unit/bapas-jember/ubah/"


@pytest.fixture
def unit(bapas_jember: Unit) -> Unit:
    return bapas_jember.change(by=None, grade="II", phone="0331 000000")


@pytest.fixture
def signed_in(client: Client, unit: Unit, pengelola: User) -> Client:
    client.force_login(pengelola)
    return client


def payload(unit: Unit, **overrides: Any) -> dict[str, Any]:
    columns = ("kind", "subkind", "grade", "name", "short_name", "phone", "version")
    stored = {name: getattr(unit, name) for name in columns}
    links = {f"{name}": getattr(unit, f"{name}_id") or "" for name in ("parent", "regency")}
    rows = {"names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0}
    return (
        stored | links | rows | {"province": unit.province_id or "", "is_active": "on"} | overrides
    )


def save(client: Client, unit: Unit, **overrides: Any) -> str:
    html = client.post(unit.get_absolute_url() + "ubah/", payload(unit, **overrides), follow=True)
    unit.refresh_from_db()
    return html.content.decode()


def test_admin_corrects_a_unit(signed_in: Client, unit: Unit, pengelola: User) -> None:
    assert "Perubahan unit tersimpan." in save(signed_in, unit, phone="0331 111111")
    assert (unit.phone, unit.version) == ("0331 111111", 3)
    assert unit.history.first().history_user == pengelola


def test_form_shows_what_is_stored_and_no_code(signed_in: Client) -> None:
    html = signed_in.get(URL).content.decode()
    assert 'value="0331 000000"' in html
    assert 'name="code"' not in html


def test_code_never_changes(signed_in: Client, unit: Unit) -> None:
    save(signed_in, unit, code="lain")
    assert unit.code == "bapas-jember"


def test_another_name_asks_which_it_is(signed_in: Client, unit: Unit) -> None:
    html = save(signed_in, unit, name="Bapas Kelas I Jember")
    assert "Pilih: perbaikan ejaan, atau berganti nama." in html
    assert unit.name == "Bapas Kelas II Jember"


def test_corrected_spelling_leaves_no_former_name(signed_in: Client, unit: Unit) -> None:
    save(signed_in, unit, name="Bapas Kelas II Jember Raya", name_change="EJAAN")
    assert unit.name == "Bapas Kelas II Jember Raya"
    assert not unit.names.exists()


def test_renamed_unit_keeps_its_former_name(signed_in: Client, unit: Unit) -> None:
    rise = {"name": "Bapas Kelas I Jember", "grade": "I"}
    save(signed_in, unit, **rise, name_change="GANTI", renamed_on="1 Juli 2025")
    former = unit.names.get()
    assert (former.name, former.grade) == ("Bapas Kelas II Jember", "II")
    assert (former.valid_from, former.valid_until) == (None, date(2025, 6, 30))
    assert unit.name_on(date(2025, 6, 30)) == "Bapas Kelas II Jember"
    assert unit.name_on(date(2025, 7, 1)) == "Bapas Kelas I Jember"
    assert Unit.objects.search("bapas kelas ii jember").get() == unit


def test_former_name_begins_where_the_one_before_ended(signed_in: Client, unit: Unit) -> None:
    UnitName(unit=unit, name="Bispa Jember", valid_until=date(1997, 5, 30)).record(by=None)
    rows = {"names-TOTAL_FORMS": 1, "names-INITIAL_FORMS": 1, "names-0-id": unit.names.get().pk}
    rows |= {"names-0-name": "Bispa Jember", "names-0-valid_until": "30 Mei 1997"}
    change = {"name_change": "GANTI", "renamed_on": "1 Juli 2025"}
    save(signed_in, unit, name="Bapas Kelas I Jember", **rows, **change)
    assert unit.names.get(name__contains="Kelas II").valid_from == date(1997, 5, 31)


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"name": "Lain", "name_change": "GANTI"}, "Isi sejak tanggal berapa"),
        ({"name_change": "GANTI", "renamed_on": "1-7-2025"}, "Ubah dulu nama resmi"),
        ({"name": "Lain", "name_change": "XYZ"}, "dari daftar."),
        ({"grade": "I"}, "Pilih: perbaikan ejaan, atau berganti nama."),
        (
            {"name": "Lain", "name_change": "GANTI", "renamed_on": "30 Mei 1997"},
            "Ada nama lama yang tercatat sampai tanggal itu.",
        ),
        ({"name": "Lain", "name_change": "GANTI", "renamed_on": "2025"}, "Tanggal belum lengkap"),
        ({"kind": "RUPBASAN"}, "Pilih jenis dari daftar."),
        ({"parent": ""}, "Pilih unit di atasnya."),
        ({"name": ""}, "Isi nama resmi."),
    ],
)
def test_refusal_says_what_to_do(
    signed_in: Client, unit: Unit, overrides: dict[str, str], message: str
) -> None:
    UnitName(unit=unit, name="Bispa Jember", valid_until=date(1997, 5, 30)).record(by=None)
    assert message in save(signed_in, unit, **overrides)
    assert unit.version == 2


def test_kind_fits_the_units_below(signed_in: Client, unit: Unit) -> None:
    make_unit("Pos Bapas Contoh", kind=UnitKind.POSBAPAS, parent=unit)
    html = save(signed_in, unit, kind="LAPAS")
    assert "Pos Bapas Contoh tidak dapat berada di bawah Lapas." in html


def test_unit_is_not_below_itself(signed_in: Client, unit: Unit) -> None:
    html = save(signed_in, unit, kind="GRIYA", parent=unit.pk)
    assert "perlu diperbaiki" in html
    assert unit.parent.code == "kanwil-35"


def test_unit_of_the_past_keeps_its_kind(signed_in: Client) -> None:
    old = make_unit("Rupbasan Contoh", code="rupbasan-contoh", kind=UnitKind.RUPBASAN)
    assert "Perubahan unit tersimpan." in save(signed_in, old, phone="1")


def test_ditjenpas_needs_no_parent(signed_in: Client, unit: Unit) -> None:
    root = unit.parent.parent
    assert "Perubahan unit tersimpan." in save(signed_in, root, phone="021 000000")


def test_kanwil_loses_and_gains_provinces(signed_in: Client, unit: Unit) -> None:
    kanwil, bali = unit.parent, make_province("51", "Bali")
    save(signed_in, kanwil, provinces=[kanwil.province_id, bali.pk])
    save(signed_in, kanwil, provinces=[bali.pk])
    assert [row.province for row in kanwil.covered_provinces.all()] == [bali]


def test_a_picked_successor_can_be_taken_back(signed_in: Client, unit: Unit) -> None:
    unit.change(by=None, replaced_by=make_unit("Bapas Baru", kind=UnitKind.BAPAS))
    assert "Kosongkan pilihan ini" in signed_in.get(URL).content.decode()
    save(signed_in, unit, replaced_by="tanpa", **{"replaced_by-q": "bapas"})
    assert unit.replaced_by is None


def test_row_of_another_unit_is_not_touched(signed_in: Client, unit: Unit) -> None:
    other = UnitName(unit=make_unit(), name="Nama mereka").record(by=None)
    rows = {"names-TOTAL_FORMS": 1, "names-INITIAL_FORMS": 1, "names-0-id": other.pk}
    html = save(signed_in, unit, **rows, **{"names-0-name": "Nama kami", "names-0-DELETE": "on"})
    other.refresh_from_db()
    assert other.name == "Nama mereka"
    assert "Terjadi galat" not in html


@pytest.mark.parametrize("count", ["XYZ", "9" * 400, ""])
def test_broken_row_counts_are_answered(signed_in: Client, unit: Unit, count: str) -> None:
    html = save(signed_in, unit, **{"names-TOTAL_FORMS": count, "names-INITIAL_FORMS": count})
    assert "perlu diperbaiki" in html
    assert unit.version == 2


def test_older_version_overwrites_nothing(signed_in: Client, unit: Unit) -> None:
    html = save(signed_in, unit, version=1, phone="0331 222222")
    assert "diubah orang lain" in html
    assert "0331 000000" in html
    assert unit.phone == "0331 000000"


def test_line_breaks_of_the_browser_are_no_difference(signed_in: Client, unit: Unit) -> None:
    unit.change(by=None, address="Jalan Contoh 1\nJember")
    html = save(signed_in, unit, version=1, address="Jalan Contoh 1\r\nJember")
    assert "diubah orang lain" in html
    assert "Tulisan Anda" not in html


def test_admin_of_another_kanwil_is_refused(client: Client, unit: Unit) -> None:
    client.force_login(make_user(Role.ADMIN, unit=make_unit().parent))
    response = client.post(URL, payload(unit, phone="1"))
    assert response.status_code == 403
    assert "milik Bapas Jember" in response.content.decode()


@pytest.mark.parametrize("person", ["humas", "rekan", "pembaca"])
def test_others_do_not_change_units(
    client: Client, unit: Unit, request: pytest.FixtureRequest, person: str
) -> None:
    client.force_login(request.getfixturevalue(person))
    assert client.get(URL).status_code == 403
    assert client.post(URL, payload(unit, phone="1")).status_code == 403


def test_unknown_unit_is_not_found(signed_in: Client) -> None:
    assert signed_in.get("/unit/tidak-ada/ubah/").status_code == 404


def test_stranger_signs_in_first(client: Client, unit: Unit) -> None:
    assert client.get(URL)["Location"] == f"{reverse('login')}?next={URL}"


def test_other_methods_are_refused(signed_in: Client) -> None:
    assert signed_in.head(URL).status_code == 200
    assert signed_in.delete(URL).status_code == 405
