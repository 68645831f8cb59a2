"""Loading the reference data: what comes in, what a second load leaves alone."""

from collections import Counter
from datetime import date
from functools import partial
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from institutions import reference as our_side
from institutions.loading import REASON, BadData, read_lines
from institutions.models import (
    KanwilProvince,
    MinistryName,
    Province,
    Regency,
    Unit,
    UnitKind,
    UnitName,
)
from institutions.reference import coverage
from partnerships import reference
from partnerships.management.commands import load_reference as command
from partnerships.models import ProgrammeArea, Sector
from partnerships.reference import load_reference
from tests.reference_data import change, cut_data, read, write


@pytest.fixture
def data(tmp_path, db):
    """A few units in files of their own, loaded once."""
    folder = cut_data(tmp_path / "data")
    load_reference(institutions_data=folder)
    return folder


def reload(folder, **options):
    return load_reference(institutions_data=folder, **options)


def run(**options):
    out = StringIO()
    call_command("load_reference", stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_all_of_it_loads_and_tells_what_is_missing():
    said = run()
    assert Province.objects.count() == 38
    assert Regency.objects.count() == 514
    assert Counter(Unit.objects.order_by().values_list("kind", flat=True)) == {
        UnitKind.DITJENPAS: 1,
        UnitKind.KANWIL: 33,
        UnitKind.LAPAS: 337,
        UnitKind.RUTAN: 162,
        UnitKind.LPKA: 32,
        UnitKind.BAPAS: 81,
        UnitKind.RS_PENGAYOMAN: 1,
    }
    assert Unit.objects.within(Unit.objects.get(code="ditjenpas").pk).count() == 647
    assert KanwilProvince.objects.values("province").distinct().count() == 38
    assert (ProgrammeArea.objects.count(), Sector.objects.count()) == (23, 20)
    assert "81 dari 94 Bapas" in said
    assert "32 dari 33 LPKA" in said
    assert "41 unit belum punya kabupaten/kota" in said
    assert coverage().without_regency == 41
    assert [str(kind) for kind in coverage().kinds if kind.is_complete] == [
        "337 dari 337 Lapas",
        "162 dari 162 Rutan",
        "1 dari 1 RS Pengayoman",
    ]
    assert run() == "Data acuan sudah terbaru.\n"
    assert "ditambahkan: tidak ada" in run(force=True)


def test_the_tree_hangs_together(data):
    bapas = Unit.objects.get(code="bapas-pekanbaru")
    assert bapas.parent.code == "kanwil-14"
    assert bapas.parent.parent.code == "ditjenpas"
    assert bapas.regency.full_name == "Kota Pekanbaru"
    assert bapas.office_code == "692307"
    assert bapas.province.short_name == "Riau"


def test_a_kanwil_carries_its_old_name_until_the_split(data):
    kanwil = Unit.objects.get(code="kanwil-16")
    old = "Kantor Wilayah Kementerian Hukum dan Hak Asasi Manusia Sumatera Selatan"
    assert kanwil.name_on(date(2023, 1, 31)) == old
    assert kanwil.name_on(date(2025, 1, 1)) == kanwil.name
    assert Unit.objects.search("kanwil kemenkumham sumsel").get() == kanwil


def test_a_unit_is_found_by_its_other_spelling(data):
    assert Unit.objects.search("LPP Palembang").get().code == "lapas-perempuan-palembang"


def test_ministries_follow_each_other_without_a_gap(data):
    of_day = {
        day: [row.name for row in MinistryName.objects.all() if row.covers(day)]
        for day in (date(2024, 10, 20), date(2024, 10, 21))
    }
    assert of_day == {
        date(2024, 10, 20): ["Kementerian Hukum dan Hak Asasi Manusia"],
        date(2024, 10, 21): ["Kementerian Imigrasi dan Pemasyarakatan"],
    }


def test_history_says_where_a_row_comes_from(data):
    step = Unit.objects.get(code="lapas-purwodadi").history.get()
    assert (step.history_user, step.history_change_reason) == (None, REASON)


def test_unchanged_files_are_not_read_again(data):
    (data / "provinces.csv").touch()
    assert reload(data) is None


def test_a_second_reading_changes_nothing(data):
    before = (Unit.history.count(), UnitName.history.count(), Regency.history.count())
    load = reload(data, force=True)
    assert (load.added, load.updated, load.kept) == ({}, {}, [])
    assert (Unit.history.count(), UnitName.history.count(), Regency.history.count()) == before


def test_a_corrected_file_corrects_the_row(data):
    change(data, "units.csv", "lapas-purwodadi", grade="IIA", regency="14.01", province="14")
    load = reload(data)
    unit = Unit.objects.get(code="lapas-purwodadi")
    assert load.updated == {"unit": 1}
    assert (unit.grade, unit.regency.code) == ("IIA", "14.01")


def test_what_an_admin_typed_stays_and_is_reported(data, pengelola):
    unit = Unit.objects.get(code="lapas-purwodadi")
    unit.name = "Lapas Kelas IIA Purwodadi"
    unit.record(by=pengelola)
    change(data, "units.csv", "lapas-purwodadi", name="Lapas Purwodadi Baru", place="Purwodadi II")
    load = reload(data)
    unit.refresh_from_db()
    assert unit.name == "Lapas Kelas IIA Purwodadi"
    assert unit.place == "Purwodadi II"
    assert load.kept == [
        "Lapas Purwodadi: nama resmi tetap “Lapas Kelas IIA Purwodadi”, "
        "berkas: “Lapas Purwodadi Baru”"
    ]


def test_a_value_both_agree_on_follows_the_files_again(data, pengelola):
    unit = Unit.objects.get(code="lapas-purwodadi")
    unit.grade = "IIA"
    unit.record(by=pengelola)
    change(data, "units.csv", "lapas-purwodadi", grade="IIA")
    assert reload(data).kept == []
    change(data, "units.csv", "lapas-purwodadi", grade="I")
    assert reload(data).kept == []
    unit.refresh_from_db()
    assert unit.grade == "I"


def test_a_unit_an_admin_made_is_kept_as_typed(data, pengelola):
    kanwil = Unit.objects.get(code="kanwil-33")
    Unit(
        code="bapas-baru",
        kind=UnitKind.BAPAS,
        name="Bapas Kelas II Baru",
        short_name="Bapas Baru",
        province=kanwil.province,
        parent=kanwil,
    ).record(by=pengelola)
    rows = read(data / "units.csv")
    line = next(row for row in rows if row["code"] == "bapas-jember")
    write(data / "units.csv", [*rows, line | {"code": "bapas-baru", "office_code": ""}])
    load = reload(data)
    assert load.added == {}
    assert Unit.objects.get(code="bapas-baru").name == "Bapas Kelas II Baru"
    assert any(text.startswith("Bapas Baru: nama resmi tetap") for text in load.kept)


def test_a_name_an_admin_removed_does_not_come_back(data, pengelola):
    UnitName.objects.get(name="LPP Palembang").remove(by=pengelola)
    load = reload(data, force=True)
    assert not UnitName.objects.filter(name="LPP Palembang").exists()
    assert "LPP Palembang" in load.kept[0]


def test_a_corrected_date_of_a_name_is_taken_over_unless_typed(data, pengelola):
    riau, jatim = (UnitName.objects.get(unit__code=code) for code in ("kanwil-14", "kanwil-35"))
    riau.valid_until = date(2024, 11, 4)
    riau.record(by=pengelola)
    for unit in ("kanwil-14", "kanwil-35"):
        change(data, "unit_names.csv", unit, valid_until="2025-01-06")
    load = reload(data)
    riau.refresh_from_db()
    jatim.refresh_from_db()
    assert (riau.valid_until, jatim.valid_until) == (date(2024, 11, 4), date(2025, 1, 6))
    assert len(load.kept) == 1


def test_a_label_changed_by_hand_stays(data, pengelola):
    sector = Sector.objects.get(code="SOSIAL")
    sector.label = "Urusan sosial"
    sector.record(by=pengelola)
    assert reload(data, force=True).kept == [
        "Urusan sosial: nama tetap “Urusan sosial”, berkas: “Sosial”"
    ]


@pytest.mark.parametrize(
    ("name", "code", "cells", "problem"),
    [
        ("units.csv", "lapas-purwodadi", {"regency": "99.99"}, "regency '99.99' tidak dikenal"),
        ("units.csv", "lapas-purwodadi", {"parent": "kanwil-0"}, "parent 'kanwil-0' tidak dikenal"),
        ("units.csv", "lapas-purwodadi", {"kind": "PENJARA"}, "units.csv, baris "),
        ("units.csv", "lapas-purwodadi", {"code": "bapas-jember"}, "tertulis dua kali"),
        ("regencies.csv", "14.01", {"province": "00"}, "province '00' tidak dikenal"),
        ("unit_names.csv", "kanwil-14", {"unit": "kanwil-0"}, "unit 'kanwil-0' tidak dikenal"),
        ("unit_names.csv", "kanwil-14", {"valid_until": "31/12/2024"}, "bukan tanggal"),
    ],
)
def test_bad_data_is_named_and_nothing_is_loaded(data, name, code, cells, problem):
    change(data, "provinces.csv", "11", name="Aceh Lain")
    change(data, name, code, **cells)
    with pytest.raises(BadData, match=problem):
        reload(data)
    assert Province.objects.get(code="11").name == "Aceh"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"grade": "IV"}, "baris 12: Pilih kelas dari daftar."),
        ({"parent": "lapas-purwodadi"}, "Lapas tidak dapat berada di bawah Lapas Purwodadi"),
        ({"province": "", "regency": ""}, "unit_province_unless_root"),
    ],
)
def test_a_new_row_obeys_the_rules_of_the_model(data, cells, problem):
    rows = read(data / "units.csv")
    line = next(row for row in rows if row["code"] == "lapas-purwodadi")
    write(data / "units.csv", [*rows, line | {"code": "lapas-lain", "office_code": ""} | cells])
    with pytest.raises(BadData, match=problem):
        reload(data)
    assert not Unit.objects.filter(code="lapas-lain").exists()


def test_a_short_line_is_named(data):
    with (data / "provinces.csv").open("a", encoding="utf-8") as file:
        file.write("97,Contoh\n")
    with pytest.raises(BadData, match=r"provinces\.csv, baris 40: jumlah kolomnya"):
        list(read_lines(data / "provinces.csv"))


def test_a_missing_column_is_named(data):
    rows = [{"code": row["code"]} for row in read(data / "provinces.csv")]
    write(data / "provinces.csv", rows)
    with pytest.raises(BadData, match="kolom name tidak ada"):
        reload(data)


def test_the_command_says_bad_data_in_one_sentence(data, monkeypatch):
    change(data, "units.csv", "lapas-purwodadi", regency="99.99")
    monkeypatch.setattr(command, "load_reference", partial(load_reference, institutions_data=data))
    with pytest.raises(CommandError, match="Data acuan tidak dimuat. units.csv, baris"):
        run()


def test_the_files_are_listed_with_their_sources():
    for folder in (our_side.DATA, reference.DATA):
        readme = (folder / "README.md").read_text(encoding="utf-8")
        assert [path.name for path in folder.glob("*.csv") if path.name not in readme] == []
