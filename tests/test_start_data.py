"""The five real events: every fact of their articles is stored, and stands on their pages."""

import html
from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from institutions.models import Officeholder, Role, Unit, User
from partnerships.models import Agreement, Event, Partner, Stage
from partnerships.roles import sync_roles
from partnerships.start_data import LoadResult, create_first_accounts, load_start_data
from tests.factories import make_event, make_user
from tests.reference_data import load_cut

# By the unit that keeps the record; in the words a reader sees.
FACTS: dict[str, dict[str, Any]] = {
    "bapas-pekanbaru": {
        "date": "20 November 2024",
        "inferred from": "Rabu (20/11)",
        "parts": [
            ["Koordinasi/penjajakan"],
            ["Sosialisasi/penyuluhan"],
            ["Pelatihan/bimbingan kerja"],
            ["Lainnya", "kegiatan sosial"],
        ],
        "units": {"Bapas Kelas I Pekanbaru": "penyelenggara"},
        "partners": {"PUSPA Madani Kampar": ["Kabupaten Kampar", "Hadir"]},
        "people": {
            "Erni Haerani": ["Pimpinan PUSPA Madani Kampar"],
            "Eri Erawan": ["Kepala Bapas"],
        },
        "areas": [
            "Intelektual / pendidikan kesetaraan (Paket A, B, C), literasi",
            "Pelatihan vokasi / keterampilan bersertifikat",
            "Pendampingan psikososial / konseling",
            "Reintegrasi sosial (PB, CB, CMB, asimilasi), pembimbingan klien",
            "Anak berhadapan dengan hukum, perempuan dan anak",
        ],
        "source": "Rilis unit sendiri",
    },
    "lapas-pekanbaru": {
        "date": "1 Juli 2025",
        "place": "Ruang WBK/WBBM Lapas Pekanbaru",
        "mode": "Daring",
        "parts": [["Penandatanganan"]],
        "units": {
            "Direktorat Jenderal Pemasyarakatan": "penyelenggara",
            "Lapas Kelas IIA Pekanbaru": "mengikuti",
        },
        "people": {"Erwin F. Simangunsong": ["Kepala Lapas"]},
        "declared partners": "9",
        "recorded partners": "0",
        "areas": [
            "Pelatihan vokasi / keterampilan bersertifikat",
            "Kewirausahaan, UMKM, pemasaran hasil karya",
            "Pelayanan kesehatan (dinkes, puskesmas, RSUD)",
            "Reintegrasi sosial (PB, CB, CMB, asimilasi), pembimbingan klien",
        ],
        "source": "Media massa",
        "coverage": ["Riausindo.com"],
    },
    "bapas-jember": {
        "date": "belum diketahui",
        "published": "1 Oktober 2024",
        "parts": [["Rapat koordinasi", "pelatihan dan pendampingan klien"]],
        "units": {"Bapas Kelas II Jember": "penyelenggara"},
        "partners": {
            "Pokmas Lipas": ["Kabupaten Jember", "Hadir"],
            "Dinas Sosial": ["Kabupaten Jember", "Hadir"],
            "Dinas Kesehatan": ["Kabupaten Jember", "Hadir"],
            "Dinas Kependudukan dan Pencatatan Sipil": ["Kabupaten Jember", "Hadir", "Dukcapil"],
            "Dinas Pemberdayaan Perempuan, Perlindungan Anak dan Kependudukan": [
                "Kabupaten Jember",
                "Hadir",
                "DP3AKP",
            ],
            "KUA Kecamatan Ambulu": ["Kabupaten Jember", "Hadir"],
            "Fakultas Ilmu Sosial dan Ilmu Politik Universitas Jember": [
                "Kabupaten Jember",
                "Hadir",
                "Fakultas Sosiologi dan Ilmu Politik Universitas Jember",
            ],
        },
        "areas": [
            "Pelatihan vokasi / keterampilan bersertifikat",
            "Pendampingan psikososial / konseling",
            "Reintegrasi sosial (PB, CB, CMB, asimilasi), pembimbingan klien",
            "Pembentukan dan pemberdayaan Pokmas Lipas / Griya Abhipraya",
        ],
        "source": "Blog warga",
        "coverage": ["Kompasiana"],
    },
    "lapas-perempuan-palembang": {
        "date": "31 Januari 2023",
        "parts": [
            ["Penandatanganan"],
            ["Rehabilitasi", "pembukaan"],
            ["Pelatihan/bimbingan kerja", "pembukaan pelatihan kemandirian"],
        ],
        "units": {
            "Lapas Perempuan Kelas IIA Palembang": "penyelenggara",
            "Kantor Wilayah Kementerian Hukum dan Hak Asasi Manusia Sumatera Selatan": "mengikuti",
        },
        "people": {
            "Bambang Haryanto, Bc.IP., SH., MH": [
                "Kepala Divisi Pemasyarakatan (Kadivpas)",
                "Kanwil Kemenkumham Sumsel",
            ],
            "Ike Rahmawati": ["Kepala Lapas"],
        },
        "budget year": "2023",
        "declared partners": "37",
        "declared agreements": "37",
        "recorded partners": "0",
        "areas": [
            "Keagamaan / kerohanian",
            "Pelatihan vokasi / keterampilan bersertifikat",
            "Rehabilitasi narkotika (medis/sosial), IPWL",
            "Publikasi dan media",
        ],
        "source": "Media massa",
        "coverage": ["PosKita.id", "538"],
    },
    "lapas-purwodadi": {
        "date": "belum diketahui",
        "mode": "Tatap muka",
        "parts": [["Kunjungan"]],
        "units": {"Lapas Kelas IIB Purwodadi": "penyelenggara"},
        "partners": {
            "Dinas Sosial": ["Kabupaten Grobogan", "Hadir", "Silaturahmi"],
            "Dinas Ketenagakerjaan": ["Kabupaten Grobogan", "Hadir", "Silaturahmi"],
            "Dinas Kesehatan": ["Kabupaten Grobogan", "Hadir", "Silaturahmi"],
            "Dinas Pendidikan": ["Kabupaten Grobogan", "Hadir", "Menjajaki kerja sama"],
        },
        "areas": [
            "Intelektual / pendidikan kesetaraan (Paket A, B, C), literasi",
            "Pelatihan vokasi / keterampilan bersertifikat",
            "Pelayanan kesehatan (dinkes, puskesmas, RSUD)",
            "Reintegrasi sosial (PB, CB, CMB, asimilasi), pembimbingan klien",
        ],
    },
}


def facts_of(event: Event) -> dict[str, Any]:
    """What is stored, in the form of FACTS; what is empty is left out."""
    day = event.published_on
    facts = {
        "date": event.date_label.removeprefix("Tanggal "),
        "inferred from": event.date_text if event.date_inferred else "",
        "place": event.place,
        "mode": event.get_mode_display(),
        "published": f"{day.day} Oktober {day.year}" if day else "",
        "parts": [written(part.get_kind_display(), part.text) for part in event.parts.all()],
        "units": {
            row.unit.name_on(event.starts_on): row.get_role_display().lower()
            for row in event.unit_roles.all()
        },
        "partners": {
            row.partner.name: written(
                str(row.partner.region),
                row.get_presence_display(),
                row.get_outcome_display(),
                row.name_as_written,
            )
            for row in event.attendances.all()
        },
        "people": {
            str(row): written(row.position, row.organisation if row.unit else "")
            for row in event.people.all()
        },
        "budget year": str(event.budget_year or ""),
        "declared partners": str(event.declared_partners or ""),
        "declared agreements": str(event.declared_agreements or ""),
        "recorded partners": str(event.recorded_partners) if event.declared_partners else "",
        "areas": [str(link.area) for link in event.area_links.order_by("area__order")],
        "source": event.get_source_kind_display(),
        "coverage": [
            text
            for row in event.coverage.all()
            for text in written(row.outlet, str(row.reach or ""))
        ],
    }
    return {name: value for name, value in facts.items() if value}


def written(*texts: str) -> list[str]:
    return [text for text in texts if text]


def words_in(facts: Any) -> Iterator[str]:
    if isinstance(facts, str):
        yield facts
    elif isinstance(facts, dict):
        yield from (word for pair in facts.items() for part in pair for word in words_in(part))
    else:
        yield from (word for part in facts for word in words_in(part))


@pytest.fixture
def loaded(db, tmp_path):
    load_cut(tmp_path / "data")
    sync_roles()
    assert load_start_data() == LoadResult.LOADED


def run() -> str:
    out = StringIO()
    call_command("load_start_data", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("unit", FACTS)
def test_the_facts_of_the_article_are_stored(loaded, unit):
    assert facts_of(Event.objects.get(unit__code=unit)) == FACTS[unit]


@pytest.mark.parametrize("unit", FACTS)
def test_the_facts_of_the_article_stand_on_the_page(loaded, client, unit):
    event = Event.objects.get(unit__code=unit)
    client.force_login(make_user(Role.HUMAS, unit=event.unit))
    page = html.unescape(client.get(event.get_absolute_url()).content.decode())
    shown = [event.title, *words_in(list(FACTS[unit].values()))]
    assert [text for text in shown if text not in page] == []


def test_the_year_that_was_not_written_is_marked(loaded):
    events = Event.objects.filter(date_inferred=True)
    assert [(event.unit.code, event.starts_on) for event in events] == [
        ("bapas-pekanbaru", date(2024, 11, 20))
    ]


def test_partners_carry_their_names_sectors_and_parents(loaded):
    puspa = Partner.objects.get(acronym="PUSPA")
    assert puspa.kind == "YAYASAN"
    assert [name.name for name in puspa.names.all()] == [
        "Partisipasi Publik untuk Kesejahteraan Perempuan dan Anak"
    ]
    faculty = Partner.objects.get(acronym="FISIP")
    assert faculty.parent.name == "Universitas Jember"
    assert Partner.objects.search("fakultas sosiologi jember").get() == faculty
    sectors = Partner.objects.filter(sector_links__sector__code="SOSIAL")
    assert {partner.regency.name for partner in sectors} == {"Jember", "Grobogan"}
    assert Partner.objects.get(acronym="DP3AKP").kind == "OPD"
    assert Partner.objects.count() == 13


def test_exploring_is_a_prospect_with_the_partner(loaded):
    agreement = Agreement.objects.get()
    event = Event.objects.get(unit__code="lapas-purwodadi")
    assert agreement.stage == Stage.PROSPECT
    assert agreement.signed_on is None
    assert [str(party) for party in agreement.parties.all()] == [
        "Lapas Purwodadi",
        "Dinas Pendidikan",
    ]
    assert [link.area.code for link in agreement.area_links.all()] == ["KEP_INTELEKTUAL"]
    assert event.attendances.get(agreement=agreement).partner.name == "Dinas Pendidikan"


def test_an_article_proves_one_day_in_office(loaded):
    seen = Officeholder.objects.order_by("seen_on", "person_name")
    assert [(row.full_name, row.unit.code, row.is_head, row.seen_on) for row in seen] == [
        ("Bambang Haryanto, Bc.IP., SH., MH", "kanwil-16", False, date(2023, 1, 31)),
        ("Ike Rahmawati", "lapas-perempuan-palembang", True, date(2023, 1, 31)),
        ("Eri Erawan", "bapas-pekanbaru", True, date(2024, 11, 20)),
        ("Erwin F. Simangunsong", "lapas-pekanbaru", True, date(2025, 7, 1)),
    ]
    assert all(row.source and not row.has_term for row in seen)
    kanwil = Unit.objects.get(code="kanwil-16")
    assert kanwil.name_on(date(2023, 1, 31)).startswith("Kantor Wilayah Kementerian Hukum")


def test_dates_are_kept_as_written(loaded):
    written = dict(Event.objects.exclude(date_text="").values_list("unit__code", "date_text"))
    assert written == {
        "bapas-pekanbaru": "Rabu (20/11)",
        "lapas-pekanbaru": "Selasa (1/7/2025)",
        "lapas-perempuan-palembang": "Selasa (31/1/2023)",
    }


def test_a_unit_that_only_watched_is_online(loaded):
    event = Event.objects.get(unit__code="lapas-pekanbaru")
    assert {row.unit.code: row.online for row in event.unit_roles.all()} == {
        "ditjenpas": False,
        "lapas-pekanbaru": True,
    }
    assert event.host().code == "ditjenpas"


def test_a_second_load_adds_nothing(loaded, pengelola):
    event = Event.objects.get(unit__code="lapas-purwodadi")
    event.archive(by=pengelola, reason="Tercatat dua kali")
    counts = (Event.objects.count(), Partner.objects.count(), Agreement.objects.count())
    assert load_start_data() == LoadResult.LOADED_BEFORE
    assert (Event.objects.count(), Partner.objects.count(), Agreement.objects.count()) == counts


def test_what_was_purged_does_not_come_back(loaded, pengelola):
    for event in Event.objects.all():
        event.archive(by=pengelola, reason="Bukan milik kami").purge(
            by=pengelola, reason="Bukan milik kami"
        )
    assert load_start_data() == LoadResult.LOADED_BEFORE
    assert not Event.objects.exists()


def test_a_register_in_use_is_left_alone(bapas_jember):
    make_event(bapas_jember)
    assert load_start_data() == LoadResult.IN_USE
    assert Event.objects.count() == 1


def test_the_command_asks_for_the_reference_data(db):
    with pytest.raises(CommandError, match="load_reference"):
        run()


def test_first_accounts_are_printed_once(loaded, client):
    said = run()
    passwords = {}
    for username, role, unit in (
        ("admin", "Admin", "Ditjenpas"),
        ("manager", "Manajer", "Kanwil Ditjenpas Riau"),
        ("humas", "Humas", "Lapas Pekanbaru"),
    ):
        line = next(line.split() for line in said.splitlines() if line.startswith(f"  {username}"))
        passwords[username] = line[1]
        assert " ".join(line[2:]) == f"{role}, {unit}"
        user = User.objects.get(username=username)
        assert (user.role, user.unit.short_name) == (role, unit)
        assert user.check_password(line[1])
        assert not user.is_superuser
    assert len(set(passwords.values())) == 3
    assert "Akun untuk masuk" not in run()


def test_nobody_gets_an_account_when_somebody_has_one(loaded, humas):
    assert create_first_accounts() == []


def test_production_makes_no_account_and_says_how(loaded, settings):
    settings.PRODUCTION = True
    assert "createsuperuser" in run()
    assert not User.objects.exists()
