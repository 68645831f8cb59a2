"""The list of agreements: cards of all signed papers, drafts of the own subtree."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from institutions.models import User
from partnerships.models import Agreement
from tests.factories import (
    make_agreement,
    make_area,
    make_delivery,
    make_file,
    make_partner,
    make_province,
    make_regency,
    make_unit,
)

pytestmark = pytest.mark.django_db
URL = "/perjanjian/"
OURS = {"Kesehatan", "Payung", "Lama", "Terbuka", "Rancangan"}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    day = date(2026, 11, 22)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: day)
    return day


def listing(client: Client, user: User, query: str = "") -> Any:
    client.force_login(user)
    response = client.get(URL + query)
    assert response.status_code == 200
    return response


def titles(response: Any) -> list[str]:
    return [agreement.title for agreement in response.context["page_obj"]]


def with_number(agreement: Agreement, number: str) -> Agreement:
    party = agreement.parties.get(unit=agreement.unit)
    party.number = number
    party.record(by=None)
    agreement.refresh_search_text()
    return agreement


def test_signed_papers_of_all_units_and_own_drafts_are_listed(
    client: Client, humas: User, humas_lain: User
) -> None:
    for user, name in ((humas, "kami"), (humas_lain, "mereka")):
        make_agreement(user.unit, title=f"Naskah {name}")
        make_agreement(user.unit, title=f"Draf {name}", signed_on=None)
    assert set(titles(listing(client, humas))) == {"Naskah kami", "Draf kami", "Naskah mereka"}


def test_a_number_shows_only_where_the_paper_may_be_read(
    client: Client, humas: User, humas_lain: User
) -> None:
    with_number(make_agreement(humas.unit), "W15-KAMI")
    with_number(make_agreement(humas_lain.unit), "W13-RAHASIA")
    page = listing(client, humas).content.decode()
    assert "W15-KAMI" in page
    assert "RAHASIA" not in page


def test_a_number_finds_only_papers_that_may_be_read(
    client: Client, humas: User, humas_lain: User, pengelola: User
) -> None:
    with_number(make_agreement(humas.unit, title="Kami"), "W15.PAS-0412")
    with_number(make_agreement(humas_lain.unit, title="Mereka"), "W15.PAS-0412")
    for query in ("?q=0412", "?q=w15+pas+0412", "?q=W15PAS0412"):
        assert titles(listing(client, humas, query)) == ["Kami"]
        assert len(titles(listing(client, pengelola, query))) == 2


def test_digits_of_titles_and_parties_find_cards(
    client: Client, humas: User, humas_lain: User
) -> None:
    make_agreement(humas_lain.unit, title="Paket 2026")
    make_agreement(humas_lain.unit, make_partner("SMA Negeri 17"), title="Kesetaraan")
    assert titles(listing(client, humas, "?q=paket+2026")) == ["Paket 2026"]
    assert titles(listing(client, humas, "?q=sma+17")) == ["Kesetaraan"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=dinkes", {"Kesehatan"}),
        ("?kind=NK", {"Payung"}),
        ("?kind=dihitung", OURS),
        ("?status=active", {"Kesehatan"}),
        ("?status=ending_soon", {"Payung"}),
        ("?status=expired", {"Lama", "Tetangga"}),
        ("?status=open_ended", {"Terbuka"}),
        ("?status=drafting", {"Rancangan"}),
        ("?status=aktif", {"Kesehatan", "Payung", "Terbuka"}),
        ("?status=draf", {"Rancangan"}),
        ("?evidence=moving", {"Kesehatan"}),
        ("?evidence=not_moving", {"Payung", "Lama", "Terbuka", "Tetangga"}),
        ("?area=KES_LAYANAN", {"Kesehatan"}),
        ("?unit=bapas-jember", OURS),
        ("?unit=kanwil-35", OURS | {"Tetangga"}),
        ("?unit=lapas+malang", {"Tetangga"}),
        ("?kanwil=kanwil-35", OURS | {"Tetangga"}),
        ("?province=33", {"Kesehatan", "Tetangga"}),
        ("?regency=grobogan", {"Kesehatan", "Tetangga"}),
        ("?signed_from=1+Juli+2025&signed_to=31-12-2025", {"Payung"}),
        ("?ends_from=22-11-2026&ends_to=31/12/26", {"Payung"}),
        ("?completeness=lengkap", {"Kesehatan"}),
        ("?naskah=ada", {"Kesehatan"}),
        ("?naskah=tidak", {"Payung", "Lama", "Terbuka"}),
        ("?tab=draf", {"Rancangan"}),
        ("?tab=penjajakan", set()),
        ("?tab=unit-saya", OURS),
        ("?status=aktif&kind=PKS", {"Kesehatan", "Terbuka"}),
    ],
)
def test_filters_narrow_the_list(client: Client, humas: User, query: str, found: set[str]) -> None:
    unit, elsewhere = humas.unit, make_partner(regency=make_regency("35.01", "Contoh"))
    area = make_area()
    kept = make_agreement(
        unit, make_partner("Dinas Kesehatan"), title="Kesehatan", term_months=24, areas=[area]
    )
    make_delivery(kept, date=date(2026, 10, 1))
    make_file(agreement=kept)
    make_agreement(
        unit, elsewhere, title="Payung", kind="NK", signed_on=date(2025, 12, 1), term_months=12
    )
    make_agreement(unit, elsewhere, title="Lama", signed_on=date(2019, 1, 1), term_months=12)
    make_agreement(unit, elsewhere, title="Terbuka", signed_on=date(2026, 2, 1), is_open_ended=True)
    make_agreement(unit, elsewhere, title="Rancangan", signed_on=None)
    neighbour = make_unit("Lapas Kelas I Malang", province=make_province("35"))
    make_agreement(neighbour, title="Tetangga", kind="ADD", signed_on=date(2020, 5, 5))
    assert set(titles(listing(client, humas, query))) == found


def test_papers_without_a_scan_are_those_whose_page_says_so(
    client: Client, humas: User, humas_lain: User
) -> None:
    unit, other = humas.unit, humas_lain.unit
    make_file(agreement=make_agreement(unit, title="Lampiran saja"), kind="LAMPIRAN")
    removed = make_file(agreement=make_agreement(unit, title="Dihapus"))
    removed.archive(by=humas, reason="Salah halaman")
    first = make_file(agreement=make_agreement(unit, title="Diganti"))
    make_file(agreement=first.agreement, replaces=first)
    make_agreement(unit, title="Draf", signed_on=None)
    make_agreement(other, title="Kartu saja")
    with_us = make_agreement(other, title="Kami pihaknya")
    with_us.parties.model(agreement=with_us, order=3, unit=unit).record(by=None)
    page = listing(client, humas, "?naskah=tidak")
    assert set(titles(page)) == {"Lampiran saja", "Dihapus", "Kami pihaknya"}
    assert "Belum diunggah" in page.content.decode()
    assert titles(listing(client, humas, "?naskah=ada")) == ["Diganti"]
    for agreement in Agreement.objects.visible_to(humas):
        told = client.get(agreement.get_absolute_url()).context["lacks_scan"]
        assert told == (agreement.title in titles(page))


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", ["Baru", "Ayam", "Lama", "Draf"]),
        ("?sort=tentang", ["Ayam", "Baru", "Draf", "Lama"]),
        ("?sort=-tentang", ["Lama", "Draf", "Baru", "Ayam"]),
        ("?sort=tanda-tangan", ["Lama", "Ayam", "Baru", "Draf"]),
        ("?sort=berakhir", ["Lama", "Ayam", "Baru", "Draf"]),
        ("?sort=-berakhir", ["Baru", "Ayam", "Lama", "Draf"]),
        ("?sort=unit", ["Baru", "Ayam", "Lama", "Draf"]),
        ("?sort=nonsense", ["Baru", "Ayam", "Lama", "Draf"]),
    ],
)
def test_headings_sort_and_rows_without_a_day_stay_last(
    client: Client, humas: User, query: str, order: list[str]
) -> None:
    for title, day in (("Lama", date(2020, 1, 1)), ("Baru", date(2026, 1, 1)), ("Draf", None)):
        make_agreement(humas.unit, title=title, signed_on=day)
    make_agreement(humas.unit, title="Ayam", signed_on=date(2024, 1, 1))
    assert titles(listing(client, humas, query)) == order


def test_pages_hold_25_50_or_100_rows_and_name_the_total(client: Client, humas: User) -> None:
    partner = make_partner()
    for number in range(26):
        make_agreement(humas.unit, partner, title=f"Naskah {number:02}")
    assert "Menampilkan 1–25 dari 26" in listing(client, humas).content.decode()
    assert "Menampilkan 26–26 dari 26" in listing(client, humas, "?page=2").content.decode()
    assert len(titles(listing(client, humas, "?per_page=50"))) == 26


def test_a_filter_in_force_can_be_taken_back(client: Client, humas: User) -> None:
    page = listing(client, humas, f"?unit={humas.unit.code}&status=aktif").content.decode()
    assert "Unit: <b>Bapas Jember</b>" in page
    assert f'href="/perjanjian/?unit={humas.unit.code}"' in page
    assert "Hapus semua saringan" in page


def test_a_search_in_a_tab_offers_every_paper(client: Client, humas: User) -> None:
    make_agreement(title="Layanan lain")
    page = listing(client, humas, "?tab=berlaku&q=lain&page=2").content.decode()
    assert '<a href="/perjanjian/?q=lain">Cari di semua perjanjian' in page
    assert titles(listing(client, humas, "?q=lain")) == ["Layanan lain"]
    assert "Cari di semua" not in listing(client, humas, "?q=tidakada").content.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Belum ada perjanjian. Humas unit mencatatnya;"),
        ("?tab=berlaku", "Belum ada perjanjian unit Anda yang berlaku."),
        ("?q=tidakada", "Tidak ada perjanjian yang cocok."),
        ("?tab=sampah", "Sampah kosong."),
        ("?tab=draf", "Tidak ada draf."),
        ("?tab=penjajakan", "Tidak ada penjajakan."),
        ("?tab=unit-saya", "Belum ada perjanjian unit Anda."),
        ("?signed_from=13/13/2025", "Ada saringan yang belum dapat dibaca."),
    ],
)
def test_an_empty_list_says_what_to_do(client: Client, humas: User, query: str, words: str) -> None:
    assert words in listing(client, humas, query).content.decode()


def test_the_sampah_holds_rows_of_the_own_subtree_only(
    client: Client, humas: User, humas_lain: User, pembaca: User
) -> None:
    make_agreement(humas.unit, title="Kami").archive(by=humas, reason="ganda")
    make_agreement(humas_lain.unit, title="Mereka").archive(by=humas_lain, reason="ganda")
    assert titles(listing(client, humas, "?tab=sampah")) == ["Kami"]
    assert titles(listing(client, pembaca, "?tab=sampah")) == ["Kami"]
    assert titles(listing(client, humas)) == []


@pytest.mark.parametrize(
    "query",
    [
        "?page=1e400",
        "?page=-1",
        "?page=99999999999999999999",
        "?per_page=x&sort=%F0%9F%98%80",
        "?kind=%FF",
        "?kind=PKS&kind=NK",
        "?q=" + "a" * 10_000,
        "?q=%ED%A0%80",
        "?status=archived",
        "?area=KES&kanwil=0&province=99",
        "?unit=" + "9" * 99,
        "?signed_from=31+November+2025&ends_to=2024",
        "?tab=apa&tab=draf",
    ],
)
def test_strange_addresses_are_answered_with_a_page(
    client: Client, humas: User, query: str
) -> None:
    make_agreement(humas.unit)
    listing(client, humas, query)


def test_nul_in_an_address_is_refused(client: Client, humas: User) -> None:
    client.force_login(humas)
    assert client.get(URL + "?kind=%00").status_code == 400


# Session, user with unit, permissions, choices, keys as far as they are counted, rows of the page
# with their parties, what changed since the own papers were judged, and how each stands for the
# tabs; who does not see everything also asks for the units below and above the own.
@pytest.mark.parametrize(("user_name", "number"), [("humas", 9), ("pengelola", 8)])
def test_the_number_of_queries_does_not_grow_with_rows(
    client: Client, request: pytest.FixtureRequest, user_name: str, number: int
) -> None:
    client.force_login(request.getfixturevalue(user_name))
    counts = []
    for _ in range(2):
        for _ in range(6):
            make_delivery(make_agreement(areas=[make_area()]))
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        counts.append(len(queries))
    assert counts == [number, number]


def test_papers_are_judged_anew_only_after_a_change(client: Client, humas: User) -> None:
    paper = make_agreement(humas.unit, title="Layanan kesehatan")
    client.force_login(humas)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        counts.append(len(queries))
    assert counts[1] == counts[0] - 1
    tabs = client.get(URL).context["tabs"]
    assert next(tab["count"] for tab in tabs if tab["label"] == "Berlaku") == 1
    paper.archive(by=humas, reason="ganda")
    tabs = client.get(URL).context["tabs"]
    assert next(tab["count"] for tab in tabs if tab["label"] == "Berlaku") == 0
