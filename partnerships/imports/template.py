"""A workbook to fill in: the headings we read, and lists to choose from as they are today."""

from io import BytesIO
from typing import Any

from django.http import FileResponse
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from institutions.downloads import XLSX
from institutions.models import User
from institutions.spreadsheets import TO_GUARD, sayable
from partnerships.imports.headings import TITLES, Column
from partnerships.imports.reading import MOST_LINES
from partnerships.models import AgreementKind, PartnerKind, ProgrammeArea
from partnerships.pickers import known_partners

NAME = "templat-daftar-perjanjian.xlsx"
LIST, HELP, CHOICES = "Daftar", "Petunjuk", "Pilihan"
# Beyond it nobody looks through a list that drops down.
MOST_PARTNERS = 2000
WIDTH = 24
HINTS = {
    Column.UNIT: "unit yang mencatat; kosongkan bila semua baris milik unit Anda.",
    Column.PARTNER: "nama lengkap. Beberapa mitra dipisah titik koma. Nama baru boleh ditulis.",
    Column.CATEGORY: "jenis mitra, perlu untuk mitra baru.",
    Column.REGION: "letak mitra, misalnya Kabupaten Grobogan.",
    Column.KIND: "pilih dari daftar; kosong berarti PKS.",
    Column.TITLE: "tentang apa.",
    Column.OUR_NUMBER: "nomor dari unit, persis seperti pada naskah.",
    Column.THEIR_NUMBER: "nomor dari mitra; beberapa nomor dipisah titik koma.",
    Column.SIGNED: "hari dulu: 12 Januari 2025 atau 12/01/2025.",
    Column.STARTS: "bila berbeda dari tanggal tanda tangan.",
    Column.ENDS: "kosongkan bila masa berlaku ditulis, misalnya 2 tahun.",
    Column.TERM: "misalnya 2 tahun, 18 bulan, atau tanpa batas waktu.",
    Column.AREAS: "pilih dari daftar; beberapa bidang dipisah titik koma.",
    Column.STATUS: "hanya untuk yang belum ditandatangani: Penjajakan, Penyusunan, atau Menunggu"
    " tanda tangan.",
}
INTRODUCTION = (
    "Isi lembar Daftar, satu perjanjian per baris, lalu unggah di halaman Impor daftar perjanjian.",
    "Judul kolom jangan diubah. Kolom yang tidak Anda perlukan boleh kosong.",
    "Jangan tulis nama warga binaan atau klien.",
    "",
)


def template_for(user: User) -> FileResponse:
    file = BytesIO()
    workbook_for(user).save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=NAME, content_type=XLSX)


def workbook_for(user: User) -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = LIST
    sheet.freeze_panes = "A2"
    for number, heading in enumerate(TITLES.values(), start=1):
        cell = sheet.cell(1, number, heading)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(number)].width = WIDTH
    explain(book.create_sheet(HELP))
    offer(sheet, book.create_sheet(CHOICES), choices_for(user))
    return book


def explain(sheet: Any) -> None:
    """In one column, so that nobody takes it for a list of agreements."""
    lines = [*INTRODUCTION, *(f"{TITLES[column]}: {hint}" for column, hint in HINTS.items())]
    for line in lines:
        sheet.append([line])
    sheet.column_dimensions["A"].width = 110


def choices_for(user: User) -> dict[Column, list[str]]:
    units = user.units_in_scope().active().order_by("name_key", "code")
    areas = ProgrammeArea.objects.filter(is_active=True)
    choices = {
        Column.UNIT: list(units.values_list("short_name", flat=True)),
        Column.KIND: [str(kind.label) for kind in AgreementKind],
        Column.AREAS: list(areas.values_list("label", flat=True)),
        Column.CATEGORY: [str(kind.label) for kind in PartnerKind],
    }
    names = known_partners(user).order_by("name_key").values_list("name", flat=True)
    partners = list(names[: MOST_PARTNERS + 1])
    return choices | ({Column.PARTNER: partners} if len(partners) <= MOST_PARTNERS else {})


def offer(sheet: Any, lists: Any, choices: dict[Column, list[str]]) -> None:
    """Lists that drop down in the columns; what is not in them may be written all the same."""
    lists.sheet_state = "hidden"
    places = {column: number for number, column in enumerate(TITLES, start=1)}
    for number, (column, texts) in enumerate(choices.items(), start=1):
        if not texts:
            continue
        for row, text in enumerate(texts, start=1):
            cell = lists.cell(row, number)
            # Past the setter, which would make formulas of some names.
            cell._value, cell.data_type = sayable(text), "s"
            cell.quotePrefix = TO_GUARD.match(text) is not None
        letter, target = get_column_letter(number), get_column_letter(places[column])
        offered = DataValidation(
            type="list",
            formula1=f"{CHOICES}!${letter}$1:${letter}${len(texts)}",
            allow_blank=True,
            showErrorMessage=False,
        )
        offered.add(f"{target}2:{target}{MOST_LINES + 1}")
        sheet.add_data_validation(offered)
