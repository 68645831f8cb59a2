"""The facts of five press articles of 2023 to 2025; titles and notes are our own words."""

from datetime import date

from partnerships.models import (
    ActivityKind,
    Mode,
    Outcome,
    PartnerKind,
    PartnerNameKind,
    PersonRole,
    SourceKind,
    UnitRole,
)
from partnerships.start_data.facts import (
    Article,
    PartnerAttending,
    PartnerFacts,
    Person,
    Prospect,
    Report,
)

# The day the articles were read: a date without a year is not later than this.
READ_ON = date(2026, 11, 22)

KAMPAR, GROBOGAN, JEMBER = "14.01", "33.15", "35.09"


def agency(name: str, regency: str, *sectors: str) -> PartnerFacts:
    return PartnerFacts(name, PartnerKind.OPD, regency, sectors=sectors)


PUSPA = PartnerFacts(
    "PUSPA Madani Kampar",
    PartnerKind.YAYASAN,
    KAMPAR,
    acronym="PUSPA",
    sectors=("PPPA",),
    names=((PartnerNameKind.ALIAS, "Partisipasi Publik untuk Kesejahteraan Perempuan dan Anak"),),
)
POKMAS_LIPAS = PartnerFacts(
    "Pokmas Lipas",
    PartnerKind.POKMAS,
    JEMBER,
    names=((PartnerNameKind.ALIAS, "Kelompok Masyarakat Peduli Pemasyarakatan"),),
)
DUKCAPIL = PartnerFacts(
    "Dinas Kependudukan dan Pencatatan Sipil",
    PartnerKind.OPD,
    JEMBER,
    acronym="Dukcapil",
    sectors=("DUKCAPIL",),
    names=((PartnerNameKind.AS_WRITTEN, "Dukcapil"),),
)
DP3AKP = PartnerFacts(
    "Dinas Pemberdayaan Perempuan, Perlindungan Anak dan Kependudukan",
    PartnerKind.OPD,
    JEMBER,
    acronym="DP3AKP",
    sectors=("PPPA", "DUKCAPIL"),
    names=((PartnerNameKind.AS_WRITTEN, "DP3AKP"),),
)
KUA_AMBULU = PartnerFacts("KUA Kecamatan Ambulu", PartnerKind.VERTIKAL, JEMBER)
UNIVERSITAS_JEMBER = PartnerFacts("Universitas Jember", PartnerKind.PT, JEMBER, acronym="Unej")
FACULTY = PartnerFacts(
    "Fakultas Ilmu Sosial dan Ilmu Politik Universitas Jember",
    PartnerKind.PT,
    JEMBER,
    acronym="FISIP",
    names=(
        (
            PartnerNameKind.AS_WRITTEN,
            "Fakultas Sosiologi dan Ilmu Politik Universitas Jember",
        ),
    ),
    parent=UNIVERSITAS_JEMBER,
)

ARTICLES = (
    Article(
        unit="bapas-pekanbaru",
        title="Koordinasi pendampingan klien perempuan dan anak dengan PUSPA Madani Kampar",
        date_text="Rabu (20/11)",
        parts=(
            (ActivityKind.KOORDINASI, ""),
            (ActivityKind.SOSIALISASI, ""),
            (ActivityKind.PELATIHAN, ""),
            (ActivityKind.LAIN, "kegiatan sosial"),
        ),
        units=(("bapas-pekanbaru", UnitRole.HOST, False),),
        areas=("KES_JIWA", "KEP_INTELEKTUAL", "MAN_VOKASI", "REINTEGRASI", "ANAK"),
        partners=(PartnerAttending(PUSPA, representative="Erni Haerani"),),
        people=(
            Person(
                "Erni Haerani",
                "Pimpinan PUSPA Madani Kampar",
                PersonRole.REPRESENTATIVE,
                organisation="PUSPA Madani Kampar",
                partner=PUSPA,
            ),
            Person("Eri Erawan", "Kepala Bapas", unit="bapas-pekanbaru", is_head=True),
        ),
        source="Rilis Humas Bapas Kelas I Pekanbaru",
        source_kind=SourceKind.RILIS_SENDIRI,
    ),
    Article(
        unit="lapas-pekanbaru",
        title="Penandatanganan PKS Ditjenpas dengan sembilan mitra, diikuti dari Pekanbaru",
        date_text="Selasa (1/7/2025)",
        place="Ruang WBK/WBBM Lapas Pekanbaru",
        mode=Mode.DARING,
        parts=((ActivityKind.TTD, ""),),
        units=(
            ("ditjenpas", UnitRole.HOST, False),
            ("lapas-pekanbaru", UnitRole.ATTENDING, True),
        ),
        areas=("MAN_VOKASI", "MAN_USAHA", "KES_LAYANAN", "REINTEGRASI"),
        declared_partners=9,
        people=(
            Person(
                "Erwin F. Simangunsong",
                "Kepala Lapas",
                unit="lapas-pekanbaru",
                is_head=True,
            ),
        ),
        coverage=(Report("Riausindo.com"),),
        source="Riausindo.com",
        source_kind=SourceKind.MEDIA,
        notes=(
            "Tidak satu pun mitra disebut namanya; asalnya pendidikan, dunia usaha, "
            "lembaga pelatihan, dan pelayanan sosial. Berita masih memakai nama kementerian "
            "yang lama."
        ),
    ),
    Article(
        unit="bapas-jember",
        title="Rapat koordinasi Bapas Jember dengan Pokmas Lipas dan instansi setempat",
        parts=((ActivityKind.RAKOR, "pelatihan dan pendampingan klien"),),
        units=(("bapas-jember", UnitRole.HOST, False),),
        areas=("REINTEGRASI", "POKMAS", "KES_JIWA", "MAN_VOKASI"),
        partners=(
            PartnerAttending(POKMAS_LIPAS),
            PartnerAttending(agency("Dinas Sosial", JEMBER, "SOSIAL")),
            PartnerAttending(agency("Dinas Kesehatan", JEMBER, "KESEHATAN")),
            PartnerAttending(DUKCAPIL, as_written="Dukcapil"),
            PartnerAttending(DP3AKP, as_written="DP3AKP"),
            PartnerAttending(KUA_AMBULU),
            PartnerAttending(
                FACULTY, as_written="Fakultas Sosiologi dan Ilmu Politik Universitas Jember"
            ),
        ),
        coverage=(Report("Kompasiana"),),
        source="Kompasiana",
        source_kind=SourceKind.BLOG,
        published_on=date(2024, 10, 1),
        notes="Hari rapatnya tidak disebut; yang diketahui hanya tanggal terbit beritanya.",
    ),
    Article(
        unit="lapas-perempuan-palembang",
        title="Penandatanganan MoU dengan 37 mitra dan pembukaan program pembinaan 2023",
        date_text="Selasa (31/1/2023)",
        budget_year=2023,
        parts=(
            (ActivityKind.TTD, ""),
            (ActivityKind.REHAB, "pembukaan"),
            (ActivityKind.PELATIHAN, "pembukaan pelatihan kemandirian"),
        ),
        units=(
            ("lapas-perempuan-palembang", UnitRole.HOST, False),
            ("kanwil-16", UnitRole.ATTENDING, False),
        ),
        areas=("KEP_AGAMA", "MAN_VOKASI", "KES_REHAB", "PUBLIKASI"),
        declared_partners=37,
        declared_agreements=37,
        people=(
            Person(
                "Bambang Haryanto",
                "Kepala Divisi Pemasyarakatan (Kadivpas)",
                degrees="Bc.IP., SH., MH",
                organisation="Kanwil Kemenkumham Sumsel",
                unit="kanwil-16",
            ),
            Person(
                "Ike Rahmawati",
                "Kepala Lapas",
                unit="lapas-perempuan-palembang",
                is_head=True,
            ),
        ),
        coverage=(Report("PosKita.id", reach=538),),
        source="PosKita.id",
        source_kind=SourceKind.MEDIA,
        notes="Tidak satu pun mitra disebut namanya; sebagian baru, sebagian sudah lama.",
    ),
    Article(
        unit="lapas-purwodadi",
        title="Kunjungan Kalapas Purwodadi ke dinas-dinas Kabupaten Grobogan",
        mode=Mode.LURING,
        parts=((ActivityKind.KUNJUNGAN, ""),),
        units=(("lapas-purwodadi", UnitRole.HOST, False),),
        areas=("MAN_VOKASI", "KEP_INTELEKTUAL", "KES_LAYANAN", "REINTEGRASI"),
        partners=(
            PartnerAttending(
                agency("Dinas Sosial", GROBOGAN, "SOSIAL"), outcome=Outcome.SILATURAHMI
            ),
            PartnerAttending(
                agency("Dinas Ketenagakerjaan", GROBOGAN, "TENAGA_KERJA"),
                outcome=Outcome.SILATURAHMI,
            ),
            PartnerAttending(
                agency("Dinas Kesehatan", GROBOGAN, "KESEHATAN"), outcome=Outcome.SILATURAHMI
            ),
            PartnerAttending(
                agency("Dinas Pendidikan", GROBOGAN, "PENDIDIKAN"),
                outcome=Outcome.MENJAJAKI,
                prospect=Prospect(
                    title="Pendidikan kesetaraan Paket A, B, dan C",
                    scope="Warga binaan menamatkan pendidikan dan memperoleh ijazah.",
                    areas=("KEP_INTELEKTUAL",),
                ),
            ),
        ),
        source="Berita tanpa tanggal dan tanpa nama media",
        notes="Tanggal, nama Kalapas, dan nama pimpinan dinas tidak disebut.",
    ),
)
