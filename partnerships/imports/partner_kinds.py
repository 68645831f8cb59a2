"""What kind a new partner is by its name: a guess that is shown, and asked for where it fails."""

import re

from indonesian.names import normalise
from partnerships.models import PartnerKind

_K = PartnerKind
KIND_WORDS: dict[str, PartnerKind] = {
    **{normalise(words): kind for kind in _K for words in (kind.label, kind.value)},
    **dict.fromkeys(("opd", "dinas", "perangkat daerah", "organisasi perangkat daerah"), _K.OPD),
    **dict.fromkeys(("universitas", "kampus", "pendidikan tinggi"), _K.PT),
    **dict.fromkeys(("sekolah", "pendidikan", "pkbm", "pesantren"), _K.SEKOLAH),
    **dict.fromkeys(("swasta", "perusahaan", "umkm"), _K.SWASTA),
    **dict.fromkeys(("yayasan", "lsm", "ormas"), _K.YAYASAN),
    **dict.fromkeys(("puskesmas", "rumah sakit", "kesehatan"), _K.FASKES),
    **dict.fromkeys(("lbh", "bantuan hukum"), _K.LBH),
}
# By how a name begins once it is normalised; the first that fits counts.
BEGINNINGS: tuple[tuple[PartnerKind, str], ...] = (
    (_K.AGAMA, r"badan amil zakat|lembaga amil zakat|baznas|gereja|majelis ulama|masjid|paroki"),
    (_K.AGAMA, r"nahdlatul ulama|pimpinan daerah muhammadiyah|muhammadiyah|vihara|pura\b"),
    (_K.VERTIKAL, r"badan narkotika nasional .|kantor urusan agama"),
    (_K.VERTIKAL, r"kantor (?:kementerian|pertanahan|imigrasi|pajak|wilayah)|bpjs\b"),
    (_K.VERTIKAL, r"kementerian agama (?:kabupaten|kota)|badan pusat statistik"),
    (_K.K_L, r"kementerian|badan narkotika nasional$|badan nasional|komisi|mahkamah|ombudsman"),
    (_K.FASKES, r"rumah sakit|puskesmas|pusat kesehatan masyarakat|klinik|laboratorium"),
    (_K.OPD, r"dinas|badan|kecamatan|kelurahan|satuan polisi pamong praja|sekretariat daerah"),
    (_K.PEMDA, r"pemerintah|bupati|wali ?kota|gubernur|desa\b"),
    (_K.APH, r"kepolisian|kejaksaan|pengadilan|komando|tentara"),
    (_K.LATIHAN, r"balai latihan|balai pelatihan|balai besar|lembaga pelatihan|lembaga kursus"),
    (_K.PT, r"universitas|institut|politeknik|sekolah tinggi|akademi|fakultas"),
    (_K.SEKOLAH, r"sekolah|sm[kap]n?\b|sdn?\b|pusat kegiatan belajar|pondok pesantren|madrasah"),
    (_K.LBH, r"lembaga bantuan hukum|pos bantuan hukum|organisasi bantuan hukum"),
    (_K.BUMN_D, r"(?:pt )?bank\b|perumda|perusahaan umum|pt (?:pln|pos|pegadaian)\b"),
    (_K.SWASTA, r"(?:pt|cv|ud|firma|toko)\b"),
    (_K.POKMAS, r"pokmas|kelompok masyarakat"),
    (_K.REHAB, r".*\brehabilitasi\b"),
    (_K.YAYASAN, r"yayasan|perkumpulan|forum|lembaga swadaya"),
    (_K.ASOSIASI, r"asosiasi|ikatan|himpunan|persatuan|kamar dagang"),
    (_K.MEDIA, r"radio|harian|media\b|televisi"),
)
_BEGINNINGS = [(kind, re.compile(pattern)) for kind, pattern in BEGINNINGS]
# There is one of each name in the country; of every other kind there may be one in each regency,
# so that the place is part of who it is.
NATIONWIDE = frozenset({_K.K_L, _K.PT, _K.BUMN_D, _K.MEDIA, _K.LUAR_NEGERI})


def stated_kind(text: str) -> PartnerKind | None:
    return KIND_WORDS.get(normalise(text[:200]))


def guessed_kind(name_key: str) -> PartnerKind | None:
    return next((kind for kind, begins in _BEGINNINGS if begins.match(name_key)), None)
