"""How long a paper is kept, by its type, and until which day for this child.

Data: a type of document names one of `KEEPS`, and each of these says the rule, its source and how
sure we are of it. Nothing is disposed of here: past its day a paper is to be looked at by a person.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensenco.documents.states import Level
from opensenco.documents.types import OTHER, TYPES
from opensenco.kernel.dates import add_years
from opensenco.law.numbers.duties import RETENTION_YEARS
from opensenco.law.rulebook.sources import RECORDS_TOOLKIT


@dataclass(frozen=True, slots=True)
class Keep:
    """One rule of keeping.

    Args:
        years: from the child's birth.
        rule: the number of our rule, where the law's rulebook has it; else this is our reading.
    """

    code: str
    years: int
    words: Promise
    rule: str = ""
    source: str = RECORDS_TOOLKIT

    @property
    def our_reading(self) -> bool:
        """Whether nobody has verified it against the source."""
        return not self.rule


SEN_FILE = Keep(
    "sen",
    RETENTION_YEARS.table.rows[-1].value,
    _("Files on special needs, EHC plans and reviews are kept by the last school until the pupil "
      "would be 31."),
    rule=RETENTION_YEARS.rule,
)  # fmt: skip
PUPIL_RECORD = Keep(
    "pupil",
    25,
    _("What belongs to a pupil’s record and says nothing of their needs is kept by the last school "
      "until the pupil would be 25."),
)  # fmt: skip
KEEPS: dict[str, Keep] = {one.code: one for one in (SEN_FILE, PUPIL_RECORD)}


def keep_of(kind: str, level: str) -> Keep | None:
    """Give the rule for a paper; None for the safeguarding lead's, who decides by other rules."""
    if level == Level.SAFEGUARDING:
        return None
    return KEEPS[TYPES.get(kind, OTHER).keep]


def kinds_of(keep: Keep) -> list[str]:
    """Give the types of documents that a rule is for."""
    return [one.code for one in TYPES.values() if one.keep == keep.code]


def until(keep: Keep, born: date, years: int | None = None) -> date:
    """Give the birthday until which a paper is kept; of 29 February it is 1 March (CAL-05).

    Args:
        years: a place's own number, where it has one.
    """
    usual = add_years(born, years or keep.years)
    leapling = (born.month, born.day) == (2, 29)
    return date(usual.year, 3, 1) if leapling and usual.day != born.day else usual


def born_by(keep: Keep, today: date, years: int | None = None) -> date:
    """Give the last day of birth whose papers have passed their date today.

    Args:
        years: a place's own number, where it has one.
    """
    return add_years(today, -(years or keep.years))
