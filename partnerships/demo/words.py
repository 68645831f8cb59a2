"""The vocabulary of the made-up region: every name says that it is an example."""

from partnerships.models import PartnerKind

PEOPLE = (
    "Contoh Satu",
    "Contoh Dua",
    "Contoh Tiga",
    "Contoh Empat",
    "Contoh Lima",
    "Contoh Enam",
    "Contoh Tujuh",
    "Contoh Delapan",
    "Budi Contoh",
    "Siti Contoh",
    "Made Contoh",
    "Ucok Contoh",
)
DEGREES = ("", "", "S.H.", "S.Sos., M.Si.", "A.Md.IP., S.H., M.H.", "S.Pd.")

# In every regency: name, acronym, kind, sectors, area the partner is good for.
PARTNERS: tuple[tuple[str, str, PartnerKind, tuple[str, ...], str], ...] = (
    ("Dinas Sosial", "Dinsos", PartnerKind.OPD, ("SOSIAL",), "REINTEGRASI"),
    ("Dinas Kesehatan", "Dinkes", PartnerKind.OPD, ("KESEHATAN",), "KES_LAYANAN"),
    ("Dinas Tenaga Kerja", "Disnaker", PartnerKind.OPD, ("TENAGA_KERJA",), "MAN_VOKASI"),
    ("Dinas Pendidikan", "Disdik", PartnerKind.OPD, ("PENDIDIKAN",), "KEP_INTELEKTUAL"),
    ("Dinas Pertanian", "Distan", PartnerKind.OPD, ("PERTANIAN",), "MAN_PANGAN"),
    ("Dinas Perikanan", "Diskan", PartnerKind.OPD, ("PERIKANAN",), "MAN_PANGAN"),
    ("Dinas Lingkungan Hidup", "DLH", PartnerKind.OPD, ("LINGKUNGAN",), "PIDANA_SOSIAL"),
    ("Dinas Komunikasi dan Informatika", "Diskominfo", PartnerKind.OPD, ("KOMINFO",), "PUBLIKASI"),
    ("Dinas Perpustakaan dan Arsip", "", PartnerKind.OPD, ("PERPUSTAKAAN",), "KEP_INTELEKTUAL"),
    (
        "Dinas Kependudukan dan Pencatatan Sipil",
        "Disdukcapil",
        PartnerKind.OPD,
        ("DUKCAPIL",),
        "ADM_KEPENDUDUKAN",
    ),
    ("Dinas Koperasi dan UMKM", "", PartnerKind.OPD, ("UMKM",), "MAN_USAHA"),
    (
        "Dinas Perindustrian dan Tenaga Kerja",
        "",
        PartnerKind.OPD,
        ("TENAGA_KERJA", "UMKM"),
        "MAN_PRODUKSI",
    ),
    ("Pemerintah {kind} {place}", "", PartnerKind.PEMDA, ("PEMERINTAHAN",), "PIDANA_SOSIAL"),
    ("Puskesmas {place} 1", "", PartnerKind.FASKES, ("KESEHATAN",), "KES_LAYANAN"),
    ("Puskesmas {place} 2", "", PartnerKind.FASKES, ("KESEHATAN",), "KES_LAYANAN"),
    ("RSUD {place}", "", PartnerKind.FASKES, ("KESEHATAN",), "KES_JIWA"),
    ("Kantor Kementerian Agama {kind} {place}", "", PartnerKind.VERTIKAL, (), "KEP_AGAMA"),
    ("KUA Kecamatan {place}", "", PartnerKind.VERTIKAL, (), "KEP_AGAMA"),
    ("BNN {kind} {place}", "", PartnerKind.VERTIKAL, (), "KES_REHAB"),
    ("Polres {place}", "", PartnerKind.APH, (), "KEAMANAN"),
    ("Kejaksaan Negeri {place}", "", PartnerKind.APH, (), "KEAMANAN"),
    ("Pengadilan Negeri {place}", "", PartnerKind.APH, (), "HUK_BANTUAN"),
    ("Balai Latihan Kerja {place}", "BLK", PartnerKind.LATIHAN, ("TENAGA_KERJA",), "MAN_VOKASI"),
    ("LPK Terampil {place}", "", PartnerKind.LATIHAN, (), "MAN_VOKASI"),
    ("PKBM Harapan {place}", "", PartnerKind.SEKOLAH, ("PENDIDIKAN",), "KEP_INTELEKTUAL"),
    ("SMK Negeri 1 {place}", "", PartnerKind.SEKOLAH, ("PENDIDIKAN",), "MAN_VOKASI"),
    ("Universitas {place}", "", PartnerKind.PT, (), "PENELITIAN"),
    ("Fakultas Hukum Universitas {place}", "", PartnerKind.PT, (), "HUK_BANTUAN"),
    ("Yayasan Peduli {place}", "", PartnerKind.YAYASAN, (), "REINTEGRASI"),
    ("Yayasan Anak {place}", "", PartnerKind.YAYASAN, ("PPPA",), "ANAK"),
    ("LBH {place}", "", PartnerKind.LBH, (), "HUK_BANTUAN"),
    ("Rumah Pulih {place}", "", PartnerKind.REHAB, (), "KES_REHAB"),
    ("PT Karya {place}", "", PartnerKind.SWASTA, (), "MAN_PRODUKSI"),
    ("CV Rasa {place}", "", PartnerKind.SWASTA, (), "MAN_USAHA"),
    ("Bank {place}", "", PartnerKind.BUMN_D, (), "SARPRAS"),
    ("Asosiasi Jasa Boga {place}", "", PartnerKind.ASOSIASI, (), "MAN_USAHA"),
    ("Majelis Taklim {place}", "", PartnerKind.AGAMA, (), "KEP_AGAMA"),
    ("Harian {place}", "", PartnerKind.MEDIA, (), "PUBLIKASI"),
    ("Pokmas Lipas {place}", "", PartnerKind.POKMAS, (), "POKMAS"),
    ("Sanggar Seni {place}", "", PartnerKind.LAIN, (), "KEP_JASMANI"),
)

# What an agreement in an area is about, and what is delivered under it.
SUBJECTS: dict[str, tuple[str, ...]] = {
    "ADM_KEPENDUDUKAN": ("Perekaman KTP elektronik", "Layanan administrasi kependudukan"),
    "ANAK": ("Pendampingan anak binaan", "Perlindungan anak dan perempuan"),
    "HUK_BANTUAN": ("Layanan bantuan hukum", "Penyuluhan hukum bagi tahanan"),
    "KEAMANAN": ("Pengamanan lingkungan", "Penanganan keadaan darurat"),
    "KEP_AGAMA": ("Bimbingan rohani", "Pembinaan keagamaan"),
    "KEP_INTELEKTUAL": ("Pendidikan kesetaraan", "Pojok baca dan literasi"),
    "KEP_JASMANI": ("Pembinaan seni", "Olahraga rutin"),
    "KES_JIWA": ("Konseling dan kesehatan jiwa", "Rujukan pasien"),
    "KES_LAYANAN": ("Pemeriksaan kesehatan berkala", "Skrining tuberkulosis"),
    "KES_REHAB": ("Rehabilitasi sosial", "Rehabilitasi pengguna narkotika"),
    "MAN_PANGAN": ("Kebun sayur dan ternak", "Budi daya ikan"),
    "MAN_PRODUKSI": ("Produksi mebel", "Konveksi seragam"),
    "MAN_USAHA": ("Pemasaran hasil karya", "Kewirausahaan makanan"),
    "MAN_VOKASI": ("Pelatihan menjahit", "Pelatihan las", "Pelatihan barista"),
    "PENELITIAN": ("Penelitian dan magang mahasiswa", "Pengabdian masyarakat"),
    "PIDANA_SOSIAL": ("Tempat pidana kerja sosial", "Kerja sosial di taman kota"),
    "POKMAS": ("Pemberdayaan Pokmas Lipas", "Griya Abhipraya"),
    "PUBLIKASI": ("Publikasi kegiatan", "Siaran radio warga"),
    "REINTEGRASI": ("Pendampingan setelah bebas", "Rumah singgah"),
    "SARPRAS": ("Bantuan alat kerja", "Perbaikan ruang belajar"),
}

PROMISES = (
    "Kirim rancangan naskah kepada mitra",
    "Kirim daftar peserta kepada mitra",
    "Tetapkan jadwal pelatihan bersama",
    "Siapkan ruang dan alat kerja",
    "Minta nomor naskah dari mitra",
    "Undang mitra untuk evaluasi",
)
REASONS = ("Mitra dilebur dengan instansi lain", "Kegiatan tidak dapat dibiayai lagi")
PLACES = ("Aula", "Ruang rapat", "Bengkel kerja", "Ruang kunjungan", "Lapangan", "Klinik")
