"""What people do while the years of `tests.faults.reminders` go by, on the register's own verbs.

Every change is made twice: on the rows, and on the plain objects of `reminder_rules`.
"""

import random
from datetime import date, timedelta
from typing import Any

from indonesian.calendar import add_months
from institutions.models import Role, Unit, UnitKind, User
from partnerships.models import LEADS, Agreement, Event, FollowUp, Notice, ReminderChoice
from tests.factories import make_agreement, make_delivery, make_event, make_unit, make_user
from tests.faults.reminder_rules import Known, Paper, Place, Somebody, Word

TERMS = (3, 4, 6, 9, 12, 18, 24)


class Office:
    """A Kanwil with two UPT and a post, and everybody who works there."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.known = chance, Known()
        self.places: dict[int, Place] = {}
        self.units: dict[int, Unit] = {}
        lapas = make_unit("Lapas Kelas IIB Simulasi", code="lapas-simulasi")
        bapas = make_unit("Bapas Simulasi", code="bapas-simulasi", kind=UnitKind.BAPAS)
        post = make_unit("Pos Simulasi", code="pos-simulasi", kind="POSBAPAS", parent=bapas)
        kanwil = lapas.parent
        assert kanwil is not None
        for unit, upt in ((lapas, lapas), (bapas, bapas), (post, bapas), (kanwil, kanwil)):
            self.units[unit.pk] = unit
            self.places[unit.pk] = Place(unit.pk, kanwil.pk, upt.pk)
        self.events: dict[int, Event] = {key: make_event(self.units[key]) for key in self.units}
        self.clerk = make_user(None, unit=kanwil, is_superuser=True)
        self.taken_back: list[tuple[date, Paper, date]] = []

    def any_place(self) -> Place:
        return self.chance.choice(list(self.places.values()))

    # People

    def join(self, today: date, place: Place | None = None) -> None:
        place = place or self.any_place()
        is_manager = place.key == place.kanwil
        user = make_user(Role.MANAJER if is_manager else Role.HUMAS, unit=self.units[place.key])
        user.change(by=None, email=f"{user.username}@contoh.id")
        self.known.people.append(Somebody(user.pk, place, is_manager, today))

    def choose(self, today: date) -> None:
        who = self.chance.choice(self.known.people)
        who.leads = {lead for lead in LEADS if self.chance.random() < 0.6}
        who.wants_idle, who.wants_promises = (self.chance.random() < 0.8 for _ in range(2))
        ticks = {f"days_{lead}": lead in who.leads for lead in LEADS}
        user = User.objects.get(pk=who.key)
        kinds = {"idle": who.wants_idle, "promises": who.wants_promises}
        ReminderChoice(user=user, **ticks, **kinds).keep()

    def leave_or_return(self, today: date) -> None:
        who = self.chance.choice(self.known.people)
        who.is_open = not who.is_open
        User.objects.get(pk=who.key).change(by=None, is_active=who.is_open)

    def move(self, today: date) -> None:
        who = self.chance.choice(self.known.people)
        same = [place for place in self.places.values() if self.is_manager(place) == who.is_manager]
        who.place = self.chance.choice(same)
        User.objects.get(pk=who.key).change(by=None, unit=self.units[who.place.key])

    def is_manager(self, place: Place) -> bool:
        return place.key == place.kanwil

    def read(self, today: date) -> None:
        who = self.chance.choice(self.known.people)
        Notice.objects.shown_to(User.objects.get(pk=who.key)).mark_read()

    # Papers

    def row(self, paper: Paper) -> Agreement:
        return Agreement.objects.get(pk=paper.key)

    def record(self, today: date) -> Paper:
        """A paper of today, or one that was found in a drawer and may have ended long ago."""
        place, months = self.any_place(), self.chance.choice(TERMS)
        old = self.chance.random() < 0.2
        signed = today - timedelta(days=self.chance.randrange(0, 500) if old else 0)
        starts = signed + timedelta(days=20) if self.chance.random() < 0.2 else None
        ends = add_months(starts or signed, months) - timedelta(days=1)
        fields: dict[str, Any] = {"signed_on": signed, "starts_on": starts, "ends_on": ends}
        if self.chance.random() < 0.1:
            fields, ends = {"signed_on": signed, "is_open_ended": True}, None
            starts = None
        made = make_agreement(self.units[place.key], **fields)
        paper = Paper(made.pk, place, today, signed, ends, starts)
        self.known.papers.append(paper)
        return paper

    def waiting(self, today: date) -> list[Paper]:
        return [paper for paper in self.known.papers if paper.waits_for_an_answer(today)]

    def renew(self, today: date) -> None:
        """A draft first; often it is never signed."""
        chosen = [paper for paper in self.waiting(today) if paper.ends and not paper.successor]
        if not chosen:
            return
        old = self.chance.choice(chosen)
        made = make_agreement(self.units[old.place.key], signed_on=None, replaces=self.row(old))
        old.successor = Paper(made.pk, old.place, today, None, None)
        self.known.papers.append(old.successor)

    def sign(self, today: date) -> None:
        drafts = [p for p in self.known.papers if p.signed is None and not p.is_archived]
        if not drafts:
            return
        paper = self.chance.choice(drafts)
        months = self.chance.choice(TERMS)
        signed = self.row(paper).change(by=self.clerk, signed_on=today, term_months=months)
        paper.signed, paper.ends = today, signed.ends_on

    def terminate(self, today: date) -> None:
        if waiting := self.waiting(today):
            paper = self.chance.choice(waiting)
            paper.terminated = today + timedelta(days=self.chance.choice((0, 0, 15)))
            reason = "Mitra dibubarkan"
            self.row(paper).terminate(on=paper.terminated, by=self.clerk, reason=reason)

    def move_end(self, today: date) -> None:
        """An addendum or a correction; some are taken back."""
        chosen = [paper for paper in self.waiting(today) if paper.ends]
        if not chosen:
            return
        paper = self.chance.choice(chosen)
        before = paper.ends
        assert before is not None
        days = self.chance.choice((-60, -7, 30, 90, 365))
        start = paper.starts or paper.signed or today
        paper.ends = max(start, before + timedelta(days=days))
        self.row(paper).change(by=self.clerk, ends_on=paper.ends, end_is_typed=True)
        if self.chance.random() < 0.3:
            self.taken_back.append((today + timedelta(days=5), paper, before))

    def take_back(self, today: date) -> None:
        for item in [item for item in self.taken_back if item[0] <= today]:
            _, paper, before = item
            self.taken_back.remove(item)
            if not paper.is_archived:
                paper.ends = before
                self.row(paper).change(by=self.clerk, ends_on=before, end_is_typed=True)

    def archive_or_restore(self, today: date) -> None:
        gone = [paper for paper in self.known.papers if paper.is_archived]
        if gone and self.chance.random() < 0.5:
            paper = self.chance.choice(gone)
            paper.is_archived = False
            self.row(paper).restore(by=self.clerk)
            return
        replaced = [paper.successor for paper in self.known.papers if paper.successor]
        free = [
            paper
            for paper in self.known.papers
            if not (paper.is_archived or paper.deliveries or paper.successor or paper in replaced)
        ]
        if free:
            paper = self.chance.choice(free)
            paper.is_archived = True
            self.row(paper).archive(by=self.clerk, reason="Tercatat dua kali")

    def deliver(self, today: date) -> None:
        begun = [paper for paper in self.known.papers if paper.has_begun(today)]
        if begun:
            paper = self.chance.choice(begun)
            paper.deliveries += 1
            make_delivery(self.row(paper), date=today)

    # Promises

    def promise(self, today: date) -> None:
        place, due = self.any_place(), today + timedelta(days=self.chance.randrange(-3, 40))
        unit, event = self.units[place.key], self.events[place.key]
        made = FollowUp(event=event, owner_unit=unit, text="Kirim draf", due=due).record(by=None)
        self.known.words.append(Word(made.pk, place, due))

    def open_word(self) -> tuple[Word, FollowUp] | None:
        still = [word for word in self.known.words if not word.is_done]
        if not still:
            return None
        word = self.chance.choice(still)
        return word, FollowUp.objects.get(pk=word.key)

    def keep_word(self, today: date) -> None:
        if found := self.open_word():
            found[0].is_done = True
            found[1].complete(on=today, by=self.clerk)

    def put_off(self, today: date) -> None:
        if found := self.open_word():
            found[0].due += timedelta(days=14)
            found[1].change(by=self.clerk, due=found[0].due)

    # Days

    def work(self, today: date) -> None:
        self.take_back(today)
        for chance, act in (
            (0.01, self.join),
            (0.02, self.choose),
            (0.01, self.leave_or_return),
            (0.01, self.move),
            (0.10, self.read),
            (0.5, self.record),
            (0.15, self.renew),
            (0.12, self.sign),
            (0.04, self.terminate),
            (0.15, self.move_end),
            (0.05, self.archive_or_restore),
            (0.3, self.deliver),
            (0.2, self.promise),
            (0.15, self.keep_word),
            (0.05, self.put_off),
        ):
            if self.chance.random() < chance:
                act(today)
