"""Adding a unit to the tree: for admins."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from institutions.models import Role, Unit, UnitKind, User
from tests.factories import (
    make_kanwil,
    make_province,
    make_regency,
    make_root,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db
URL = "/unit/baru/"


def payload(**overrides: Any) -> dict[str, Any]:
    smallest = {
        "kind": "BAPAS",
        "subkind": "UMUM",
        "name": "Bapas Kelas II Contoh",
        "short_name": "Bapas Contoh",
        "parent": make_kanwil().pk,
        "regency": make_regency().pk,
        "is_active": "on",
        "names-TOTAL_FORMS": 0,
        "names-INITIAL_FORMS": 0,
    }
    return smallest | overrides


@pytest.fixture
def signed_in(client: Client, pengelola: User) -> Client:
    client.force_login(pengelola)
    return client


def refused(client: Client, **overrides: Any) -> str:
    """The page that asks to put something right; nothing was recorded."""
    sent = payload(**overrides)
    before = Unit.objects.count()
    response = client.post(URL, sent)
    assert response.status_code == 200
    assert Unit.objects.count() == before
    html = response.content.decode()
    assert "perlu diperbaiki" in html
    return html


def test_admin_adds_a_unit(signed_in: Client, pengelola: User) -> None:
    response = signed_in.post(URL, payload(), follow=True)
    unit = Unit.objects.get(code="bapas-contoh")
    assert (unit.province.code, unit.recorded_by) == ("33", pengelola)
    assert response.redirect_chain == [("/unit/bapas-contoh/", 302)]
    assert "Unit tersimpan." in response.content.decode()


def test_blank_form_offers_no_kind_of_the_past(signed_in: Client) -> None:
    html = signed_in.get(URL).content.decode()
    assert 'value="BAPAS"' in html
    assert 'value="RUPBASAN"' not in html
    assert 'value="CABRUTAN"' not in html
    assert 'value="DITJENPAS"' not in html


def test_other_names_are_found_by_search(signed_in: Client) -> None:
    rows = {"names-TOTAL_FORMS": 1, "names-0-name": "Bispa Antah", "names-0-valid_until": "1997"}
    assert "Tanggal belum lengkap" in refused(signed_in, **rows)
    signed_in.post(URL, payload(**rows | {"names-0-valid_until": "30 Mei 1997"}))
    assert Unit.objects.search("bispa antah").get().code == "bapas-contoh"


def test_kanwil_covers_its_own_province_unless_told_otherwise(signed_in: Client) -> None:
    riau, islands = make_province("14", "Riau"), make_province("21", "Kepulauan Riau")
    kanwil = {"kind": "KANWIL", "parent": make_root().pk, "regency": "", "province": riau.pk}
    signed_in.post(URL, payload(**kanwil, code="kanwil-14"))
    signed_in.post(
        URL,
        payload(**kanwil, code="kanwil-x", name="Kanwil X", provinces=[riau.pk, islands.pk]),
    )
    covered = {
        code: [row.province.code for row in Unit.objects.get(code=code).covered_provinces.all()]
        for code in ("kanwil-14", "kanwil-x")
    }
    assert covered == {"kanwil-14": ["14"], "kanwil-x": ["14", "21"]}


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"kind": ""}, "Pilih jenis."),
        ({"kind": "XYZ"}, "Pilih jenis dari daftar."),
        ({"kind": "RUPBASAN"}, "Pilih jenis dari daftar."),
        ({"kind": "DITJENPAS"}, "Pilih jenis dari daftar."),
        ({"subkind": "XYZ"}, "Pilih kekhususan dari daftar."),
        ({"grade": "IV"}, "Pilih kelas dari daftar."),
        ({"name": ""}, "Isi nama resmi."),
        ({"short_name": ""}, "Isi nama pendek."),
        ({"parent": ""}, "Pilih unit di atasnya."),
        ({"parent": "", "parent-q": "kanwil"}, "Pilih salah satu dari hasil pencarian."),
        ({"parent": "999999"}, "Pilihan itu tidak ada."),
        ({"parent": "XYZ"}, "Pilihan itu tidak ada."),
        ({"regency": "9" * 30}, "Pilihan itu tidak ada."),
        ({"regency": ""}, "Pilih provinsinya, atau kabupaten/kotanya."),
        ({"province": "999999"}, "Pilih provinsi dari daftar."),
        ({"kind": "POSBAPAS"}, "Pos Bapas tidak dapat berada di bawah Kanwil"),
        ({"office_code": "12345"}, "Kode satker terdiri atas enam angka."),
        ({"office_code": "abcdef"}, "Kode satker terdiri atas enam angka."),
        ({"email": "bukan surel"}, "Tulis alamat surel lengkap"),
        ({"code": "Kode Ini!"}, "hanya boleh huruf kecil, angka, dan tanda hubung"),
        ({"code": "baru"}, "Kode ini dipakai register sendiri."),
        ({"short_name": "Baru"}, "Kode ini dipakai register sendiri."),
        ({"short_name": "…"}, "Isi kode."),
        ({"code": "ditjenpas"}, "Kode ini sudah dipakai unit lain."),
        ({"names-TOTAL_FORMS": "XYZ"}, "Baris tidak terkirim utuh."),
        ({"names-TOTAL_FORMS": 1, "names-0-name": "", "names-0-grade": "I"}, "Isi nama."),
    ],
)
def test_refusal_says_what_to_do(signed_in: Client, overrides: dict, message: str) -> None:
    assert message in refused(signed_in, **overrides)


def test_regency_lies_in_the_province(signed_in: Client) -> None:
    message = "Kabupaten Grobogan tidak berada di Riau."
    assert message in refused(signed_in, province=make_province("14", "Riau").pk)


def test_only_a_kanwil_covers_provinces(signed_in: Client) -> None:
    html = refused(signed_in, provinces=[make_province().pk])
    assert "Wilayah kerja hanya dicatat untuk Kanwil." in html


@pytest.mark.parametrize(
    "field",
    ["name", "short_name", "place", "code", "phone", "email", "address", "letterhead"]
    + ["source_note", "office_code", "names-0-name", "names-0-short_name", "names-0-valid_from"],
)
@pytest.mark.parametrize("text", ["x" * 10_000, "teks\0"], ids=["long", "nul"])
def test_no_text_breaks_a_field(signed_in: Client, field: str, text: str) -> None:
    rows = {"names-TOTAL_FORMS": 1, "names-0-name": "Nama lain"} if "names" in field else {}
    refused(signed_in, **(rows | {field: text}))


@pytest.mark.parametrize("field", ["parent", "regency", "replaced_by"])
@pytest.mark.parametrize("text", ["x" * 10_000, "kanwil\0"], ids=["long", "nul"])
def test_no_text_breaks_a_picker(signed_in: Client, field: str, text: str) -> None:
    refused(signed_in, **{field: text, f"{field}-q": text})


def test_searching_the_parent_keeps_what_was_typed(signed_in: Client) -> None:
    sent = payload(cari="parent", parent="", name="Bapas Ketik", **{"parent-q": "jateng"})
    html = signed_in.post(URL, sent).content.decode()
    assert "Kantor Wilayah Direktorat Jenderal Pemasyarakatan Jawa Tengah" in html
    assert 'value="Bapas Ketik"' in html
    assert "perlu diperbaiki" not in html
    assert not Unit.objects.filter(name="Bapas Ketik").exists()


def test_one_more_row_keeps_what_was_typed(signed_in: Client) -> None:
    sent = payload(tambah="names", **{"names-TOTAL_FORMS": 1, "names-0-name": "Nama lain"})
    html = signed_in.post(URL, sent).content.decode()
    assert 'value="Nama lain"' in html
    assert "names-1-name" in html


def test_admin_of_a_kanwil_adds_below_it_only(client: Client) -> None:
    own, other = make_kanwil(), make_kanwil(make_province("14", "Riau"))
    client.force_login(make_user(Role.ADMIN, unit=own))
    assert "Pilihan itu tidak ada." in refused(client, parent=other.pk, regency="", province=1)
    assert client.post(URL, payload()).status_code == 302


def test_a_bapas_takes_posts(signed_in: Client) -> None:
    bapas = make_unit("Bapas Kelas I Contoh", kind=UnitKind.BAPAS)
    post = {"kind": "GRIYA", "parent": bapas.pk, "short_name": "Griya Contoh"}
    assert signed_in.post(URL, payload(**post)).status_code == 302
    assert Unit.objects.get(code="griya-contoh").parent == bapas


@pytest.mark.parametrize("person", ["humas", "pembaca"])
def test_others_do_not_add_units(
    client: Client, request: pytest.FixtureRequest, person: str
) -> None:
    client.force_login(request.getfixturevalue(person))
    assert client.get(URL).status_code == 403
    assert client.post(URL, payload()).status_code == 403


def test_stranger_signs_in_first(client: Client) -> None:
    assert client.get(URL)["Location"] == f"{reverse('login')}?next={URL}"


def test_other_methods_are_refused(signed_in: Client) -> None:
    assert signed_in.head(URL).status_code == 200
    assert signed_in.put(URL).status_code == 405
