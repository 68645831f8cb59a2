"""What a list leaves open, asked once for all rows it concerns, and the answers by a short key."""

import hashlib
from dataclasses import dataclass, field

from partnerships.models import AgreementKind, PartnerKind

NEW_PARTNER = "baru"
NO_AREA = "tanpa"
SAME, ANOTHER = "sama", "lain"
LONGEST_ASKED = 200

Choices = list[tuple[str, str]]


@dataclass
class Question:
    """`choices` are codes and labels; `first` is the first line it concerns, of so many `rows`."""

    key: str
    label: str
    hint: str
    choices: Choices
    first: str
    rows: int = 0


@dataclass
class Questions:
    """Asked so far, and what was answered to them; an answer that is not on offer is none."""

    answers: dict[str, str] = field(default_factory=dict)
    asked: dict[str, Question] = field(default_factory=dict)
    # Of the line that is looked at.
    of_line: list[Question] = field(default_factory=list)

    def ask(
        self, about: tuple[str, ...], label: str, hint: str, choices: Choices, first: str
    ) -> str:
        """The answer, or blank."""
        key = key_of(*about)
        question = self.asked.setdefault(
            key, Question(key, label[:LONGEST_ASKED], hint, choices, first)
        )
        if question not in self.of_line:
            self.of_line.append(question)
        return self.answer_to(question)

    def answer_to(self, question: Question) -> str:
        answer = self.answers.get(question.key, "")
        return answer if answer in {code for code, _ in question.choices} else ""

    def open_on_line(self) -> list[Question]:
        return [each for each in self.of_line if not self.answer_to(each)]

    def end_line(self, *, matter: bool) -> None:
        """The next line comes; questions count only where the line hangs on them."""
        for question in self.of_line if matter else ():
            question.rows += 1
        self.of_line = []

    def that_matter(self) -> list[Question]:
        return [question for question in self.asked.values() if question.rows]


def key_of(*about: str) -> str:
    return hashlib.sha256("\n".join(about).encode()).hexdigest()[:16]


def new_partner_choices() -> Choices:
    return [(f"{NEW_PARTNER}:{kind.value}", f"Mitra baru: {kind.label}") for kind in PartnerKind]


def kind_choices() -> Choices:
    return [(kind.value, str(kind.label)) for kind in AgreementKind]
