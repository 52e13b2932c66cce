"""Who is invited to a review, what it considers, what it leaves behind (REV-04, REV-06, REV-19).

Who holds it is in `codes/settings.py`. See docs/law/review-meeting.md.
"""

from opensenco.kernel.words import mark
from opensenco.law.checks.checklist import Checklist, Item
from opensenco.law.registry import tabulates
from opensenco.law.rulebook.reviews import REV_04, REV_06, REV_19

_HERE = "opensenco.law.checks.review_meeting"

INVITED = tabulates(
    REV_04,
    f"{_HERE}.INVITED",
    Checklist(
        REV_04,
        (
            Item("family", mark("The parent, or the young person")),
            Item("setting", mark("The head, principal or provider")),
            Item("authority", mark("An officer of the authority for special educational needs")),
            Item("health", mark("A health professional named by the health body")),
            Item("social-care", mark("An officer of the authority for social care")),
        ),
    ),
)
CONSIDERED = tabulates(
    REV_06,
    f"{_HERE}.CONSIDERED",
    Checklist(
        REV_06,
        (
            Item("progress", mark("Progress towards the outcomes in the plan")),
            Item("outcomes", mark("Whether the outcomes are still right")),
            Item("child", mark("The views, wishes and feelings of the child or young person")),
            Item("parent", mark("The views, wishes and feelings of the parent")),
            Item("setting", mark("What the setting says")),
        ),
    ),
)
OUTPUTS = tabulates(
    REV_19,
    f"{_HERE}.OUTPUTS",
    Checklist(
        REV_19,
        (
            Item("progress", mark("Progress on the outcomes")),
            Item("provision", mark("Whether the provision was made")),
            Item("appropriate", mark("Whether plan and placement are still right")),
            Item("targets", mark("New short-term targets")),
            Item("outcomes", mark("Changes to the outcomes")),
            Item("personal-budget", mark("The personal budget, where there is one")),
            Item("views", mark("The views of those present")),
            Item("recommendation", mark("Keep, amend or cease the plan, or assess again")),
        ),
    ),
)
