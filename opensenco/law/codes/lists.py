"""A list of codes, each with the days between which it may be used."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import mark, sentence
from opensenco.law.rule import BadFact, NotInForce
from opensenco.law.strength import Evidence


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `first` and `last` None mean: before our records, and still in force.

    `evidence` tells how well the meaning and the days are known; `note` is for the reader.
    """

    code: str
    title: str
    first: date | None = None
    last: date | None = None
    evidence: Evidence = Evidence.SECONDARY
    note: str = ""

    def in_force(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class CodeList:
    """Codes of one kind under one rule, in the order in which people read them."""

    rule: str
    fact: str
    codes: tuple[Code, ...]

    def on(self, day: date) -> tuple[Code, ...]:
        """The codes in force on `day`, in order: what a form offers."""
        return tuple(code for code in self.codes if code.in_force(day))

    def find(self, code: str) -> Code | None:
        """The code of that name, in force or not; None where there is none."""
        return next((each for each in self.codes if each.code == code), None)

    def force(self) -> tuple[dict[str, str], ...]:
        """Each code with the days between which it holds and how well they are known, as plain
        data. A day is empty where it lies before our records, or while the code is in force.
        """
        return tuple(
            {
                "code": code.code,
                "first": code.first.isoformat() if code.first else "",
                "last": code.last.isoformat() if code.last else "",
                "evidence": str(code.evidence),
            }
            for code in self.codes
        )

    def check(self, code: str, day: date) -> Code:
        """The code, if it may be used on `day`. Raises BadFact (no such code) or NotInForce."""
        found = self.find(code)
        if found is None:
            words = mark("“{code}” is not a code of this list.")
            raise BadFact(self.rule, self.fact, sentence(words, code=code[:20]))
        if not found.in_force(day):
            words = mark("{rule}: the code {code} is not in force on {day}.")
            raise NotInForce(sentence(words, rule=self.rule, code=code, day=day))
        return found
