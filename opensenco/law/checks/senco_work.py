"""What a SENCO's work may hold (ROL-09, ROL-10, ROL-18). See docs/law/senco-work.md.

The functions of ROL-09 are those that the governing body may give; what was not given is left out
of the list before it is asked for, by `given`.
"""

from collections.abc import Collection

from opensenco.kernel.words import mark
from opensenco.law.checks.checklist import Checklist, Item, missing
from opensenco.law.checks.finding import Finding
from opensenco.law.registry import answers, tabulates
from opensenco.law.rulebook.role import ROL_09, ROL_10
from opensenco.law.rulebook.role_settings import ROL_18

_HERE = "opensenco.law.checks.senco_work"

FUNCTIONS = tabulates(
    ROL_09,
    f"{_HERE}.FUNCTIONS",
    Checklist(
        ROL_09,
        (
            Item("tell-parent", mark("Tell the parent soon where a pupil may have needs")),
            Item("identify", mark("Identify the needs of each pupil")),
            Item("co-ordinate", mark("Co-ordinate the provision that meets them")),
            Item("monitor", mark("Watch how well the provision works")),
            Item("services", mark("Secure services for the pupil where they are needed")),
            Item("records", mark("Keep the records of needs and provision up to date")),
            Item("inform-parent", mark("Keep the parent informed regularly")),
            Item("hand-over", mark("Pass everything that matters to the next place")),
            Item("inclusion", mark("Promote that the pupil takes part in all of school life")),
            Item("support-staff", mark("Choose, guide and train learning support assistants")),
            Item("advise-teachers", mark("Advise teachers on ways of teaching single pupils")),
            Item("training", mark("Contribute to the training of staff")),
            Item("information-report", mark("Prepare and review the SEN information report")),
        ),
    ),
)
RESPONSIBILITIES = tabulates(
    ROL_10,
    f"{_HERE}.RESPONSIBILITIES",
    Checklist(
        ROL_10,
        (
            Item("policy", mark("Run the school's SEN policy day by day")),
            Item("co-ordinate", mark("Co-ordinate provision for pupils with needs")),
            Item("looked-after", mark("Work with the designated teacher for looked-after pupils")),
            Item("graduated-approach", mark("Advise on the graduated approach")),
            Item("budget", mark("Advise on the use of budget and other resources")),
            Item("parents", mark("Work with parents")),
            Item("professionals", mark("Work with other settings and outside professionals")),
            Item("authority", mark("Be the contact for the authority and other agencies")),
            Item("next-providers", mark("Work with the next providers on choices and moves")),
            Item("equality", mark("Work with head and governors on the Equality Act")),
            Item("records", mark("See that the records of all pupils with needs are up to date")),
        ),
    ),
)
EARLY_YEARS = tabulates(
    ROL_18,
    f"{_HERE}.EARLY_YEARS",
    Checklist(
        ROL_18,
        (
            Item("practitioners", mark("All practitioners know their part and the approach")),
            Item("colleagues", mark("Colleagues are advised and supported")),
            Item("parents", mark("Parents are closely involved, and what they know is used")),
            Item("professionals", mark("Professionals outside the setting are worked with")),
        ),
    ),
)


@answers(ROL_09)
def without_evidence(*, given: Collection[str], shown: Collection[str]) -> tuple[Finding, ...]:
    """The functions that the governing body gave to the SENCO and for which nothing is shown.

    Both hold names of `FUNCTIONS`. A name that is not on the list is a BadFact.
    """
    every = {each.kind: each for each in missing(checklist=FUNCTIONS, done=())}
    lacking = {each.kind for each in missing(checklist=FUNCTIONS, done=shown)}
    not_given = {each.kind for each in missing(checklist=FUNCTIONS, done=given)}
    return tuple(each for key, each in every.items() if key in lacking - not_given)
