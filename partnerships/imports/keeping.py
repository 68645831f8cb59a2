"""An uploaded list between the upload and its saving: kept, judged, judged anew, recorded."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from institutions.forms.own_unit import chooses_unit
from institutions.models import Unit, User
from institutions.progress import Progress
from partnerships.imports.checking import Result, check
from partnerships.imports.headings import Column
from partnerships.imports.reading import Line, OldList
from partnerships.imports.recording import Recorder
from partnerships.models import Import, ImportLine, LineState

AT_ONCE = 1000
SAVED_NOW = "Tersimpan."


def default_unit(lines: Iterable[Line], user: User, unit: Unit | None) -> Unit | None:
    """Who keeps the papers of lines that name no unit.

    In a list of several units an empty cell says nothing, and nobody is guessed.
    """
    if chooses_unit(user) and any(Column.UNIT in line.cells for line in lines):
        return None
    return unit or user.unit


@transaction.atomic
def keep(found: OldList, user: User, *, name: str, unit: Unit | None) -> Import:
    Import.objects.forget_old()
    kept = Import(
        user=user,
        name=name,
        unit=default_unit(found.lines, user, unit),
        unread=found.unread,
        passed_over=found.passed_over,
    )
    kept.save()
    judge(kept, found.lines, user)
    return kept


def lines_of(kept: Import) -> list[Line]:
    rows = kept.lines.order_by("place").values_list("row", "cells", "sheet")
    return [
        Line(row, {Column(name): text for name, text in cells.items()}, sheet)
        for row, cells, sheet in rows.iterator(chunk_size=AT_ONCE)
    ]


def judge(kept: Import, lines: list[Line], user: User) -> Result:
    """Judges every line against the register of this moment, and keeps what was found."""
    result = checked(kept, lines, user)
    write_down(kept, result)
    return result


def checked(kept: Import, lines: list[Line], user: User, *, hold: bool = False) -> Result:
    return check(
        lines,
        user,
        default_unit=kept.unit_id,
        answers=kept.answers,
        today=timezone.localdate(),
        hold=hold,
    )


def write_down(kept: Import, result: Result) -> None:
    kept.questions = [asdict(question) for question in result.questions]
    kept.counts = dict(result.counts)
    kept.save()
    kept.lines.all().delete()
    rows = (
        ImportLine(
            of_import=kept,
            place=place,
            row=each.paper.line.row,
            sheet=each.paper.line.sheet,
            cells=each.paper.line.cells,
            state=each.state,
            reasons=each.reasons,
            told=each.told(),
        )
        for place, each in enumerate(result.judged)
    )
    ImportLine.objects.bulk_create(rows, batch_size=AT_ONCE)


@transaction.atomic
def record_ready(kept: Import, user: User) -> int:
    """Records every line that is new, or none; returns how many."""
    result = checked(kept, lines_of(kept), user, hold=True)
    ready, progress = result.ready, progress_of(kept)
    try:
        number = Recorder(user, kept.reason, progress.tell).record(ready)
        for each in ready:
            each.state, each.reasons = LineState.RECORDED, [SAVED_NOW]
        kept.saved += number
        write_down(kept, result)
    finally:
        progress.end()
    return number


def progress_of(kept: Import) -> Progress:
    return Progress(f"import-{kept.pk}")
