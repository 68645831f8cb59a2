"""Notices in words: what a row of the list says, and what of it may leave by mail."""

from dataclasses import dataclass
from datetime import date

from indonesian.calendar import format_date
from institutions.models import User
from partnerships.attention import (
    Matter,
    about,
    ending_note,
    idle_note,
    promise_matter,
)
from partnerships.home_rows import PROMISES_SHOWN
from partnerships.models import Agreement, Evidence, FollowUp, Notice, NoticeKind


@dataclass(frozen=True)
class Line:
    """One notice, and what it speaks of as that is today."""

    notice: Notice
    matter: Matter
    paper: Agreement | None = None

    def for_mail(self) -> Matter:
        """Of a paper what stands on its card; of a promise, which is internal, only its day."""
        if self.paper is not None:
            return self.matter
        due = f"jatuh tempo {format_date(self.notice.deadline)}"
        return Matter("Tindak lanjut", self.matter.url, note=due)


def lines_of(notices: list[Notice], user: User, today: date) -> list[Line]:
    """A line for each, from two questions about the papers and one about the promises."""
    keys = [notice.agreement_id for notice in notices if notice.agreement_id]
    papers = Agreement.objects.among(keys).for_list().in_bulk(keys) if keys else {}
    keys = [notice.followup_id for notice in notices if notice.followup_id]
    promises = PROMISES_SHOWN.in_bulk(keys) if keys else {}
    lines = []
    for notice in notices:
        if notice.agreement_id in papers:
            lines.append(paper_line(notice, papers[notice.agreement_id], user, today))
        elif notice.followup_id in promises:
            lines.append(promise_line(notice, promises[notice.followup_id], user, today))
    return lines


def paper_line(notice: Notice, paper: Agreement, user: User, today: date) -> Line:
    if notice.kind == NoticeKind.ENDING:
        note = ending_note(paper.ends_on, today)
    else:
        is_idle = paper.evidence == Evidence.NOT_MOVING
        note = idle_note(paper) if is_idle else "sudah ada realisasi"
    return Line(notice, Matter(**about(paper, user), note=note), paper)


def promise_line(notice: Notice, promise: FollowUp, user: User, today: date) -> Line:
    matter = promise_matter(promise, user, today)
    if promise.done_on:
        matter.note = f"selesai {format_date(promise.done_on)}"
    return Line(notice, matter)
