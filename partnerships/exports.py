"""Rekap Kerja Sama: agreements as the table that offices send each other."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from indonesian.calendar import format_date
from institutions.models import User
from institutions.spreadsheets import Sheet, Value
from partnerships.models import (
    Agreement,
    AgreementArea,
    AgreementKind,
    AgreementQuerySet,
    Evidence,
    FollowUp,
    PartnerKind,
    Status,
)
from partnerships.models.agreement_queries import FACTS

TITLE = "Rekap Kerja Sama"
# The columns offices know, in their order; ours come behind them.
COLUMNS = (
    *("No", "Mitra", "Kategori", "Jenis dokumen", "Judul", "No. Pihak Kesatu"),
    *("No. Pihak Kedua", "Tgl ttd", "Masa berlaku", "Bidang", "Status"),
    *("Tindak lanjut", "Keterangan", "Unit"),
)
WIDTHS = (6, 36, 22, 26, 44, 30, 30, 14, 36, 30, 18, 36, 18, 26)
CHUNK = 1000
READ = (*FACTS, "kind", "title", "signed_text", "term_months", "unit__code", "unit__short_name")
# Between several values in one cell.
AND = "; "
UNIT_AS_PARTNER = "UPT Pemasyarakatan"


@dataclass(frozen=True)
class Reader:
    """Who gets the table, and the day it speaks of."""

    user: User
    day: date


def table_of(keys: list[int], user: User, day: date) -> Sheet:
    """The papers of these keys, in their order, as the user may read them.

    Numbers stand only where the full record may be read, promises only in the own subtree;
    notes, internal contacts and persons to call never.
    """
    return Sheet(TITLE, COLUMNS, rows_of(keys, Reader(user, day)), WIDTHS)


def rows_of(keys: list[int], reader: Reader) -> Iterator[list[Value]]:
    """So many rows at a time that memory does not grow with the table."""
    for first in range(0, len(keys), CHUNK):
        these = keys[first : first + CHUNK]
        parts = parts_of(these, reader)
        papers = {paper.pk: paper for paper in read(these, reader)}
        found = (papers[key] for key in these if key in papers)
        for number, paper in enumerate(found, first + 1):
            yield row_of(number, paper, parts)


def read(keys: list[int], reader: Reader) -> AgreementQuerySet:
    rows = Agreement.objects.among(keys).listed_to(reader.user).told_to(reader.user).order_by()
    return rows.with_state(reader.day).only(*READ)


class Side(NamedTuple):
    """A party, as far as the table tells it."""

    unit: int | None
    number: str
    name: str
    category: str | None


@dataclass(frozen=True)
class Parts:
    """What hangs on some papers, by their keys; as tuples, because rows cost ten times as much."""

    sides: dict[int, list[Side]]
    areas: dict[int, list[str]]
    promises: dict[int, list[str]]


def parts_of(keys: list[int], reader: Reader) -> Parts:
    parties: Any = Agreement.objects.parties_with_names()
    columns = ("agreement_id", "unit_id", "number", "called", "partner__kind")
    sides: defaultdict[int, list[Side]] = defaultdict(list)
    for paper, *side in parties.filter(agreement__in=keys).values_list(*columns):
        sides[paper].append(Side(*side))
    links = AgreementArea.objects.filter(agreement__in=keys).order_by("area__order", "area__code")
    areas: defaultdict[int, list[str]] = defaultdict(list)
    for paper, label in links.values_list("agreement_id", "area__label"):
        areas[paper].append(label)
    rows = FollowUp.objects.visible_to(reader.user).open().filter(agreement__in=keys)
    promises: defaultdict[int, list[str]] = defaultdict(list)
    for paper, text, due in rows.order_by("due", "pk").values_list("agreement_id", "text", "due"):
        promises[paper or 0].append(promised(text, due))
    return Parts(sides, areas, promises)


def row_of(number: int, paper: Any, parts: Parts) -> list[Value]:
    sides = parts.sides.get(paper.pk, [])
    others = [side for side in sides if side.unit != paper.unit_id]
    numbers = [side.number for side in sides] if paper.is_told else []
    return [
        number,
        AND.join(side.name for side in others),
        AND.join(dict.fromkeys(category_of(side) for side in others)),
        str(AgreementKind(paper.kind).label),
        paper.title,
        numbers[0] if numbers else "",
        AND.join(filter(None, numbers[1:])),
        paper.signed_on or paper.signed_text,
        term_of(paper),
        AND.join(parts.areas.get(paper.pk, ())),
        str(Status(paper.status).label),
        AND.join(parts.promises.get(paper.pk, ())),
        str(Evidence(paper.evidence).label) if paper.evidence else "",
        str(paper.unit),
    ]


def category_of(side: Side) -> str:
    return str(PartnerKind(side.category).label) if side.category else UNIT_AS_PARTNER


def term_of(paper: Agreement) -> str:
    """From when until when, as far as it is recorded."""
    if paper.is_open_ended:
        return (
            f"sejak {format_date(paper.start)}, tanpa batas waktu"
            if paper.start
            else ("tanpa batas waktu")
        )
    if paper.ends_on is None:
        return f"sejak {format_date(paper.start)}" if paper.start else ""
    begins = f"{format_date(paper.start)} " if paper.start else ""
    return f"{begins}s.d. {format_date(paper.ends_on)}"


def promised(text: str, due: date | None) -> str:
    return f"{text} (tenggat {format_date(due)})" if due else text
