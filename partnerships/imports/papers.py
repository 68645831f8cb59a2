"""What a line says about one paper, read without the register: who and what is matched later."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from indonesian.calendar import add_months, format_date, term_end
from indonesian.names import normalise
from partnerships.imports.dates import Read, Term, Unreadable, read_day, read_term, settled
from partnerships.imports.headings import Column
from partnerships.imports.reading import Line
from partnerships.imports.workbooks import NO_RESULT
from partnerships.models import (
    FIRST_SIGNING_DAY,
    SIGNING_AHEAD_MONTHS,
    AgreementKind,
    Stage,
)

LABELS = {
    Column.PARTNER: "Mitra",
    Column.TITLE: "Judul",
    Column.OUR_NUMBER: "Nomor pihak kesatu",
    Column.THEIR_NUMBER: "Nomor pihak kedua",
    Column.SIGNED: "Tanggal tanda tangan",
    Column.STARTS: "Tanggal mulai",
    Column.ENDS: "Tanggal berakhir",
    Column.TERM: "Masa berlaku",
    Column.PLACE: "Tempat",
    Column.OUR_SIGNATORY: "Penanda tangan",
    Column.THEIR_SIGNATORY: "Penanda tangan mitra",
    Column.SCOPE: "Ruang lingkup",
    Column.NOTES: "Keterangan",
}
LONGEST = {
    Column.TITLE: 300,
    Column.OUR_NUMBER: 120,
    Column.PLACE: 120,
    Column.OUR_SIGNATORY: 150,
    Column.THEIR_SIGNATORY: 150,
    Column.SCOPE: 4000,
    Column.NOTES: 3000,
    Column.FOLLOW_UP: 900,
}
EXCEL_ERRORS = frozenset({"#REF!", "#VALUE!", "#N/A", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})
# Our own list tells how a paper moves in this column; that is no note about the paper.
TOLD_BY_US = frozenset({"baru", "belum berjalan", "berjalan", "tersendat"})
LONGEST_SIGNED_TEXT = 100

_K = AgreementKind
KIND_WORDS: dict[str, AgreementKind] = {
    **{normalise(words): kind for kind in _K for words in (kind.label, kind.value)},
    **dict.fromkeys(("pks", "perjanjian kerja sama", "perjanjian", "kerja sama teknis"), _K.PKS),
    **dict.fromkeys(("nota kesepahaman", "memorandum of understanding"), _K.NK),
    **dict.fromkeys(("nota kesepakatan", "nota kesepakatan bersama"), _K.NKB),
    **dict.fromkeys(("kesepakatan bersama", "naskah kesepakatan bersama"), _K.KB),
    **dict.fromkeys(("adendum", "addendum", "amandemen"), _K.ADD),
    **dict.fromkeys(("rencana kerja", "rencana kerja tahunan"), _K.RK),
    **dict.fromkeys(("surat pernyataan",), _K.SP),
}
STAGE_WORDS = {
    **dict.fromkeys(("penjajakan", "rencana"), Stage.PROSPECT),
    **dict.fromkeys(("draf", "draft", "penyusunan", "proses", "dalam proses"), Stage.DRAFTING),
    **dict.fromkeys(("menunggu tanda tangan", "belum tanda tangan"), Stage.AWAITING),
}
# They end a paper, which takes a day and a reason.
ENDING_WORDS = frozenset(
    {"diakhiri", "diakhiri lebih awal", "dihentikan", "batal", "dibatalkan", "putus", "dicabut"}
)
NOT_DATED = "tidak tertulis di daftar"


@dataclass
class Paper:
    """The columns of an agreement as far as its line tells them; texts are not matched yet."""

    line: Line
    columns: dict[str, Any] = field(default_factory=dict)
    kind: AgreementKind | None = None
    # Sentences: why the row cannot be recorded, and what was read in a way worth seeing.
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def partners(self) -> list[str]:
        return parts_of(self.line.cells.get(Column.PARTNER, ""))

    @property
    def signed_on(self) -> date | None:
        day: date | None = self.columns.get("signed_on")
        return day


def parts_of(text: str) -> list[str]:
    """Several names in one cell: on lines of their own or between semicolons."""
    pieces = (" ".join(piece.split()) for piece in text.replace("\n", ";").split(";"))
    return list(dict.fromkeys(piece.strip(" .,") for piece in pieces if piece.strip(" .,-")))


def read_paper(line: Line, today: date) -> Paper:
    paper = Paper(line)
    refuse_errors(paper)
    for column, most in LONGEST.items():
        if len(line.cells.get(column, "")) > most:
            paper.problems.append(
                f"{LABELS.get(column, 'Tindak lanjut')} lebih dari {most} huruf; ringkas dulu."
            )
    if not paper.partners and not line.text(Column.TITLE):
        paper.problems.append("Mitra dan judul kosong. Isi salah satunya.")
    read_kind(paper)
    read_dates(paper, today)
    paper.columns |= {
        "title": line.text(Column.TITLE),
        "place": line.text(Column.PLACE),
        "scope": line.cells.get(Column.SCOPE, ""),
        "notes": notes_of(line),
    }
    return paper


def refuse_errors(paper: Paper) -> None:
    for column, text in paper.line.cells.items():
        name = LABELS.get(column, column.value)
        if text == NO_RESULT:
            paper.problems.append(
                f"{name} berisi rumus tanpa hasil. Buka dan simpan di Excel, lalu unggah lagi."
            )
        elif text in EXCEL_ERRORS:
            paper.problems.append(f"{name} berisi galat rumus {text}. Tulis isinya.")


def read_kind(paper: Paper) -> None:
    """Stays open where the words are not known; without any, the title may begin with them."""
    stated = paper.line.text(Column.KIND)
    if stated:
        paper.kind = KIND_WORDS.get(normalise(stated[:200]))
        return
    title = f"{normalise(paper.line.text(Column.TITLE)[:200])} "
    for words, kind in KIND_WORDS.items():
        if " " in words and title.startswith(f"{words} "):
            paper.kind = kind
            return
    paper.kind = AgreementKind.PKS
    paper.notes.append("Jenis tidak tertulis; dicatat PKS.")


def read_dates(paper: Paper, today: date) -> None:
    signed: Read = cell(paper, Column.SIGNED, read_day, today) or Read()
    starts: Read = cell(paper, Column.STARTS, read_day, today) or Read()
    ends: Term = cell(paper, Column.ENDS, read_end, today) or Term()
    term: Term = cell(paper, Column.TERM, read_term, today) or Term()
    for found in (signed, starts, ends, term):
        paper.notes += found.notes
    starts_on = starts.day or term.starts
    if starts_on == signed.day:
        starts_on = None
    paper.columns |= {"signed_on": signed.day, "starts_on": starts_on}
    settle_signing(paper, signed, starts)
    settle_term(paper, ends, term)
    judge_dates(paper, today)


def cell(paper: Paper, column: Column, read: Callable[..., Any], today: date) -> Any:
    text = paper.line.text(column)
    if text == NO_RESULT or text in EXCEL_ERRORS:
        return None
    try:
        return read(text, today=today)
    except (Unreadable, OverflowError) as why:
        paper.problems.append(f"{LABELS[column]} “{text[:60]}”: {why}")
        return None


def read_end(text: str, *, today: date) -> Term:
    """A day as a rule; some lists write the whole term there."""
    try:
        found = read_day(text, today=today)
    except Unreadable:
        return read_term(text, today=today)
    if found.text:
        raise Unreadable("Tulis tanggal, bulan, dan tahun.")
    return Term(ends=found.day, notes=found.notes)


def settle_signing(paper: Paper, signed: Read, starts: Read) -> None:
    """An old list holds signed papers, unless its status or its emptiness says otherwise."""
    status = normalise(paper.line.text(Column.STATUS)[:100])
    stage = STAGE_WORDS.get(status)
    text = signed.text[:LONGEST_SIGNED_TEXT]
    if status in ENDING_WORDS:
        paper.notes.append("Pengakhirannya tidak ikut diimpor; akhiri di halaman perjanjiannya.")
    if signed.day or text:
        paper.columns |= {"stage": Stage.SIGNED, "signed_text": text}
        return
    says = (Column.OUR_NUMBER, Column.THEIR_NUMBER, Column.STARTS, Column.ENDS, Column.TERM)
    if stage is None and (status or any(paper.line.cells.get(column) for column in says)):
        if starts.text:
            text = starts.text[:LONGEST_SIGNED_TEXT]
        paper.columns |= {"stage": Stage.SIGNED, "signed_text": text or NOT_DATED}
        paper.notes.append("Tanggal tanda tangan kosong; dicatat sebagai belum diketahui.")
        return
    paper.columns |= {"stage": stage or Stage.DRAFTING, "signed_text": ""}
    if stage is None:
        paper.notes.append("Tanpa tanggal dan nomor; dicatat sebagai draf.")


def settle_term(paper: Paper, ends: Term, term: Term) -> None:
    stated = Term(
        ends=ends.ends or term.ends,
        months=term.months or ends.months,
        is_open_ended=(term.is_open_ended or ends.is_open_ended) and ends.ends is None,
    )
    start = paper.columns["starts_on"] or paper.columns["signed_on"]
    if ends.ends and term.ends and ends.ends != term.ends:
        paper.problems.append(
            f"Tanggal berakhir {format_date(ends.ends)} dan masa berlaku sampai"
            f" {format_date(term.ends)} berbeda. Perbaiki salah satunya."
        )
    if stated.ends and stated.months and start:
        days_apart = (stated.ends - term_end(start, stated.months)).days
        # Many count two years from 1 March to 1 March.
        if days_apart not in (0, 1):
            day = format_date(stated.ends)
            paper.notes.append(f"Jangka waktu dan tanggal berakhir tidak cocok; dipakai {day}.")
    if stated.months and not stated.ends and start is None:
        paper.notes.append("Tanggal berakhir belum dapat dihitung; tanggal mulai tidak diketahui.")
    paper.columns |= settled(stated, start)


def judge_dates(paper: Paper, today: date) -> None:
    signed, start = paper.signed_on, paper.columns["starts_on"] or paper.columns["signed_on"]
    ends = paper.columns["ends_on"]
    if signed and signed < FIRST_SIGNING_DAY:
        paper.problems.append("Tanggal tanda tangan paling awal 17 Agustus 1945.")
    if signed and signed > (ahead := add_months(today, SIGNING_AHEAD_MONTHS)):
        paper.problems.append(
            f"Tanggal tanda tangan {format_date(signed)} terlalu jauh; paling jauh"
            f" {format_date(ahead)}."
        )
    elif signed and signed > today:
        paper.notes.append(f"Tanggal tanda tangan {format_date(signed)} masih di depan.")
    if ends and start and ends < start:
        paper.problems.append(
            f"Tanggal berakhir {format_date(ends)} mendahului tanggal mulai {format_date(start)}."
        )


def notes_of(line: Line) -> str:
    notes = line.cells.get(Column.NOTES, "")
    notes = "" if normalise(notes[:60]) in TOLD_BY_US else notes
    promise = line.cells.get(Column.FOLLOW_UP, "")
    return "\n".join(filter(None, [notes, f"Tindak lanjut: {promise}" if promise else ""]))
