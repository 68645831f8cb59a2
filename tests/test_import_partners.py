"""Whom a list means: a partner of the directory, a new one, a unit, or somebody to be asked for."""

import pytest

from institutions.models import Unit, User
from partnerships.models import LineState, PartnerKind, PartnerName
from tests.factories import make_agreement, make_partner, make_regency, make_unit
from tests.import_results import judged, reasons, result_of, states
from tests.lists import list_row as row

pytestmark = pytest.mark.django_db


def test_a_partner_of_the_directory_is_found_by_any_of_its_names(humas: User) -> None:
    here = make_regency("35.09", "Jember")
    dinsos = make_partner("Dinas Sosial Kabupaten Jember", regency=here)
    PartnerName(partner=dinsos, name="Dinsos Jember Kota").record(by=None)
    campus = make_partner("Universitas Contoh", kind=PartnerKind.PT, regency=make_regency())
    texts = ("DINSOS KAB. JEMBER", "Dinsos Jember Kota", "Univ. Contoh")
    found = judged(humas, *(row(n, Mitra=text) for n, text in enumerate(texts)))
    assert states(found) == ["NEW"] * 3
    assert [each.sides[0].ref for each in found] == [
        f"p{partner.pk}" for partner in (dinsos, dinsos, campus)
    ]


def test_the_name_with_its_region_is_that_partner(humas: User) -> None:
    partner = make_partner("Dinas Sosial", regency=make_regency("35.09", "Jember"))
    [each] = judged(humas, row(Mitra="Dinas Sosial Kabupaten Jember"))
    assert each.sides[0].ref == f"p{partner.pk}"


def test_the_same_name_elsewhere_is_never_taken(humas: User) -> None:
    elsewhere = make_partner("Dinas Sosial", regency=make_regency())
    [each] = judged(humas, row(Mitra="Dinas Sosial"))
    assert (each.state, each.sides[0].candidates) == (LineState.UNCLEAR, (f"p{elsewhere.pk}",))
    [each] = judged(humas, row(Mitra="Dinas Sosial Kabupaten Jember"))
    assert each.sides[0].new is not None


def test_a_partner_the_unit_works_with_is_known_by_its_name(
    humas: User, bapas_jember: Unit
) -> None:
    partner = make_partner("Dinas Sosial", regency=make_regency())
    make_agreement(bapas_jember, partner)
    [each] = judged(humas, row(Mitra="Dinas Sosial"))
    assert each.sides[0].ref == f"p{partner.pk}"


def test_similar_names_are_asked_for_once_and_the_answer_counts_for_all(humas: User) -> None:
    puspa = make_partner("Yayasan Puspa Madani Kampar", kind=PartnerKind.YAYASAN)
    rows = [row(n, Mitra="Puspa Madani", Kategori="") for n in range(3)]
    asked = result_of(humas, *rows)
    assert states(asked.judged) == ["UNCLEAR"] * 3
    [question] = asked.questions
    assert (question.rows, question.choices[0][0]) == (3, f"p{puspa.pk}")
    answered = result_of(humas, *rows, answers={question.key: f"p{puspa.pk}"})
    assert states(answered.judged) == ["NEW"] * 3
    assert {each.sides[0].ref for each in answered.judged} == {f"p{puspa.pk}"}
    as_new = result_of(humas, *rows, answers={question.key: "baru:YAYASAN"})
    assert {each.sides[0].new.kind for each in as_new.judged} == {PartnerKind.YAYASAN}  # type: ignore[union-attr]


def test_an_answer_that_is_not_on_offer_is_none(humas: User) -> None:
    make_partner("Yayasan Puspa Madani Kampar")
    other = make_partner("Dinas Lain")
    rows = [row(Mitra="Puspa Madani", Kategori="")]
    [question] = result_of(humas, *rows).questions
    for answer in (f"p{other.pk}", "baru:X", "u1", "p999999999999", ""):
        answered = result_of(humas, *rows, answers={question.key: answer})
        assert states(answered.judged) == ["UNCLEAR"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Dinkes Kab. Jember", PartnerKind.OPD),
        ("RSUD dr. Contoh", PartnerKind.FASKES),
        ("PT Maju Contoh", PartnerKind.SWASTA),
        ("BNNK Jember", PartnerKind.VERTIKAL),
        ("Univ. Contoh", PartnerKind.PT),
        ("LBH Contoh", PartnerKind.LBH),
        ("KUA Kec. Ambulu", PartnerKind.VERTIKAL),
        ("SMKN 2 Contoh", PartnerKind.SEKOLAH),
        ("Sanggar Melati", None),
    ],
)
def test_the_kind_of_a_new_partner_is_guessed_in_sight_or_asked_for(
    humas: User, name: str, kind: PartnerKind | None
) -> None:
    [each] = judged(humas, row(Mitra=name, Kategori=""))
    if kind is None:
        assert (each.state, each.sides[0].new) == (LineState.UNCLEAR, None)
    else:
        assert each.sides[0].new is not None
        assert each.sides[0].new.kind == kind
        assert f"jenis {kind.label}, menurut namanya" in reasons(each)


def test_a_new_partner_is_one_for_all_rows_and_lies_where_the_unit_is(
    humas: User, bapas_jember: Unit
) -> None:
    found = judged(humas, row(1, Mitra="Dinas Baru"), row(2, Mitra="DINAS BARU"))
    assert {each.sides[0].ref for each in found} == {f"ndinas baru|{bapas_jember.regency_id}"}
    assert "dicatat di Kabupaten Jember, menurut letak unit" in reasons(found[0])


def test_several_sides_in_one_cell_with_their_numbers(humas: User, bapas_jember: Unit) -> None:
    lapas = make_unit("Lapas Kelas IIA Jember", code="lapas-jember")
    content = row(
        Mitra=f"Dinas Baru; {lapas.short_name}; Bapas Jember", cells={"No. Pihak Kedua": "A/1; B/2"}
    )
    [each] = judged(humas, content)
    assert [side.ref[0] for side in each.sides] == ["n", "u"]
    assert each.numbers[1] == ["A/1", "B/2"]
