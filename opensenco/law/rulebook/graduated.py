"""Assess, plan, do, review (APD)."""

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.strength import Evidence, Strength, code_of_practice

APD_01 = Rule(
    id="APD-01",
    title=mark("The cycle"),
    kind=Kind.TEST,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.44 to 6.56"),
    page="cycle-review",
    text=mark(
        "SEN support is a repeated cycle of four parts: assess, plan, do, review. Each round looks "
        "in more detail."
    ),
)
APD_03 = Rule(
    id="APD-03",
    title=mark("Plan"),
    kind=Kind.CHECKLIST,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.48 to 6.51"),
    page="record-checks",
    text=mark(
        "The school tells the parents formally, and agrees with parents and pupil the outcomes "
        "hoped for, the support, the progress expected and a clear date for review."
    ),
)
APD_05 = Rule(
    id="APD-05",
    title=mark("Review"),
    kind=Kind.CLOCK,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.53 to 6.56"),
    page="cycle-review",
    text=mark(
        "The support is reviewed on or before the agreed date: what it achieved, how good it was, "
        "and what the pupil and the parents think."
    ),
)
APD_08 = Rule(
    id="APD-08",
    title=mark("Meet parents three times a year"),
    kind=Kind.CLOCK,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.65"),
    page="parent-meetings",
    text=mark(
        "The school meets the parents of each pupil on SEN support at least three times a year, "
        "led by a teacher who knows the pupil well and supported by the SENCO."
    ),
)
APD_09 = Rule(
    id="APD-09",
    title=mark("Record of the meeting"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.71"),
    page="parent-meetings",
    text=mark(
        "What was agreed at the meeting is written down, shared with the staff concerned and given "
        "to the parents."
    ),
)
APD_11 = Rule(
    id="APD-11",
    title=mark("Records are kept up"),
    kind=Kind.CHECKLIST,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.72 to 6.78"),
    page="record-checks",
    text=mark(
        "The school keeps a record of the support it gives that is additional or different, over "
        "time, and of what it achieved."
    ),
)

RULES = (APD_01, APD_03, APD_05, APD_08, APD_09, APD_11)
