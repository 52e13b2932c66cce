"""Keeping, moving, amending and ending an EHC plan (EHC-21 to EHC-28)."""

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.strength import (
    CHILDREN_AND_FAMILIES_ACT,
    SEND_REGULATIONS,
    Evidence,
    Provision,
    Strength,
)

EHC_21 = Rule(
    id="EHC-21",
    title=mark("Personal budget and direct payment"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "Special Educational Needs (Personal Budgets) Regulations 2014 (SI 2014/1652)",
        "regulations 3 to 11",
        "https://legislation.gov.uk/cy/uksi/2014/1652/note",
    ),
    page="direct-payment",
    text=mark(
        "The family may ask for a personal budget while a draft is prepared or the plan is "
        "reviewed or re-assessed; the authority prepares one unless the sum cannot be separated. A "
        "direct payment needs a suitable recipient, and the head's consent to what is done on the "
        "school's premises; it cannot buy a place. Its use is reviewed within the first three "
        "months. A refusal has reasons and a right to a review."
    ),
)
EHC_22 = Rule(
    id="EHC-22",
    title=mark("Who may see a plan"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        SEND_REGULATIONS,
        "regulation 17",
        "https://legislation.gov.uk/uksi/2014/1530/contents/2016-12-19",
    ),
    page="keeping-a-plan",
    text=mark(
        "A plan is not shown without the consent of the child who understands enough, or of the "
        "young person, except for listed purposes such as the work for special educational needs, "
        "the tribunal or inspection."
    ),
    unverified=mark("Unverified: the list of purposes in regulation 17."),
)
EHC_23 = Rule(
    id="EHC-23",
    title=mark("Re-assessment"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        SEND_REGULATIONS,
        "regulations 23 to 27",
        "http://www.legislation.gov.uk/uksi/2014/1530/regulation/27/made",
    ),
    page="re-assessment",
    text=mark(
        "The family, the setting or the health body may ask for a re-assessment. It may be refused "
        "within six months of an assessment, or where it is not necessary. The authority says "
        "within fifteen days whether it will; if so, the final plan follows within fourteen weeks "
        "of saying it."
    ),
    unverified=mark("Unverified: the fifteen days for the decision."),
)
EHC_24 = Rule(
    id="EHC-24",
    title=mark("Moving to another authority"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        SEND_REGULATIONS,
        "regulation 15",
        "http://www.legislation.gov.uk/uksi/2014/1530/regulation/15/made",
    ),
    page="authority-transfer",
    text=mark(
        "The old authority hands the plan over on the day of the move, or, if it did not know "
        "fifteen working days before, within fifteen working days beginning with the day it knew. "
        "The new one keeps the plan up as its own, says within six weeks what it will do, and "
        "reviews it: within twelve months of the plan or its last review, or within three months "
        "of the handover, whichever is later."
    ),
)
EHC_25 = Rule(
    id="EHC-25",
    title=mark("Amending without a review"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        SEND_REGULATIONS, "regulation 28", "https://sendadvicesurrey.org.uk/changing-ehcps/"
    ),
    page="keeping-a-plan",
    text=mark("A plan amended at another time goes through the same steps as after a review."),
)
EHC_26 = Rule(
    id="EHC-26",
    title=mark("Ending a plan"),
    kind=Kind.TEST,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        CHILDREN_AND_FAMILIES_ACT,
        "section 45; SEND Regulations 2014, regulations 29 to 31",
        "https://legislation.gov.uk/ukpga/2014/6/notes/division/4/3/11/9",
    ),
    page="ceasing",
    text=mark(
        "A plan ends only where the authority is no longer responsible or the plan is no longer "
        "necessary. Under 18, being out of education calls for a review and not for an end. From "
        "18, one who left is asked by a review whether to return. From 19, it counts whether the "
        "outcomes were achieved. The family and the setting are consulted first, and the plan goes "
        "on until the time to appeal is over or an appeal is decided."
    ),
)
EHC_27 = Rule(
    id="EHC-27",
    title=mark("Age 25"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        CHILDREN_AND_FAMILIES_ACT,
        "section 46; SEND Regulations 2014, regulation 46",
        "https://www.lasen.co.uk/post/maintaining-ehc-plans-beyond-the-25th-birthday",
    ),
    page="ceasing",
    text=mark(
        "A plan ends at 25. The authority may keep it to the end of the academic year in which the "
        "young person turns 25, in further education to 31 July, and never beyond the day before "
        "they turn 26."
    ),
)
EHC_28 = Rule(
    id="EHC-28",
    title=mark("Work and higher education"),
    kind=Kind.TEST,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        CHILDREN_AND_FAMILIES_ACT,
        "section 45",
        "https://sendadvocacy.com/post/ceasing-an-ehc-plan-a-guide-for-parents-carers",
    ),
    page="ceasing",
    text=mark(
        "A plan may end on paid employment that is not an apprenticeship, or on starting higher "
        "education."
    ),
)

RULES = (EHC_21, EHC_22, EHC_23, EHC_24, EHC_25, EHC_26, EHC_27, EHC_28)
