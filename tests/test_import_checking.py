"""What becomes of each line: new, recorded already, unclear or wrong, and why."""

from datetime import date
from typing import Any

import pytest

from institutions.models import Role, Unit, User
from partnerships.models import (
    Agreement,
    AgreementKind,
    LineState,
    PartnerKind,
    Stage,
)
from tests.factories import (
    make_agreement,
    make_area,
    make_partner,
    make_province,
    make_unit,
    make_user,
)
from tests.import_results import judged, reasons, result_of, states
from tests.lists import list_row as row

pytestmark = pytest.mark.django_db


def test_a_row_in_order_is_new(humas: User, bapas_jember: Unit) -> None:
    area = make_area()
    [each] = judged(humas, row(Bidang="Pelayanan kesehatan"))
    assert each.state == LineState.NEW
    assert (each.unit_key, each.areas) == (bapas_jember.pk, [area.pk])
    columns = each.paper.columns
    assert (columns["signed_on"], columns["ends_on"]) == (date(2025, 1, 12), date(2027, 1, 11))
    assert (columns["stage"], each.paper.kind) == (Stage.SIGNED, AgreementKind.PKS)
    assert each.numbers == ("WP.15.PAS-1/2025", ["440/1/2025"])
    assert each.reasons == []


# Units


def test_a_unit_column_sends_each_row_to_its_unit(pembaca: User, bapas_jember: Unit) -> None:
    lapas = make_unit("Lapas Kelas IIA Jember", code="lapas-jember", parent=bapas_jember.parent)
    found = judged(
        pembaca,
        row(1, Unit="Bapas Kelas II Jember"),
        row(2, Unit="lapas jember"),
        row(3, Unit=""),
        row(4, Unit="Lapas Entah"),
    )
    assert [each.unit_key for each in found] == [bapas_jember.pk, lapas.pk, 0, 0]
    assert states(found) == ["NEW", "NEW", "WRONG", "WRONG"]
    assert "Unit kosong" in reasons(found[2])
    assert "“Lapas Entah” tidak dikenal" in reasons(found[3])


def test_without_a_unit_column_the_chosen_unit_keeps_all(pembaca: User, bapas_jember: Unit) -> None:
    headings = ["Mitra", "Judul"]
    for unit in (bapas_jember, None):
        [each] = judged(pembaca, ["Dinas Baru", "x"], unit=unit, file={"headings": headings})
        assert each.unit_key == (unit or pembaca.unit).pk  # type: ignore[union-attr]


def test_a_unit_that_may_be_several_is_asked_for(pembaca: User, bapas_jember: Unit) -> None:
    lapas = make_unit("Lapas Kelas IIA Jember", code="lapas-jember", parent=bapas_jember.parent)
    rows = [row(Unit="Jember")]
    [question] = result_of(pembaca, *rows).questions
    assert {code for code, _ in question.choices} == {str(bapas_jember.pk), str(lapas.pk)}
    [each] = judged(pembaca, *rows, answers={question.key: str(lapas.pk)})
    assert (each.state, each.unit_key) == (LineState.NEW, lapas.pk)


def test_who_records_for_one_unit_is_asked_what_a_first_party_means(
    humas: User, bapas_jember: Unit
) -> None:
    rows = [row(1, Unit="Kepala Bapas"), row(2, Unit="kepala bapas")]
    asked = result_of(humas, *rows)
    assert states(asked.judged) == ["UNCLEAR", "UNCLEAR"]
    [question] = asked.questions
    assert question.choices == [(str(bapas_jember.pk), bapas_jember.short_name)]
    answered = judged(humas, *rows, answers={question.key: str(bapas_jember.pk)})
    assert states(answered) == ["NEW", "NEW"]


def test_what_is_not_taken_over_is_told(humas: User) -> None:
    headings = ["Mitra", "Judul", "No. Pihak Kedua", "Tanggal", "Status"]
    found = judged(
        humas,
        ["", "Layanan", "440/9", "1/2/2025", "Berlaku"],
        ["Dinas Baru", "Layanan", "440/8", "1/2/2025", "Diakhiri"],
        file={"headings": headings},
    )
    assert states(found) == ["NEW", "NEW"]
    assert "karena mitranya kosong" in reasons(found[0])
    assert "Pengakhirannya tidak ikut diimpor" in reasons(found[1])


def test_rows_of_another_unit_are_refused(humas: User, lapas_purwodadi: Unit) -> None:
    [each] = judged(humas, row(Unit="Lapas Purwodadi"))
    assert each.state == LineState.WRONG
    assert "bukan unit Anda" in reasons(each)


def test_a_paper_of_another_unit_is_known_by_its_card_and_never_by_its_number(
    humas: User, lapas_purwodadi: Unit
) -> None:
    partner = make_partner("Universitas Contoh", kind=PartnerKind.PT)
    make_agreement(lapas_purwodadi, partner, title="Layanan", signed_on=date(2025, 1, 12))
    make_agreement(lapas_purwodadi, partner, title="Rahasia", signed_on=None)
    Agreement.objects.get(title="Layanan").parties.filter(order=1).get().change(
        by=None, number="WP.13.PAS-77/2025"
    )
    told = {"Mitra": "Universitas Contoh", "Unit": "Lapas Purwodadi"}
    found = judged(
        humas,
        row(1, **told, Judul="Layanan"),
        row(2, **told, cells={"No. Pihak Kesatu": "WP.13.PAS-77/2025"}),
        row(3, **told, Judul="Rahasia", cells={"Tgl ttd": ""}),
    )
    assert states(found) == ["RECORDED", "WRONG", "WRONG"]


# Known again


def test_a_paper_is_known_by_its_number_or_by_day_and_title(
    humas: User, bapas_jember: Unit
) -> None:
    partner = make_partner("Universitas Contoh", kind=PartnerKind.PT)
    paper = make_agreement(bapas_jember, partner, title="Layanan", signed_on=date(2025, 1, 12))
    paper.parties.get(order=1).change(by=None, number="WP.15.PAS-77/2025")
    told = {"Mitra": "univ. contoh"}
    found = judged(
        humas,
        row(1, **told, Judul="Judul lain", cells={"No. Pihak Kesatu": "wp15 pas 77 2025"}),
        row(2, **told, Judul="LAYANAN", cells={"No. Pihak Kesatu": ""}),
        row(3, **told, Judul="Lain", cells={"No. Pihak Kesatu": "", "No. Pihak Kedua": ""}),
        row(4, **told, Judul="Layanan", cells={"Tgl ttd": "13 Januari 2025"}),
    )
    assert states(found) == ["RECORDED", "RECORDED", "NEW", "NEW"]
    assert found[0].reasons == ["Sudah tercatat: “Layanan”."]


def test_the_number_of_another_day_is_asked_about(humas: User, bapas_jember: Unit) -> None:
    partner = make_partner("Universitas Contoh", kind=PartnerKind.PT)
    paper = make_agreement(bapas_jember, partner, title="Layanan", signed_on=date(2023, 1, 12))
    paper.parties.get(order=1).change(by=None, number="WP.15.PAS-77/2025")
    rows = [row(Mitra="Universitas Contoh", cells={"No. Pihak Kesatu": "WP.15.PAS-77/2025"})]
    asked = result_of(humas, *rows)
    assert states(asked.judged) == ["UNCLEAR"]
    [question] = asked.questions
    for answer, state in (("sama", "RECORDED"), ("lain", "NEW")):
        assert states(judged(humas, *rows, answers={question.key: answer})) == [state]


def test_short_numbers_tell_no_paper_apart(humas: User, bapas_jember: Unit) -> None:
    partner = make_partner("Universitas Contoh", kind=PartnerKind.PT)
    paper = make_agreement(bapas_jember, partner, title="Layanan", signed_on=date(2023, 1, 12))
    paper.parties.get(order=1).change(by=None, number="001")
    rows = [row(Mitra="Universitas Contoh", cells={"No. Pihak Kesatu": "001"})]
    assert states(judged(humas, *rows)) == ["NEW"]


def test_another_kind_is_another_paper(humas: User, bapas_jember: Unit) -> None:
    partner = make_partner("Universitas Contoh", kind=PartnerKind.PT)
    make_agreement(bapas_jember, partner, title="Layanan", signed_on=date(2025, 1, 12))
    same = {"Mitra": "Universitas Contoh", "Judul": "Layanan"}
    kinds = {"Jenis dokumen": "Nota Kesepahaman"}
    assert states(judged(humas, row(**same, cells=kinds))) == ["NEW"]


def test_a_row_that_comes_twice_is_new_once(humas: User) -> None:
    found = judged(humas, row(1), row(1))
    assert states(found) == ["NEW", "RECORDED"]
    assert found[1].reasons == ["Sama dengan baris 2 berkas ini."]


def test_what_lies_in_the_sampah_is_not_recorded_again(humas: User, bapas_jember: Unit) -> None:
    partner = make_partner("Universitas Contoh", kind=PartnerKind.PT)
    paper = make_agreement(bapas_jember, partner, title="Layanan", signed_on=None)
    paper.archive(by=humas, reason="Salah catat")
    empty = ("Tgl ttd", "Masa berlaku", "No. Pihak Kesatu", "No. Pihak Kedua")
    told = {"Mitra": "Universitas Contoh", "Judul": "Layanan"}
    [each] = judged(humas, row(**told, cells=dict.fromkeys(empty, "")))
    assert each.state == LineState.RECORDED
    assert "Sampah" in reasons(each)


# Kinds, areas, days


def test_kinds_are_read_from_their_words_their_title_or_asked_for(humas: User) -> None:
    kind = "Jenis dokumen"
    rows = [
        row(1, cells={kind: "MoU"}),
        row(2, cells={kind: "addendum"}),
        row(3, cells={kind: ""}, Judul="Nota Kesepakatan tentang Layanan"),
        row(4, cells={kind: ""}),
        row(5, cells={kind: "MoA"}),
        row(6, cells={kind: "moa"}),
    ]
    asked = result_of(humas, *rows)
    kinds = [each.paper.kind for each in asked.judged]
    assert kinds == ["NK", "ADD", "NKB", "PKS", None, None]
    assert "dicatat PKS" in reasons(asked.judged[3])
    [question] = asked.questions
    assert question.rows == 2
    answered = judged(humas, *rows, answers={question.key: "KB"})
    assert [each.paper.kind for each in answered[4:]] == ["KB", "KB"]


def test_areas_by_name_by_their_only_word_or_asked_for(humas: User) -> None:
    health, mind = make_area(), make_area("KES_JIWA", "Kesehatan jiwa")
    library = make_area("KEP", "Pendidikan kesetaraan (Paket A, B, C), literasi")
    rows = [
        row(1, Bidang="kes_layanan; Pendidikan kesetaraan (Paket A, B, C), literasi"),
        row(2, Bidang="pelayanan kesehatan, kesehatan jiwa"),
        row(3, Bidang="literasi"),
        row(4, Bidang="Kesehatan"),
    ]
    asked = result_of(humas, *rows)
    found = [each.areas for each in asked.judged]
    assert found == [[health.pk, library.pk], [health.pk, mind.pk], [library.pk], []]
    assert "“literasi” dibaca Pendidikan kesetaraan" in reasons(asked.judged[2])
    [question] = asked.questions
    for answer, areas in ((str(mind.pk), [mind.pk]), ("tanpa", [])):
        [*_, last] = judged(humas, *rows, answers={question.key: answer})
        assert (last.state, last.areas) == (LineState.NEW, areas)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"Tgl ttd": "31 Februari 2025"}, "31 Februari 2025 tidak ada"),
        ({"Tgl ttd": "01/13/2025"}, "Tulis hari dulu"),
        ({"Tgl ttd": "1 Januari 1901"}, "paling awal 17 Agustus 1945"),
        ({"Tgl ttd": "1 Januari 2030"}, "terlalu jauh"),
        ({"Masa berlaku": "s.d. 1 Januari 2020"}, "mendahului tanggal mulai"),
        ({"Masa berlaku": "2023-2026"}, "hanya menyebut tahun"),
        ({"Mitra": "", "Judul": ""}, "Mitra dan judul kosong"),
        ({"Judul": "x" * 301}, "Judul lebih dari 300 huruf"),
        ({"Mitra": "x" * 201}, "Nama mitra lebih dari 200 huruf"),
        ({"No. Pihak Kedua": "9" * 121}, "lebih dari 120 huruf"),
        ({"Judul": "#REF!"}, "berisi galat rumus"),
    ],
)
def test_what_cannot_be_is_wrong_and_says_why(
    humas: User, cells: dict[str, str], words: str
) -> None:
    [each] = judged(humas, row(cells=cells))
    assert each.state == LineState.WRONG
    assert words in reasons(each)


@pytest.mark.parametrize(
    ("cells", "stage", "text"),
    [
        ({"Tgl ttd": "awal 2019"}, Stage.SIGNED, "awal 2019"),
        ({"Tgl ttd": ""}, Stage.SIGNED, "tidak tertulis di daftar"),
        (
            {"Tgl ttd": "", "Masa berlaku": "", "No. Pihak Kesatu": "", "No. Pihak Kedua": ""},
            Stage.DRAFTING,
            "",
        ),
    ],
)
def test_papers_without_a_day(humas: User, cells: dict[str, str], stage: str, text: str) -> None:
    [each] = judged(humas, row(cells=cells))
    assert each.state == LineState.NEW
    assert (each.paper.columns["stage"], each.paper.columns["signed_text"]) == (stage, text)
    assert each.reasons


def test_dates_and_a_length_that_do_not_fit_are_told(humas: User) -> None:
    term = "2 tahun (12-1-2025 s.d. 31-12-2025)"
    [each] = judged(humas, row(cells={"Masa berlaku": term}))
    assert each.state == LineState.NEW
    assert each.paper.columns["ends_on"] == date(2025, 12, 31)
    assert "tidak cocok" in reasons(each)


def test_the_whole_country_is_read_by_few_questions(
    pengelola: User, django_assert_max_num_queries: Any
) -> None:
    make_unit(province=make_province("16", "Sumatera Selatan"))
    rows = [row(n, Unit="Ditjenpas", Mitra=f"Dinas {n}") for n in range(30)]
    with django_assert_max_num_queries(14):
        result_of(pengelola, *rows)


def test_nobody_without_rights_to_rows_gets_any(tanpa_unit: User) -> None:
    assert states(judged(tanpa_unit, row())) == ["WRONG"]


def test_a_closed_unit_keeps_nothing_new(bapas_jember: Unit) -> None:
    user = make_user(Role.HUMAS, unit=bapas_jember)
    bapas_jember.change(by=None, is_active=False)
    assert states(judged(user, row())) == ["WRONG"]
