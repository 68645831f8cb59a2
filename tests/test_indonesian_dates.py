"""The spellings, one by one; test_indonesian_dates_at_large.py has what holds for all of them."""

from datetime import date

import pytest

from indonesian.dates import Precision, ReadDate, read_date

TODAY = date(2026, 11, 22)


def read(text: str) -> ReadDate:
    return read_date(text, today=TODAY)


WHOLE_DAYS = [
    ("1 Juli 2025", "2025-07-01"),
    ("01 Juli 2025", "2025-07-01"),
    ("1 JULI 2025", "2025-07-01"),
    ("1 Juli2025", "2025-07-01"),
    ("1 Juli, 2025", "2025-07-01"),
    ("1 Juli 2025.", "2025-07-01"),
    ("“1 Juli 2025”", "2025-07-01"),
    ("\u200e1\u00a0Juli\u202f2025\ufeff", "2025-07-01"),
    ("  1\tJuli\r\n2025  ", "2025-07-01"),
    ("１ Juli ２０２５", "2025-07-01"),
    ("1 Juli '25", "2025-07-01"),
    ("1 Juli ’25", "2025-07-01"),
    ("1 Juli 25", "2025-07-01"),
    ("1 Juli 2025 M", "2025-07-01"),
    ("1 Juli tahun 2025", "2025-07-01"),
    # Weekdays
    ("Selasa, 1 Juli 2025", "2025-07-01"),
    ("SELASA, 1 JULI 2025", "2025-07-01"),
    ("selasa,01 juli 2025", "2025-07-01"),
    ("Selasa 1 Juli 2025", "2025-07-01"),
    ("Selasa / 1 Juli 2025", "2025-07-01"),
    ("Selasa – 1 Juli 2025", "2025-07-01"),
    ("Sel, 1/7/2025", "2025-07-01"),
    ("Selasa (1/7/2025)", "2025-07-01"),
    ("Selasa(1/7/2025)", "2025-07-01"),
    ("Selasa, (1/7/2025).", "2025-07-01"),
    ("Selasa ( 01/07/2025 )", "2025-07-01"),
    ("(Selasa, 1 Juli 2025)", "2025-07-01"),
    ("1/7/2025 (Selasa)", "2025-07-01"),
    ("1 Juli 2025, Selasa", "2025-07-01"),
    ("Jum'at, 4 Juli 2025", "2025-07-04"),
    ("Jum’at (4/7/2025)", "2025-07-04"),
    ("Jum`at 4 Juli 2025", "2025-07-04"),
    ("Jum´at 4 Juli 2025", "2025-07-04"),
    ("Jumat, 4 Juli 2025", "2025-07-04"),
    ("Ahad, 6 Juli 2025", "2025-07-06"),
    ("Minggu, 6 Juli 2025", "2025-07-06"),
    ("Kamis (25/3/21)", "2021-03-25"),
    # Part of the day, time
    ("Selasa pagi (1/7/2025)", "2025-07-01"),
    ("Selasa (1/7/2025) pagi", "2025-07-01"),
    ("Selasa siang, 1 Juli 2025", "2025-07-01"),
    ("Selasa (1/7/2025) kemarin", "2025-07-01"),
    ("Selasa, 1 Juli 2025 pukul 09.00 WIB", "2025-07-01"),
    ("Selasa, 1 Juli 2025, pukul 09.00 WIB s.d. selesai", "2025-07-01"),
    ("1 Juli 2025 pkl. 09.00 – 12.00 WITA", "2025-07-01"),
    ("1 Juli 2025 jam 9 pagi", "2025-07-01"),
    ("1 Juli 2025 09.00 - 12.00 WIT", "2025-07-01"),
    ("Selasa, 01 Juli 2025 | 09:15 WIB", "2025-07-01"),
    ("1 Juli 2025 - 14.05 WIB", "2025-07-01"),
    ("01/07/2025 00:00:00", "2025-07-01"),
    # Figures
    ("1-7-2025", "2025-07-01"),
    ("01/07/25", "2025-07-01"),
    ("1.7.2025", "2025-07-01"),
    ("01.07.2025", "2025-07-01"),
    ("1–7–2025", "2025-07-01"),
    ("1 / 7 / 2025", "2025-07-01"),
    ("1 7 2025", "2025-07-01"),
    ("tgl 1-7-25", "2025-07-01"),
    ("1/VII/2025", "2025-07-01"),
    ("1-vii-2025", "2025-07-01"),
    ("25-07-01", "2001-07-25"),
    ("2025-07-01", "2025-07-01"),
    ("2025-7-1", "2025-07-01"),
    ("2025/07/01", "2025-07-01"),
    ("2025-07-01T09:00:00", "2025-07-01"),
    ("2025-07-01 09:00", "2025-07-01"),
    # Months
    ("31 Agu 2025", "2025-08-31"),
    ("31 Agt 2025", "2025-08-31"),
    ("31 Agt. 2025", "2025-08-31"),
    ("31 Agust 2025", "2025-08-31"),
    ("12 Nopember 2025", "2025-11-12"),
    ("12 Nop 2025", "2025-11-12"),
    ("3 Pebruari 2025", "2025-02-03"),
    ("3 Peb 2025", "2025-02-03"),
    ("9 Sept. 2025", "2025-09-09"),
    ("9 Okt 2025", "2025-10-09"),
    ("9 Des 2025", "2025-12-09"),
    ("1-Jul-25", "2025-07-01"),
    ("14-May-2025", "2025-05-14"),
    ("29 Februari 2024", "2024-02-29"),
    # Letters
    ("tanggal 1 Juli 2025", "2025-07-01"),
    ("Tgl. 1 Juli 2025", "2025-07-01"),
    ("pada tanggal 1 Juli 2025", "2025-07-01"),
    ("Tanggal: 1 Juli 2025", "2025-07-01"),
    ("Hari/Tgl : Selasa, 1 Juli 2025", "2025-07-01"),
    ("Hari/Tanggal: Selasa/1 Juli 2025", "2025-07-01"),
    ("Hari, tanggal : Selasa, 1 Juli 2025", "2025-07-01"),
    ("hari Selasa tanggal 1 bulan Juli tahun 2025", "2025-07-01"),
    ("tanggal 1 bulan 7 tahun 2025", "2025-07-01"),
    ("tanggal 1 (satu) Juli 2025", "2025-07-01"),
    ("satu Juli dua ribu dua puluh lima", "2025-07-01"),
    (
        "Pada hari ini, Selasa tanggal Satu bulan Juli tahun Dua Ribu Dua Puluh Lima (1-7-2025)",
        "2025-07-01",
    ),
    # Bounds
    ("1/1/1900", "1900-01-01"),
    ("31 Desember 2100", "2100-12-31"),
    ("1/7/36", "2036-07-01"),
    ("1/7/37", "1937-07-01"),
]


@pytest.mark.parametrize(("text", "iso"), WHOLE_DAYS)
def test_whole_days(text: str, iso: str) -> None:
    result = read(text)
    assert (result.iso, result.end, result.warning, result.problem) == (iso, None, "", "")
    assert result == ReadDate(
        text,
        start=date.fromisoformat(iso),
        precision=Precision.DAY,
        year=int(iso[:4]),
        month=int(iso[5:7]),
        day=int(iso[8:]),
    )


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("1 – 3 Juli 2025", "2025-07-01", "2025-07-03"),
        ("1-3 Juli 2025", "2025-07-01", "2025-07-03"),
        ("5 s.d. 7 Agustus 2025", "2025-08-05", "2025-08-07"),
        ("5 s.d 7 Agustus 2025", "2025-08-05", "2025-08-07"),
        ("5 s/d 7 Agustus 2025", "2025-08-05", "2025-08-07"),
        ("5 sd. 7 Agustus 2025", "2025-08-05", "2025-08-07"),
        ("5s.d.7 Agustus 2025", "2025-08-05", "2025-08-07"),
        ("5 sampai dengan 7 Agustus 2025", "2025-08-05", "2025-08-07"),
        ("5 sampai 7 Agustus 2025", "2025-08-05", "2025-08-07"),
        ("5 hingga 7 Agustus 2025", "2025-08-05", "2025-08-07"),
        ("tanggal 5 s.d. tanggal 7 Agustus 2025", "2025-08-05", "2025-08-07"),
        ("30 Juni – 2 Juli 2025", "2025-06-30", "2025-07-02"),
        ("1 Juli - 13 Agustus 2025", "2025-07-01", "2025-08-13"),
        ("28-Jul - 13-Agu-2025", "2025-07-28", "2025-08-13"),
        ("28 Desember 2024 - 2 Januari 2025", "2024-12-28", "2025-01-02"),
        ("1 Juli 2025 -- 3 Juli 2025", "2025-07-01", "2025-07-03"),
        ("1 Juli 2025 s.d. 30 Juni 2026", "2025-07-01", "2026-06-30"),
        ("1/7/2025 - 3/7/2025", "2025-07-01", "2025-07-03"),
        ("01-07-2025 - 03-07-2025", "2025-07-01", "2025-07-03"),
        ("01-07-2025 s.d. 03-07-2025", "2025-07-01", "2025-07-03"),
        ("2025-07-01 – 2025-07-03", "2025-07-01", "2025-07-03"),
        ("1 dan 2 Juli 2025", "2025-07-01", "2025-07-02"),
        ("1 & 2 Juli 2025", "2025-07-01", "2025-07-02"),
        ("Selasa-Kamis, 1-3 Juli 2025", "2025-07-01", "2025-07-03"),
        ("Selasa s.d. Kamis, 1-3 Juli 2025", "2025-07-01", "2025-07-03"),
        ("Selasa–Kamis (1–3/7/2025)", "2025-07-01", "2025-07-03"),
        ("Selasa dan Rabu (1 dan 2 Juli 2025)", "2025-07-01", "2025-07-02"),
        ("Senin–Rabu (30/6–2/7/2025)", "2025-06-30", "2025-07-02"),
        ("Senin (30/6/2025) s.d. Rabu (2/7/2025)", "2025-06-30", "2025-07-02"),
        ("Senin, 30 Juni 2025 – Rabu, 2 Juli 2025", "2025-06-30", "2025-07-02"),
        ("Selasa, 1 – Kamis, 3 Juli 2025", "2025-07-01", "2025-07-03"),
        ("1-3 Juli 2025 pukul 09.00 WIB", "2025-07-01", "2025-07-03"),
    ],
)
def test_ranges(text: str, start: str, end: str) -> None:
    result = read(text)
    assert (result.iso, result.end_iso, result.precision) == (start, end, "day")
    assert (result.inferred, result.warning, result.problem) == (False, "", "")


def test_a_range_of_one_day_is_that_day() -> None:
    assert (read("1 s.d. 1 Juli 2025").iso, read("1 s.d. 1 Juli 2025").end) == ("2025-07-01", None)


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("November 2024", "2024-11", "month"),
        ("Nov. 2024", "2024-11", "month"),
        ("Nov '24", "2024-11", "month"),
        ("bulan Nopember tahun 2024", "2024-11", "month"),
        ("awal Juli 2025", "2025-07", "month"),
        ("07/2025", "2025-07", "month"),
        ("2024-11", "2024-11", "month"),
        ("2024", "2024", "year"),
        ("tahun 2024", "2024", "year"),
        ("akhir tahun 2024", "2024", "year"),
        ("20 November", "--11-20", "day_month"),
        ("20-Nov", "--11-20", "day_month"),
        ("20 Nov.", "--11-20", "day_month"),
        ("20/11", "--11-20", "day_month"),
        ("(20/11)", "--11-20", "day_month"),
        ("(20/11) pagi", "--11-20", "day_month"),
        ("20 November lalu", "--11-20", "day_month"),
        ("20 November pukul 09.00 WIB", "--11-20", "day_month"),
        ("29 Februari", "--02-29", "day_month"),
        ("--11-20", "--11-20", "day_month"),
    ],
)
def test_partial_dates_keep_what_is_known(text: str, iso: str, precision: str) -> None:
    result = read(text)
    assert (result.iso, result.precision, result.problem) == (iso, precision, "")
    assert (result.start, result.end, result.inferred, result.warning) == (None, None, False, "")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Rabu (20/11)", "2024-11-20", None),
        ("Rabu(20/11)", "2024-11-20", None),
        ("Rabu, 20 November", "2024-11-20", None),
        ("Rabu siang (20/11) pukul 13.30", "2024-11-20", None),
        ("20/11 (Rabu)", "2024-11-20", None),
        ("Selasa 1/7", "2025-07-01", None),
        ("Minggu (22/11)", "2026-11-22", None),
        ("Senin (23/11)", "2020-11-23", None),
        ("Kamis (29/2)", "2024-02-29", None),
        ("Senin–Rabu (30/6–2/7)", "2025-06-30", "2025-07-02"),
        ("Senin - Rabu, 1-3 Juli", "2024-07-01", "2024-07-03"),
        ("Senin, 29 Desember – Jumat, 2 Januari", "2025-12-29", "2026-01-02"),
    ],
)
def test_a_weekday_gives_the_missing_year(text: str, start: str, end: str | None) -> None:
    result = read(text)
    assert (result.iso, result.end_iso, result.precision) == (start, end, "day")
    assert (result.inferred, result.warning) == (True, "")


def test_a_wrong_weekday_warns() -> None:
    assert read("Rabu, 1 Juli 2025").warning == "1 Juli 2025 adalah hari Selasa, bukan Rabu."
    assert read("Rabu, 1 Juli 2025").iso == "2025-07-01"
    assert read("Senin s.d. Rabu, 1-3 Juli 2025").warning == (
        "1 Juli 2025 adalah hari Selasa, bukan Senin. 3 Juli 2025 adalah hari Kamis, bukan Rabu."
    )


INCOMPLETE = "Tanggal belum lengkap. Tulis tanggal, bulan, dan tahun."
UNREADABLE = "Tanggal ini tidak dapat dibaca. Tulis misalnya 1 Juli 2025 atau 01/07/2025."
WHICH_YEAR = "Tulis juga tahunnya di belakang, misalnya 1–3 Juli 2025."


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Tanggal belum diisi."),
        (" \t\n\u00a0", "Tanggal belum diisi."),
        ("1 Juli 2025" + "x" * 300, "Teks ini terlalu panjang untuk satu tanggal."),
        ("05/13/2025", "Tulis hari dulu, lalu bulan: 13/05/2025."),
        ("5 13 2025", "Tulis hari dulu, lalu bulan: 13/05/2025."),
        ("12/31", "Tulis hari dulu, lalu bulan: 31/12."),
        ("Juli 1, 2025", "Tulis hari dulu, lalu bulan: 1 Juli 2025."),
        ("July 1, 2025", "Tulis hari dulu, lalu bulan: 1 Juli 2025."),
        ("Nov-24", "Tulis hari dulu, lalu bulan: 24 November. Tulis tahun dengan empat angka."),
        ("13/13/2025", "Bulan 13 tidak ada. Bulan hanya sampai 12."),
        ("2025-13-01", "Bulan 13 tidak ada. Bulan hanya sampai 12."),
        ("13/2025", "Bulan 13 tidak ada. Bulan hanya sampai 12."),
        ("1/0/2025", "Bulan 0 tidak ada. Bulan hanya sampai 12."),
        ("0/7/2025", "Tanggal 0 tidak ada. Tanggal dimulai dari 1."),
        ("31 November 2025", "31 November tidak ada. November hanya sampai tanggal 30."),
        ("31 November", "31 November tidak ada. November hanya sampai tanggal 30."),
        ("32/1/2025", "32 Januari tidak ada. Januari hanya sampai tanggal 31."),
        (
            "29 Februari 2025",
            "29 Februari 2025 tidak ada. Februari 2025 hanya sampai tanggal 28.",
        ),
        ("29/2/1900", "29 Februari 1900 tidak ada. Februari 1900 hanya sampai tanggal 28."),
        ("30 Februari", "30 Februari tidak ada. Februari hanya sampai tanggal 29."),
        ("31 Desember 1899", "Tahun 1899 di luar 1900 sampai 2100."),
        ("2101", "Tahun 2101 di luar 1900 sampai 2100."),
        ("UU Nomor 22 Tahun 2022", "22 Tahun 2022 adalah nomor peraturan, bukan tanggal."),
        ("22 Tahun 2022", "22 Tahun 2022 adalah nomor peraturan, bukan tanggal."),
        ("PP 31/1999", 'Kata "PP" tidak dikenal dalam tanggal. Tulis misalnya 1 Juli 2025.'),
        (
            "31 Agutus 2025",
            'Kata "Agutus" tidak dikenal dalam tanggal. Tulis misalnya 1 Juli 2025.',
        ),
        ("1st July 2025", 'Kata "st" tidak dikenal dalam tanggal. Tulis misalnya 1 Juli 2025.'),
        ("TA 2023", 'Kata "TA" tidak dikenal dalam tanggal. Tulis misalnya 1 Juli 2025.'),
        (
            "Jember, 1 Oktober 2024 —",
            'Kata "Jember" tidak dikenal dalam tanggal. Tulis misalnya 1 Juli 2025.',
        ),
        (
            "Rabu (20/11) mendatang",
            'Kata "mendatang" tidak dikenal dalam tanggal. Tulis misalnya 1 Juli 2025.',
        ),
        ("Rabu", INCOMPLETE),
        ("hari ini", INCOMPLETE),
        ("Rabu lalu", INCOMPLETE),
        ("November", INCOMPLETE),
        ("Rabu, November 2024", INCOMPLETE),
        ("Rabu 2024", INCOMPLETE),
        ("20", INCOMPLETE),
        ("3 - 1 Juli 2025", "Tanggal akhir harus setelah tanggal mulai, 3 Juli 2025."),
        (
            "28 Desember – 2 Januari 2025",
            "Tanggal akhir harus setelah tanggal mulai, 28 Desember 2025.",
        ),
        ("1 dan 3 Juli 2025", "Tulis satu tanggal, atau rentang seperti 1–3 Juli 2025."),
        ("1-3 Juli", WHICH_YEAR),
        ("Senin, 1-3 Juli", WHICH_YEAR),
        ("1 Juli 2025 – 3 Juli", WHICH_YEAR),
        ("Juni – Juli 2025", "Tulis rentang dengan tanggal lengkap, misalnya 1–3 Juli 2025."),
        (
            "Senin-Kamis (30/6-2/7)",
            "Hari dan tanggal ini tidak pernah jatuh bersamaan. Tulis juga tahunnya.",
        ),
        ("1 Juli 2025 (2/7/2025)", "Ada dua tanggal yang berbeda. Tulis satu saja."),
        # What could be read in two ways, and what is no date at all
        ("20-11", UNREADABLE),
        ("20.11", UNREADABLE),
        ("Rabu (20-11)", UNREADABLE),
        ("1-3-07-2025", UNREADABLE),
        ("1-3-7-2025", UNREADABLE),
        ("1/7-2025", UNREADABLE),
        ("1,7,2025", UNREADABLE),
        ("1'1/7/2025", UNREADABLE),
        ("20 --11-20", UNREADABLE),
        ("01072025", UNREADABLE),
        ("20250701", UNREADABLE),
        ("1/7/025", UNREADABLE),
        ("1 Juli 20255", UNREADABLE),
        ("001/07/2025", UNREADABLE),
        ("2023-2024", UNREADABLE),
        ("2024/2025", UNREADABLE),
        ("Selasa-Rabu, 1 Juli 2025", UNREADABLE),
        ("malam Jumat, 4 Juli 2025", UNREADABLE),
        ("1 Juli 2025 s.d. selesai", UNREADABLE),
        ("1 Juli 2025 25.00", UNREADABLE),
        ("-1/7/2025", UNREADABLE),
        ("١/٧/٢٠٢٥", UNREADABLE),
        ("1\x00/7/2025", UNREADABLE),
        ("1/7/2025\ud800", UNREADABLE),
    ],
)
def test_refused_texts_say_why(text: str, problem: str) -> None:
    assert read(text) == ReadDate(text, problem=problem)
