"""Which reviews prepare for adulthood, and what they look at (REV-07, TRA-07).

See docs/law/adulthood-review.md.
"""

from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.calendar.years import AcademicYear, year_group
from opensenco.law.checks.checklist import Checklist, Item
from opensenco.law.registry import answers, tabulates
from opensenco.law.rulebook.reviews import REV_07
from opensenco.law.rulebook.transition import TRA_07

FIRST_YEAR = 9


@answers(REV_07)
def prepares_for_adulthood(*, born: date, meeting: date, taught_in: int | None = None) -> bool:
    """Whether the review meeting on `meeting` has to consider adulthood: Year 9 and every later
    year, also after school.

    `taught_in` is the year group the pupil is really taught in, where it is not the one of their
    age. The academic year is the one in which the meeting lies. Raises nothing: who was born in
    that very year is far from Year 9.
    """
    if taught_in is not None:
        return taught_in >= FIRST_YEAR
    year = AcademicYear.of(meeting)
    return born < year.first and year_group(born=born, year=year) >= FIRST_YEAR


OUTCOMES = tabulates(
    TRA_07,
    "opensenco.law.checks.adulthood.OUTCOMES",
    Checklist(
        TRA_07,
        (
            Item("employment", mark("Higher education or work")),
            Item("independent-living", mark("Independent living")),
            Item("community", mark("Friends and taking part in society")),
            Item("health", mark("Being as healthy as possible")),
        ),
    ),
)
