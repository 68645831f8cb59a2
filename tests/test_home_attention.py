"""Perlu perhatian on Beranda: what waits, for whom, and where something can be done."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from institutions.models import User
from partnerships.models import Party, Stage
from tests.factories import make_agreement, make_delivery, make_event, make_partner
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


def heap(client: Client, heading: str) -> Any:
    heaps = [heap for heap in client.get("/").context["heaps"] if heading in heap.heading]
    return heaps[0] if heaps else None


def test_what_ends_soon_is_named_by_its_partner_and_days(desk: Client, humas: User) -> None:
    partner = make_partner("Dinas Kesehatan Contoh")
    make_agreement(
        humas.unit, partner, title="Layanan kesehatan", signed_on=ago(10), ends_on=ahead(21)
    )
    matter = heap(desk, "Berakhir").matters[0]
    assert matter.title == "PKS dengan Dinas Kesehatan Contoh"
    assert matter.detail == "Layanan kesehatan"
    assert matter.note.endswith("21 hari lagi")


def test_what_ends_soon_is_one_step_from_its_renewal(
    desk: Client, client: Client, humas: User, pembaca: User
) -> None:
    paper = make_agreement(humas.unit, signed_on=ago(300), ends_on=ahead(21))
    address = f'href="/perjanjian/{paper.pk}/perpanjang/"'
    assert address in desk.get("/").content.decode()
    client.force_login(pembaca)
    assert address not in client.get("/").content.decode()


def test_what_ends_today_says_so(desk: Client, humas: User) -> None:
    make_agreement(humas.unit, signed_on=ago(10), ends_on=today())
    assert heap(desk, "Berakhir").matters[0].note.endswith(", hari ini")


def test_only_the_nearest_three_stand_there_with_a_way_to_all(desk: Client, humas: User) -> None:
    for days in (80, 5, 60, 40, 20):
        make_agreement(humas.unit, title=f"{days} hari", signed_on=ago(10), ends_on=ahead(days))
    found = heap(desk, "Berakhir")
    assert [matter.detail for matter in found.matters] == ["5 hari", "20 hari", "40 hari"]
    assert found.count == 5
    assert "Lihat semua 5" in desk.get("/").content.decode()


def test_what_has_not_moved_for_90_days_asks_for_a_delivery(
    client: Client, humas: User, pembaca: User
) -> None:
    agreement = make_agreement(humas.unit, signed_on=ago(91), term_months=24)
    make_agreement(humas.unit, signed_on=ago(89), term_months=24)
    client.force_login(humas)
    found = heap(client, "Belum berjalan")
    assert found.count == 1
    assert found.matters[0].action_url == f"/realisasi/baru/?perjanjian={agreement.pk}"
    client.force_login(pembaca)
    assert heap(client, "Belum berjalan").matters[0].action == ""


def test_what_is_missing_is_named_with_the_way_to_fill_it(
    client: Client, humas: User, humas_lain: User
) -> None:
    agreement = make_agreement(humas.unit, title="", signed_on=ago(10), term_months=24)
    Party(agreement=agreement, order=3, unit=humas_lain.unit).record(by=None)
    client.force_login(humas)
    matter = heap(client, "belum lengkap").matters[0]
    assert matter.note == "belum ada pokok perjanjian, bidang"
    assert matter.action_url == f"/perjanjian/{agreement.pk}/ubah/"
    client.force_login(humas_lain)
    assert heap(client, "belum lengkap").matters[0].action_url == ""


def test_promises_that_are_due_come_first(desk: Client, humas: User) -> None:
    event = make_event(humas.unit, title="Kunjungan ke dinas")
    make_followup(event=event, owner_unit=humas.unit, due=ago(3), text="Kirim rancangan")
    make_followup(event=event, owner_unit=humas.unit, due=ahead(1), text="Belum waktunya")
    make_followup(event=event, owner_unit=humas.unit, due=ago(9), text="Sudah").complete(
        on=today(), by=humas
    )
    found = desk.get("/").context["heaps"][0]
    assert [matter.title for matter in found.matters] == ["Kirim rancangan"]
    assert found.matters[0].note == "terlambat 3 hari"
    assert found.matters[0].url == event.get_absolute_url()


def test_deliveries_wait_for_whoever_may_check_them(
    client: Client, humas: User, rekan: User, pembaca: User
) -> None:
    make_delivery(partner=make_partner(), unit=humas.unit, output="Skrining TB", by=humas)
    for user, waiting in ((humas, None), (rekan, 1), (pembaca, 1)):
        client.force_login(user)
        found = heap(client, "pemeriksaan")
        assert (found.count if found else None) == waiting
        if found:
            rows = client.get(found.all_url).context["page_obj"]
            assert rows.paginator.count == waiting


def test_a_calm_day_says_so(desk: Client) -> None:
    page = desk.get("/").content.decode()
    assert "Tidak ada yang perlu ditindaklanjuti hari ini." in page


def test_old_promises_do_not_bury_the_rest(desk: Client, humas: User) -> None:
    event = make_event(humas.unit)
    for days in range(1, 8):
        make_followup(event=event, owner_unit=humas.unit, due=ago(days))
    found = desk.get("/").context["heaps"][0]
    assert [matter.note for matter in found.matters[:2]] == ["terlambat 7 hari", "terlambat 6 hari"]
    assert "Masih ada 2 lagi" in desk.get("/").content.decode()


def test_papers_without_a_day_of_signing_come_first(desk: Client, humas: User) -> None:
    make_agreement(humas.unit, title="Tahu harinya", signed_on=ago(400), term_months=60)
    make_agreement(
        humas.unit,
        title="Awal 2019",
        signed_on=None,
        signed_text="awal 2019",
        stage=Stage.SIGNED,
        is_open_ended=True,
    )
    details = [matter.detail for matter in heap(desk, "Belum berjalan").matters]
    assert details == ["Awal 2019", "Tahu harinya"]


def test_heaps_are_counted_no_further_than_anybody_works(
    desk: Client, humas: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partnerships.attention.COUNTED_UP_TO", 6)
    event = make_event(humas.unit)
    for days in range(1, 9):
        make_followup(event=event, owner_unit=humas.unit, due=ago(days))
    page = desk.get("/").content.decode()
    assert '<span class="tab-count">lebih dari 6</span>' in page
    assert "Masih ada lebih dari 1 lagi" in page
