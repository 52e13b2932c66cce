"""How strong a rule is, where it stands, and whether its text has been read.

These three are different things: a legal duty may be cited from a secondary source, and a mere
custom may be well documented. Each goes with every date and check that the law gives out.
"""

from dataclasses import dataclass
from enum import StrEnum

from opensenco.kernel.words import mark


class Strength(StrEnum):
    """What binds, from an Act down to what is only proposed."""

    MUST = "must"
    SHOULD = "should"
    GRANT = "grant"
    PRACTICE = "practice"
    PROPOSED = "proposed"

    @property
    def can_be_late(self) -> bool:
        """Whether passing the date makes anything late. What is only proposed never does."""
        return self is not Strength.PROPOSED

    @property
    def meaning(self) -> str:
        """One line for the reader of a screen."""
        return _MEANING[self]


_MEANING = {
    Strength.MUST: mark("A legal duty: an Act, regulations or a decision of the courts."),
    Strength.SHOULD: mark("Statutory guidance: to be followed unless there is a good reason."),
    Strength.GRANT: mark("A condition of a grant."),
    Strength.PRACTICE: mark("Custom or a local scheme. The law does not say it."),
    Strength.PROPOSED: mark("Proposed. It is not law."),
}


class Evidence(StrEnum):
    """How we know what a rule says."""

    READ = "read"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"

    @property
    def meaning(self) -> str:
        """One line for the reader of a screen."""
        return _EVIDENCE[self]


_EVIDENCE = {
    Evidence.READ: mark("We read the provision itself or an official page about it."),
    Evidence.SECONDARY: mark("Confirmed by another body's page that quotes or describes it."),
    Evidence.UNVERIFIED: mark(
        "Unverified: from professional knowledge. Check before relying on it."
    ),
}


@dataclass(frozen=True, slots=True)
class Provision:
    """Where a rule stands: the instrument, the place in it, and an address to read it at.

    `address` is empty where the source has none that we can cite.
    """

    instrument: str
    paragraph: str = ""
    address: str = ""

    def __str__(self) -> str:
        return f"{self.instrument}, {self.paragraph}" if self.paragraph else self.instrument


CHILDREN_AND_FAMILIES_ACT = "Children and Families Act 2014"
CODE_OF_PRACTICE = "SEND code of practice: 0 to 25 years (January 2015)"
EDUCATION_ACT = "Education Act 1996"
SCHOOL_CENSUS = "School census, Department for Education"
SEND_REGULATIONS = "Special Educational Needs and Disability Regulations 2014 (SI 2014/1530)"
BANKING_ACT = "Banking and Financial Dealings Act 1971"
COUNTING = "How time is counted in English law"
THIS_HOUSE = "OpenSENCO: our own reading"

CODE_ADDRESS = "https://www.gov.uk/government/publications/send-code-of-practice-0-to-25"


def code_of_practice(paragraph: str) -> Provision:
    """A paragraph of the code of practice, such as "6.45"."""
    return Provision(CODE_OF_PRACTICE, f"paragraph {paragraph}", CODE_ADDRESS)
