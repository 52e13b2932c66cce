"""What an SEN information report must hold (SCH-03). See docs/law/information-report.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from opensenco.kernel.words import mark, sentence
from opensenco.law.checks.finding import Finding, Severity, found
from opensenco.law.registry import answers, tabulates
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.school_duties import SCH_03
from opensenco.law.rulebook.sources import INFORMATION_REPORT, families_act
from opensenco.law.strength import Evidence, Provision, code_of_practice


class Setting(StrEnum):
    """Who publishes a report, as far as its contents differ."""

    MAINSTREAM = "mainstream"
    MAINTAINED_NURSERY = "maintained-nursery"
    SPECIAL = "special"
    HOSPITAL = "hospital"
    """A special school in a hospital: the code leaves it out."""


@dataclass(frozen=True, slots=True)
class Item:
    """One topic of the report by its stable key, the number it has in Schedule 1.

    `settings` are those of which it is asked; `evidence` tells how well it is known.
    """

    key: str
    title: str
    settings: frozenset[Setting]
    provision: Provision = INFORMATION_REPORT
    evidence: Evidence = Evidence.READ


_ALL = frozenset(Setting) - {Setting.HOSPITAL}
_SENCO = frozenset({Setting.MAINSTREAM, Setting.MAINTAINED_NURSERY})
_SECTION_69 = families_act(
    "section 69(3)(b)", "http://www.legislation.gov.uk/ukpga/2014/6/section/69"
)

ITEMS = tabulates(
    SCH_03,
    f"{__name__}.ITEMS",
    (
        Item("1", mark("The kinds of special educational needs that are provided for"), _ALL),
        Item("2", mark("How pupils with such needs are found and assessed"), _SENCO),
        Item("3a", mark("How it is judged whether the provision works"), _ALL),
        Item("3b", mark("How progress is assessed and reviewed"), _ALL),
        Item("3c", mark("The approach to teaching"), _ALL),
        Item("3d", mark("How the curriculum and the surroundings are adapted"), _ALL),
        Item("3e", mark("Additional support for learning"), _ALL),
        Item("3f", mark("How pupils take part in activities together with others"), _ALL),
        Item("3g", mark("Support for emotional, mental and social development"), _ALL),
        Item("4", mark("The SENCO's name and how to reach them"), _SENCO),
        Item("5", mark("What staff know, how they are trained and where experts come from"), _ALL),
        Item("6", mark("How equipment and facilities are obtained"), _ALL),
        Item("7", mark("How parents are consulted and involved"), _ALL),
        Item(
            "8",
            mark("How pupils are consulted and involved"),
            _ALL,
            evidence=Evidence.SECONDARY,
        ),
        Item(
            "9",
            mark("How a parent's complaint about provision is handled"),
            _ALL,
            evidence=Evidence.SECONDARY,
        ),
        Item(
            "10",
            mark("How health, social care, the authority and others are involved"),
            _ALL,
            evidence=Evidence.SECONDARY,
        ),
        Item(
            "11",
            mark("How to reach services that support parents"),
            _ALL,
            evidence=Evidence.SECONDARY,
        ),
        Item(
            "12",
            mark("Support in moving between phases and preparing for adulthood"),
            _ALL,
            evidence=Evidence.SECONDARY,
        ),
        Item(
            "13",
            mark("Where the authority's Local Offer is published"),
            _ALL,
            evidence=Evidence.SECONDARY,
        ),
        Item("69-admission", mark("How disabled pupils are admitted"), _ALL, _SECTION_69),
        Item(
            "69-treatment",
            mark("What keeps disabled pupils from being treated less well"),
            _ALL,
            _SECTION_69,
        ),
        Item("69-facilities", mark("Facilities that give access"), _ALL, _SECTION_69),
        Item("69-plan", mark("The accessibility plan"), _ALL, _SECTION_69),
        Item(
            "looked-after",
            mark("How looked-after pupils with special educational needs are provided for"),
            _ALL,
            code_of_practice("6.79"),
            Evidence.UNVERIFIED,
        ),
    ),
)
_KEYS = {item.key for item in ITEMS}


def asked_of(setting: Setting) -> tuple[Item, ...]:
    """The topics that a report of such a setting holds, in the order of the regulations."""
    return tuple(item for item in ITEMS if setting in item.settings)


@answers(SCH_03)
def missing(*, setting: Setting, present: Iterable[str]) -> tuple[Finding, ...]:
    """What the report lacks, `present` being the keys of the topics it treats; empty if nothing.

    A topic that is unverified gives a warning. Raises BadFact for a key that is none.
    """
    there = set(present)
    for key in sorted(there - _KEYS):
        words = mark("“{key}” is not a topic of the report.")
        raise BadFact(SCH_03.id, "present", sentence(words, key=key[:20]))
    return tuple(_lacks(item) for item in asked_of(setting) if item.key not in there)


def _lacks(item: Item) -> Finding:
    doubtful = item.evidence is Evidence.UNVERIFIED
    return found(
        SCH_03,
        f"missing-{item.key}",
        sentence(mark("The report does not say this: {topic}."), topic=item.title),
        severity=Severity.WARNING if doubtful else Severity.ERROR,
        rests_on_unverified=doubtful,
    )
