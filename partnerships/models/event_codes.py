"""Code lists an event carries; codes of data files stay unchanged."""

from django.db import models


class ActivityKind(models.TextChoices):
    """What happens at an event or as a delivery (jenis_kegiatan)."""

    TTD = "TTD", "Penandatanganan"
    RAKOR = "RAKOR", "Rapat koordinasi"
    KOORDINASI = "KOORDINASI", "Koordinasi/penjajakan"
    AUDIENSI = "AUDIENSI", "Audiensi"
    KUNJUNGAN = "KUNJUNGAN", "Kunjungan"
    SOSIALISASI = "SOSIALISASI", "Sosialisasi/penyuluhan"
    PELATIHAN = "PELATIHAN", "Pelatihan/bimbingan kerja"
    REHAB = "REHAB", "Rehabilitasi"
    LAYANAN = "LAYANAN", "Layanan/pemeriksaan bersama"
    MONEV = "MONEV", "Monitoring dan evaluasi"
    PENGHARGAAN = "PENGHARGAAN", "Penyerahan penghargaan"
    BANTUAN = "BANTUAN", "Penyerahan bantuan/hibah"
    KEHUMASAN = "KEHUMASAN", "Kehumasan, temu media"
    UPACARA = "UPACARA", "Peringatan/upacara"
    LAIN = "LAIN", "Lainnya"


# Talks, ceremonies and meetings prepare or celebrate; only these are something delivered.
DELIVERY_KINDS = (
    ActivityKind.SOSIALISASI,
    ActivityKind.PELATIHAN,
    ActivityKind.REHAB,
    ActivityKind.LAYANAN,
    ActivityKind.BANTUAN,
    ActivityKind.LAIN,
)


class Mode(models.TextChoices):
    LURING = "LURING", "Tatap muka"
    DARING = "DARING", "Daring"
    HIBRIDA = "HIBRIDA", "Hibrida"


class DatePrecision(models.TextChoices):
    DAY = "day", "Hari"
    MONTH = "month", "Bulan"
    YEAR = "year", "Tahun"
    DAY_MONTH = "day_month", "Hari dan bulan, tanpa tahun"
    UNKNOWN = "unknown", "Tidak diketahui"


class SourceKind(models.TextChoices):
    RILIS_SENDIRI = "RILIS_SENDIRI", "Rilis unit sendiri"
    MEDIA = "MEDIA", "Media massa"
    BLOG = "BLOG", "Blog warga"
    SURAT = "SURAT", "Surat/undangan"
    CATATAN = "CATATAN", "Catatan petugas"


class UnitRole(models.TextChoices):
    HOST = "host", "Penyelenggara"
    SIGNATORY = "signatory", "Penanda tangan"
    ATTENDING = "attending", "Mengikuti"
    WITNESS = "witness", "Saksi"


class Presence(models.TextChoices):
    INVITED = "invited", "Diundang"
    PRESENT = "present", "Hadir"
    REPRESENTED = "represented", "Diwakili"


TOOK_PART = (Presence.PRESENT, Presence.REPRESENTED)


class Outcome(models.TextChoices):
    SILATURAHMI = "SILATURAHMI", "Silaturahmi"
    MENJAJAKI = "MENJAJAKI", "Menjajaki kerja sama"
    SEPAKAT_PKS = "SEPAKAT_PKS", "Sepakat menyusun PKS"
    PERPANJANG = "PERPANJANG", "Sepakat memperpanjang"


class PersonRole(models.TextChoices):
    LEADER = "leader", "Pemimpin kegiatan"
    SPEAKER = "speaker", "Pembicara"
    REPRESENTATIVE = "representative", "Wakil mitra"
    GUEST = "guest", "Tamu"
