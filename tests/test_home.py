"""Beranda: figures that lead to their rows, and what needs attention."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indonesian.calendar import add_months
from institutions.models import Role, Unit, User
from partnerships.models import Agreement, AgreementKind, Partner, Party, ProgrammeArea, Stage
from partnerships.overview import greeting
from tests.factories import (
    make_agreement,
    make_area,
    make_delivery,
    make_event,
    make_partner,
    make_unit,
    make_user,
)
from tests.specimens import make_followup

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, humas: User) -> Client:
    client.force_login(humas)
    return client


def today() -> date:
    return timezone.localdate()


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def ahead(days: int) -> date:
    return today() + timedelta(days=days)


def page_of(client: Client) -> str:
    return client.get("/").content.decode()


def rows_behind(client: Client, url: str) -> int:
    """How many rows the list behind a link has."""
    response = client.get(unescape(url))
    assert response.status_code == 200
    assert not response.context["form"].errors
    return int(response.context["page_obj"].paginator.count)


def links_with_numbers(page: str) -> dict[str, int]:
    """Every link of the page whose words hold a number, with that number."""
    found = {}
    for url, words in re.findall(r'<a[^>]*?href="(/[^"]+\?[^"]+)"[^>]*>(.*?)</a>', page, re.DOTALL):
        shown = re.sub(r"<span class=\"visually-hidden\">.*?</span>|<[^>]+>", " ", words)
        if number := re.search(r"\d[\d.]*", shown):
            found[url] = int(number.group().replace(".", ""))
    return found


def many(unit: Unit, by: User | None = None) -> None:
    """Papers in every state, so that every figure is another one."""
    complete = {"areas": [make_area()], "by": by}
    for number in range(7):
        agreement = make_agreement(
            unit, signed_on=ago(200), ends_on=ahead(400 + 31 * number), **complete
        )
        if number < 4:
            make_delivery(agreement, date=ago(number * 10), by=by)
    for number in range(3):
        make_agreement(unit, signed_on=ago(20), ends_on=ahead(30 * number), **complete)
    for _ in range(2):
        make_agreement(unit, signed_on=ago(800), ends_on=ago(5), **complete)
    make_agreement(unit, signed_on=ago(95), is_open_ended=True, by=by)
    make_agreement(unit, signed_on=ago(95), ends_on=ahead(60), kind=AgreementKind.ADD, **complete)
    make_agreement(unit, signed_on=None, by=by)
    renewed = make_agreement(unit, signed_on=ago(500), ends_on=ahead(10), **complete)
    make_agreement(unit, signed_on=ago(3), ends_on=ahead(700), replaces=renewed, **complete)
    make_agreement(unit, signed_on=ago(50), ends_on=ahead(200), **complete).archive(
        by=make_user(unit=unit), reason="keliru"
    )


def test_the_figures_are_those_of_papers_in_force(desk: Client, humas: User) -> None:
    many(humas.unit, by=humas)
    counts = desk.get("/").context["counts"]
    assert [count["value"] for count in counts] == ["12", "4", "3", "2"]
    assert counts[1]["hero"]
    assert counts[1]["note"].startswith("33%")


def test_every_figure_leads_to_exactly_that_many_rows(desk: Client, humas: User) -> None:
    many(humas.unit)
    make_delivery(make_agreement(humas.unit), date=ago(1))
    links = links_with_numbers(page_of(desk))
    assert len(links) >= 9
    assert {url: rows_behind(desk, url) for url in links} == links
    heaps = [found for found in desk.get("/").context["heaps"] if found.all_url]
    assert len(heaps) == 4
    assert [rows_behind(desk, found.all_url) for found in heaps] == [row.count for row in heaps]


def test_the_same_holds_for_a_kanwil_and_for_ditjenpas(
    client: Client, pembaca: User, pengelola: User, humas: User, lapas_purwodadi: Unit
) -> None:
    many(humas.unit)
    many(lapas_purwodadi)
    make_agreement(pembaca.unit, signed_on=ago(10), term_months=24)
    for user, active in ((pembaca, "13"), (pengelola, "25")):
        client.force_login(user)
        assert client.get("/").context["counts"][0]["value"] == active
        links = links_with_numbers(page_of(client))
        assert {url: rows_behind(client, url) for url in links} == links


def test_the_same_holds_for_a_superuser_without_unit(client: Client, humas: User) -> None:
    many(humas.unit)
    client.force_login(make_user(None, unit=None, is_superuser=True, is_staff=True))
    links = links_with_numbers(page_of(client))
    assert links
    assert {url: rows_behind(client, url) for url in links} == links


def test_papers_one_is_only_party_to_count_as_well(
    desk: Client, humas: User, lapas_purwodadi: Unit
) -> None:
    agreement = make_agreement(lapas_purwodadi, signed_on=ago(10), term_months=24)
    assert desk.get("/").context["counts"][0]["value"] == "0"
    Party(agreement=agreement, order=3, unit=humas.unit).record(by=None)
    assert desk.get("/").context["counts"][0]["value"] == "1"


def test_nothing_of_strangers_is_on_the_page(
    desk: Client, humas: User, lapas_purwodadi: Unit, humas_lain: User
) -> None:
    unit, partner = lapas_purwodadi, make_partner("KENARI")
    for fields in (
        {"signed_on": ago(300), "ends_on": ahead(20)},
        {"signed_on": ago(300), "ends_on": ahead(800)},
        {"signed_on": None},
    ):
        agreement = make_agreement(unit, partner, title="KENARI", by=humas_lain, **fields)
    event = make_event(unit, title="KENARI", starts_on=ahead(2), by=humas_lain)
    make_followup(event=event, owner_unit=unit, due=ago(2), text="KENARI")
    make_delivery(partner=partner, unit=unit, output="KENARI", by=humas_lain)
    assert "KENARI" not in page_of(desk)
    assert agreement.unit == unit


def test_my_drafts_are_mine_and_not_signed(desk: Client, humas: User, rekan: User) -> None:
    make_agreement(humas.unit, title="Draf saya", signed_on=None, by=humas)
    make_agreement(humas.unit, title="Penjajakan", signed_on=None, stage=Stage.PROSPECT, by=humas)
    make_agreement(humas.unit, title="Draf rekan", signed_on=None, by=rekan)
    make_agreement(humas.unit, title="Sudah", signed_on=ago(2), by=humas)
    drafts = {draft["detail"] for draft in desk.get("/").context["drafts"]}
    assert drafts == {"Draf saya", "Penjajakan"}


def test_the_agenda_holds_the_coming_week(desk: Client, humas: User, lapas_purwodadi: Unit) -> None:
    for title, unit, days in (
        ("Hari ini", humas.unit, 0),
        ("Tujuh", humas.unit, 7),
        ("Delapan", humas.unit, 8),
        ("Kemarin", humas.unit, -1),
        ("Orang lain", lapas_purwodadi, 1),
    ):
        make_event(unit, title=title, starts_on=ahead(days))
    make_event(lapas_purwodadi, title="Diundang", starts_on=ahead(3), units=[humas.unit])
    titles = [event.title for event in desk.get("/").context["agenda"]]
    assert titles == ["Hari ini", "Diundang", "Tujuh"]


def test_the_latest_records_are_those_of_the_own_units(
    desk: Client, humas: User, lapas_purwodadi: Unit
) -> None:
    make_agreement(humas.unit, title="Naskah baru", by=humas)
    make_event(humas.unit, title="Rapat baru", by=humas)
    make_event(lapas_purwodadi, title="Rapat lain")
    rows = [str(entry["row"]) for entry in desk.get("/").context["latest"]]
    assert rows == ["Rapat baru", "Naskah baru"]
    assert "oleh Humas" in page_of(desk)


def test_endings_are_counted_by_month_from_today(desk: Client, humas: User) -> None:
    first = today().replace(day=1)
    for months in (0, 2, 2, 11, 12):
        last_day = add_months(first, months + 1) - timedelta(days=1)
        make_agreement(humas.unit, signed_on=ago(300), ends_on=last_day)
    context = desk.get("/").context
    assert [month.count for month in context["months"]] == [1, 0, 2, *[0] * 8, 1]
    assert [month.share for month in context["months"]][:3] == [50, 0, 100]
    assert "2 perjanjian." in context["finding"]
    assert context["months"][2].label in context["finding"]


def test_bars_are_drawn_without_inline_style(desk: Client, humas: User) -> None:
    make_agreement(humas.unit, signed_on=ago(30), ends_on=ahead(40))
    page = page_of(desk)
    assert '<rect width="100" height="10"/>' in page
    assert "style=" not in page


@pytest.mark.parametrize(
    ("hour", "words"),
    [(0, "pagi"), (10, "pagi"), (11, "siang"), (14, "siang"), (15, "sore"), (19, "malam")],
)
def test_it_greets_by_the_clock_of_jakarta(hour: int, words: str) -> None:
    assert greeting(timezone.localtime().replace(hour=hour)) == f"Selamat {words}"


def test_it_says_whose_figures_these_are(client: Client, humas: User, pembaca: User) -> None:
    client.force_login(humas)
    assert "Bapas Kelas II Jember</p>" in page_of(client)
    client.force_login(pembaca)
    assert "Jawa Timur dan unit di bawahnya" in page_of(client)


def test_an_empty_register_names_the_command_that_fills_it(client: Client, pengelola: User) -> None:
    superuser = make_user(None, unit=None, is_superuser=True)
    client.force_login(superuser)
    assert "python manage.py load_reference" in page_of(client)
    client.force_login(pengelola)
    assert "python manage.py load_reference" in page_of(client)
    make_area()
    assert "python manage.py load_start_data" in page_of(client)


def test_humas_of_an_empty_register_is_told_where_to_begin(desk: Client) -> None:
    make_area()
    page = page_of(desk)
    assert "Catat perjanjian pertama" in page
    assert "manage.py" not in page


def test_a_new_unit_in_a_full_register_is_told_where_to_begin(
    desk: Client, lapas_purwodadi: Unit
) -> None:
    make_area()
    make_agreement(lapas_purwodadi)
    assert "Unit Anda belum mencatat apa pun" in page_of(desk)


def test_a_manager_of_a_new_unit_is_not_told_to_record(client: Client, pembaca: User) -> None:
    make_area()
    client.force_login(pembaca)
    page = page_of(client)
    assert "Humas di unit Anda" in page
    for address in ("/perjanjian/baru/", "/kegiatan/baru/", "/realisasi/baru/"):
        assert address not in page


def test_without_a_role_there_is_nothing_to_see(client: Client) -> None:
    client.force_login(make_user(None, unit=make_unit()))
    assert client.get("/").status_code == 403


def test_nobody_sees_it_without_signing_in(client: Client) -> None:
    assert client.get("/").status_code == 302


def test_it_is_only_read(desk: Client) -> None:
    assert desk.post("/").status_code == 405
    response = desk.head("/")
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("query", ["?x=1", "?page=1e400", "?" + "a=1&" * 500])
def test_strange_addresses_change_nothing(desk: Client, query: str) -> None:
    assert desk.get(f"/{query}").status_code == 200


def test_text_is_shown_as_text(desk: Client, humas: User) -> None:
    hostile = "<script>x</script>"
    agreement = make_agreement(
        humas.unit, make_partner(hostile), title=hostile, signed_on=ago(100), ends_on=ahead(9)
    )
    make_agreement(humas.unit, title=hostile, signed_on=None, by=humas)
    event = make_event(humas.unit, title=hostile, starts_on=today())
    make_followup(event=event, owner_unit=humas.unit, due=ago(1), text=hostile)
    make_delivery(agreement, output=hostile, by=make_user(Role.HUMAS, unit=humas.unit))
    assert hostile not in page_of(desk)


def cost(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    return len(queries)


def test_the_number_of_queries_is_fixed(desk: Client, humas: User, rekan: User) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            many(humas.unit, by=rekan)
            make_agreement(humas.unit, signed_on=None, by=humas)
            event = make_event(humas.unit, starts_on=today(), by=rekan)
            make_followup(event=event, owner_unit=humas.unit, due=ago(1))

    fill(1)
    before = cost(desk)
    fill(2)
    assert cost(desk) == before
    # Beside session, user, its unit and its permissions.
    assert before - 4 <= 16


def test_counts_know_nothing_of_the_sampah(desk: Client, humas: User) -> None:
    agreement = make_agreement(humas.unit, signed_on=ago(100), ends_on=ahead(20))
    agreement.archive(by=humas, reason="keliru")
    assert Agreement.objects.count() == 1
    assert ProgrammeArea.objects.count() == 0
    assert Partner.objects.count() == 1
    assert [count["value"] for count in desk.get("/").context["counts"]] == ["0"] * 4
    assert desk.get("/").context["heaps"] == []
