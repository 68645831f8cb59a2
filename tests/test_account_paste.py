"""Many accounts from a pasted list: preview, repair in place, all or none."""

from unittest import mock

import pytest
from django.db import IntegrityError
from django.test import Client

from institutions.account_lines import Line, read_lines
from institutions.models import LoginLink, Unit, User
from tests.admin_forms import as_user
from tests.factories import make_unit

pytestmark = pytest.mark.django_db
URL = "/akun/tempel/"


@pytest.fixture
def keeper(pembaca: User) -> Client:
    return as_user(pembaca)


@pytest.fixture
def lapas(bapas_jember: Unit) -> Unit:
    return make_unit("Lapas Kelas IIA Jember", code="lapas-jember", regency=bapas_jember.regency)


def rows_of(response) -> dict[str, str]:
    """What the page with the rows would send."""
    rows = response.context["rows"]
    data = {"baris-TOTAL_FORMS": str(len(rows.forms)), "baris-INITIAL_FORMS": "0"}
    for form in rows.forms:
        data |= {field.html_name: field.value() or "" for field in form if field.name != "DELETE"}
    return data


def problems(response) -> list[list[str]]:
    forms = response.context["rows"].forms
    return [[text for texts in form.errors.values() for text in texts] for form in forms]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Rina; Lapas Jember", [Line("Rina", "Lapas Jember")]),
        (
            "Rina\tLapas Jember\tHumas\trina@contoh.id",
            [Line("Rina", "Lapas Jember", "Humas", "rina@contoh.id")],
        ),
        ("Rina; Lapas; r@contoh.id", [Line("Rina", "Lapas", "", "r@contoh.id")]),
        ("Nama;Unit;Peran;Surel\r\n\r\n A ;B\r\n", [Line("A", "B")]),
        ("A|B|Manajer", [Line("A", "B", "Manajer")]),
        ("A;B;C;D;E;F", [Line("A", "B", "C", "D")]),
        ("\ufeffA\u200b;B", [Line("A", "B")]),
        ("\n \n", []),
    ],
)
def test_lines_are_read_as_they_come(text: str, lines: list[Line]) -> None:
    assert read_lines(text) == lines


def test_thirty_accounts_at_once(keeper: Client, bapas_jember: Unit, lapas: Unit) -> None:
    units = ("bapas-jember", "Lapas Jember", "Lapas Kelas IIA Jember")
    text = "\n".join(f"Orang{n} Contoh\t{units[n % 3]}\t\to{n}@contoh.id" for n in range(30))
    looked = keeper.post(URL, {"lines": text})
    assert "30 akun siap dibuat" in looked.content.decode()
    assert not User.objects.filter(last_name="Contoh").exists()
    done = keeper.post(URL, rows_of(looked) | {"simpan": "1"})
    made = User.objects.filter(last_name="Contoh")
    assert made.count() == 30
    assert {account.unit for account in made} == {bapas_jember, lapas}
    assert {account.role for account in made} == {"Humas"}
    slips = keeper.get(done["Location"]).content.decode()
    links = LoginLink.objects.all()
    assert links.count() == 30
    assert all(link.url in slip_text for link in links for slip_text in [slips])


def test_problems_are_said_at_their_line(keeper: Client, lapas: Unit, humas: User) -> None:
    humas.change(by=None, email="ada@contoh.id")
    text = "\n".join(
        [
            "Baik Contoh; Lapas Jember",
            "; Lapas Jember",
            "Dua Contoh; Lapas Purwodadi",
            "Tiga Contoh; Jember",
            "Empat Contoh; Lapas Jember; Admin",
            "Lima Contoh; Lapas Jember; Humas; bukan",
            "Enam Contoh; Lapas Jember; Humas; ada@contoh.id",
            "Tujuh Contoh; Lapas Jember; Humas; t@contoh.id",
            "Delapan Contoh; Lapas Jember; Humas; T@contoh.id",
            "baik contoh; Lapas Kelas IIA Jember",
        ]
    )
    found = problems(keeper.post(URL, {"lines": text}))
    words = [
        None,
        "Isi nama lengkap.",
        "Tidak ada unit yang cocok dengan “Lapas Purwodadi” di bawah unit Anda.",
        "Beberapa unit cocok: ",
        "Peran “Admin” tidak dapat diberikan. Tulis Humas atau Manajer.",
        "Tulis alamat surel lengkap",
        "Surel ini sudah dipakai akun Humas (Bapas Jember).",
        None,
        "Surel ini juga ada di baris 8.",
        "Nama dan unit ini juga ada di baris 1.",
    ]
    for texts, expected in zip(found, words, strict=True):
        assert texts == [] if expected is None else len(texts) == 1
        assert expected is None or texts[0].startswith(expected)


def test_one_wrong_line_keeps_all_back_until_it_is_put_right(keeper: Client, lapas: Unit) -> None:
    looked = keeper.post(URL, {"lines": "Satu Contoh; Lapas Jember\nDua Contoh; Lapas Salah"})
    data = rows_of(looked) | {"simpan": "1"}
    again = keeper.post(URL, data)
    assert again.status_code == 200
    assert "Galat: " in again.content.decode()
    assert not User.objects.filter(last_name="Contoh").exists()
    assert keeper.post(URL, data | {"baris-1-unit": "Lapas Jember"}).status_code == 302
    assert User.objects.filter(last_name="Contoh").count() == 2


def test_a_wrong_line_can_be_passed_over(keeper: Client, lapas: Unit) -> None:
    looked = keeper.post(URL, {"lines": "Satu Contoh; Lapas Jember\nDua Contoh; Lapas Salah"})
    data = rows_of(looked) | {"baris-1-DELETE": "on"}
    assert problems(keeper.post(URL, data)) == [[], []]
    assert keeper.post(URL, data | {"simpan": "1"}).status_code == 302
    assert User.objects.get(last_name="Contoh").first_name == "Satu"


def test_when_one_fails_none_is_made(keeper: Client, lapas: Unit) -> None:
    looked = keeper.post(URL, {"lines": "Satu Contoh; Lapas Jember\nDua Contoh; Lapas Jember"})
    make, calls = LoginLink.objects.make, []

    def fails_late(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise IntegrityError
        return make(*args, **kwargs)

    with mock.patch.object(type(LoginLink.objects), "make", side_effect=fails_late):
        answer = keeper.post(URL, rows_of(looked) | {"simpan": "1"})
    assert "baru saja disimpan" in answer.content.decode()
    assert not User.objects.filter(last_name="Contoh").exists()
    assert not LoginLink.objects.exists()


def test_somebody_who_has_an_account_is_pointed_out(
    keeper: Client, humas: User, bapas_jember: Unit
) -> None:
    humas.change(by=None, first_name="Rina", last_name="Contoh")
    answer = keeper.post(URL, {"lines": "rina contoh; bapas-jember"})
    assert "sudah punya akun humas dengan nama ini" in answer.content.decode()


def test_a_list_that_is_no_list(keeper: Client) -> None:
    for text, words in (
        ("", "Isi daftar orang."),
        (" \n ", "Isi daftar orang."),
        ("a;b\n" * 101, "Ada 101 baris; paling banyak 100 sekaligus."),
        ("x" * 40_000, "terlalu panjang"),
        ("a\0b", "tidak dapat disimpan"),
    ):
        assert words in keeper.post(URL, {"lines": text}).content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"simpan": "1"},
        {"baris-TOTAL_FORMS": "x", "simpan": "1"},
        {"baris-TOTAL_FORMS": "99999999", "baris-INITIAL_FORMS": "0", "simpan": "1"},
        {"baris-TOTAL_FORMS": "2", "baris-INITIAL_FORMS": "0", "simpan": "1"},
        {"baris-TOTAL_FORMS": "1", "baris-INITIAL_FORMS": "1", "simpan": "1"},
    ],
    ids=str,
)
def test_crafted_rows_make_nothing(keeper: Client, data: dict[str, str]) -> None:
    before = User.objects.count()
    assert keeper.post(URL, data).status_code == 200
    assert User.objects.count() == before
