"""The annual review of an EHC plan, and the moves between phases (REV)."""

from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.strength import (
    CHILDREN_AND_FAMILIES_ACT,
    SEND_REGULATIONS,
    THIS_HOUSE,
    Evidence,
    Provision,
    Strength,
    code_of_practice,
)

DEVON_JUDGMENT = date(2022, 3, 8)
"""The day of R (L, M and P) v Devon County Council [2022] EWHC 493 (Admin)."""


def _regulation(number: str, address: str) -> Provision:
    return Provision(SEND_REGULATIONS, f"regulation {number}", address)


_R19 = "https://www.legislation.gov.uk/uksi/2014/1530/regulation/19/made"
_R20 = "http://www.legislation.gov.uk/uksi/2014/1530/regulation/20"
_R21 = "http://www.legislation.gov.uk/uksi/2014/1530/regulation/21/made"
_R22 = "https://legislation.gov.uk/cy/uksi/2014/1530/regulation/22/2020-05-01"
_WITH_DEVON = "with R (L, M and P) v Devon County Council [2022] EWHC 493 (Admin)"

REV_01 = Rule(
    id="REV-01",
    title=mark("Review within twelve months"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        CHILDREN_AND_FAMILIES_ACT,
        "section 44(1)",
        "http://legislation.gov.uk/ukpga/2014/6/notes/division/4/3/11/8",
    ),
    page="annual-review",
    text=mark(
        "The authority reviews an EHC plan within the twelve months that start on the day it was "
        "first made, and then within each twelve months that start on the day of the last review. "
        "A review is finished only when the authority has decided and told the family."
    ),
)
REV_02 = Rule(
    id="REV-02",
    title=mark("The review is the authority's duty"),
    kind=Kind.TABLE,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=_regulation("20(1)", _R20),
    page="review-meeting",
    text=mark(
        "The authority sees to it that a meeting is held. It can require the heads of some kinds "
        "of school to hold it; early years settings and colleges it can only ask."
    ),
    unverified=mark("Unverified: the full list of schools that can be required."),
)
REV_03 = Rule(
    id="REV-03",
    title=mark("List of the term's reviews"),
    kind=Kind.CLOCK,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("9.172"),
    page="term-list",
    text=mark(
        "At least two weeks before each term the authority tells schools which pupils' plans have "
        "to be reviewed in it. The health body and the authority's officers are told as well."
    ),
)
REV_04 = Rule(
    id="REV-04",
    title=mark("Who is invited"),
    kind=Kind.CHECKLIST,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=_regulation("20(2)", _R20),
    page="review-meeting",
    text=mark(
        "The parent or the young person, the setting, an officer of the authority for special "
        "educational needs, a health professional and an officer for social care are invited. "
        "Others may be."
    ),
)
REV_05 = Rule(
    id="REV-05",
    title=mark("Two weeks' notice, and papers two weeks before"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=_regulation("20(3) and (4)", _R20),
    page="annual-review",
    text=mark(
        "Everyone invited has at least two weeks' notice of the day. Advice and information are "
        "obtained from all of them and sent round at least two weeks before the meeting."
    ),
    unverified=mark("Unverified: that whole days in between are needed."),
)
REV_06 = Rule(
    id="REV-06",
    title=mark("What the meeting considers"),
    kind=Kind.CHECKLIST,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=_regulation("19 and 20(5)", _R19),
    page="review-meeting",
    text=mark(
        "The meeting looks at the progress towards the outcomes in the plan, whether they are "
        "still right, and at the views, wishes and feelings of the child and the parent, or of "
        "the young person."
    ),
)
REV_07 = Rule(
    id="REV-07",
    title=mark("Adulthood, from Year 9"),
    kind=Kind.TEST,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=_regulation("21(6), and the same in regulation 20", _R21),
    page="adulthood-review",
    text=mark(
        "Every review in Year 9 or later considers what prepares the pupil for adulthood and "
        "independent living. The year a pupil is really taught in counts."
    ),
)
REV_08 = Rule(
    id="REV-08",
    title=mark("Report within two weeks"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=_regulation("20, and 21(7) away from school", _R21),
    page="annual-review",
    text=mark(
        "Within two weeks of the meeting a report with the recommended changes, and with the "
        "advice attached, goes to everyone who was invited."
    ),
    unverified=mark(
        "Unverified: the paragraph in regulation 20, who writes the report outside schools, and "
        "that differences of view are noted."
    ),
)
REV_09 = Rule(
    id="REV-09",
    title=mark("Decision within four weeks"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=_regulation("20(10)", _R20),
    page="annual-review",
    text=mark(
        "Within four weeks of the meeting the authority decides to keep, amend or cease the plan "
        "and tells the parent or the young person and the setting, with the right to appeal where "
        "there is one."
    ),
)
REV_10 = Rule(
    id="REV-10",
    title=mark("Not at a school or other institution"),
    kind=Kind.TABLE,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=_regulation("21", _R21),
    page="review-meeting",
    text=mark(
        "Where the child attends no school or other institution, the authority itself invites, "
        "gathers the advice, sends it round and writes the report, in the same times."
    ),
)
REV_11 = Rule(
    id="REV-11",
    title=mark("Amendment notice goes with the decision"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=_regulation(f"22(2), {_WITH_DEVON}", _R22),
    page="amending",
    text=mark(
        "To amend a plan the authority sends the plan, a notice of the changes and the evidence. "
        "It does so with its decision, and so within four weeks of the meeting."
    ),
)
REV_12 = Rule(
    id="REV-12",
    title=mark("Fifteen days for comments"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=_regulation("22(2)(c)", _R22),
    page="amending",
    text=mark(
        "The parent or the young person has at least fifteen days, beginning with the day on which "
        "the notice was served, to comment and to ask for a school."
    ),
)
REV_13 = Rule(
    id="REV-13",
    title=mark("Final amended plan"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=_regulation(f"22(3) and (4), {_WITH_DEVON}", _R22),
    page="amending",
    text=mark(
        "The final amended plan, or the decision not to amend, follows within eight weeks of the "
        "notice, and no later than twelve weeks after the review meeting."
    ),
)
REV_14 = Rule(
    id="REV-14",
    title=mark("Early review"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        THIS_HOUSE,
        "custom of authorities",
        "https://robsols.co.uk/education-law/sen-aln/education-annual-reviews",
    ),
    page="annual-review",
    text=mark(
        "The parent, the young person or the setting may ask for a review at any time. No law "
        "says how soon the authority answers; once a meeting is held, all other times apply."
    ),
)
REV_15 = Rule(
    id="REV-15",
    title=mark("Moves between phases"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=_regulation(
        "18",
        "https://legislation.gov.uk/uksi/2014/1530/part/2/crossheading/reviews-and-reassessments",
    ),
    page="phase-transfer",
    text=mark(
        "In the year of a move the plan is reviewed and amended, so that it names the next "
        "setting, before 15 February, or before 31 March for a move from secondary school to a "
        "post-16 institution. For other moves between post-16 institutions it is five months "
        "before."
    ),
)
REV_16 = Rule(
    id="REV-16",
    title=mark("Children under five"),
    kind=Kind.CLOCK,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("9.178"),
    page="under-five-review",
    text=mark(
        "The authority considers reviewing the plan of a child under five at least every three to "
        "six months. Such a review need not be a full one, but parents are consulted."
    ),
)
REV_17 = Rule(
    id="REV-17",
    title=mark("Looked-after children"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("9.169"),
    page="review-meeting",
    text=mark(
        "Where it can be done, the review of a looked-after child's plan is held together with the "
        "review of the care plan and of the personal education plan."
    ),
)
REV_18 = Rule(
    id="REV-18",
    title=mark("Children in custody"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.UNVERIFIED,
    provision=Provision("Detained persons regulations 2015 (SI 2015/62)"),
    page="review-meeting",
    text=mark(
        "A plan is kept while a child or young person is in custody, and is reviewed on release. "
        "Regulations of their own apply, which are not computed here."
    ),
)
REV_19 = Rule(
    id="REV-19",
    title=mark("What a review leaves behind"),
    kind=Kind.CHECKLIST,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("9.166 and following"),
    page="review-meeting",
    text=mark(
        "A review says what progress was made, whether provision and outcomes are still right, "
        "sets new short-term targets, records views, and recommends to keep, amend or cease the "
        "plan or to assess again."
    ),
    unverified=mark("Unverified: the paragraphs of the code."),
)

RULES = (
    REV_01, REV_02, REV_03, REV_04, REV_05, REV_06, REV_07, REV_08, REV_09, REV_10,
    REV_11, REV_12, REV_13, REV_14, REV_15, REV_16, REV_17, REV_18, REV_19,
)  # fmt: skip
