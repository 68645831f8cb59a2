"""Taking back what was done to an agreement last, as long as nothing builds on it.

Which verb that was follows from the paper itself: an end that was recorded, the papers that renew
or amend it, the stage it had before it was signed. What stood in its columns before is read from
its history.
"""

from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import transaction

from indonesian.calendar import format_date
from institutions.models import User
from partnerships.models.agreement_status import Stage
from partnerships.models.agreement_term import end_words
from partnerships.models.agreement_verbs import END, AgreementVerbs, Verb, unarchived

UNSIGNED = ("stage", "signed_on", "signed_text", "place")
OTHER_END = (
    "Perjanjian dasarnya {}, jadi adendum ini juga. Adendum yang mengubah masa berlaku dicatat dari"
    " halaman perjanjian dasarnya, dengan Catat adendum."
)


@dataclass(frozen=True)
class LastVerb:
    """What was done last, and the paper it made or changed."""

    verb: Verb
    paper: Any

    @property
    def code(self) -> str:
        """By which a form tells what it was opened on."""
        return f"{self.verb}-{self.paper.pk}"


class AgreementUndo(AgreementVerbs):
    """The part of an agreement that takes its state back."""

    class Meta:
        abstract = True

    # A QuerySet may have said it already.
    was_unsigned: bool | None = None

    def last_verb(self) -> LastVerb | None:
        if self.archived_on:
            return None
        if self.terminated_on:
            return LastVerb(Verb.TERMINATE, self)
        after = [LastVerb(Verb.RENEW, paper) for paper in unarchived(self.successors)]
        after += [LastVerb(Verb.AMEND, paper) for paper in unarchived(self.addenda)]
        if after:
            return max(after, key=lambda last: last.paper.pk)
        if self.stage == Stage.SIGNED and self.knows_itself_unsigned():
            return LastVerb(Verb.SIGN, self)
        return None

    def knows_itself_unsigned(self) -> bool:
        if self.was_unsigned is None:
            return self.unsigned_history().exists()
        return self.was_unsigned

    def unsigned_history(self) -> Any:
        return type(self).history.filter(id=self.pk).exclude(stage=Stage.SIGNED)

    def undo_obstacle(self, last: LastVerb) -> str:
        """Why it cannot be taken back, in words for the user; blank when it can."""
        if last.verb == Verb.TERMINATE:
            successor = self.current_successor()
            if successor is not None and successor.stage == Stage.SIGNED:
                return "Perjanjian ini sudah diperpanjang setelah diakhiri."
            return ""
        if last.verb == Verb.SIGN:
            words = self.built_on()
            return f"Perjanjian ini {words}, jadi tetap ditandatangani." if words else ""
        if last.paper.terminated_on:
            return "Perpanjangannya sudah diakhiri. Batalkan pengakhiran itu dulu."
        return str(last.paper.archive_obstacle())

    @transaction.atomic
    def undo(self, *, by: User, reason: str) -> LastVerb:
        """Take the last verb back. Raises ValidationError when something builds on it."""
        self.hold()
        last = self.last_verb()
        if last is None:
            raise ValidationError("Tidak ada yang dapat dibatalkan pada perjanjian ini.")
        self.refuse(self.undo_obstacle(last))
        if not reason.strip():
            raise ValidationError("Tulis alasannya.")
        told = f"{last.verb.label.capitalize()} dibatalkan: {reason}"
        if last.verb == Verb.SIGN:
            before = self.unsigned_history().order_by("-history_id").first()
            self.change(by=by, reason=told, **{name: getattr(before, name) for name in UNSIGNED})
        elif last.verb == Verb.TERMINATE:
            nothing = {"termination_reason": "", "termination_letter": ""}
            self.change(by=by, reason=told, terminated_on=None, **nothing)
        else:
            last.paper.archive(by=by, reason=reason)
        return last

    # The Sampah

    def archive_obstacle(self) -> str:
        if words := self.built_on():
            return f"Perjanjian ini {words}, jadi tetap tersimpan."
        return self.end_obstacle() if self.base_version else ""

    def archive_consequence(self) -> str:
        before = self.base_before() if self.base_version else None
        if before is None:
            return ""
        back = f"ke {format_date(before.ends_on)}" if before.ends_on else "kosong"
        return f"Tanggal berakhir perjanjian dasarnya kembali {back}."

    def end_obstacle(self) -> str:
        """Why the end this addendum moved cannot go back to where it was."""
        if obstacle := self.amends.obstacle_to(Verb.AMEND):
            return obstacle.replace("Perjanjian ini", "Perjanjian dasarnya")
        if self.base_before() is None:
            return "Masa berlaku perjanjian dasarnya sudah diubah lagi setelah adendum ini."
        return ""

    def base_before(self) -> Any:
        """The amended paper before this addendum; None when its end was changed again since."""
        rows = self.amends.history.filter(version__in=(self.base_version - 1, self.base_version))
        known = {row.version: row for row in rows}
        moved = known.get(self.base_version)
        stands = moved and all(getattr(moved, name) == getattr(self.amends, name) for name in END)
        return known.get(self.base_version - 1) if stands else None

    @transaction.atomic
    def archive(self, *, by: User, reason: str) -> Self:
        """As every root; the end that an addendum moved goes back."""
        if not self.base_version or self.archived_on:
            return super().archive(by=by, reason=reason)
        base = self.base_to_change(by)
        before = self.base_before()
        super().archive(by=by, reason=reason)
        told = f"Adendum “{self}” dibatalkan: {reason}"
        base.change(by=by, reason=told, **{name: getattr(before, name) for name in END})
        return self

    @transaction.atomic
    def restore(self, *, by: User) -> Self:
        """As every root; an addendum moves the end again."""
        if self.archived_on and self.base_version:
            base = self.base_to_change(by)
            base.refuse(base.obstacle_to(Verb.AMEND))
            base.move_end(self.ends_on, by=by, reason=f"Adendum “{self}” dipulihkan")
            self.base_version = base.version
        return super().restore(by=by)

    def base_to_change(self, by: User) -> Any:
        """The paper this addendum amends, locked; that of another unit is not theirs to change."""
        self.hold_before()
        if not by.works_for(self.amends.unit_id):
            raise ValidationError(f"Perjanjian dasarnya milik {self.amends.unit}.")
        return self.amends

    def moves_otherwise(self) -> bool:
        """Whether this addendum is about to amend another paper, or to name another end."""
        stored: Any = type(self)._base_manager.filter(pk=self.pk)
        return stored.values_list("amends", "ends_on").first() != (self.amends_id, self.ends_on)

    def addendum_at_fault(self) -> dict[str, str]:
        """Why this paper is no addendum to its base, by field: only `amend` moves that one's end.

        What is stored already stays as it is, whatever became of the base since.
        """
        if self.amends is None or self.stage != Stage.SIGNED:
            return {}
        told = ("amends", "stage", "ends_on", "is_open_ended")
        stored = type(self)._base_manager.filter(pk=self.pk).values_list(*told).first()
        if stored == (self.amends_id, self.stage, self.ends_on, self.is_open_ended):
            return {}
        if obstacle := self.amends.obstacle_to(Verb.AMEND):
            return {"amends": obstacle.replace("Perjanjian ini", "Perjanjian dasarnya")}
        if (self.ends_on, self.is_open_ended) != (self.amends.ends_on, self.amends.is_open_ended):
            return {"ends_on": OTHER_END.format(end_words(self.amends))}
        return {}

    def purge_obstacle(self) -> str:
        if obstacle := super().purge_obstacle():
            return obstacle
        if self.stage == Stage.SIGNED:
            return "Perjanjian yang sudah ditandatangani tidak dihapus selamanya."
        return ""
