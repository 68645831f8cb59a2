"""Recording an event."""

from datetime import date, time
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from institutions.models import User
from partnerships.models import DatePrecision, Event, Partner
from tests.event_form import came, payload
from tests.factories import make_area, make_kanwil, make_partner, make_regency, make_unit

pytestmark = pytest.mark.django_db
URL = "/kegiatan/baru/"


@pytest.fixture
def desk(client: Client, humas: User) -> Client:
    client.force_login(humas)
    return client


def errors_of(desk: Client, data: dict[str, Any]) -> str:
    """The page that refused to save."""
    response = desk.post(URL, data)
    assert response.status_code == 200
    assert not Event.objects.exists()
    return response.content.decode()


def test_humas_records_a_visit_with_its_partner(desk: Client, humas: User) -> None:
    partner = make_partner("Dinas Sosial Kabupaten Grobogan")
    rows = {
        "parts": [{"kind": "KUNJUNGAN", "text": "Perkenalan"}, {"kind": "SOSIALISASI"}],
        "attendances": [came(partner.pk, outcome="MENJAJAKI")],
    }
    data = payload(rows, when="14 Desember 2023", time="09.30", place="Purwodadi", mode="LURING")
    response = desk.post(URL, data, follow=True)
    event = Event.objects.get()
    assert (event.unit, event.starts_on, event.time) == (
        humas.unit,
        date(2023, 12, 14),
        time(9, 30),
    )
    assert [part.kind for part in event.parts.all()] == ["KUNJUNGAN", "SOSIALISASI"]
    assert event.attendances.get().partner == partner
    assert "Kegiatan tersimpan." in response.content.decode()


def test_a_title_is_enough(desk: Client, humas: User) -> None:
    desk.post(URL, payload())
    event = Event.objects.get()
    assert (event.date_precision, event.recorded_by) == (DatePrecision.UNKNOWN, humas)


def test_a_title_is_asked_for(desk: Client) -> None:
    page = errors_of(desk, payload(title=" "))
    assert "Isi judul." in page
    assert "Galat: Catat kegiatan" in page


@pytest.mark.parametrize(
    ("text", "precision", "label", "key"),
    [
        ("November 2024", DatePrecision.MONTH, "November 2024", "2024-11"),
        ("2024", DatePrecision.YEAR, "2024", "2024"),
        ("20 November", DatePrecision.DAY_MONTH, "20 November", ""),
        ("1 – 3 Juli 2025", DatePrecision.DAY, "1–3 Juli 2025", "2025-07-01"),
        ("", DatePrecision.UNKNOWN, "Tanggal belum diketahui", ""),
    ],
)
def test_a_date_is_kept_as_precisely_as_it_was_written(
    desk: Client, text: str, precision: str, label: str, key: str
) -> None:
    desk.post(URL, payload(when=text))
    event = Event.objects.get()
    assert (event.date_precision, event.date_label, event.date_key) == (precision, label, key)


def test_a_year_that_was_inferred_is_marked(desk: Client) -> None:
    page = desk.post(URL, payload(when="Rabu (20/11)"), follow=True).content.decode()
    event = Event.objects.get()
    assert (event.starts_on, event.date_inferred) == (date(2024, 11, 20), True)
    assert event.date_text == "Rabu (20/11)"
    assert "Tahunnya disimpulkan: Rabu, 20 November 2024." in page
    assert "tahun disimpulkan" in page


def test_an_inferred_year_is_not_after_the_source(desk: Client) -> None:
    desk.post(URL, payload(when="Rabu (20/11)", published_on="1 Maret 2020"))
    assert Event.objects.get().starts_on == date(2019, 11, 20)


def test_a_wrong_weekday_is_saved_and_told(desk: Client) -> None:
    page = desk.post(URL, payload(when="Senin, 14 Desember 2023"), follow=True).content.decode()
    assert "adalah hari Kamis, bukan Senin" in page


@pytest.mark.parametrize("text", ["05/13/2025", "31 November 2024", "29 Februari 2025", "besok"])
def test_an_impossible_date_is_refused_in_words(desk: Client, text: str) -> None:
    page = errors_of(desk, payload(when=text))
    assert "Ada 1 hal yang perlu diperbaiki" in page
    assert f'value="{text}"' in page


def test_a_date_before_the_republic_is_refused(desk: Client) -> None:
    for text in ("1 Januari 1930", "1930"):
        assert "Tanggal kegiatan paling awal tahun 1945." in errors_of(desk, payload(when=text))


@pytest.mark.parametrize("text", ["09.00", "09:00", "pukul 9.00 WIB", "9.00"])
def test_a_clock_is_read_as_it_is_written(desk: Client, text: str) -> None:
    desk.post(URL, payload(time=text))
    assert Event.objects.get().time == time(9, 0)


def test_an_impossible_clock_is_refused(desk: Client) -> None:
    assert "Tulis jam dan menit, misalnya 09.00." in errors_of(desk, payload(time="25.00"))


def test_searching_keeps_what_was_typed_and_saves_nothing(desk: Client) -> None:
    make_partner("Dinas Kesehatan Kabupaten Grobogan")
    rows = {"attendances": [{"partner-q": "dinkes grobogan", "representative": "Sekretaris"}]}
    data = payload(rows, when="31 November 2024", cari="attendances-0-partner")
    page = desk.post(URL, data).content.decode()
    assert "Dinas Kesehatan Kabupaten Grobogan" in page
    assert 'value="Sekretaris"' in page
    assert 'value="31 November 2024"' in page
    assert "Galat" not in page
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "prefix", ["parts", "attendances", "served", "followups", "unit_roles", "people", "coverage"]
)
def test_adding_a_row_keeps_the_others(desk: Client, prefix: str) -> None:
    page = desk.post(URL, payload(title="Tetap ada", tambah=prefix)).content.decode()
    assert f'id="{prefix}-0-baris"' in page
    assert f'formaction="#{prefix}-1-baris"' in page
    assert 'value="Tetap ada"' in page


def test_a_partner_nobody_registered_stays_as_written(desk: Client) -> None:
    desk.post(URL, payload({"attendances": [came(name_as_written="Yayasan Contoh Tiga")]}))
    row = Event.objects.get().attendances.get()
    assert (row.partner, row.name) == (None, "Yayasan Contoh Tiga")


def test_a_new_partner_is_added_in_place(desk: Client) -> None:
    rows = {
        "attendances": [
            came(
                "baru",
                **{"partner-q": "Yayasan Contoh Empat"},
                new_kind="YAYASAN",
                new_regency=make_regency().pk,
            )
        ]
    }
    desk.post(URL, payload(rows))
    partner = Partner.objects.get()
    assert partner.name == "Yayasan Contoh Empat"
    assert Event.objects.get().attendances.get().partner == partner


def test_nothing_is_saved_when_one_row_is_wrong(desk: Client) -> None:
    rows = {
        "attendances": [
            came("baru", **{"partner-q": "Yayasan Contoh Lima"}, new_kind="YAYASAN"),
            came("baru", **{"partner-q": "Yayasan Contoh Enam"}),
        ]
    }
    assert "Pilih jenis mitra baru." in errors_of(desk, payload(rows))
    assert not Partner.objects.exists()


def test_a_partner_named_twice_is_refused_at_the_row(desk: Client) -> None:
    partner = make_partner()
    rows = {"attendances": [came(partner.pk), came(partner.pk)]}
    page = errors_of(desk, payload(rows))
    assert 'href="#attendances-1-galat">Mitra ini sudah tertulis pada baris lain.' in page


def test_a_row_without_a_partner_is_refused(desk: Client) -> None:
    page = errors_of(desk, payload({"attendances": [came(representative="Sekretaris")]}))
    assert "Pilih mitra, atau tulis namanya." in page


def test_a_unit_named_twice_is_refused(desk: Client) -> None:
    unit = make_unit()
    rows = {"unit_roles": [{"unit": unit.pk, "role": "host"}, {"unit": unit.pk, "role": "witness"}]}
    assert "Unit ini sudah tertulis pada baris lain." in errors_of(desk, payload(rows))


def test_everything_else_is_saved_with_it(desk: Client, humas: User) -> None:
    host, partner, area = make_unit(), make_partner(), make_area()
    rows = {
        "unit_roles": [{"unit": host.pk, "role": "host", "online": "on"}],
        "people": [
            {"name": "Contoh Satu", "degrees": "S.H.", "role": "leader", "side": f"u{host.pk}"},
            {"name": "Budi Contoh", "role": "representative", "side": f"p{partner.pk}"},
        ],
        "followups": [{"text": "Kirim draf PKS", "due": "1 Desember 2026"}],
        "coverage": [{"outlet": "Media Contoh", "reach": "538", "captured_on": "3 Maret 2023"}],
    }
    data = payload(
        rows,
        areas=[area.pk],
        budget_year="2023",
        declared_partners="tiga puluh tujuh",
        declared_agreements="37",
        source_kind="MEDIA",
        source_url="https://contoh.go.id/berita",
        published_on="1 Februari 2023",
        notes="Bahan rapat berikutnya",
    )
    desk.post(URL, data)
    event = Event.objects.get()
    assert event.host() == host
    assert [person.unit or person.partner for person in event.people.all()] == [host, partner]
    assert event.followups.get().owner_unit == humas.unit
    assert event.coverage.get().reach == 538
    assert [link.area for link in event.area_links.all()] == [area]
    assert (event.declared_partners, event.budget_year) == (37, 2023)


def test_a_link_from_a_partner_fills_in_the_partner(desk: Client) -> None:
    partner = make_partner("Yayasan Contoh Tujuh")
    form = desk.get(f"{URL}?mitra={partner.pk}").context["form"]
    assert [row.initial.get("partner") for row in form.formsets["attendances"]] == [partner]


@pytest.mark.parametrize("address", ["?mitra=0", "?mitra=x", "?mitra=%F0", f"?mitra={'9' * 400}"])
def test_a_broken_link_opens_the_blank_form(desk: Client, address: str) -> None:
    assert desk.get(URL + address).status_code == 200


def test_an_upt_records_for_itself(desk: Client) -> None:
    elsewhere = make_unit()
    desk.post(URL, payload(unit=elsewhere.pk))
    assert Event.objects.get().unit != elsewhere


def test_ditjenpas_chooses_the_unit(client: Client, pengelola: User) -> None:
    client.force_login(pengelola)
    unit = make_unit()
    rows = {"followups": [{"text": "Kirim undangan"}]}
    client.post(URL, payload(rows, unit=unit.pk))
    assert Event.objects.get().unit == unit
    assert Event.objects.get().followups.get().owner_unit == unit


def test_ditjenpas_is_asked_for_the_unit(client: Client, pengelola: User) -> None:
    client.force_login(pengelola)
    assert "Pilih unit pencatat." in errors_of(client, payload())


def test_a_kanwil_does_not_record_for_another_kanwil(client: Client, humas: User) -> None:
    humas.unit = make_kanwil()
    humas.save()
    client.force_login(humas)
    stranger = make_unit(province=humas.unit.province, parent=humas.unit.parent)
    page = errors_of(client, payload(unit=stranger.pk))
    assert "Pilihan itu tidak ada. Cari lagi." in page


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({"attendances": [came("999999")]}, "Pilihan itu tidak ada. Cari lagi."),
        ({"unit_roles": [{"unit": "-1", "role": "host"}]}, "Pilihan itu tidak ada. Cari lagi."),
        ({"people": [{"name": "Contoh", "role": "guest", "side": "u0"}]}, "Pilihan itu tidak ada."),
        ({"parts": [{"kind": "XYZ"}]}, "Pilih jenis dari daftar."),
        ({"coverage": [{"outlet": "", "reach": "12"}]}, "Isi media."),
        ({"coverage": [{"outlet": "Media", "reach": "banyak"}]}, "harus angka, misalnya 120."),
        ({"followups": [{"text": "Kirim", "due": "31 November 2026"}]}, "November hanya sampai"),
        ({"people": [{"name": "", "degrees": "S.H.", "role": "guest"}]}, "Isi nama."),
        ({"people": [{"name": "x" * 10_000, "role": "guest"}]}, "batasnya 120"),
    ],
)
def test_rows_say_what_is_wrong(
    desk: Client, rows: dict[str, list[dict[str, Any]]], message: str
) -> None:
    assert message in errors_of(desk, payload(rows))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": "x" * 10_000}, "Judul terlalu panjang: 10000 huruf, batasnya 300."),
        ({"place": "x" * 201}, "Tempat terlalu panjang: 201 huruf, batasnya 200."),
        ({"when": "9" * 10_000}, "Tulis tanggalnya saja"),
        ({"mode": "XYZ"}, "Pilih cara pelaksanaan dari daftar."),
        ({"budget_year": "1800"}, "Tahun anggaran paling kecil 1945."),
        ({"budget_year": "9" * 5000}, "Tahun anggaran harus angka"),
        ({"declared_partners": "-1"}, "Jumlah mitra menurut sumber"),
        ({"declared_partners": "9999999999"}, "Jumlah mitra menurut sumber paling besar"),
        ({"areas": ["0"]}, "Pilih bidang dari daftar."),
        ({"areas": ["x"]}, "Pilih bidang dari daftar."),
        ({"source_url": "javascript:alert(1)"}, "Tulis alamat lengkap"),
        ({"published_on": "13/13/2025"}, "Bulan 13 tidak ada"),
        ({"parts-TOTAL_FORMS": "banyak"}, "Baris tidak terkirim utuh."),
    ],
)
def test_fields_say_what_is_wrong(desk: Client, fields: dict[str, Any], message: str) -> None:
    assert message in errors_of(desk, payload() | fields)


@pytest.mark.parametrize("field", ["title", "place", "when", "time", "notes", "declared_partners"])
@pytest.mark.parametrize("character", ["%00", "%ED%A0%80", "%FF"])
def test_what_is_no_text_is_never_stored(desk: Client, field: str, character: str) -> None:
    body = f"{urlencode(payload())}&{field}=a{character}b"
    response = desk.post(URL, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code in {200, 302, 400}
    kept = [event.title + event.place + event.notes for event in Event.objects.all()]
    assert not [text for text in kept if {"\0", "\ud800"} & set(text)]


def test_a_manager_does_not_record_events(client: Client, pembaca: User) -> None:
    client.force_login(pembaca)
    assert client.get(URL).status_code == 403
    assert client.post(URL, payload()).status_code == 403


def test_nobody_records_without_signing_in(client: Client) -> None:
    assert client.post(URL, payload()).status_code == 302
    assert not Event.objects.exists()


def test_a_form_from_elsewhere_is_refused(humas: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(humas)
    assert strict.post(URL, payload()).status_code == 403
    assert not Event.objects.exists()


def test_other_methods_are_refused(desk: Client) -> None:
    assert desk.delete(URL).status_code == 405


def test_an_added_row_starts_with_its_usual_values(desk: Client) -> None:
    rows = {"attendances": [came(name_as_written="Yayasan Contoh", presence="invited")]}
    form = desk.post(URL, payload(rows, tambah="attendances")).context["form"]
    shown = [row["presence"].value() for row in form.formsets["attendances"].forms]
    assert shown == ["invited", "present"]
