"""Disagreement, mediation and appeal (TRB)."""

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.strength import (
    CHILDREN_AND_FAMILIES_ACT,
    SEND_REGULATIONS,
    Evidence,
    Provision,
    Strength,
)

TRIBUNAL_RULES = (
    "Tribunal Procedure (First-tier Tribunal) (Health, Education and Social Care Chamber) "
    "Rules 2008 (SI 2008/2699)"
)
_MEDIATION = "http://www.legislation.gov.uk/uksi/2014/1530/part/2/crossheading/mediation/made"

TRB_01 = Rule(
    id="TRB-01",
    title=mark("What can be appealed"),
    kind=Kind.TABLE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        CHILDREN_AND_FAMILIES_ACT,
        "section 51",
        "https://sheffieldsendias.org.uk/mediation-and-tribunals",
    ),
    page="appeal",
    text=mark(
        "A refusal to assess, to make a plan or to re-assess; sections B, F and I of a first or "
        "amended plan; a decision not to amend after a review or re-assessment; a decision to end "
        "the plan."
    ),
)
TRB_02 = Rule(
    id="TRB-02",
    title=mark("What a notice says about mediation"),
    kind=Kind.CHECKLIST,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(SEND_REGULATIONS, "regulation 32", _MEDIATION),
    page="mediation",
    text=mark(
        "A notice that can be appealed tells of the right to mediation, the need for a "
        "certificate, how to reach the adviser, the times, how to tell the authority, and whom to "
        "ask there."
    ),
)
TRB_03 = Rule(
    id="TRB-03",
    title=mark("Contacting the mediation adviser: two months"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(SEND_REGULATIONS, "regulation 33", _MEDIATION),
    page="mediation",
    text=mark(
        "The family contacts the adviser within two months after the written notice was sent. It "
        "need not for an appeal about the placement alone, nor for a claim of disability "
        "discrimination."
    ),
)
TRB_04 = Rule(
    id="TRB-04",
    title=mark("Certificate and mediation meeting"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        SEND_REGULATIONS,
        "regulations 34 to 39",
        "https://www.ipsea.org.uk/the-mediation-process",
    ),
    page="mediation",
    text=mark(
        "Who wants no mediation gets a certificate within three working days of telling the "
        "adviser. Who wants it gets it arranged within thirty days, by the authority, or by the "
        "health body where only health provision is in dispute. After mediation, or where it "
        "cannot be arranged, the certificate comes within three working days."
    ),
)
TRB_05 = Rule(
    id="TRB-05",
    title=mark("Time to appeal"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        TRIBUNAL_RULES, "rule 20(1)(c)", "https://www.legislation.gov.uk/uksi/2008/2699/article/20"
    ),
    page="appeal",
    text=mark(
        "The tribunal must have the appeal within two months after the written notice was sent, or "
        "within one month of the day the mediation certificate was issued, whichever is later."
    ),
)
TRB_06 = Rule(
    id="TRB-06",
    title=mark("The tribunal's own days"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        TRIBUNAL_RULES,
        "rule 12",
        "https://www.mentalhealthlaw.co.uk/index.php?diff=prev&oldid=59639&title="
        "Text%3ATribunal_rule_12",
    ),
    page="appeal",
    text=mark(
        "Things are done by 5 pm. A last day that is no working day becomes the next working day. "
        "A time to appeal that ends from 25 December to 1 January ends on the first working day "
        "after 1 January, and one that ends in August on the first working day after 31 August. "
        "For other steps these days are not counted."
    ),
)
TRB_07 = Rule(
    id="TRB-07",
    title=mark("A late appeal"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        TRIBUNAL_RULES,
        "late appeals",
        "https://www.ipsea.org.uk/faqs/"
        "the-deadline-for-my-appeal-to-be-made-has-passed-am-i-too-late-to-try-to-appeal",
    ),
    page="appeal",
    text=mark(
        "A late appeal is possible with reasons, such as a letter that left out what it had to "
        "say. Without a certificate the tribunal's leave is needed."
    ),
)
TRB_08 = Rule(
    id="TRB-08",
    title=mark("Recommendations on health and social care"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        "Special Educational Needs and Disability (First-tier Tribunal Recommendations Power) "
        "Regulations 2017 (SI 2017/1306)",
        "as a whole",
        "https://legislation.gov.uk/uksi/2017/1306/note",
    ),
    page="tribunal-order",
    text=mark(
        "On most appeals the tribunal may recommend, without binding, what sections C, D, G and H "
        "should say. The bodies reply with reasons within five weeks."
    ),
    unverified=mark("Unverified: the five weeks."),
)
TRB_09 = Rule(
    id="TRB-09",
    title=mark("Carrying out an order"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        SEND_REGULATIONS,
        "regulation 44",
        "https://sendfamilymagic.mykajabi.com/blog/appeal-guidance",
    ),
    page="tribunal-order",
    text=mark(
        "Ordered to assess, the authority tells the family within 2 weeks, and decides against a "
        "plan within 10 or sends the final plan within 14 weeks of the order. Ordered to make a "
        "plan, it sends a draft within 5 and the final plan within 11 weeks. Ordered to amend, it "
        "does so within 5 weeks, and within 2 where only the school is named. A plan to be "
        "continued goes on at once."
    ),
    unverified=mark(
        "Unverified: the limits for amending, for naming a school and for continuing a plan."
    ),
)
TRB_10 = Rule(
    id="TRB-10",
    title=mark("Disagreements and complaints"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(CHILDREN_AND_FAMILIES_ACT, "section 57"),
    page="mediation",
    text=mark(
        "The authority has a service for settling disagreements. The school's complaints procedure "
        "covers special educational provision and is named in its SEN information report. The "
        "Ombudsman takes complaints about authorities."
    ),
    unverified=mark("Unverified: section 57, and what the Ombudsman takes."),
)
TRB_11 = Rule(
    id="TRB-11",
    title=mark("Impartial advice"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        CHILDREN_AND_FAMILIES_ACT,
        "section 32",
        "http://www.legislation.gov.uk/ukpga/2014/6/part/3/enacted",
    ),
    page="mediation",
    text=mark(
        "The authority arranges information and advice for children, parents and young people. "
        "Every letter says how to reach it."
    ),
)
TRB_12 = Rule(
    id="TRB-12",
    title=mark("The school's part in an appeal"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.UNVERIFIED,
    provision=Provision("Custom in appeals", ""),
    page="appeal",
    text=mark(
        "The school gives its evidence: an index, the cycles of support, what was provided, "
        "attendance and reports, in a copy of that day that does not change any more."
    ),
)

RULES = (
    TRB_01, TRB_02, TRB_03, TRB_04, TRB_05, TRB_06,
    TRB_07, TRB_08, TRB_09, TRB_10, TRB_11, TRB_12,
)  # fmt: skip
