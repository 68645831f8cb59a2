"""Pengingat: the user's own list, marked read by the user alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from institutions.models import Role, Unit, User
from partnerships.models import Agreement, Notice
from partnerships.reminders import remind
from tests.factories import make_agreement, make_delivery, make_event, make_partner, make_user
from tests.specimens import make_followup
from tests.test_reminders import ahead, make_moving, today

pytestmark = pytest.mark.django_db
ADDRESS = "/pengingat/"


@pytest.fixture
def desk(client: Client, humas: User) -> Client:
    client.force_login(humas)
    return client


def page_of(client: Client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def titles(client: Client) -> list[str]:
    return [line.matter.title for line in client.get(ADDRESS).context["lines"]]


def notice_of(user: User) -> Notice:
    return Notice.objects.get(user=user)


def address_of(notice: Notice) -> str:
    return reverse("notice_read", args=[notice.pk])


def test_unread_ones_stand_first_the_most_pressing_on_top(desk: Client, humas: User) -> None:
    for name, days in (("Jauh", 80), ("Dekat", 3), ("Tengah", 30), ("Dibaca", 1)):
        make_moving(humas.unit, days, partner=make_partner(name))
    make_agreement(humas.unit, make_partner("Diam"), signed_on=ahead(-99), term_months=48)
    remind(today())
    Notice.objects.filter(deadline=ahead(1)).mark_read()
    names = [title.removeprefix("PKS dengan ") for title in titles(desk)]
    assert names == ["Dekat", "Tengah", "Jauh", "Diam", "Dibaca"]


def test_each_kind_says_what_it_is_about(desk: Client, humas: User) -> None:
    ending = make_moving(humas.unit, 30)
    idle = make_agreement(humas.unit, signed_on=ahead(-100), ends_on=ahead(700))
    event = make_event(humas.unit)
    make_followup(event=event, owner_unit=humas.unit, due=ahead(-1), text="Kirim draf contoh")
    remind(today())
    page = page_of(desk)
    assert "30 hari lagi" in page
    assert "belum ada realisasi sejak" in page
    assert "terlambat 1 hari" in page
    for row in (ending, idle, event):
        assert f'href="{row.get_absolute_url()}"' in page


def test_the_list_tells_what_has_become_of_it_since(desk: Client, humas: User) -> None:
    ended = make_moving(humas.unit, 30)
    idle = make_agreement(humas.unit, signed_on=ahead(-100), ends_on=ahead(700))
    promise = make_followup(event=make_event(humas.unit), owner_unit=humas.unit, due=today())
    remind(today())
    ended.terminate(on=today(), by=humas, reason="Mitra dibubarkan")
    make_delivery(idle, date=today())
    promise.complete(on=today(), by=humas)
    page = page_of(desk)
    assert "Diakhiri" in page
    assert "sudah ada realisasi" in page
    assert "selesai " in page


@pytest.mark.parametrize("days", [-40, 0])
def test_an_end_that_has_passed_says_how_long_ago(desk: Client, humas: User, days: int) -> None:
    agreement = make_moving(humas.unit, 30)
    remind(today())
    Agreement.objects.filter(pk=agreement.pk).update(ends_on=ahead(days))
    assert ("40 hari yang lalu" if days else "hari ini") in page_of(desk)


def test_an_empty_list_says_what_will_come(desk: Client) -> None:
    page = page_of(desk)
    assert "Belum ada pengingat." in page
    assert "Tandai semua" not in page


def test_what_was_withdrawn_is_not_shown(desk: Client, humas: User) -> None:
    make_moving(humas.unit, 30)
    remind(today())
    Notice.objects.withdraw()
    assert titles(desk) == []


# Whose


def test_everybody_sees_their_own(client: Client, humas: User, rekan: User) -> None:
    make_moving(humas.unit, 30)
    remind(today())
    Notice.objects.filter(user=rekan).delete()
    client.force_login(rekan)
    assert titles(client) == []


def moved(notice: Notice, user: User, unit: Unit) -> None:
    user.change(by=None, unit=unit)


def removed(notice: Notice, user: User, unit: Unit) -> None:
    Agreement.objects.get().archive(by=user, reason="Tercatat dua kali")


def handed_over(notice: Notice, user: User, unit: Unit) -> None:
    Agreement.objects.get().change(by=user, unit=unit)


Happens = Callable[[Notice, User, Unit], None]


@pytest.mark.parametrize("happens", [moved, removed, handed_over])
def test_what_is_no_longer_theirs_to_see_is_gone(
    client: Client, humas: User, lapas_purwodadi: Unit, happens: Happens
) -> None:
    make_agreement(humas.unit, signed_on=ahead(-9), ends_on=ahead(30))
    remind(today())
    notice = notice_of(humas)
    happens(notice, humas, lapas_purwodadi)
    client.force_login(humas)
    assert titles(client) == []
    assert client.post(address_of(notice)).status_code == 404
    client.post(reverse("notice_read_all"))
    assert notice_of(humas).read_at is None


def test_a_promise_handed_to_another_unit_is_gone(
    desk: Client, humas: User, lapas_purwodadi: Unit
) -> None:
    promise = make_followup(event=make_event(humas.unit), owner_unit=humas.unit, due=today())
    remind(today())
    promise.change(by=humas, owner_unit=lapas_purwodadi)
    assert titles(desk) == []


# Reading


def test_one_is_marked_read(desk: Client, humas: User) -> None:
    make_moving(humas.unit, 30)
    make_moving(humas.unit, 20)
    remind(today())
    notice = Notice.objects.order_by("pk")[0]
    answer = desk.post(address_of(notice), follow=True)
    assert "Pengingat ditandai sudah dibaca." in answer.content.decode()
    assert list(Notice.objects.unread().values_list("pk", flat=True)) != [notice.pk]
    assert Notice.objects.unread().count() == 1


def test_reading_twice_keeps_the_first_time(desk: Client, humas: User) -> None:
    make_moving(humas.unit, 30)
    remind(today())
    desk.post(address_of(notice_of(humas)))
    first = notice_of(humas).read_at
    desk.post(address_of(notice_of(humas)))
    assert notice_of(humas).read_at == first is not None


def test_all_are_marked_read_those_of_others_not(desk: Client, humas: User, rekan: User) -> None:
    for days in (20, 30):
        make_moving(humas.unit, days)
    remind(today())
    answer = desk.post(reverse("notice_read_all"), follow=True)
    assert "2 pengingat ditandai sudah dibaca." in answer.content.decode()
    assert set(Notice.objects.unread().values_list("user", flat=True)) == {rekan.pk}
    assert "Tandai semua" not in page_of(desk)


def test_looking_marks_nothing(desk: Client, humas: User) -> None:
    make_moving(humas.unit, 30)
    remind(today())
    page_of(desk)
    assert Notice.objects.unread().count() == 1


def test_another_users_notice_is_not_there(desk: Client, humas: User, rekan: User) -> None:
    make_moving(humas.unit, 30)
    remind(today())
    assert desk.post(address_of(notice_of(rekan))).status_code == 404
    assert notice_of(rekan).read_at is None


@pytest.mark.parametrize("key", [0, 987654, 2**63, 10**30])
def test_a_notice_that_never_was_is_not_found(desk: Client, key: int) -> None:
    assert desk.post(f"/pengingat/{key}/dibaca/").status_code == 404


def test_reading_takes_a_post(desk: Client) -> None:
    for address in (reverse("notice_read_all"), reverse("notice_read", args=[1])):
        assert desk.get(address).status_code == 405


def test_nobody_sees_it_without_signing_in_or_without_a_role(client: Client, humas: User) -> None:
    assert client.get(ADDRESS).status_code == 302
    client.force_login(make_user(None, unit=humas.unit))
    assert client.get(ADDRESS).status_code == 403


# On the page


def test_text_is_shown_as_text(desk: Client, humas: User) -> None:
    hostile = "<script>x</script>"
    make_moving(humas.unit, 30, partner=make_partner(hostile), title=hostile)
    make_followup(event=make_event(humas.unit), owner_unit=humas.unit, due=today(), text=hostile)
    remind(today())
    assert hostile not in page_of(desk)


def test_long_lists_have_pages(desk: Client, humas: User) -> None:
    agreement = make_moving(humas.unit, 30)
    Notice.objects.bulk_create(
        Notice(user=humas, kind="BERAKHIR", agreement=agreement, deadline=ahead(day), lead=30)
        for day in range(30)
    )
    assert len(desk.get(ADDRESS).context["lines"]) == 25
    assert len(desk.get(f"{ADDRESS}?page=2").context["lines"]) == 5
    assert len(desk.get(f"{ADDRESS}?per_page=50&page=9e99").context["lines"]) == 30


def test_the_number_of_queries_is_fixed(desk: Client, humas: User) -> None:
    def fill(number: int) -> int:
        for _ in range(number):
            make_moving(humas.unit, 30)
            make_agreement(humas.unit, signed_on=ahead(-100), ends_on=ahead(700))
            make_followup(event=make_event(humas.unit), owner_unit=humas.unit, due=today())
        remind(today())
        with CaptureQueriesContext(connection) as asked:
            page_of(desk)
        return len(asked)

    before = fill(1)
    assert fill(5) == before
    # Beside session, user with its unit, and permissions.
    assert before - 3 <= 6


def test_home_says_how_many_wait(desk: Client, humas: User, client: Client) -> None:
    assert "Pengingat Anda" in page_of(desk, "/")
    for days in (20, 30):
        make_moving(humas.unit, days)
    remind(today())
    assert "2 pengingat belum dibaca" in page_of(desk, "/")


def test_home_counts_no_further_than_a_thousand(
    desk: Client, humas: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partnerships.overview.COUNTED_UP_TO", 1)
    for days in (20, 30):
        make_moving(humas.unit, days)
    remind(today())
    assert "lebih dari 1 pengingat belum dibaca" in page_of(desk, "/")


def test_the_way_to_it_is_in_the_account_menu(client: Client, humas: User, pembaca: User) -> None:
    for user in (humas, pembaca, make_user(Role.ADMIN, unit=humas.unit)):
        client.force_login(user)
        assert f'<a href="{ADDRESS}">Pengingat</a>' in page_of(client, "/bantuan/")


def test_the_day_of_a_notice_is_the_day_it_was_made(desk: Client, humas: User) -> None:
    make_moving(humas.unit, 30)
    remind(today())
    Notice.objects.update(made_at=timezone.now() - timedelta(days=400))
    shown: Any = timezone.localdate() - timedelta(days=400)
    assert f">{shown.day} " in page_of(desk)
