"""`manage.py import_register`: the page's rules on the server."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from institutions.models import Unit, User
from partnerships.models import Agreement, Import
from tests.lists import csv, xlsx
from tests.lists import list_row as row

pytestmark = pytest.mark.django_db


def run(path: Path, **options: Any) -> str:
    out = StringIO()
    call_command("import_register", str(path), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "daftar lama.xlsx"
    path.write_bytes(xlsx(row(1), row(2)))
    return path


def test_without_commit_nothing_is_saved(humas: User, listed: Path) -> None:
    said = run(listed, user="humas")
    assert "2 baru, 0 sudah tercatat, 0 belum jelas, 0 salah." in said
    assert "tambahkan --commit" in said
    assert not Agreement.objects.exists()


def test_with_commit_all_is_saved_once(humas: User, listed: Path) -> None:
    assert "2 perjanjian tersimpan." in run(listed, user="humas", commit=True)
    assert "0 baru, 2 sudah tercatat" in run(listed, user="humas", commit=True)
    assert Agreement.objects.count() == 2
    step = Agreement.history.first()
    assert (step.history_user, step.history_change_reason) == (humas, "Impor dari daftar lama.xlsx")
    assert not Import.objects.exists()


def test_rows_that_are_left_are_named_and_the_command_ends_with_1(
    humas: User, tmp_path: Path
) -> None:
    path = tmp_path / "daftar.csv"
    wrong, unclear = {"Tgl ttd": "x"}, {"Jenis dokumen": "MoA"}
    path.write_bytes(csv(row(1), row(2, cells=wrong), row(3, cells=unclear)))
    out = StringIO()
    with pytest.raises(CommandError, match="2 baris belum dapat diimpor"):
        call_command("import_register", str(path), user="humas", commit=True, stdout=out)
    assert "Baris 3: salah." in out.getvalue()
    assert "Baris 4: belum jelas." in out.getvalue()
    assert "1 perjanjian tersimpan." in out.getvalue()
    assert Agreement.objects.count() == 1


def test_the_unit_of_rows_without_one_may_be_named(
    pembaca: User, bapas_jember: Unit, tmp_path: Path
) -> None:
    pembaca.assign_role("Humas")  # type: ignore[arg-type]
    path = tmp_path / "daftar.csv"
    path.write_bytes(b"Mitra;Judul\nDinas Contoh;Layanan\n")
    run(path, user="pembaca", unit="bapas-jember", commit=True)
    assert Agreement.objects.get().unit == bapas_jember


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"user": "siapa"}, "Tidak ada akun aktif bernama siapa"),
        ({"user": "pembaca"}, "tidak berhak mencatat"),
        ({"user": "humas", "unit": "lapas-purwodadi"}, "bukan unit humas"),
    ],
)
def test_who_may_not_is_told(
    humas: User, pembaca: User, lapas_purwodadi: Unit, listed: Path, options: Any, words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        run(listed, **options)


def test_a_file_that_is_none_is_told(humas: User, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        run(tmp_path / "tidak-ada.xlsx", user="humas")
    path = tmp_path / "a.csv"
    path.write_bytes(b"halo")
    with pytest.raises(CommandError, match="Baris judul kolom tidak ditemukan"):
        run(path, user="humas")
