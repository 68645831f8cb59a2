"""An event that carries out agreements records what was delivered."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from indonesian.calendar import format_date
from institutions.models import Unit, User
from partnerships.models import (
    ActivityKind,
    Agreement,
    Delivery,
    Event,
    EventAgreement,
    Evidence,
)
from tests.event_form import payload, stored
from tests.factories import make_agreement, make_area, make_delivery, make_event, make_unit

pytestmark = pytest.mark.django_db
URL = "/kegiatan/baru/"


@pytest.fixture
def desk(client: Client, humas: User) -> Client:
    client.force_login(humas)
    return client


@pytest.fixture
def agreement(bapas_jember: Unit) -> Agreement:
    return make_agreement(bapas_jember, signed_on=date(2026, 1, 5), title="Pelatihan menjahit")


def served(agreement: Agreement, /, **fields: Any) -> dict[str, list[dict[str, Any]]]:
    return {"served": [{"agreement": agreement.pk, "kind": "PELATIHAN"} | fields]}


def words(days: int) -> str:
    """A day so many days from today, as it is typed."""
    return format_date(timezone.localdate() + timedelta(days=days))


@pytest.fixture
def event(desk: Client, agreement: Agreement) -> Event:
    """Held three days ago, with one delivery of twenty men."""
    desk.post(URL, payload(served(agreement, inmates_male="20"), when=words(-3)))
    return Event.objects.get()


def test_the_agreement_counts_as_moving_at_once(
    desk: Client, agreement: Agreement, humas: User
) -> None:
    assert agreement.evidence_on(timezone.localdate()) == Evidence.NOT_MOVING
    area = make_area()
    rows = served(
        agreement, inmates_male="1.204", staff_female="dua", area=area.pk, output="20 sertifikat"
    )
    page = desk.post(URL, payload(rows, when=words(0)), follow=True).content.decode()
    delivery = Delivery.objects.get()
    assert (delivery.event, delivery.agreement) == (Event.objects.get(), agreement)
    assert (delivery.unit, delivery.date) == (humas.unit, timezone.localdate())
    assert (delivery.inmates_male, delivery.staff_female, delivery.area) == (1204, 2, area)
    assert Agreement.objects.with_evidence().get().evidence == Evidence.MOVING
    assert "1 realisasi ikut tersimpan." in page
    assert "Berjalan" in page


def test_an_event_ahead_is_linked_without_a_delivery(desk: Client, agreement: Agreement) -> None:
    desk.post(URL, payload({"served": [{"agreement": agreement.pk}]}, when=words(30)))
    assert EventAgreement.objects.get().agreement == agreement
    assert not Delivery.objects.exists()


def test_counts_of_an_event_ahead_are_refused_in_words(desk: Client, agreement: Agreement) -> None:
    rows = served(agreement, inmates_male="20")
    page = desk.post(URL, payload(rows, when=words(30))).content.decode()
    assert "Kegiatan ini belum berlangsung." in page
    assert 'value="20"' in page
    assert not Event.objects.exists()


def test_what_was_delivered_is_asked_for(desk: Client, agreement: Agreement) -> None:
    page = desk.post(URL, payload(served(agreement, kind=""), when=words(-1))).content.decode()
    assert "Pilih jenis realisasi." in page
    assert not Event.objects.exists()


@pytest.mark.parametrize("when", ["", "2025", "November 2025", "20 November"])
def test_without_a_whole_day_the_day_of_the_delivery_is_asked_for(
    desk: Client, agreement: Agreement, when: str
) -> None:
    page = desk.post(URL, payload(served(agreement), when=when)).content.decode()
    assert "Isi tanggal realisasi perjanjian ini." in page
    desk.post(URL, payload(served(agreement, delivered_on="3 Maret 2026"), when=when))
    assert Delivery.objects.get().date == date(2026, 3, 3)
    assert Event.objects.get().starts_on is None


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (words(1), "tanggal ini masih di depan"),
        ("1 Januari 1940", "paling awal 17 Agustus 1945"),
        ("November 2025", "Tanggal belum lengkap."),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    desk: Client, agreement: Agreement, day: str, message: str
) -> None:
    page = desk.post(URL, payload(served(agreement, delivered_on=day))).content.decode()
    assert message in page
    assert not Event.objects.exists()


def test_an_agreement_named_twice_is_refused(desk: Client, agreement: Agreement) -> None:
    row = {"agreement": agreement.pk, "kind": "PELATIHAN"}
    page = desk.post(URL, payload({"served": [row, row]}, when=words(-1))).content.decode()
    assert "Perjanjian ini sudah tertulis pada baris lain." in page


def test_an_agreement_of_strangers_reads_as_missing(desk: Client) -> None:
    page = desk.post(URL, payload(served(make_agreement()), when=words(-1))).content.decode()
    assert "Pilihan itu tidak ada. Cari lagi." in page
    assert not Event.objects.exists()


def test_a_draft_cannot_be_carried_out(desk: Client, bapas_jember: Unit) -> None:
    draft = make_agreement(bapas_jember, signed_on=None)
    assert "Pilihan itu tidak ada." in desk.post(URL, payload(served(draft))).content.decode()


def test_a_paper_from_above_may_be_carried_out(desk: Client, bapas_jember: Unit) -> None:
    desk.post(URL, payload(served(make_agreement(bapas_jember.parent)), when=words(-1)))
    assert Delivery.objects.get().unit == bapas_jember


def test_nothing_is_left_when_one_row_is_wrong(desk: Client, agreement: Agreement) -> None:
    rows = served(agreement) | {"followups": [{"text": "Kirim", "due": "31 November 2026"}]}
    assert desk.post(URL, payload(rows, when=words(-1))).status_code == 200
    assert not Event.objects.exists()
    assert not Delivery.objects.exists()


def test_the_form_shows_what_was_delivered(desk: Client, event: Event) -> None:
    form = desk.get(f"/kegiatan/{event.pk}/ubah/").context["form"]
    row = form.formsets["served"].forms[0]
    assert (row["kind"].value(), row["inmates_male"].value()) == ("PELATIHAN", "20")
    assert row["delivered_on"].value() is None


def test_saving_without_a_change_leaves_the_delivery(desk: Client, event: Event) -> None:
    desk.post(f"/kegiatan/{event.pk}/ubah/", stored(desk, event, place="Aula"))
    assert Delivery.history.count() == 1
    assert EventAgreement.history.count() == 1


def test_new_counts_correct_the_same_delivery(desk: Client, event: Event) -> None:
    desk.post(f"/kegiatan/{event.pk}/ubah/", stored(desk, event) | {"served-0-inmates_male": "25"})
    assert Delivery.objects.get().inmates_male == 25


def test_new_counts_ask_for_another_check(desk: Client, event: Event, rekan: User) -> None:
    Delivery.objects.get().verify(by=rekan)
    data = stored(desk, event) | {"served-0-inmates_male": "25"}
    page = desk.post(f"/kegiatan/{event.pk}/ubah/", data, follow=True).content.decode()
    assert Delivery.objects.get().verified_on is None
    assert "pemeriksaannya dicabut" in page


def test_another_note_of_the_event_keeps_the_check(desk: Client, event: Event, rekan: User) -> None:
    Delivery.objects.get().verify(by=rekan)
    desk.post(f"/kegiatan/{event.pk}/ubah/", stored(desk, event, notes="Catatan baru"))
    assert Delivery.objects.get().verified_by == rekan


def test_deliveries_of_the_day_follow_a_corrected_date(desk: Client, event: Event) -> None:
    apart = make_delivery(event=event, date=date(2026, 2, 2))
    desk.post(f"/kegiatan/{event.pk}/ubah/", stored(desk, event, when="3 Maret 2026"))
    assert Delivery.objects.exclude(pk=apart.pk).get().date == date(2026, 3, 3)
    apart.refresh_from_db()
    assert apart.date == date(2026, 2, 2)


def test_deliveries_without_an_agreement_follow_too(desk: Client, event: Event) -> None:
    extra = make_delivery(event=event, date=event.starts_on)
    desk.post(f"/kegiatan/{event.pk}/ubah/", stored(desk, event, when="3 Maret 2026"))
    extra.refresh_from_db()
    assert extra.date == date(2026, 3, 3)


def test_a_date_ahead_is_refused_once_something_was_delivered(desk: Client, event: Event) -> None:
    page = desk.post(f"/kegiatan/{event.pk}/ubah/", stored(desk, event, when=words(9)))
    assert "Sudah ada realisasinya" in page.content.decode()
    make_delivery(event=event, date=event.starts_on)
    data = stored(desk, event, when=words(9)) | {"served-0-DELETE": "on"}
    page = desk.post(f"/kegiatan/{event.pk}/ubah/", data)
    assert "jadi tanggalnya tidak dapat di depan" in page.content.decode()
    assert Event.objects.get().starts_on == event.starts_on


def test_a_removed_row_takes_its_delivery_to_the_sampah(
    desk: Client, event: Event, agreement: Agreement
) -> None:
    desk.post(f"/kegiatan/{event.pk}/ubah/", stored(desk, event) | {"served-0-DELETE": "on"})
    assert not EventAgreement.objects.exists()
    assert Delivery.objects.get().archive_reason == "Perjanjiannya dikeluarkan dari kegiatan"
    assert Agreement.objects.with_evidence().get().evidence == Evidence.NOT_MOVING


def test_a_corrected_agreement_takes_the_delivery_along(
    desk: Client, event: Event, bapas_jember: Unit
) -> None:
    right = make_agreement(bapas_jember)
    data = stored(desk, event) | {"served-0-agreement": right.pk}
    desk.post(f"/kegiatan/{event.pk}/ubah/", data)
    assert Delivery.objects.get().agreement == right
    assert EventAgreement.objects.get().agreement == right


def test_once_it_has_happened_the_page_asks_for_the_delivery(
    desk: Client, bapas_jember: Unit, agreement: Agreement
) -> None:
    event = make_event(bapas_jember, starts_on=date(2026, 3, 3))
    EventAgreement(event=event, agreement=agreement).record(by=None)
    assert "Realisasinya belum dicatat" in desk.get(f"/kegiatan/{event.pk}/").content.decode()
    desk.post(f"/kegiatan/{event.pk}/ubah/", stored(desk, event, title="Judul baru"))
    assert not Delivery.objects.exists()
    data = stored(desk, event) | {"served-0-kind": "LAYANAN", "served-0-clients_female": "7"}
    desk.post(f"/kegiatan/{event.pk}/ubah/", data)
    assert Delivery.objects.get().clients_female == 7
    assert "Realisasinya belum dicatat" not in desk.get(f"/kegiatan/{event.pk}/").content.decode()


def test_the_deliveries_move_with_the_unit(client: Client, event: Event, pengelola: User) -> None:
    client.force_login(pengelola)
    other = make_unit()
    client.post(f"/kegiatan/{event.pk}/ubah/", stored(client, event, unit=other.pk))
    assert (Event.objects.get().unit, Delivery.objects.get().unit) == (other, other)


def test_a_kind_nobody_delivers_stays_choosable_where_it_is_stored(
    desk: Client, event: Event
) -> None:
    delivery = Delivery.objects.get()
    delivery.kind = ActivityKind.MONEV
    delivery.record(by=None)
    desk.post(f"/kegiatan/{event.pk}/ubah/", stored(desk, event) | {"served-0-staff_male": "1"})
    delivery.refresh_from_db()
    assert (delivery.kind, delivery.staff_male) == (ActivityKind.MONEV, 1)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"inmates_male": "-1"}, "Warga binaan laki-laki"),
        ({"inmates_male": "banyak"}, "harus angka"),
        ({"inmates_male": "9999999999"}, "Warga binaan laki-laki paling besar"),
        ({"kind": "RAKOR"}, "Pilih jenis realisasi dari daftar."),
        ({"area": "0"}, "Pilih bidang dari daftar."),
        ({"output": "x" * 301}, "batasnya 300"),
        ({"agreement": "9" * 400}, "Pilihan itu tidak ada."),
        ({"agreement": ""}, "Pilih perjanjian."),
    ],
)
def test_a_row_says_what_is_wrong(
    desk: Client, agreement: Agreement, fields: dict[str, Any], message: str
) -> None:
    page = desk.post(URL, payload(served(agreement, **fields), when=words(-1))).content.decode()
    assert message in page
    assert not Event.objects.exists()


def test_a_link_from_an_agreement_fills_in_paper_and_partner(
    desk: Client, agreement: Agreement
) -> None:
    form = desk.get(f"{URL}?perjanjian={agreement.pk}").context["form"]
    partner = agreement.parties.exclude(partner=None).get().partner
    assert [row.initial["agreement"] for row in form.formsets["served"]] == [agreement]
    assert [row.initial["partner"] for row in form.formsets["attendances"]] == [partner]
