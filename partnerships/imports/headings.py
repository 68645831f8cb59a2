"""Which column of a list holds what: the headings of Rekap Kerja Sama and how others word them."""

import re
from dataclasses import dataclass
from enum import StrEnum

from indonesian.names import plain

Row = list[str]


class Column(StrEnum):
    SERIAL = "serial"
    UNIT = "unit"
    PARTNER = "partner"
    CATEGORY = "category"
    REGION = "region"
    KIND = "kind"
    TITLE = "title"
    OUR_NUMBER = "our_number"
    THEIR_NUMBER = "their_number"
    SIGNED = "signed"
    STARTS = "starts"
    ENDS = "ends"
    TERM = "term"
    AREAS = "areas"
    SCOPE = "scope"
    PLACE = "place"
    OUR_SIGNATORY = "our_signatory"
    THEIR_SIGNATORY = "their_signatory"
    STATUS = "status"
    FOLLOW_UP = "follow_up"
    NOTES = "notes"


# As our own template and the file of what is left over head them; each is read as its column.
TITLES: dict[Column, str] = {
    Column.UNIT: "Unit",
    Column.PARTNER: "Mitra",
    Column.CATEGORY: "Kategori mitra",
    Column.REGION: "Kabupaten/Kota",
    Column.KIND: "Jenis dokumen",
    Column.TITLE: "Judul",
    Column.OUR_NUMBER: "No. Pihak Kesatu",
    Column.THEIR_NUMBER: "No. Pihak Kedua",
    Column.SIGNED: "Tgl ttd",
    Column.STARTS: "Tanggal mulai",
    Column.ENDS: "Tanggal berakhir",
    Column.TERM: "Masa berlaku",
    Column.AREAS: "Bidang",
    Column.SCOPE: "Ruang lingkup",
    Column.PLACE: "Tempat",
    Column.OUR_SIGNATORY: "Penanda tangan unit",
    Column.THEIR_SIGNATORY: "Penanda tangan mitra",
    Column.STATUS: "Status",
    Column.FOLLOW_UP: "Tindak lanjut",
    Column.NOTES: "Keterangan",
}

_DAY = r"(?:tanggal|tgl|tggl)"
_PAPER = (
    r"(?:pks|mou|naskah|perjanjian|kerja ?sama|dokumen|nota kesepahaman|surat|surat perjanjian)"
)
_OTHERS = r"(?:kedua|ii|2|mitra|instansi|stakeholder|lembaga|rekanan)"
_OURS = r"(?:kesatu|pertama|i|1|upt|unit|satker|lapas|rutan|bapas|lpka|kanwil)"
_SIGNATORY = r"(?:pejabat|penanda ?tangan|penandatangan)"
# The first that fits says what the column is; a column that is taken is not given twice.
RULES: tuple[tuple[Column, str], ...] = (
    (Column.SERIAL, r"(?:no|urut|no urut|nomor urut|nomer|#)"),
    (Column.THEIR_NUMBER, rf"(?:no|nomor)\b.*\b{_OTHERS}\b.*"),
    (Column.OUR_NUMBER, rf"(?:no|nomor)\b.*\b{_OURS}\b.*"),
    (Column.OUR_NUMBER, rf"(?:no|nomor)\b.*\b{_PAPER}\b.*"),
    (Column.OUR_NUMBER, r"nomor"),
    (Column.CATEGORY, r"(?:kategori|klasifikasi|kelompok|jenis)\b.*\b(?:mitra|instansi|lembaga).*"),
    (Column.CATEGORY, r"kategori"),
    (Column.THEIR_SIGNATORY, rf"{_SIGNATORY}\b.*\b{_OTHERS}\b.*"),
    (Column.OUR_SIGNATORY, rf"(?:nama )?{_SIGNATORY}\b.*"),
    (Column.ENDS, rf"{_DAY}?\b.*\b(?:berakhir|berakhirnya|akhir|selesai|habis|kedaluwarsa)\b.*"),
    (Column.ENDS, r".*\b(?:kadaluarsa|kadaluwarsa|jatuh tempo)\b.*"),
    (Column.ENDS, r"berlaku (?:sampai|hingga|sd|s d)\b.*"),
    (Column.STARTS, rf"{_DAY}\b.*\b(?:mulai|dimulai|mulainya|berlaku|awal|efektif)\b.*"),
    (Column.STARTS, r"(?:tmt|mulai|mulai berlaku|berlaku sejak|awal)"),
    (Column.SIGNED, rf"{_DAY}\b.*"),
    (Column.SIGNED, r"(?:ttd|tanda tangan|penandatanganan|ditandatangani|waktu penandatanganan).*"),
    (Column.STARTS, r"(?:masa|jangka waktu|periode)\b.*\b(?:mulai|awal|dari)\b.*"),
    (Column.ENDS, r"(?:masa|jangka waktu|periode)\b.*\b(?:sampai|hingga)\b.*"),
    (Column.TERM, r"(?:masa|jangka waktu|durasi|lama|periode)\b.*"),
    (Column.AREAS, r"(?:bidang|jenis pembinaan|jenis program|program)\b.*"),
    (Column.KIND, r"(?:jenis|bentuk|tipe)\b.*"),
    (Column.KIND, r"(?:pks|mou)(?: (?:pks|mou))*"),
    (Column.SCOPE, r"(?:ruang lingkup|lingkup)\b.*"),
    (Column.TITLE, r"(?:judul|tentang|perihal|hal|uraian|objek|isi)\b.*"),
    (Column.TITLE, rf"nama (?:kegiatan|program|{_PAPER})\b.*"),
    (Column.STATUS, r"status\b.*"),
    (Column.FOLLOW_UP, r"(?:tindak lanjut|rencana|rtl)\b.*"),
    (Column.NOTES, r"(?:keterangan|ket|catatan)\b.*"),
    (Column.UNIT, r"(?:nama )?(?:unit|upt|satker|satuan kerja|kanwil|lapas rutan)\b.*"),
    (Column.UNIT, r"pihak (?:ke )?(?:kesatu|pertama|i|1)\b.*"),
    (Column.PARTNER, r"(?:nama )?(?:mitra|instansi|lembaga|stakeholder|institusi|rekanan)\b.*"),
    (Column.PARTNER, r"(?:nama )?pihak\b.*"),
    (Column.REGION, r"(?:kab|kabupaten|kota|wilayah)\b.*"),
    (Column.PLACE, r"(?:tempat|lokasi)\b.*"),
)
_RULES = [(column, re.compile(pattern)) for column, pattern in RULES]
LOOKED_THROUGH = 40
LONGEST_HEADING = 80


@dataclass(frozen=True)
class Headings:
    """Columns by their place in a row; `unread` are headings that mean nothing to us."""

    places: dict[int, Column]
    unread: tuple[str, ...]
    # How many rows of the sheet they take.
    rows: int = 1

    @property
    def names_papers(self) -> bool:
        found = set(self.places.values())
        return len(found) > 1 and bool(found & {Column.PARTNER, Column.TITLE})

    @property
    def weight(self) -> int:
        return len(self.places)


def column_of(text: str) -> Column | None:
    heading = plain(text[: LONGEST_HEADING + 1])
    if not heading or len(heading) > LONGEST_HEADING:
        return None
    return next((column for column, pattern in _RULES if pattern.fullmatch(heading)), None)


def read_headings(row: Row, rows: int = 1) -> Headings:
    places: dict[int, Column] = {}
    unread = []
    for place, text in enumerate(row):
        column = column_of(text)
        if column is not None and column not in places.values():
            places[place] = column
        elif text:
            unread.append(" ".join(text.split())[:LONGEST_HEADING])
    return Headings(places, tuple(unread), rows)


def below_each_other(upper: Row, lower: Row) -> Row:
    """Headings in two rows: "Nomor" over "Pihak Kesatu" and "Pihak Kedua"."""
    joined, above = [], ""
    for place in range(max(len(upper), len(lower))):
        own = upper[place] if place < len(upper) else ""
        below = lower[place] if place < len(lower) else ""
        above = own or (above if below else "")
        joined.append(f"{above} {below}".strip())
    return joined


def find_headings(rows: list[Row]) -> tuple[int, Headings] | None:
    """Where in the first rows of a sheet the headings stand, under whatever title there is."""
    best: tuple[int, Headings] | None = None
    for at, row in enumerate(rows):
        found = read_headings(row)
        if at + 1 < len(rows):
            both = read_headings(below_each_other(row, rows[at + 1]), rows=2)
            found = both if found.names_papers and both.weight > found.weight else found
        if found.names_papers and (best is None or found.weight > best[1].weight):
            best = at, found
    return best


def is_numbering(row: Row) -> bool:
    """The line of column numbers under the headings: 1, 2, 3 or (1), (2), (3)."""
    texts = [text.strip("()[]. ") for text in row if text]
    return len(texts) > 2 and texts == [str(number) for number in range(1, len(texts) + 1)]
