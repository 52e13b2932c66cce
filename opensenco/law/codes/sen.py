"""SEN status, types of need and broad areas (IDN-04, IDN-06, IDN-07). See docs/law/sen-codes.md."""

from datetime import date
from enum import StrEnum

from opensenco.kernel.words import mark
from opensenco.law.codes.lists import Code, CodeList
from opensenco.law.registry import tabulates
from opensenco.law.rulebook.identification import IDN_04, IDN_06, IDN_07
from opensenco.law.strength import Evidence

EHC_PLAN = "E"
SEN_SUPPORT = "K"
NO_SEN = "N"
NO_SPECIALIST_ASSESSMENT = "NSA"

_REFORM = date(2014, 9, 1)


class Area(StrEnum):
    """The four broad areas of need."""

    COMMUNICATION = "communication"
    COGNITION = "cognition"
    SEMH = "semh"
    SENSORY_PHYSICAL = "sensory-physical"

    @property
    def label(self) -> str:
        """The name of the area as the code of practice has it."""
        return _AREA_TITLES[self]


_AREA_TITLES = {
    Area.COMMUNICATION: mark("Communication and interaction"),
    Area.COGNITION: mark("Cognition and learning"),
    Area.SEMH: mark("Social, emotional and mental health"),
    Area.SENSORY_PHYSICAL: mark("Sensory and physical"),
}

AREAS = tabulates(
    IDN_04,
    f"{__name__}.AREAS",
    CodeList(IDN_04.id, "area", tuple(Code(str(area), area.label, first=_REFORM) for area in Area)),
)

SEN_STATUS = tabulates(
    IDN_06,
    f"{__name__}.SEN_STATUS",
    CodeList(
        IDN_06.id,
        "status",
        (
            Code(EHC_PLAN, mark("Education, health and care plan"), first=_REFORM),
            Code(SEN_SUPPORT, mark("SEN support"), first=_REFORM),
            Code(NO_SEN, mark("No special educational need")),
            Code(
                "S",
                mark("Statement"),
                last=date(2018, 3, 31),
                evidence=Evidence.UNVERIFIED,
                note=mark("Only in old data."),
            ),
            Code(
                "P",
                mark("School Action Plus"),
                last=date(2014, 12, 31),
                evidence=Evidence.UNVERIFIED,
                note=mark("Only in old data."),
            ),
            Code(
                "A",
                mark("School Action"),
                last=date(2014, 12, 31),
                evidence=Evidence.UNVERIFIED,
                note=mark("Only in old data."),
            ),
        ),
    ),
)

NEED_TYPES = tabulates(
    IDN_07,
    f"{__name__}.NEED_TYPES",
    CodeList(
        IDN_07.id,
        "need",
        (
            Code("SPLD", mark("Specific learning difficulty")),
            Code("MLD", mark("Moderate learning difficulty")),
            Code("SLD", mark("Severe learning difficulty")),
            Code("PMLD", mark("Profound and multiple learning difficulty")),
            Code("SEMH", mark("Social, emotional and mental health"), first=_REFORM),
            Code("SLCN", mark("Speech, language and communication needs")),
            Code("ASD", mark("Autistic spectrum disorder")),
            Code("HI", mark("Hearing impairment")),
            Code("VI", mark("Vision impairment")),
            Code("MSI", mark("Multi-sensory impairment")),
            Code("PD", mark("Physical disability")),
            Code(
                "DS",
                mark("Down syndrome"),
                first=date(2025, 1, 1),
                note=mark("In the census since January 2025; in data on EHC plans since 2026."),
            ),
            Code("OTH", mark("Other difficulty or disability")),
            Code(
                NO_SPECIALIST_ASSESSMENT,
                mark("SEN support but no specialist assessment of the type of need"),
                first=_REFORM,
                evidence=Evidence.UNVERIFIED,
                note=mark("Only with SEN support."),
            ),
            Code(
                "BESD",
                mark("Behaviour, emotional and social difficulty"),
                last=date(2014, 8, 31),
                evidence=Evidence.UNVERIFIED,
                note=mark("Only in old data. A person decides what the need is called now."),
            ),
        ),
    ),
)

# Our own mapping: Down syndrome, "other" and "no specialist assessment" belong to no one area.
_AREAS = {
    "SPLD": Area.COGNITION,
    "MLD": Area.COGNITION,
    "SLD": Area.COGNITION,
    "PMLD": Area.COGNITION,
    "SEMH": Area.SEMH,
    "BESD": Area.SEMH,
    "SLCN": Area.COMMUNICATION,
    "ASD": Area.COMMUNICATION,
    "HI": Area.SENSORY_PHYSICAL,
    "VI": Area.SENSORY_PHYSICAL,
    "MSI": Area.SENSORY_PHYSICAL,
    "PD": Area.SENSORY_PHYSICAL,
}


def area_of(need: str) -> Area | None:
    """The broad area of a type of need, None where it may span several. Raises KeyError."""
    if NEED_TYPES.find(need) is None:
        raise KeyError(need)
    return _AREAS.get(need)
