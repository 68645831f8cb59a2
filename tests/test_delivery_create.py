"""Recording what was really done."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from indonesian.calendar import format_date
from institutions.models import Unit, User
from partnerships.models import Agreement, Delivery, Evidence
from tests.delivery_form import payload
from tests.factories import (
    make_agreement,
    make_area,
    make_delivery,
    make_event,
    make_partner,
    make_unit,
)

pytestmark = pytest.mark.django_db
URL = "/realisasi/baru/"


@pytest.fixture
def desk(client: Client, humas: User) -> Client:
    client.force_login(humas)
    return client


def old_agreement(unit: Unit, **fields: Any) -> Agreement:
    """Signed long ago and still in force, so that it is not moving until something happens."""
    return make_agreement(
        unit, signed_on=timezone.localdate() - timedelta(days=200), term_months=24, **fields
    )


def test_humas_records_what_was_done_in_five_answers(desk: Client, humas: User) -> None:
    agreement = old_agreement(humas.unit)
    data = payload(agreement=agreement.pk, inmates_male="20", output="20 sertifikat menjahit")
    response = desk.post(URL, data, follow=True)
    delivery = Delivery.objects.get()
    assert (delivery.agreement, delivery.unit, delivery.recorded_by) == (
        agreement,
        humas.unit,
        humas,
    )
    assert (delivery.inmates_male, delivery.inmates_female) == (20, 0)
    assert "20 sertifikat menjahit" in response.content.decode()


def test_the_message_says_that_the_agreement_moves_now(desk: Client, humas: User) -> None:
    agreement = old_agreement(humas.unit, title="Layanan kesehatan")
    page = desk.post(URL, payload(agreement=agreement.pk), follow=True).content.decode()
    assert "Perjanjian “Layanan kesehatan” sekarang terhitung berjalan." in page
    assert agreement.evidence_on(timezone.localdate()) == Evidence.MOVING


def test_the_message_says_when_it_comes_too_late_to_move(desk: Client, humas: User) -> None:
    agreement = old_agreement(humas.unit, title="Layanan kesehatan")
    long_ago = format_date(timezone.localdate() - timedelta(days=190))
    page = desk.post(URL, payload(agreement=agreement.pk, date=long_ago), follow=True)
    assert "sekarang terhitung tersendat" in page.content.decode()


def test_counts_are_read_as_they_are_written(desk: Client, humas: User) -> None:
    data = payload(partner=make_partner().pk, clients_male="1.204", clients_female="dua puluh")
    desk.post(URL, data)
    delivery = Delivery.objects.get()
    assert (delivery.clients_male, delivery.clients_female) == (1204, 20)


@pytest.mark.parametrize("typed", ["-1", "banyak", "1,5", "20 orang", "9" * 30, "1000001"])
def test_a_count_that_is_none_is_explained_beside_it(desk: Client, humas: User, typed: str) -> None:
    data = payload(partner=make_partner().pk, staff_male=typed)
    page = desk.post(URL, data).content.decode()
    assert "Petugas laki-laki" in page
    assert f'value="{typed}"' in page
    assert 'href="#id_staff_male"' in page
    assert not Delivery.objects.exists()


def test_a_delivery_of_nothing_asks_for_what_it_belongs_to(desk: Client) -> None:
    page = desk.post(URL, payload()).content.decode()
    assert "Pilih perjanjian, mitra, atau kegiatannya." in page
    assert "Ada 1 hal yang perlu diperbaiki" in page


def test_an_empty_form_names_each_thing_once(desk: Client) -> None:
    page = desk.post(URL, {}).content.decode()
    assert "Pilih apa yang dilaksanakan." in page
    assert "Isi tanggalnya." in page
    assert "<title>Galat: " in page


def test_tomorrow_has_not_happened(desk: Client, humas: User) -> None:
    tomorrow = format_date(timezone.localdate() + timedelta(days=1))
    data = payload(agreement=old_agreement(humas.unit).pk, date=tomorrow)
    page = desk.post(URL, data).content.decode()
    assert "tanggal ini masih di depan" in page
    assert not Delivery.objects.exists()


def test_a_paper_that_is_not_signed_is_refused_in_words(desk: Client, humas: User) -> None:
    draft = make_agreement(humas.unit, signed_on=None)
    page = desk.post(URL, payload(agreement=draft.pk)).content.decode()
    assert "Realisasi dicatat untuk perjanjian yang sudah ditandatangani." in page
    assert not Delivery.objects.exists()


def test_a_link_from_a_draft_warns_at_once(desk: Client, humas: User) -> None:
    draft = make_agreement(humas.unit, signed_on=None)
    assert "belum ditandatangani" in desk.get(f"{URL}?perjanjian={draft.pk}").content.decode()


def test_an_agreement_of_strangers_reads_as_a_missing_one(
    desk: Client, lapas_purwodadi: Unit
) -> None:
    foreign = make_agreement(lapas_purwodadi, title="KENARI RAHASIA")
    answers = [
        desk.post(URL, payload(agreement=key, **{"agreement-q": ""})).content.decode()
        for key in (foreign.pk, 999_999)
    ]
    assert all("Pilihan itu tidak ada. Cari lagi." in page for page in answers)
    assert "KENARI" not in answers[0]
    assert not Delivery.objects.exists()


def test_searching_offers_only_papers_the_user_reads_in_full(
    desk: Client, humas: User, lapas_purwodadi: Unit
) -> None:
    make_agreement(humas.unit, title="Layanan kesehatan Jember")
    make_agreement(humas.unit, title="Layanan kesehatan draf", signed_on=None)
    make_agreement(lapas_purwodadi, title="Layanan kesehatan KENARI")
    data = payload(cari="agreement", **{"agreement-q": "layanan kesehatan"}, output="Skrining TB")
    page = desk.post(URL, data).content.decode()
    assert "Layanan kesehatan Jember" in page
    assert "KENARI" not in page
    assert "Layanan kesehatan draf" not in page
    assert 'value="Skrining TB"' in page
    assert "Galat" not in page
    assert not Delivery.objects.exists()


def test_searching_a_partner_keeps_that_part_open(desk: Client) -> None:
    make_partner("Dinas Sosial Grobogan")
    data = payload(cari="partner", **{"partner-q": "dinsos"})
    page = desk.post(URL, data).content.decode()
    assert '<details class="more" open>' in page
    assert "Dinas Sosial Grobogan" in page


def test_a_link_from_an_agreement_fills_it_in_and_nothing_else(desk: Client, humas: User) -> None:
    agreement = make_agreement(humas.unit, title="Layanan kesehatan", areas=[make_area()])
    form = desk.get(f"{URL}?perjanjian={agreement.pk}").context["form"]
    assert form.initial["agreement"] == agreement
    assert {name for name in form.initial if form.initial[name]} == {"agreement", "date", "unit"}
    assert form.initial["date"] == timezone.localdate()


def test_a_link_from_an_event_brings_its_day(desk: Client, humas: User) -> None:
    day = timezone.localdate() - timedelta(days=3)
    event = make_event(humas.unit, starts_on=day)
    form = desk.get(f"{URL}?kegiatan={event.pk}").context["form"]
    assert (form.initial["event"], form.initial["date"]) == (event, day)


def test_a_link_from_an_event_ahead_keeps_today(desk: Client, humas: User) -> None:
    event = make_event(humas.unit, starts_on=timezone.localdate() + timedelta(days=3))
    form = desk.get(f"{URL}?kegiatan={event.pk}").context["form"]
    assert form.initial["date"] == timezone.localdate()


@pytest.mark.parametrize("parameter", ["perjanjian", "mitra", "kegiatan"])
@pytest.mark.parametrize("value", ["", "abc", "-1", "1e400", "9" * 40, "٣", "1' OR 1=1"])
def test_a_crooked_link_opens_the_empty_form(desk: Client, parameter: str, value: str) -> None:
    response = desk.get(URL, {parameter: value})
    assert response.status_code == 200
    assert set(response.context["form"].initial) == {"date"}


def test_what_looks_odd_is_saved_and_told(desk: Client, humas: User) -> None:
    today = timezone.localdate()
    agreement = make_agreement(humas.unit, signed_on=today - timedelta(days=10))
    early = format_date(today - timedelta(days=20))
    page = desk.post(URL, payload(agreement=agreement.pk, date=early), follow=True)
    text = page.content.decode()
    assert "mendahului penandatanganan" in text
    assert "Jumlah peserta dan hasilnya belum diisi." in text
    assert Delivery.objects.exists()


def test_after_the_end_of_a_paper_the_next_one_is_named(desk: Client, humas: User) -> None:
    today = timezone.localdate()
    agreement = make_agreement(
        humas.unit, signed_on=today - timedelta(days=400), ends_on=today - timedelta(days=35)
    )
    page = desk.post(URL, payload(agreement=agreement.pk, output="x"), follow=True)
    assert "Perjanjiannya sudah berakhir" in page.content.decode()


def test_an_office_above_chooses_the_unit(client: Client, pengelola: User, humas: User) -> None:
    client.force_login(pengelola)
    partner = make_partner()
    response = client.post(URL, payload(partner=partner.pk, unit=""))
    assert "Pilih unit pencatat." in response.content.decode()
    client.post(URL, payload(partner=partner.pk, unit=humas.unit.pk))
    assert Delivery.objects.get().unit == humas.unit


def test_an_office_above_starts_with_the_unit_of_the_agreement(
    client: Client, pengelola: User, humas: User
) -> None:
    client.force_login(pengelola)
    agreement = make_agreement(humas.unit)
    form = client.get(f"{URL}?perjanjian={agreement.pk}").context["form"]
    assert form.initial["unit"] == humas.unit


def test_a_upt_cannot_record_for_another_unit(desk: Client, humas: User) -> None:
    other = make_unit("Lapas Contoh Lain")
    desk.post(URL, payload(partner=make_partner().pk, unit=other.pk))
    assert Delivery.objects.get().unit == humas.unit


def test_fields_outside_the_form_change_nothing(desk: Client, humas: User, rekan: User) -> None:
    data = payload(
        partner=make_partner().pk,
        verified_by=rekan.pk,
        verified_on="2026-01-01",
        recorded_by=rekan.pk,
        archived_on="2026-01-01",
    )
    desk.post(URL, data)
    delivery = Delivery.objects.get()
    assert (delivery.verified_by, delivery.recorded_by, delivery.archived_on) == (None, humas, None)


def test_kinds_that_deliver_nothing_are_not_on_offer(desk: Client) -> None:
    partner = make_partner()
    page = desk.post(URL, payload(partner=partner.pk, kind="TTD")).content.decode()
    assert "Pilih apa yang dilaksanakan dari daftar." in page
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"output": "x" * 301},
        {"note": "x" * 1001},
        {"date": "31 November 2025"},
        {"date": "05/13/2025"},
        {"date": "November 2025"},
        {"date": "x" * 4000},
        {"area": "0"},
        {"area": "abc"},
        {"kind": "x" * 4000},
        {"partner": "9" * 40},
        {"event": "1 OR 1=1"},
        {"version": "satu"},
    ],
)
def test_bad_input_is_answered_with_the_form(desk: Client, fields: dict[str, str]) -> None:
    response = desk.post(URL, payload(partner=make_partner().pk) | fields)
    assert response.status_code == 200
    assert "yang perlu diperbaiki" in response.content.decode()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "text", ["a%00b", "a%ED%A0%80b", "<script>x</script>", "%F0%9D%95%AC" * 300, "%E2%80%AE"]
)
def test_strange_letters_are_stored_harmless_or_refused(desk: Client, text: str) -> None:
    body = f"{urlencode(payload(partner=make_partner().pk))}&output={text}"
    response = desk.post(URL, body, content_type="application/x-www-form-urlencoded", follow=True)
    assert response.status_code == 200
    assert "<script>x" not in response.content.decode()


def test_a_manager_does_not_record(client: Client, pembaca: User) -> None:
    client.force_login(pembaca)
    assert client.get(URL).status_code == 403
    assert client.post(URL, payload(partner=make_partner().pk)).status_code == 403
    assert not Delivery.objects.exists()


def test_without_the_token_nothing_is_saved(humas: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(humas)
    assert strict.post(URL, payload(partner=make_partner().pk)).status_code == 403
    assert not Delivery.objects.exists()


def test_the_form_costs_the_same_with_many_records(
    desk: Client, humas: User, django_assert_max_num_queries
) -> None:
    agreement = make_agreement(humas.unit)
    for _ in range(5):
        make_delivery(agreement)
        make_agreement(humas.unit)
    with django_assert_max_num_queries(14):
        desk.get(f"{URL}?perjanjian={agreement.pk}")
