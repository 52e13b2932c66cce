"""What a rule is, and the errors that rules raise."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from opensenco.kernel.errors import DomainError, Invalid
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.strength import Evidence, Provision, Strength

REFORM = date(2014, 9, 1)
"""The day on which Part 3 of the Children and Families Act 2014 and its code came into force."""


class Kind(StrEnum):
    """What a rule gives. The first four compute; a note is the text that a screen cites."""

    CLOCK = "clock"
    TEST = "test"
    TABLE = "table"
    CHECKLIST = "checklist"
    NOTE = "note"

    @property
    def computes(self) -> bool:
        return self is not Kind.NOTE


class NotInForce(DomainError):
    """The day asked about lies outside the time for which the rule, code or number holds.

    `named` is true where the sentence names the rule and the fact.
    """

    code = "not-in-force"

    def __init__(self, words: Sentence | str = "", *, named: bool = False) -> None:
        super().__init__(words)
        self.named = named


class BadFact(Invalid):
    """A fact handed to a rule that cannot be. `rule` names the rule, `field` the fact."""

    code = "bad-fact"

    def __init__(self, rule: str, field: str, words: Sentence | str) -> None:
        super().__init__(field, words)
        self.rule = rule
        self.args = (rule, field, self.words)

    def __str__(self) -> str:
        return f"{self.rule}, {self.field}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule with its identifier, which never changes.

    `text` says in our own words what it asks. `page` is the page of docs/law (without ".md") that
    gives the provision, our reading and worked examples. `unverified` is a sentence naming the
    detail, if any, that nobody has checked. `first` is the day from which the rule holds.
    """

    id: str
    title: str
    kind: Kind
    strength: Strength
    evidence: Evidence
    provision: Provision
    page: str
    text: str
    unverified: str = ""
    first: date = REFORM

    @property
    def verified(self) -> bool:
        """False for a rule that rests on professional knowledge alone."""
        return self.evidence is not Evidence.UNVERIFIED

    def check_in_force(self, fact: str, day: date) -> None:
        """Raises NotInForce where `day` is before the rule held."""
        if day < self.first:
            raise NotInForce(
                sentence(
                    mark("{rule}, {fact}: {day} is before this rule came into force on {first}."),
                    rule=self.id,
                    fact=_hyphens(fact),
                    day=day,
                    first=self.first,
                ),
                named=True,
            )

    def check_days(self, **facts: date | None) -> None:
        """Raises BadFact for a fact that is a moment or no date, NotInForce for one too early.

        A moment is refused because the law counts days: which day a moment falls on has to be
        settled before it gets here. Facts that are None are passed over.
        """
        self.check_plain(**facts)
        for fact, day in facts.items():
            if day is not None:
                self.check_in_force(fact, day)

    def check_plain(self, **facts: date | None) -> None:
        """Raises BadFact for a fact that is a moment or no date. Of force it says nothing: a day
        of birth may well be before the rule.
        """
        for fact, day in facts.items():
            if day is not None and (isinstance(day, datetime) or not isinstance(day, date)):
                raise BadFact(self.id, _hyphens(fact), mark("A plain date is needed."))

    def check_order(self, **facts: date | None) -> None:
        """Raises BadFact where a later-named fact is before an earlier-named one."""
        before: tuple[str, date] | None = None
        for fact, day in facts.items():
            if day is None:
                continue
            if before is not None and day < before[1]:
                words = mark("{day} is before {earlier} ({other}).")
                other = _hyphens(before[0])
                raise BadFact(
                    self.id,
                    _hyphens(fact),
                    sentence(words, day=day, earlier=before[1], other=other),
                )
            before = (fact, day)

    def check_none_before(self, **facts: date | None) -> None:
        """Raises BadFact where any of the other facts is before the one named first."""
        (first, day), *others = facts.items()
        for fact, other in others:
            self.check_order(**{first: day, fact: other})

    def check_not_both(self, **facts: object) -> None:
        """Raises BadFact where two of these facts are given that shut each other out.

        A fact that is None, False, empty or nought counts as not given. The later-named is blamed.
        """
        given = [fact for fact, value in facts.items() if value]
        if len(given) > 1:
            words = mark("This cannot be given together with {other}.")
            other = _hyphens(given[0])
            raise BadFact(self.id, _hyphens(given[1]), sentence(words, other=other))


def _hyphens(fact: str) -> str:
    """The name of a fact as people write it: a field `prior_service` is the fact prior-service."""
    return fact.replace("_", "-")
