"""The papers before and after one: what it renewed, and what renewed it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from partnerships.models import Agreement

# Twelve years of papers that last two; who wants more follows the chain from its end.
FURTHEST = 6


def with_chain(agreement: Agreement, keys: list[int]) -> "list[int] | QuerySet[Any]":
    """The keys, and where it renews or was renewed those of its chain, to be found by a question.

    Its `successors` have to be read.
    """
    if agreement.replaces_id is None and not agreement.successors.all():
        return keys
    every = Agreement.objects.order_by().values("pk")
    chain = (
        every.filter(**{"__".join([link] * steps): agreement.pk})
        for link in ("replaces", "successors")
        for steps in range(1, FURTHEST + 1)
    )
    return every.filter(pk__in=keys).union(*chain)


def before(agreement: Agreement, papers: Iterable[Agreement]) -> list[Agreement]:
    """What it renewed, and what that renewed, the earliest first; a gap ends the chain."""
    known = {paper.pk: paper for paper in papers}
    found: list[Agreement] = []
    paper = known.pop(agreement.replaces_id or 0, None)
    while paper is not None:
        found.insert(0, paper)
        paper = known.pop(paper.replaces_id or 0, None)
    return found


def after(agreement: Agreement, papers: Iterable[Agreement]) -> list[Agreement]:
    """What renewed it, and what renewed that, in this order."""
    papers = list(papers)
    found: list[Agreement] = []
    latest = {agreement.pk}
    while renewing := [paper for paper in papers if paper.replaces_id in latest]:
        found += renewing
        latest = {paper.pk for paper in renewing}
        papers = [paper for paper in papers if paper.pk not in latest]
    return found
