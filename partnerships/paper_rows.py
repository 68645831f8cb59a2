"""Papers as lists show them, read by one question that is written once.

Saying anew what status and evidence follow from, what the user may read in full, and the names of
the parties took Django longer than reading fifty papers.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, cast

from django.db.models import (
    F,
    IntegerField,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast
from django.urls import reverse

from institutions.models import User
from institutions.questions import Reader, ReaderQuestion
from partnerships.models import Agreement, Evidence, Status
from partnerships.models.agreement_status import status
from partnerships.models.agreements import heading
from partnerships.models.evidence import evidence_since

PAPERS, PARTIES = range(2)
WORDS = ("kind", "title", "unit_id", "unit__short_name", "stage", "signed_text", "archive_reason")
DAYS = ("archived_on", "signed_on", "starts_on", "ends_on", "terminated_on", "last_delivery_on")
MARKS = ("is_open_ended", "is_renewed", "is_checked", "is_told")
PAPER = (*WORDS, *DAYS, *MARKS)
PARTY = ("order", "pk", "unit_id", "number", "called")
# PostgreSQL writes yes as a word, SQLite as a number.
YES = {"true", "1"}


class PartyRow(NamedTuple):
    """A party by name, and its number for the paper; sorts as the paper names its parties."""

    order: int
    pk: int
    unit_id: str | None
    number: str
    called: str


@dataclass
class PaperRow:
    """What a list tells of a paper, and how it stood on the day."""

    pk: int
    day: date
    kind: str
    title: str
    unit_id: str
    unit: str
    stage: str
    signed_text: str
    archive_reason: str
    archived_on: date | None
    signed_on: date | None
    starts_on: date | None
    ends_on: date | None
    terminated_on: date | None
    last_delivery_on: date | None
    is_open_ended: bool
    is_renewed: bool
    is_checked: bool
    is_told: bool
    parties: list[PartyRow]

    def __str__(self) -> str:
        return heading(self.kind, self.title)

    def get_absolute_url(self) -> str:
        return reverse("agreement_detail", args=[self.pk])

    @cached_property
    def status(self) -> Status:
        return status(cast(Agreement, self), self.day, self.is_renewed)

    @cached_property
    def evidence(self) -> Evidence | None:
        return evidence_since(cast(Agreement, self), self.last_delivery_on, self.day)

    @property
    def number(self) -> str:
        """The number the keeping unit gave the paper; blank where none is recorded."""
        return next((side.number for side in self.parties if side.unit_id == self.unit_id), "")

    @property
    def other_sides(self) -> list[str]:
        """The parties beside the keeping unit, by name."""
        return [side.called for side in self.parties if side.unit_id != self.unit_id]


def papers_shown(user: User, keys: list[int], day: date) -> list[PaperRow]:
    """The papers in any order, each as it stands on the day."""
    parties: defaultdict[int, list[PartyRow]] = defaultdict(list)
    papers = []
    for part, key, *texts in SHOWN.ask(user.reader, day, about=keys):
        if part == PAPERS:
            papers.append(paper_of(key, day, texts, parties[key]))
        else:
            order, pk, *others = texts[: len(PARTY)]
            parties[key].append(PartyRow(int(order), int(pk), *others))
    for sides in parties.values():
        sides.sort()
    return papers


def paper_of(key: int, day: date, texts: Sequence[str | None], parties: list[PartyRow]) -> PaperRow:
    words, rest = texts[: len(WORDS)], texts[len(WORDS) :]
    days = (text and date.fromisoformat(text) for text in rest[: len(DAYS)])
    marks = (text in YES for text in rest[len(DAYS) :])
    values: list[Any] = [key, day, *words, *days, *marks, parties]
    return PaperRow(*values)


def showing(reader: Reader, day: date, keys: list[int]) -> QuerySet[Any]:
    """(part, key of the paper, texts) of papers and of their parties."""
    papers: Any = Agreement.objects.among(keys).told_to(reader).with_facts(day).order_by()
    parties = Agreement.objects.parties_with_names().filter(agreement__in=keys).order_by()
    return texts_of(PAPERS, papers, "pk", PAPER).union(
        texts_of(PARTIES, parties, "agreement", PARTY), all=True
    )


def texts_of(part: int, rows: QuerySet[Any], key: str, columns: Iterable[str]) -> QuerySet[Any]:
    texts: list[Any] = [Cast(F(name), TextField()) for name in columns]
    filler = [Value("", TextField())] * (len(PAPER) - len(texts))
    return rows.values_list(Value(part, IntegerField()), key, *texts, *filler)


SHOWN = ReaderQuestion(showing)
