"""The page of one event."""

from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indonesian.dates import read_date
from institutions.models import Unit, UnitName, User
from partnerships.models import (
    Agreement,
    Attendance,
    Coverage,
    Event,
    EventAgreement,
    EventArea,
    EventPart,
    EventPerson,
    EventUnit,
    FollowUp,
)
from tests.factories import (
    make_agreement,
    make_area,
    make_delivery,
    make_event,
    make_partner,
    make_regency,
    make_unit,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def add(part: Any) -> Any:
    return part.record(by=None)


def page_of(client: Client, user: User, event: Event) -> str:
    client.force_login(user)
    response = client.get(event.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def event(bapas_jember: Unit, lapas_purwodadi: Unit, humas: User) -> Event:
    """Everything a page can show."""
    event = make_event(
        bapas_jember,
        title="Penandatanganan contoh",
        kind="TTD",
        place="Ruang WBK",
        mode="DARING",
        time=time(9, 0),
        budget_year=2023,
        declared_partners=37,
        declared_agreements=37,
        source_kind="MEDIA",
        source_url="https://contoh.go.id/berita",
        published_on=date(2023, 2, 1),
        notes="KENARI-CATATAN",
        by=humas,
    )
    event.set_date(read_date("31 Januari 2023", today=TODAY))
    event.record(by=humas)
    add(EventPart(event=event, kind="REHAB", text="pembukaan", order=2))
    add(EventUnit(event=event, unit=lapas_purwodadi, role="attending", online=True))
    add(
        Attendance(
            event=event,
            partner=make_partner("Dinas Sosial"),
            name_as_written="Dinsos",
            presence="represented",
            representative="Sekretaris",
            outcome="MENJAJAKI",
        )
    )
    add(Attendance(event=event, name_as_written="Yayasan Contoh Sembilan", presence="invited"))
    add(
        EventPerson(
            event=event,
            name="Contoh Satu",
            degrees="S.H., M.H.",
            position="Kepala Divisi",
            unit=bapas_jember,
            role="speaker",
        )
    )
    add(Coverage(event=event, outlet="Media Contoh", reach=1538, captured_on=date(2023, 3, 3)))
    add(EventArea(event=event, area=make_area()))
    add(FollowUp(event=event, text="KENARI-TINDAK-LANJUT", owner_unit=bapas_jember))
    return event


@pytest.mark.parametrize(
    "text",
    [
        "Selasa, 31 Januari 2023",
        "09.00 WIB",
        "Ruang WBK",
        "Daring",
        "Penandatanganan",
        "Rehabilitasi: pembukaan",
        "Lapas Kelas IIB Purwodadi (mengikuti, secara daring)",
        "Dinas Sosial",
        "tertulis “Dinsos”",
        "Diwakili",
        "Sekretaris",
        "Menjajaki kerja sama",
        "Yayasan Contoh Sembilan",
        "belum terhubung ke daftar mitra",
        "Contoh Satu, S.H., M.H.",
        "Kepala Divisi",
        "Pelayanan kesehatan",
        "mitra menurut sumber",
        "perjanjian menurut sumber",
        "Media massa, terbit 1 Februari 2023",
        "1.538 kali dilihat per 3 Maret 2023",
        "KENARI-CATATAN",
        "KENARI-TINDAK-LANJUT",
        "Catat mitra yang hadir",
    ],
)
def test_the_keeping_unit_sees_everything(
    client: Client, humas: User, event: Event, text: str
) -> None:
    assert text in page_of(client, humas, event)


def test_declared_and_recorded_numbers_stand_side_by_side(
    client: Client, humas: User, event: Event
) -> None:
    page = "".join(page_of(client, humas, event).split())
    declared = '<spanclass="count-value">37</span><spanclass="count-note">mitramenurutsumber'
    recorded = '<spanclass="count-value">1</span><spanclass="count-note">mitratercatat'
    assert declared in page
    assert recorded in page


def test_a_unit_that_took_part_sees_no_notes_and_no_follow_ups(
    client: Client, humas_lain: User, event: Event
) -> None:
    page = page_of(client, humas_lain, event)
    assert "Dinas Sosial" in page
    assert "KENARI" not in page
    assert "/ubah/" not in page
    assert "/riwayat/" not in page
    assert "Kegiatan ini dicatat unit lain" in page


def test_a_manager_above_reads_it_all(client: Client, pembaca: User, event: Event) -> None:
    page = page_of(client, pembaca, event)
    assert "KENARI-CATATAN" in page
    assert "KENARI-TINDAK-LANJUT" in page
    assert "/ubah/" not in page


def test_an_outsider_does_not_learn_of_it(client: Client, humas_lain: User) -> None:
    client.force_login(humas_lain)
    assert client.get(make_event().get_absolute_url()).status_code == 404


def test_without_a_unit_there_is_nothing_to_see(
    client: Client, tanpa_unit: User, event: Event
) -> None:
    client.force_login(tanpa_unit)
    assert client.get(event.get_absolute_url()).status_code == 403


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("November 2024", "November 2024"),
        ("20 November", "20 November"),
        ("5 s.d. 7 Agustus 2025", "5–7 Agustus 2025"),
    ],
)
def test_a_date_is_shown_as_far_as_it_is_known(
    client: Client, humas: User, bapas_jember: Unit, text: str, shown: str
) -> None:
    event = make_event(bapas_jember)
    event.set_date(read_date(text, today=TODAY))
    event.record(by=None)
    assert shown in page_of(client, humas, event)


def test_an_unknown_date_asks_to_be_filled_in(
    client: Client, humas: User, bapas_jember: Unit
) -> None:
    event = make_event(bapas_jember)
    page = page_of(client, humas, event)
    assert f'href="/kegiatan/{event.pk}/ubah/#id_when">Isi tanggal kegiatan</a>' in page


def test_an_inferred_year_is_marked_beside_what_was_written(
    client: Client, humas: User, bapas_jember: Unit
) -> None:
    event = make_event(bapas_jember)
    event.set_date(read_date("Rabu (20/11)", today=TODAY))
    event.record(by=None)
    page = page_of(client, humas, event)
    assert "Rabu, 20 November 2024" in page
    assert "tertulis “Rabu (20/11)”, tahunnya disimpulkan" in page


def test_the_clock_runs_in_the_zone_of_the_unit(client: Client, pengelola: User) -> None:
    papua = make_regency("94.01", "Contoh")
    papua.province.timezone = "Asia/Jayapura"
    papua.province.record(by=None)
    event = make_event(make_unit(regency=papua), time=time(14, 30))
    assert "14.30 WIT" in page_of(client, pengelola, event)


def test_a_unit_is_called_as_it_was_that_day(
    client: Client, humas: User, bapas_jember: Unit, event: Event
) -> None:
    former = UnitName(
        unit=bapas_jember, name="Bapas Jember yang lama", valid_until=date(2024, 1, 1)
    )
    add(former)
    assert "Bapas Jember yang lama" in page_of(client, humas, event)


def test_what_came_of_it_is_listed(
    client: Client, humas: User, bapas_jember: Unit, event: Event
) -> None:
    carried_out = make_agreement(bapas_jember, title="Pelatihan menjahit")
    make_agreement(bapas_jember, title="Layanan kesehatan", signing_event=event)
    add(EventAgreement(event=event, agreement=carried_out))
    make_delivery(carried_out, event=event, output="Dua puluh sertifikat", inmates_male=20)
    page = page_of(client, humas, event)
    for text in ("Pelatihan menjahit", "Layanan kesehatan", "Dua puluh sertifikat", "20 peserta"):
        assert text in page


def test_a_draft_stays_hidden_from_those_who_only_took_part(
    client: Client, humas_lain: User, bapas_jember: Unit, event: Event
) -> None:
    draft = make_agreement(bapas_jember, title="KENARI-DRAF", signed_on=None)
    row = event.attendances.exclude(partner=None).get()
    row.agreement = draft
    add(row)
    assert "KENARI-DRAF" not in page_of(client, humas_lain, event)


def test_a_draft_that_came_of_it_is_linked_for_the_own_unit(
    client: Client, humas: User, bapas_jember: Unit, event: Event
) -> None:
    draft = make_agreement(bapas_jember, title="Rancangan PKS", signed_on=None)
    row = event.attendances.exclude(partner=None).get()
    row.agreement = draft
    add(row)
    assert "Rancangan PKS" in page_of(client, humas, event)


def test_more_parts_do_not_mean_more_queries(
    client: Client, humas: User, bapas_jember: Unit, event: Event
) -> None:
    grow(event, bapas_jember)
    few = queries_for(client, humas, event)
    for _ in range(5):
        grow(event, bapas_jember)
    assert queries_for(client, humas, event) == few <= 35


def grow(event: Event, unit: Unit) -> None:
    """One more of everything the page lists."""
    partner = make_partner()
    agreement: Agreement = make_agreement(unit, partner, signing_event=event)
    add(Attendance(event=event, partner=partner, agreement=agreement))
    add(EventUnit(event=event, unit=make_unit()))
    add(EventPerson(event=event, name="Budi Contoh", partner=partner, role="guest"))
    add(Coverage(event=event, outlet="Media Contoh"))
    add(FollowUp(event=event, text="Kirim undangan", owner_unit=unit))
    add(EventAgreement(event=event, agreement=agreement))
    make_delivery(agreement, event=event)


def queries_for(client: Client, user: User, event: Event) -> int:
    client.force_login(user)
    client.get(event.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        client.get(event.get_absolute_url())
    return len(queries)


def test_posting_to_the_page_is_refused(client: Client, humas: User, event: Event) -> None:
    client.force_login(humas)
    assert client.post(event.get_absolute_url()).status_code == 405


def test_a_reader_is_offered_no_link_to_the_form(
    client: Client, pembaca: User, bapas_jember: Unit, event: Event
) -> None:
    add(EventAgreement(event=event, agreement=make_agreement(bapas_jember)))
    page = page_of(client, pembaca, event)
    assert "Realisasinya belum dicatat" in page
    assert "Catat realisasinya" not in page
