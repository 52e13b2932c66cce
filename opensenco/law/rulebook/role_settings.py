"""SENCOs of early years and of groups of schools (ROL-17 to ROL-21)."""

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.strength import (
    CODE_ADDRESS,
    CODE_OF_PRACTICE,
    Evidence,
    Provision,
    Strength,
    code_of_practice,
)

ROL_17 = Rule(
    id="ROL-17",
    title=mark("Early years: who must have a SENCO, who is asked to"),
    kind=Kind.TABLE,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        CODE_OF_PRACTICE,
        "paragraphs 5.52 and 5.53, with the early years foundation stage framework",
        CODE_ADDRESS,
    ),
    page="senco",
    text=mark(
        "Maintained schools and maintained nursery schools must have a SENCO. Nurseries and other "
        "group providers are expected to identify one, who need not be a teacher. Childminders "
        "are encouraged to, and may share one through an agency or a network."
    ),
    unverified=mark("Unverified: the paragraph number in the framework now in force."),
)
ROL_18 = Rule(
    id="ROL-18",
    title=mark("Work of an early years SENCO"),
    kind=Kind.CHECKLIST,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("5.54"),
    page="senco-work",
    text=mark(
        "The early years SENCO makes sure that colleagues know their part, advises them, keeps "
        "parents closely involved and works with professionals outside the setting."
    ),
)
ROL_19 = Rule(
    id="ROL-19",
    title=mark("Level 3 early years SENCO"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.READ,
    provision=Provision(
        "Department for Education: early years level 3 SENCO",
        "role description and specification",
        "https://gov.uk/government/publications/early-years-level-3-senco",
    ),
    page="senco-work",
    text=mark(
        "There is a level 3 qualification for early years SENCOs of group providers and "
        "childminders. Nobody has to hold it."
    ),
)
ROL_20 = Rule(
    id="ROL-20",
    title=mark("Area SENCO"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.UNVERIFIED,
    provision=code_of_practice("5.55 to 5.58"),
    page="senco-work",
    text=mark(
        "Local authorities should see to it that early years settings can call on enough "
        "expertise, often through area SENCOs: advice, training, links between settings, services "
        "and parents, and help with the move to school."
    ),
)
ROL_21 = Rule(
    id="ROL-21",
    title=mark("Cluster, family and district SENCOs"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.READ,
    provision=Provision(
        "Local schemes, such as Nottinghamshire's families of schools",
        "",
        "https://www.nottinghamshire.gov.uk/global-content/one-minute-guides/families-of-schools",
    ),
    page="senco-work",
    text=mark(
        "Some authorities group schools and give each group a co-ordinating SENCO, who may share "
        "out money. No law asks for it. They see numbers, and a pupil only through a case."
    ),
)

RULES = (ROL_17, ROL_18, ROL_19, ROL_20, ROL_21)
