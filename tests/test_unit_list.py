"""The tree of units and the list of units."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from institutions.models import Officeholder, Unit, UnitKind, User
from tests.factories import make_kanwil, make_province, make_regency, make_root, make_unit

pytestmark = pytest.mark.django_db
URL = "/unit/"


def page(client: Client, query: str = "") -> str:
    response = client.get(URL + query)
    assert response.status_code == 200
    return response.content.decode()


def listed(client: Client, query: str) -> list[str]:
    return [unit.short_name for unit in client.get(URL + query).context["page_obj"]]


@pytest.fixture
def signed_in(client: Client, humas: User) -> Client:
    client.force_login(humas)
    return client


@pytest.fixture
def branches(humas: User) -> None:
    """East Java has a Bapas (of `humas`) with a post; Central Java two Lapas and a Rutan."""
    make_unit("Pos Bapas Contoh", kind=UnitKind.POSBAPAS, parent=humas.unit)
    make_unit("Lapas Kelas IIB Purwodadi", regency=make_regency(), grade="IIB")
    make_unit("Lapas Kelas I Semarang", short_name="Lapas Semarang", grade="I")
    make_unit("Rutan Kelas IIB Blora", short_name="Rutan Blora", kind=UnitKind.RUTAN)


def test_tree_counts_the_upt_of_every_kanwil(signed_in: Client, branches: None) -> None:
    tree = signed_in.get(URL).context["tree"]
    counts = {
        branch.office.code: {cell.kind.value: cell.number for cell in branch.cells if cell.number}
        for branch in tree.branches
    }
    assert counts == {
        "ditjenpas": {},
        "kanwil-33": {"LAPAS": 2, "RUTAN": 1},
        "kanwil-35": {"BAPAS": 1, "POSBAPAS": 1},
    }
    assert tree.total == 5


def test_numbers_of_the_tree_link_to_their_units(signed_in: Client, branches: None) -> None:
    assert f"{URL}?kanwil=kanwil-33&amp;kind=LAPAS" in page(signed_in)
    assert listed(signed_in, "?kanwil=kanwil-33&kind=LAPAS") == [
        "Lapas Purwodadi",
        "Lapas Semarang",
    ]


def test_tree_marks_the_readers_kanwil(signed_in: Client, branches: None) -> None:
    assert page(signed_in).count("Kanwil Anda") == 1


def test_units_without_kanwil_stand_under_ditjenpas(signed_in: Client) -> None:
    make_unit("RS Contoh", kind=UnitKind.RS_PENGAYOMAN, parent=make_root())
    assert "Tanpa Kanwil" in page(signed_in)
    assert listed(signed_in, "?kanwil=ditjenpas") == ["RS Contoh"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?kanwil=kanwil-35", ["Bapas Jember", "Pos Bapas Contoh"]),
        ("?kind=RUTAN", ["Rutan Blora"]),
        ("?province=35&kind=BAPAS", ["Bapas Jember"]),
        ("?q=lembaga+pemasyarakatan+purwodadi", ["Lapas Purwodadi"]),
        ("?q=grobogan", ["Lapas Purwodadi"]),
        ("?kind=LAPAS&sort=-nama", ["Lapas Semarang", "Lapas Purwodadi"]),
        ("?kind=LAPAS&sort=jenis", ["Lapas Semarang", "Lapas Purwodadi"]),
        ("?kind=LAPAS&sort=wilayah", ["Lapas Purwodadi", "Lapas Semarang"]),
        ("?state=tanpa-kabkota&kind=LAPAS", ["Lapas Semarang"]),
        ("?kind=RUTAN&kind=LAPAS", ["Lapas Purwodadi", "Lapas Semarang"]),
    ],
)
def test_list_is_filtered_and_sorted(
    signed_in: Client, branches: None, query: str, expected: list[str]
) -> None:
    assert listed(signed_in, query) == expected


def test_closed_units_are_listed_when_asked_for(signed_in: Client) -> None:
    make_unit("Rutan Lama", kind=UnitKind.CABRUTAN, is_active=False)
    assert listed(signed_in, "?q=rutan+lama") == []
    assert "state=semua" in page(signed_in, "?q=rutan+lama")
    assert listed(signed_in, "?q=rutan+lama&state=semua") == ["Rutan Lama"]
    assert listed(signed_in, "?state=tutup") == ["Rutan Lama"]


def test_chip_takes_one_filter_away(signed_in: Client, branches: None) -> None:
    html = page(signed_in, "?kind=LAPAS&province=33")
    assert f'href="{URL}?province=33"' in html
    assert "Jenis: <b>Lapas</b>" in html


@pytest.mark.parametrize(
    "query",
    [
        "?kind=XYZ",
        "?kanwil=XYZ",
        "?province=99",
        "?state=XYZ",
        "?kanwil=lapas-purwodadi",
        "?kanwil=" + "x" * 10_000,
        "?q=" + "x" * 10_000,
        "?kind=RUTAN&kind=XYZ",
    ],
)
def test_unknown_filter_value_empties_the_list_and_says_so(
    signed_in: Client, branches: None, query: str
) -> None:
    html = page(signed_in, query)
    assert "nilai yang tidak dikenal" in html
    assert "<title>Galat: Unit" in " ".join(html.split())


@pytest.mark.parametrize(
    "query",
    [
        "?page=1e400&tab=daftar",
        "?page=-1&tab=daftar",
        "?page=" + "9" * 5000 + "&tab=daftar",
        "?per_page=7&sort=XYZ&tab=daftar",
        "?cari=1&kind=LAPAS",
        "?tab=XYZ&page=2",
        "?q=%ED%A0%80",
        "?q=''--%25_",
    ],
)
def test_odd_parameters_are_answered(signed_in: Client, branches: None, query: str) -> None:
    page(signed_in, query)


def test_nul_is_a_bad_request(signed_in: Client) -> None:
    assert signed_in.get(URL + "?kind=%00").status_code == 400


def test_pages_hold_as_many_rows_as_asked(signed_in: Client) -> None:
    for number in range(27):
        make_unit(f"Lapas Kelas IIB Deret {number:02}")
    assert "Menampilkan 1–25 dari" in page(signed_in, "?kind=LAPAS")
    assert "Menampilkan 1–27 dari 27" in page(signed_in, "?kind=LAPAS&per_page=50")


def test_head_is_who_was_last_known_to_lead(signed_in: Client, humas: User) -> None:
    today = timezone.localdate()
    known = [
        ("Contoh Lama", {"valid_from": date(2020, 1, 1), "valid_until": today - timedelta(days=1)}),
        ("Contoh Terlihat", {"seen_on": date(2025, 7, 1)}),
        ("Contoh Dahulu", {"seen_on": date(2023, 1, 31)}),
        ("Contoh Nanti", {"valid_from": today + timedelta(days=1)}),
    ]
    for name, dates in known:
        office = {"unit": humas.unit, "position": "Kepala Bapas", "is_head": True}
        Officeholder(person_name=name, **office, **dates).record(by=humas)
    html = page(signed_in, "?kind=BAPAS")
    assert "Contoh Terlihat<small>terlihat menjabat 1 Juli 2025</small>" in html
    assert "Contoh Lama" not in html
    assert "Contoh Nanti" not in html


def test_admin_sees_what_the_list_lacks(client: Client, pengelola: User, branches: None) -> None:
    client.force_login(pengelola)
    html = page(client)
    assert "1 dari 94 Bapas" in html
    assert "state=tanpa-kabkota" in html
    assert "Tambah unit" in html


def test_others_are_told_whom_to_ask(signed_in: Client, branches: None) -> None:
    assert "dari 94 Bapas" not in page(signed_in)
    assert "Tambah unit" not in page(signed_in)
    assert "hubungi admin register" in page(signed_in, "?q=tidak+ada")


def test_manager_reads_the_list(client: Client, pembaca: User) -> None:
    client.force_login(pembaca)
    assert "Bapas Jember" in page(client, "?tab=daftar")


def test_user_without_unit_is_told_whom_to_ask(client: Client, tanpa_unit: User) -> None:
    client.force_login(tanpa_unit)
    response = client.get(URL)
    assert response.status_code == 403
    assert "belum terhubung ke unit" in response.content.decode()


def test_stranger_signs_in_first(client: Client) -> None:
    assert client.get(URL)["Location"] == f"{reverse('login')}?next={URL}"


def test_only_reading_is_known(signed_in: Client) -> None:
    assert signed_in.head(URL).status_code == 200
    assert signed_in.post(URL).status_code == 405


@pytest.mark.parametrize("query", ["", "?tab=daftar&per_page=100", "?kanwil=kanwil-33"])
def test_queries_do_not_grow_with_the_rows(
    client: Client, pengelola: User, branches: None, query: str
) -> None:
    client.force_login(pengelola)
    client.get(URL + query)
    with CaptureQueriesContext(connection) as few:
        client.get(URL + query)
    for number in range(12):
        unit = make_unit(f"Lapas Kelas IIB Deret {number}", regency=make_regency())
        office = {"unit": unit, "position": "Kepala Lapas", "is_head": True}
        Officeholder(person_name=f"Contoh {number}", seen_on=date(2025, 1, 1), **office).record(
            by=None
        )
    make_kanwil(make_province("14", "Riau"))
    with CaptureQueriesContext(connection) as many:
        client.get(URL + query)
    assert len(many) == len(few) <= 13
    assert Unit.objects.count() > 12
