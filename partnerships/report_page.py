"""A rekap as people read it: lines with links, one sentence, a text to send on, a table to keep."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from indonesian.calendar import format_date
from indonesian.numbers import format_number, format_percent
from indonesian.periods import Period
from institutions.models import Unit, UnitKind
from institutions.spreadsheets import Sheet, Value
from partnerships.filters.agreements import COUNTED, INCOMPLETE
from partnerships.forms.reports import ReportForm
from partnerships.models import Evidence, ProgrammeArea
from partnerships.reports import EVERYBODY, Line, Measure, Summary

# Headings of the sums; what a column of an area counts, in a sentence.
SHORT = {
    Measure.ACTIVE: "Aktif",
    Measure.MOVING: "Berjalan",
    Measure.DELIVERIES: "Realisasi",
    Measure.PARTICIPANTS: "Peserta",
}
# Tints of the cells, from few to many.
TINTS = 4
TOTAL = "Jumlah"


class Cell(NamedTuple):
    """A figure, where its rows are listed, and how dark its cell is."""

    number: int
    url: str
    tint: int = 0
    label: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the table; the address is that of the same report of that unit alone."""

    name: str
    note: str
    url: str
    sums: list[Cell]
    cells: list[Cell]


class Links:
    """Addresses of the lists that hold exactly the rows a figure counts."""

    def __init__(self, period: Period, kind: str) -> None:
        day = {"pada": period.as_of, "kind": COUNTED, "status": "aktif"}
        days = {"since": format_date(period.first), "until": period.as_of}
        of_kind = {"jenis_unit": kind} if kind else {}
        papers, deliveries = reverse("agreement_list"), reverse("delivery_list")
        moving = day | {"evidence": Evidence.MOVING.value}
        self.lists = {
            Measure.ACTIVE: f"{papers}?{urlencode(day | of_kind)}",
            Measure.MOVING: f"{papers}?{urlencode(moving | of_kind)}",
            Measure.DELIVERIES: f"{deliveries}?{urlencode(days | of_kind)}",
            Measure.PARTICIPANTS: f"{deliveries}?{urlencode(days | of_kind)}",
        }

    def of(self, measure: Measure, unit: Unit, *, alone: bool = False, area: str = "") -> str:
        # Codes of units and areas need no quoting: letters, digits, dashes and underscores.
        only = "&sendiri=1" if alone else ""
        in_area = f"&area={area}" if area else ""
        return f"{self.lists[measure]}&unit={unit.code}{only}{in_area}"


class ReportPage:
    def __init__(self, summary: Summary, form: ReportForm) -> None:
        self.summary, self.form = summary, form
        self.period, self.scope = form.period, form.scope
        self.kind: str = form.cleaned_data["jenis_unit"]
        self.measure = Measure(form.cleaned_data["isi"])
        self.links = Links(self.period, self.kind)
        counts = summary.counts[self.measure].items()
        shown = {area.pk for area in summary.areas}
        self.most = max(
            (n for (line, area), n in counts if line != EVERYBODY and area in shown), default=0
        )

    @property
    def areas(self) -> list[ProgrammeArea]:
        return self.summary.areas

    @property
    def sum_labels(self) -> list[str]:
        return list(SHORT.values())

    @property
    def area_labels(self) -> list[str]:
        """Without the examples in brackets, for which a column has no room."""
        return [area.label.partition(" (")[0] for area in self.areas]

    @property
    def measure_words(self) -> str:
        return str(self.measure.label).lower()

    @property
    def rows(self) -> Iterator[Row]:
        for number, line in self.summary.shown_lines():
            yield self.row(number, line)

    @property
    def total(self) -> Row:
        """Of all lines; a paper of several of them counts once."""
        return self.row(EVERYBODY, Line(self.scope))

    def row(self, number: int, line: Line) -> Row:
        unit, alone, summary = line.unit, line.is_alone, self.summary
        sums = [
            Cell(
                summary.count(measure, number),
                self.links.of(measure, unit, alone=alone),
                label=SHORT[measure],
            )
            for measure in Measure
        ]
        figures, cells = summary.counts[self.measure], []
        start = self.links.of(self.measure, unit, alone=alone)
        for area in summary.areas:
            figure = figures[number, area.pk]
            tint = 0 if number == EVERYBODY else self.tint(figure)
            cells.append(Cell(figure, f"{start}&area={area.code}" if figure else "", tint))
        is_total = number == EVERYBODY
        return Row(
            TOTAL if is_total else unit.short_name,
            "tanpa unit di bawahnya" if alone and not is_total else "",
            "" if is_total or unit.pk == self.scope.pk else self.address(lingkup=unit.code),
            sums,
            cells,
        )

    def tint(self, figure: int) -> int:
        return -(-TINTS * figure // self.most) if self.most else 0

    @property
    def is_single(self) -> bool:
        """Whether there is one line only: then the areas are lines, with every figure."""
        return len(self.summary.layout.lines) == 1

    @property
    def area_rows(self) -> Iterator[tuple[ProgrammeArea, list[Cell]]]:
        line = self.summary.layout.lines[0]
        for area in self.areas:
            cells = []
            for measure in Measure:
                figure = self.summary.count(measure, 0, area.pk)
                url = self.links.of(measure, line.unit, alone=line.is_alone, area=area.code)
                cells.append(Cell(figure, url, label=SHORT[measure]))
            yield area, cells

    def address(self, **changes: str) -> str:
        chosen = {name: value for name, value in (self.form.chosen() | changes).items() if value}
        return f"{reverse('report')}?{urlencode(chosen)}"

    @property
    def query(self) -> str:
        return urlencode(self.form.chosen())

    @property
    def table_query(self) -> str:
        """The papers of the table *Rekap Kerja Sama*: those in force."""
        return self.links.of(Measure.ACTIVE, self.scope).partition("?")[2] + f"&masa={self.slug}"

    @property
    def incomplete_url(self) -> str:
        return f"{self.links.of(Measure.ACTIVE, self.scope)}&completeness={INCOMPLETE}"

    # In words

    @property
    def noun(self) -> str:
        return str(UnitKind(self.kind).label) if self.kind else "unit"

    def count(self, measure: Measure) -> int:
        return self.summary.count(measure)

    @property
    def finding(self) -> str:
        """What the table says, in a sentence or two."""
        active, moving = self.count(Measure.ACTIVE), self.count(Measure.MOVING)
        units = f"{format_number(self.summary.units)} {self.noun}"
        if not active:
            whose = self.scope.short_name if self.is_single else units
            return f"Belum ada perjanjian aktif pada {whose} per {self.period.as_of}."
        share = format_percent(moving / active)
        papers = f"{format_number(active)} perjanjian aktif per {self.period.as_of}"
        moves = f"{format_number(moving)} ({share}) berjalan"
        if self.is_single:
            return f"{self.scope.short_name} memiliki {papers}; {moves}."
        having = format_number(self.summary.units_with_active)
        return f"{having} dari {units} memiliki {papers}; {moves}."

    @property
    def done(self) -> str:
        number, people = self.count(Measure.DELIVERIES), self.count(Measure.PARTICIPANTS)
        if not number:
            return f"Belum ada realisasi selama {self.period.days}."
        return (
            f"Selama {self.period.days} tercatat {format_number(number)} realisasi"
            f" dengan {format_number(people)} peserta."
        )

    @property
    def fullest_areas(self) -> list[tuple[str, int]]:
        """The three areas with most papers in force."""
        found = [
            (area.label, self.summary.count(Measure.ACTIVE, area=area.pk)) for area in self.areas
        ]
        found.sort(key=lambda pair: -pair[1])
        return [pair for pair in found[:3] if pair[1]]

    @property
    def slug(self) -> str:
        return self.period.slug

    def message(self, sent_on: datetime) -> str:
        """For WhatsApp, where asterisks are bold."""
        lines = [
            f"*Kerja sama {self.scope.short_name}, {self.period.label}*",
            self.finding,
            self.done,
        ]
        fullest = self.fullest_areas
        if fullest:
            words = ", ".join(f"{label} {format_number(number)}" for label, number in fullest)
            lines.append(f"Bidang terbanyak: {words}.")
        made = f"{format_date(sent_on.date())} pukul {sent_on:%H.%M} WIB"
        return "\n".join([*lines, f"Register Kemitraan Pemasyarakatan, {made}"])

    # As a file

    def sheets(self, made_at: datetime) -> list[Sheet]:
        about = [
            ("Lingkup", self.scope.name),
            ("Jenis unit", self.noun if self.kind else "semua jenis"),
            ("Masa", f"{self.period.label} ({self.period.days})"),
            ("Perjanjian dihitung per", self.period.as_of),
            ("Angka per bidang", str(self.measure.label)),
            ("Diambil", f"{format_date(made_at.date())} pukul {made_at:%H.%M} WIB"),
        ]
        return [self.table(), Sheet("Keterangan", ("Perihal", "Isi"), about, (28, 60))]

    def table(self) -> Sheet:
        headings = ["Unit", *(str(measure.label) for measure in Measure)]
        headings += [area.label for area in self.areas]
        lines = list(self.rows)
        lines += [] if self.is_single else [self.total]
        return Sheet("Rekap", headings, [self.plain(row) for row in lines], (36, 12))

    def plain(self, row: Row) -> list[Value]:
        name = f"{row.name} ({row.note})" if row.note else row.name
        return [name, *(cell.number for cell in (*row.sums, *row.cells))]


def file_name(what: str, unit: str, when: str, ending: str) -> str:
    """rekap-kerja-sama_lapas-purwodadi_tw3-2025.xlsx; parts that are unknown are left out."""
    return f"{'_'.join(filter(None, (what, unit, when)))}.{ending}"


def only_codes(text: Any) -> str:
    """What may stand in the name of a file, of what an address says."""
    return "".join(sign for sign in str(text) if sign.isascii() and (sign.isalnum() or sign == "-"))
