"""The dry run: every line judged against the register as it is now. Saving judges anew with this.

A line is new, recorded already, unclear (a question is open) or wrong; each with its reasons.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from indonesian.calendar import format_date
from indonesian.names import normalise, number_key
from institutions.models import Unit, User
from partnerships.imports.directory import (
    KnownUnit,
    read_areas,
    read_partners,
    read_regencies,
    read_units,
)
from partnerships.imports.headings import Column
from partnerships.imports.matching import Matcher, Side
from partnerships.imports.papers import Paper, read_paper
from partnerships.imports.questions import ANOTHER, SAME, Question, Questions, kind_choices
from partnerships.imports.reading import Line
from partnerships.imports.recognition import (
    Known,
    Marks,
    Recognition,
    Wanted,
    read_recognition,
    title_key,
)
from partnerships.models import Agreement, AgreementKind, LineState
from partnerships.models.agreement_term import term_words

LONGEST_NUMBER = 120


@dataclass
class Judged:
    """A line and what becomes of it."""

    paper: Paper
    state: LineState
    unit: KnownUnit | None = None
    sides: list[Side] = field(default_factory=list)
    numbers: tuple[str, list[str]] = ("", [])
    areas: list[int] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    known: Known | None = None

    @property
    def unit_key(self) -> int:
        return self.unit.pk if self.unit else 0

    def told(self) -> dict[str, str]:
        """What the page shows of the line."""
        columns = self.paper.columns
        signed = columns.get("signed_on")
        written = self.paper.line.text(Column.SIGNED)[:100] or str(columns.get("signed_text", ""))
        numbers = [self.numbers[0], *self.numbers[1]]
        return {
            "partner": "; ".join(side.name for side in self.sides)
            or "; ".join(self.paper.partners)[:300],
            "title": str(columns.get("title", ""))[:300],
            "kind": str(self.paper.kind.label) if self.paper.kind else "",
            "unit": self.unit.name if self.unit else "",
            "numbers": "; ".join(filter(None, numbers))[:260],
            "signed": format_date(signed) if signed else written,
            "term": term_words(Agreement(**columns)),
        }


@dataclass
class Result:
    judged: list[Judged]
    questions: list[Question]

    @property
    def counts(self) -> Counter[str]:
        return Counter(each.state.value for each in self.judged)

    @property
    def ready(self) -> list[Judged]:
        return [each for each in self.judged if each.state == LineState.NEW]


def check(
    lines: list[Line],
    user: User,
    *,
    default_unit: int | None,
    answers: dict[str, str],
    today: date,
    hold: bool = False,
) -> Result:
    """`default_unit` keeps the papers of lines that name no unit; None where each has to.

    With `hold` a second import for one of the units waits until this transaction is through, and
    then knows what this one recorded.
    """
    papers = [read_paper(line, today) for line in lines]
    units = read_units(user)
    named = {key for paper in papers for key in units.called(paper.line.text(Column.UNIT))}
    answered = {int(code) for code in answers.values() if code.isdecimal()}
    chosen = answered | ({default_unit} if default_unit else set())
    own = (named | chosen) & units.own
    if hold:
        list(Unit.objects.select_for_update().filter(pk__in=own).order_by("pk").values("pk"))
    regencies = read_regencies()
    matcher = Matcher(
        units,
        read_partners(user, own, regencies, names_in(papers)),
        regencies,
        read_areas(),
        Questions(answers),
        default_unit if default_unit in units.own else None,
    )
    recognition = read_recognition(user, own, named - units.own, wanted_by(papers))
    checking = Checking(matcher, recognition)
    judged = [checking.judge(paper) for paper in papers]
    return Result(judged, matcher.questions.that_matter())


def names_in(papers: list[Paper]) -> set[str]:
    return {normalise(name)[:500] for paper in papers for name in paper.partners}


def wanted_by(papers: list[Paper]) -> Wanted:
    """What papers of the register are asked about; the others need not be kept in mind."""
    wanted = Wanted()
    for paper in papers:
        ours, theirs = numbers_in(paper)
        joined = ("; ".join(theirs[place:]) for place in range(len(theirs)))
        wanted.numbers.update(map(number_key, (ours, *theirs, *joined)))
        wanted.titles[day_of(paper)].add(title_key(paper.columns["title"]))
    wanted.numbers.discard("")
    return wanted


class Checking:
    """Lines in their order: one that is new is known again when it comes a second time."""

    def __init__(self, matcher: Matcher, recognition: Recognition) -> None:
        self.matcher, self.recognition = matcher, recognition
        self.questions = matcher.questions

    def judge(self, paper: Paper) -> Judged:
        judged = self.judged(paper)
        matter = judged.state in {LineState.NEW, LineState.UNCLEAR}
        self.questions.end_line(matter=matter)
        judged.reasons += paper.notes if matter else []
        return judged

    def judged(self, paper: Paper) -> Judged:
        unit = self.matcher.unit_of(paper)
        if unit is None:
            if not self.questions.open_on_line() and not paper.problems:
                paper.problems.append("Unit kosong. Isi unit yang mencatat perjanjian ini.")
            return self.refused(Judged(paper, LineState.WRONG))
        judged = Judged(paper, LineState.WRONG, unit)
        judged.sides = self.matcher.sides_of(paper, unit)
        judged.numbers = numbers_of(paper, len(judged.sides))
        stated = paper.kind if paper.line.text(Column.KIND) else None
        marks = marks_of(judged)
        if known := self.recognition.same(marks, stated, paper.signed_on):
            judged.state, judged.reasons, judged.known = LineState.RECORDED, [known.told], known
            return judged
        if unit.pk not in self.matcher.units.own:
            paper.problems.append(f"{unit.name} bukan unit Anda, jadi baris ini tidak diimpor.")
            return self.refused(judged)
        judged.areas = self.matcher.areas_of(paper)
        self.settle_kind(paper)
        if paper.problems:
            return self.refused(judged)
        doubt = self.recognition.doubtful(marks, stated)
        if doubt and self.is_that_one(paper, doubt) == SAME:
            judged.state, judged.reasons, judged.known = LineState.RECORDED, [doubt.told], doubt
            return judged
        if self.questions.open_on_line():
            return self.refused(judged)
        judged.state = LineState.NEW
        known = Known(
            str(paper.kind),
            paper.signed_on,
            paper.columns["title"],
            marks.own_number,
            where=paper.line.where,
        )
        self.recognition.add(marks, known)
        return judged

    def refused(self, judged: Judged) -> Judged:
        """Wrong, or unclear as long as nothing but a question stands in the way."""
        problems, open_ones = judged.paper.problems, self.questions.open_on_line()
        judged.state = LineState.WRONG if problems else LineState.UNCLEAR
        judged.reasons = problems or [f"{each.label}: {each.hint}" for each in open_ones]
        return judged

    def settle_kind(self, paper: Paper) -> None:
        if paper.kind is not None:
            return
        stated = paper.line.text(Column.KIND)
        answer = self.questions.ask(
            ("jenis", normalise(stated)),
            f"Jenis “{stated}”",
            "Jenis naskah ini tidak dikenal. Pilih yang dimaksud.",
            kind_choices(),
            paper.line.where,
        )
        paper.kind = AgreementKind(answer) if answer else None

    def is_that_one(self, paper: Paper, doubt: Known) -> str:
        day = format_date(doubt.signed_on) if doubt.signed_on else "tanpa tanggal"
        return self.questions.ask(
            ("sama", paper.line.sheet, str(paper.line.row), str(doubt.pk)),
            f"{paper.line.where.capitalize()}: {paper.columns['title'] or 'tanpa judul'}",
            f"Unit, mitra, dan nomornya sama dengan “{doubt.title or 'tanpa judul'}” ({day}),"
            " tetapi tanggal tanda tangannya berbeda.",
            [(SAME, "Perjanjian yang sama; lewati"), (ANOTHER, "Perjanjian lain; catat")],
            paper.line.where,
        )


def marks_of(judged: Judged) -> Marks:
    paper = judged.paper
    refs = [ref for side in judged.sides for ref in ((side.ref,) if side.ref else side.candidates)]
    return Marks(
        judged.unit_key,
        tuple(refs),
        (judged.numbers[0], *judged.numbers[1]),
        day_of(paper),
        paper.columns["title"],
    )


def day_of(paper: Paper) -> str:
    """The day of signing, or what is written in its place, as papers are compared."""
    day = paper.signed_on
    written = paper.columns.get("signed_text") or paper.line.text(Column.SIGNED)
    return day.isoformat() if day else normalise(written)


def numbers_in(paper: Paper) -> tuple[str, list[str]]:
    """The own number, and those of the others as the cell parts them."""
    text = paper.line.cells.get(Column.THEIR_NUMBER, "").replace("\n", ";")
    theirs = [" ".join(piece.split()) for piece in text.split(";") if piece.strip(" -")]
    ours = paper.line.text(Column.OUR_NUMBER)
    return "" if ours == "-" else ours, theirs


def numbers_of(paper: Paper, sides: int) -> tuple[str, list[str]]:
    """The own number, and one for each other side; more numbers than sides stay together."""
    ours, theirs = numbers_in(paper)
    if len(theirs) > sides > 0:
        theirs = [*theirs[: sides - 1], "; ".join(theirs[sides - 1 :])]
    if theirs and not sides:
        paper.notes.append("Nomor pihak kedua tidak dicatat, karena mitranya kosong.")
    if any(len(number) > LONGEST_NUMBER for number in theirs):
        paper.problems.append(f"Nomor pihak kedua lebih dari {LONGEST_NUMBER} huruf.")
    return ours, theirs
