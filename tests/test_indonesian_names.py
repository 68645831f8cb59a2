import csv
import re
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import indonesian.names
from indonesian.names import (
    normalise,
    number_key,
    plain,
    search_text,
    search_words,
    strip_control,
)

TABLE = Path(indonesian.names.__file__).with_name("abbreviations.csv")
with TABLE.open(encoding="utf-8", newline="") as rows:
    ABBREVIATIONS = list(csv.DictReader(rows))
VOCABULARY = sorted(
    {form for row in ABBREVIATIONS for form in (row["written"], row["meant"])}
    | {word for row in ABBREVIATIONS for form in row.values() for word in form.split()}
    | {"Kelas", "II", "A", "b", "2a", "1", "lla", "Lapas", "Kab.", "Jum'at", "&", "SMKN2", "Jember"}
)
NORMALISED = re.compile(r"(?:[^\W_]+(?: [^\W_]+)*)?")


@pytest.mark.parametrize(
    "spellings",
    [
        [
            "Lapas Kelas IIA Pekanbaru",
            "LAPAS KELAS II A PEKANBARU",
            "Lapas Klas II-A Pekanbaru",
            "Lapas Kelas 2A Pekanbaru",
            "Lapas kls. 2 A Pekanbaru",
            "Lapas Kelas llA Pekanbaru",
            "Lapas Kelas IIa, Pekanbaru",
            "Lembaga Pemasyarakatan (Lapas) Kelas IIA Pekanbaru".replace("(Lapas) ", ""),
            "Lembaga Permasyarakatan Kelas2A Pekanbaru",
        ],
        [
            "LPP Kelas IIA Palembang",
            "Lapas Perempuan Kelas IIA Palembang",
            "Lembaga Pemasyarakatan Wanita Klas II A Palembang",
        ],
        ["LPKA Kelas I Martapura", "Lapas Anak Klas 1 Martapura"],
        ["Bapas Kelas I Pekanbaru", "Balai Permasyarakatan Klas 1 Pekanbaru"],
        [
            "Rutan Kelas IIB Jember",
            "Rumah Tahanan Negara Kelas II B Jember",
            "Rumah Tahanan kls 2b Jember",
        ],
        ["Rutan Kelas IIB Negara", "Rumah Tahanan Negara Kelas IIB Negara"],
        ["Lapas 2A Pekanbaru", "Lapas II A Pekanbaru", "Lapas IIA Pekanbaru"],
        ["Kanwil Ditjenpas Sumsel", "Kantor Wilayah Ditjen PAS Sumatera Selatan"],
        ["Ditjenpas", "Direktorat Jendral Pemasyarakatan", "DITJEN PEMASYARAKATAN"],
        ["Kemenkumham RI", "Kementerian Hukum dan HAM Republik Indonesia"],
        ["Kemenimipas", "Kemen Imipas", "Kementerian Imigrasi & Pemasyarakatan"],
        ["Dinkes Kab. Jember", "dinas kesehatan kabupaten jember", "DINAS KESEHATAN, KAB JEMBER"],
        ["Disnaker", "Dinas Tenaga Kerja", "Dinas Ketenagakerjaan", "Dinas Naker"],
        [
            "Dukcapil",
            "Disdukcapil",
            "Dinas Dukcapil",
            "Dinas Kependudukan dan Pencatatan Sipil",
            "Dinas Kependudukan & Catatan Sipil",
        ],
        ["DP3A Kota Jambi", "Dinas Pemberdayaan Perempuan dan Perlindungan Anak Kota Jambi"],
        ["Pokmas Lipas", "POKMASLIPAS", "Kelompok Masyarakat Peduli Pemasyarakatan"],
        ["BNNK Kota Tangerang", "BNN Kota Tangerang", "Badan Narkotika Nasional Kota Tangerang"],
        ["Univ. Jember", "Universitas Jember", "UNEJ"],
        ["Ponpes Al-Qur'an", "Pondok Pesantren Al Qur’an", "PONTREN AL QURAN"],
        ["Yay. Ma'arif", "Yayasan Ma´arif", "YYS MAʼARIF"],
        ["P.T. Solusi Limbah Abadi", "PT. Solusi Limbah Abadi", "PT SOLUSI LIMBAH ABADI"],
        ["perjanjian kerjasama", "Perjanjian Kerja-Sama", "PERJANJIAN KERJA SAMA"],
        ["Penandatangan MoU", "penandatanganan Nota Kesepahaman", "Penanda tanganan M​oU"],
        ["Prov. Kep. Bangka Belitung", "Propinsi Babel", "Provinsi Bangka Belitung"],
        ["DKI Jakarta", "Daerah Khusus Ibu Kota Jakarta", "DKJ"],
        ["D.I. Yogyakarta", "DIY", "Daerah Istimewa Jogjakarta"],
        ["Kab. Fak-Fak", "Kabupaten Fakfak"],
        ["Lapas Lhok Seumawe", "Lapas Lhokseumawe"],
        ["SMKN2 Jember", "SMKN 2 Jember", "smkn-2 jember"],
        ["Café Łódź", "cafe lodz"],
        ["ＬＡＰＡＳ\u00a0Jember", "\u200flapas\u200b jember\ufeff", "Lapas\x00 Jember\ud800"],
    ],
)
def test_spellings_of_one_name_are_equal(spellings: list[str]) -> None:
    assert len({normalise(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lapas Kls 2 A Pekanbaru", "lembaga pemasyarakatan kelas iia pekanbaru"),
        ("Rutan Negara", "rutan negara"),
        ("Rumah Tahanan Negara", "rutan"),
        ("Kelas III", "kelas iii"),
        ("Kelas 10 A", "kelas 10 a"),
        ("Paket II A", "paket ii a"),
        ("DP3AKP", "dp3akp"),
        ("Fak. Hukum, Kab. Fak-Fak", "fakultas hukum kabupaten fakfak"),
        ("Kadis PMD", "kepala dinas pemberdayaan masyarakat dan desa"),
        ("Kalapas Anak", "kepala lembaga pembinaan khusus anak"),
        ("اتفاقية ١٢", "اتفاقية 12"),
        ("", ""),
        ("…—!", ""),
    ],
)
def test_normalised_forms(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(
    "acronym",
    ["PKS", "DJP", "PK", "PP", "PA", "PB", "LP", "UB", "UMK", "PMI", "PUPR", "PKM", "LPKS", "SKB"]
    + ["DKP", "Kadin", "Pemkot", "Kep.", "SK", "Kemenham", "Kemenhan", "GA", "RJ", "CB", "Solo"],
)
def test_what_means_more_than_one_thing_stays(acronym: str) -> None:
    assert normalise(acronym) == acronym.casefold().rstrip(".")


def test_abbreviations_are_whole_words() -> None:
    assert normalise("Lapasindo Kecubung Ritme") == "lapasindo kecubung ritme"


def test_every_entry_says_what_it_means() -> None:
    for row in ABBREVIATIONS:
        assert normalise(row["written"]) == normalise(row["meant"]) == row["meant"], row
        assert row["seen"] in {"press", "law", "region", "usage"}
        assert row["written"] == plain(row["written"])


def test_no_entry_stands_twice() -> None:
    written = [row["written"] for row in ABBREVIATIONS]
    assert len(written) == len(set(written))


def test_entries_do_not_undo_each_other() -> None:
    halves = {row[form] for row in ABBREVIATIONS for form in ("written", "meant")}
    multiple = [form.split() for form in halves if " " in form]
    # Only the first and last words of an entry can meet a neighbour.
    edges = sorted({word for form in multiple for word in (form[0], form[-1])})
    for first, second in pairwise([word for a in edges for b in edges for word in (a, b)]):
        once = normalise(f"{first} {second}")
        assert normalise(once) == once


@settings(max_examples=1000, deadline=None)
@given(
    st.text(max_size=80) | st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join),
    st.sampled_from([normalise, plain, strip_control, number_key]),
)
def test_a_second_pass_changes_nothing(text: str, clean: Callable[[str], str]) -> None:
    assert clean(clean(text)) == clean(text)


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=80))
def test_normalised_text_is_words_of_letters_and_digits(text: str) -> None:
    result = normalise(text)
    assert NORMALISED.fullmatch(result)
    assert result == result.casefold()
    result.encode()
    assert len(result) <= 20 * len(text)
    assert normalise(strip_control(text)) == result


def test_every_character_is_folded_to_something_stable() -> None:
    for code in range(sys.maxunicode + 1):
        # The far planes hold letters of a kind; every 64th of them will do.
        if code > 0x1FFFF and code % 64:
            continue
        letter = chr(code)
        result = plain(letter)
        assert NORMALISED.fullmatch(result), hex(code)
        assert plain(result) == result, hex(code)
        assert len(result) <= 18, hex(code)
        assert plain(strip_control(f"a{letter}b")) == plain(f"a{letter}b"), hex(code)


@pytest.mark.parametrize("row", ABBREVIATIONS, ids=lambda row: row["written"])
def test_writing_out_stays_within_twenty_times(row: dict[str, str]) -> None:
    text = " ".join([row["written"]] * 20)
    assert len(normalise(text)) <= 20 * len(text)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (
            "dinkes & dinsos kab. grobogan",
            ["dinas", "kesehatan", "sosial", "kabupaten", "grobogan"],
        ),
        ("dan", ["dan"]),
        ("  ", []),
        ("jember Jember JEMBER", ["jember"]),
        ("x" * 100, ["x" * 60]),
        (" ".join(f"w{n}" for n in range(20)), [f"w{n}" for n in range(12)]),
        ("a" + " " * 2000 + "b", ["a"]),
        ("%_'\";--\x00", []),
    ],
)
def test_search_words(query: str, words: list[str]) -> None:
    assert search_words(query) == words


@settings(deadline=None)
@given(st.text() | st.lists(st.sampled_from(VOCABULARY), max_size=30).map(" ".join))
def test_search_words_are_few_and_short(query: str) -> None:
    words = search_words(query)
    assert len(words) == len(set(words)) <= 12
    assert all(0 < len(word) <= 60 for word in words)


@pytest.mark.parametrize(
    "query", ["Dinkes Jember", "dinas kesehatan", "dink", "KESEHATAN", "dinas kes", "jember"]
)
def test_a_search_column_holds_short_and_long_forms(query: str) -> None:
    column = search_text("Dinkes Kab. Jember", "", "Dinkes Kab. Jember")
    assert all(word in column for word in search_words(query))
    assert column == "dinas kesehatan kabupaten jember dinkes kab jember"


def test_numbers_are_compared_without_marks() -> None:
    assert number_key("118/MOU.PL29/XI/2025") == number_key("118 mou-pl29 xi 2025")
    assert number_key("W.32-HH.04.04-1120") == "w32hh04041120"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lapas\x00 Jember\x1b\x7f", "Lapas Jember"),
        ("satu\r\ndua\rtiga\x0bempat\u2028lima\tenam", "satu\ndua\ntiga\nempat\nlima\tenam"),
        ("a\ud800\udfffb\ufffe", "ab"),
        ("\u202egnp.\u202c\u200f\u2066x\u2069\ufeff\u200b\u00ad", "gnp.x"),
        ("Cafe\u0301", "Café"),
        ("👩\u200d👧 نامه\u200cها", "👩\u200d👧 نامه\u200cها"),
        ("“Kutipan” – 5 m²", "“Kutipan” – 5 m²"),
    ],
)
def test_what_must_not_be_stored_is_removed(text: str, expected: str) -> None:
    assert strip_control(text) == expected


@pytest.mark.parametrize("clean", [normalise, strip_control, number_key])
@pytest.mark.parametrize(
    "piece",
    ["lpp ", "kelas ii a ", "ﷺ", "a1", "kep bangka ", "\x00", "&", "\u0301\u0323"],
)
def test_a_long_text_is_cleaned_to_a_bounded_length(
    clean: Callable[[str], str], piece: str
) -> None:
    """A pattern that backtracks would not come back from this."""
    text = piece * (500_000 // len(piece))
    assert len(clean(text)) <= 20 * len(text)
