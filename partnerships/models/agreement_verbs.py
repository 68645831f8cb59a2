"""The verbs of an agreement: signed, renewed, amended, ended; and why one of them may not be done.

Every verb locks the paper first, so that two people at once cannot build on it in two ways. An
addendum is locked after its base and a renewal after the old paper: taking back comes from there.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction

from indonesian.calendar import format_date
from institutions.models import User
from partnerships.models.agreement_codes import AgreementKind
from partnerships.models.agreement_status import Stage
from partnerships.models.agreement_term import same_term
from partnerships.models.roots import Root

# What the next paper takes over from the one it renews; numbers, dates, scan and notes are its own.
HANDED_ON = (
    "kind",
    "title",
    "wording_in_source",
    "unit",
    "parent",
    "place",
    "scope",
    "funding",
    "renewal_clause",
    "notice_days",
    "internal_contact",
)
# What an addendum that moves the end changes on the paper it amends.
END = ("ends_on", "original_ends_on", "end_is_typed", "is_open_ended")


class Verb(models.TextChoices):
    """What changes the state of a paper; the codes are those of the addresses."""

    SIGN = "tandatangani", "penandatanganan"
    RENEW = "perpanjang", "perpanjangan"
    AMEND = "adendum", "adendum"
    TERMINATE = "akhiri", "pengakhiran"


class AgreementVerbs(Root):
    """The part of an agreement that changes its state."""

    kind: Any
    unit: Any
    stage: Any
    signed_on: Any
    starts_on: Any
    place: Any
    ends_on: Any
    original_ends_on: Any
    is_open_ended: Any
    terminated_on: Any
    internal_contact: Any
    replaces_id: int | None
    amends: Any
    amends_id: int | None
    base_version: Any
    parties: Any
    area_links: Any
    deliveries: Any
    successors: Any
    addenda: Any
    children: Any

    class Meta:
        abstract = True

    @property
    def start(self) -> date | None:
        """The day the term begins: typed, else the day of signing."""
        return self.starts_on or self.signed_on

    # Locks

    @classmethod
    def locked(cls, pk: Any) -> Self:
        """After the paper it amends, see `hold`."""
        amended = cls._base_manager.filter(pk=pk).values("amends")
        cls._base_manager.select_for_update(of=("self",)).filter(pk__in=amended).first()
        return super().locked(pk)

    def hold(self) -> None:
        stored: Any = type(self)._base_manager.filter(pk=self.pk)
        renews_another = self.replaces_id and not stored.filter(replaces=self.replaces_id).exists()
        if self.amends_id or renews_another:
            self.hold_before()
        super().hold()

    def hold_before(self) -> None:
        """Lock the paper this one renews or amends, and look at it as it is now."""
        link = "amends" if self.amends_id else "replaces"
        rows = type(self)._base_manager.select_for_update(of=("self",))
        if before := rows.filter(pk=getattr(self, f"{link}_id")).first():
            setattr(self, link, before)

    @transaction.atomic
    def record(self, *, by: models.Model | None, reason: str = "") -> Self:
        if self._state.adding:
            self.hold_before()
        return super().record(by=by, reason=reason)

    # Why not

    def obstacle_to(self, verb: Verb) -> str:
        """Why the verb cannot be done on this paper, in words for the user; blank when it can."""
        if self.archived_on:
            return "Catatan ini ada di Sampah; pulihkan dulu."
        if verb == Verb.SIGN:
            return "Perjanjian ini sudah ditandatangani." if self.stage == Stage.SIGNED else ""
        return self.obstacle_when_signed(verb)

    def obstacle_when_signed(self, verb: Verb) -> str:
        """Renewing, amending and ending start from a signed paper that nothing ended yet."""
        done = {Verb.RENEW: "diperpanjang", Verb.AMEND: "diubah dengan adendum"}.get(
            verb, "diakhiri"
        )
        if self.stage != Stage.SIGNED:
            return f"Hanya perjanjian yang sudah ditandatangani dapat {done}."
        if self.amends_id or self.kind == AgreementKind.ADD:
            return f"Adendum tidak dapat {done}; perjanjian dasarnya dapat."
        if self.terminated_on:
            return "Perjanjian ini sudah diakhiri."
        successor = self.current_successor()
        if successor is None or (verb != Verb.RENEW and successor.stage != Stage.SIGNED):
            return ""
        if successor.stage != Stage.SIGNED:
            return "Perpanjangan perjanjian ini sedang disusun."
        return "Perjanjian ini sudah diperpanjang."

    def legal_verbs(self) -> list[Verb]:
        return [verb for verb in Verb if not self.obstacle_to(verb)]

    def current_successor(self) -> Self | None:
        """The paper that renews this one, signed or being written."""
        return next(unarchived(self.successors), None)

    def built_on(self) -> str:
        """What hangs on this paper, as a sentence about it goes on; blank when nothing does."""
        if self.has_deliveries():
            return "sudah punya realisasi"
        for link, words in (
            ("successors", "sudah diperpanjang"),
            ("addenda", "sudah punya adendum"),
            ("children", "menjadi payung perjanjian lain"),
        ):
            if any(unarchived(getattr(self, link))):
                return words
        return ""

    def has_deliveries(self) -> bool:
        # A QuerySet may have said it already, see `with_deliveries`.
        if "last_delivery_on" in self.__dict__:
            return self.__dict__["last_delivery_on"] is not None
        return bool(self.deliveries.filter(archived_on=None).exists())

    def refuse(self, obstacle: str) -> None:
        if obstacle:
            raise ValidationError(obstacle)

    # The verbs

    @transaction.atomic
    def sign(self, *, on: date, by: User, place: str = "", reason: str = "") -> Self:
        """The paper is signed; the term starts unless another start was typed."""
        self.hold()
        self.refuse(self.obstacle_to(Verb.SIGN))
        return self.change(
            by=by, reason=reason or "Ditandatangani", signed_on=on, place=place or self.place
        )

    @transaction.atomic
    def renew(self, *, by: User, numbers: Sequence[str] = (), **facts: Any) -> Self:
        """A new paper in place of this one: everything is handed on but numbers, dates and scan.

        `numbers` stand in the order of the parties. Without a term among `facts` it lasts as long
        as this one; without `signed_on` it is a draft.
        """
        self.hold()
        self.refuse(self.obstacle_to(Verb.RENEW))
        handed = {name: getattr(self, name) for name in HANDED_ON} | same_term(self)  # type: ignore[arg-type]
        paper = type(self)(replaces=self, **handed | facts)
        paper.record(by=by, reason=f"Memperpanjang “{self}”")
        return self.hand_parts_on(paper, numbers, by=by)

    @transaction.atomic
    def amend(
        self,
        *,
        by: User,
        title: str,
        signed_on: date,
        ends_on: date | None = None,
        numbers: Sequence[str] = (),
    ) -> Self:
        """Record an addendum; one with an end moves that of this paper, and the old end is kept."""
        self.hold()
        self.refuse(self.obstacle_to(Verb.AMEND))
        if self.signed_on and signed_on < self.signed_on:
            first = format_date(self.signed_on)
            raise ValidationError(
                {"signed_on": f"Adendum ditandatangani setelah perjanjiannya, {first}."}
            )
        if ends_on is None and self.ends_on and self.ends_on < signed_on:
            over = format_date(self.ends_on)
            raise ValidationError(
                {"ends_on": f"Perjanjian ini sudah berakhir pada {over}. Isi tanggal yang baru."}
            )
        last = ends_on or self.ends_on
        paper = type(self)(
            kind=AgreementKind.ADD,
            unit=self.unit,
            title=title,
            signed_on=signed_on,
            ends_on=last,
            end_is_typed=last is not None,
            is_open_ended=last is None and self.is_open_ended,
            internal_contact=self.internal_contact,
        )
        # All of it is checked before the end is moved.
        paper.full_clean()
        if last != self.ends_on:
            self.move_end(last, by=by, reason=f"Adendum “{title}” {format_date(signed_on)}")
            paper.base_version = self.version
        paper.amends = self
        paper.record(by=by, reason=f"Adendum atas “{self}”")
        return self.hand_parts_on(paper, numbers, by=by)

    @transaction.atomic
    def terminate(self, *, on: date, by: User, reason: str, letter: str = "") -> Self:
        """End a signed agreement early; papers, deliveries and history stay."""
        self.hold()
        self.refuse(self.obstacle_to(Verb.TERMINATE))
        if self.start and on < self.start:
            raise ValidationError(
                {"terminated_on": "Tanggal pengakhiran harus setelah tanggal mulai."}
            )
        if self.ends_on and on > self.ends_on:
            last = format_date(self.ends_on)
            raise ValidationError(
                {"terminated_on": f"Perjanjian ini berakhir pada {last}; isi tanggal sebelum itu."}
            )
        return self.change(
            by=by,
            reason=reason,
            terminated_on=on,
            termination_reason=reason,
            termination_letter=letter,
        )

    def hand_parts_on(self, paper: Self, numbers: Sequence[str], *, by: User) -> Self:
        """The same sides with who signs for them, the same areas; numbers are those given."""
        for place, party in enumerate(self.parties.all()):
            self.parties.model(
                agreement=paper,
                order=party.order,
                unit_id=party.unit_id,
                partner_id=party.partner_id,
                number=numbers[place] if place < len(numbers) else "",
                signatory_name=party.signatory_name,
                signatory_position=party.signatory_position,
            ).record(by=by)
        areas = [link.area for link in self.area_links.select_related("area")]
        paper.set_links("area_links", "area", areas, by=by)
        paper.refresh_search_text()
        return paper

    def move_end(self, to: date | None, *, by: models.Model | None, reason: str) -> None:
        self.change(
            by=by,
            reason=reason,
            original_ends_on=self.original_ends_on or self.ends_on,
            ends_on=to,
            end_is_typed=True,
            is_open_ended=False,
        )


def unarchived(papers: Any) -> Iterator[Any]:
    """Of the papers that point here, those outside the Sampah; asks nothing once they are read."""
    return (paper for paper in papers.all() if paper.archived_on is None)
