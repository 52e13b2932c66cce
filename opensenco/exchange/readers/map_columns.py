"""Which column of a provision map is which.

Schools keep their maps in four shapes: a row for each pupil and provision; a row for each pupil
and a column for each provision; a row for each provision with the names of those who get it; a row
for each provision and a column for each pupil.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from opensenco.exchange.readers.amounts import Amount, read_amount
from opensenco.exchange.readers.cells import as_written, squeezed, tidy
from opensenco.exchange.readers.fields import Claim, Field, Fields, Guess
from opensenco.exchange.readers.map_names import YEAR, looks_like_a_name, looks_like_names
from opensenco.exchange.readers.pupil_columns import PUPIL_FIELDS
from opensenco.exchange.readers.words import Unreadable
from opensenco.kernel.words import MONTHS, WEEKDAYS, mark

PROVISION, GETS, NAMES, PUPIL_COLUMN = "provision", "gets", "names", "pupil_column"
_ENOUGH = 0.8
#: headings over what is neither a provision nor names of pupils, whatever stands in the cells
_OTHERS = (
    "Who or what|Line|What is wrong|What to do|Left over|Total|Totals|Cost|Costs|Total Cost|"
    "Cost per Week|Cost per Year|Hourly Rate|Rate|Notes|Note|Comments|Comment|Outcome|"
    "Outcomes|Target|Targets|Aim|Aims|Impact|Progress|Review|Review Date|Evaluation|"
    "Entry|Exit|Entry Data|Exit Data|Baseline|Score|Need|Needs|Area of Need|Primary Need|"
    "Status|SEN|SEND|EHCP|PP|FSM|EAL|LAC|CLA|Pupil Premium|Attendance|Reading Age|"
    "Spelling Age|Age|No|No.|Number|Ref|Room|Where|Location|Resources|Training|"
    "Success Criteria|Top-up|Funding|Banding|Rank|Weeks|Number of Weeks|Total Hours|"
    "Total Minutes|Purpose|Description|Consent|House"
)
#: headings over sums of money, which a promise has no place for
_SUMS = (
    "Cost|Costs|Total Cost|Cost per Week|Cost per Year|Cost per Session|Cost per Pupil|"
    "Annual Cost|Weekly Cost|Hourly Rate|Rate|Hourly Cost|Cost per Hour|Price|Funding"
)
_COSTS = frozenset(squeezed(word) for word in _SUMS.split("|"))
_OTHER = frozenset(squeezed(word) for word in _OTHERS.split("|"))
_TIMES = (*MONTHS[1:], *WEEKDAYS, *(name[:3] for name in (*MONTHS[1:], *WEEKDAYS)))
_WHEN = frozenset(
    map(squeezed, (*_TIMES, "Autumn", "Spring", "Summer", "Half Term", "Term", "AM", "PM"))
)
#: two columns headed by names make a map with a column for each pupil
FEWEST_PUPILS = 2
_HOW_MUCH = frozenset({"often", "times", "minutes", "hours"})
_UNIT = re.compile(r"\b(hours|hrs|h|minutes|mins|min)\b")
_PUPIL = ("pupil_upn", "pupil_last_name", "pupil_first_name", "pupil_name")


class Shape(StrEnum):
    """How a map is laid out."""

    #: a row for each pupil and provision
    LONG = "long"
    #: a row for each pupil, a column for each provision
    BY_PUPIL = "by-pupil"
    #: a row for each provision, with names
    BY_PROVISION = "by-provision"
    #: a row for each provision, a column for each pupil
    CROSSED = "crossed"


def shape_of(codes: Iterable[str | None]) -> Shape:
    """Tell how a map is laid out from what its columns hold."""
    have = set(codes)
    if GETS in have:
        return Shape.BY_PUPIL
    if PUPIL_COLUMN in have:
        return Shape.CROSSED
    return Shape.BY_PROVISION if NAMES in have else Shape.LONG


class MapFields(Fields):
    """The fields of a provision map, whose shape is seen from what stands in it.

    Args:
        fields: those of a list, among them `GETS` and `NAMES`.
        known: tells whether a heading names something that schools give.
    """

    def __init__(self, fields: Sequence[Field], known: Callable[[str], bool]) -> None:
        def claims(heading: str) -> Claim | None:
            return (0, GETS) if known(heading) else None

        super().__init__(fields, needed=(), claims=claims)

    @property
    def asks(self) -> int:
        """A pupil and a provision: what a map cannot do without."""
        return 2

    def known_headings(self, cells: Sequence[str]) -> int:
        """How many headings we know; beside a provision, classes and years are headings too."""
        known = super().known_headings(cells)
        if known or not any(claim[1] == PROVISION for c in cells if (claim := self._claim(c))):
            return known
        years = sum(bool(YEAR.fullmatch(tidy(cell))) for cell in cells)
        if years:
            return 1 + years
        first, *others = [cell for cell in cells if cell.strip()]
        claim = self._claim(first)
        # names alone are weak: what has two headings that we know is never outdone by them
        crossed = claim is not None and claim[1] == PROVISION
        return FEWEST_PUPILS if crossed and sum(map(heads_a_pupil, others)) >= FEWEST_PUPILS else 0

    def guess(self, header: Sequence[str], sample: Sequence[Sequence[str]] = ()) -> Guess:
        """Guess by headings first, then by what stands in columns that no heading named."""
        found = super().guess(header, sample)
        chosen = list(found.fields)
        if _PUPIL[3] in chosen and {_PUPIL[1], _PUPIL[2]} <= set(chosen):
            chosen[chosen.index(_PUPIL[3])] = None
        if PROVISION in chosen:
            # something that is given can be a heading of its own in such a list, "Tutoring"
            chosen = [None if one == GETS else one for one in chosen]
            if NAMES not in chosen and not set(_PUPIL) & set(chosen):
                self._columns_of_names(chosen, header, sample)
                if NAMES not in chosen:
                    self._columns_of_pupils(chosen, header, sample)
        elif set(_PUPIL) & set(chosen):
            self._columns_of_amounts(chosen, header, sample)
            if GETS in chosen:
                # where each column is a provision, none says how much of all of them
                chosen = [None if one in _HOW_MUCH else one for one in chosen]
                self._columns_of_amounts(chosen, header, sample)
        return Guess(tuple(chosen), found.doubts, self.missing(chosen))

    def missing(self, chosen: Iterable[str | None]) -> tuple[str, ...]:
        """What a map of this shape lacks: whom it is about, or what they get."""
        have = set(chosen)
        named = bool(have & {"pupil_upn", "pupil_name"}) or set(_PUPIL[1:3]) <= have
        shape = shape_of(have)
        lacks = []
        by_row = shape in (Shape.BY_PROVISION, Shape.CROSSED)
        if by_row or not have & {GETS, PROVISION}:
            lacks += [] if PROVISION in have else [PROVISION]
        if not by_row and not named:
            lacks.append("pupil_first_name" if "pupil_last_name" in have else "pupil_name")
        return tuple(lacks)

    def sure(self, header: Sequence[str], sample: Sequence[Sequence[str]]) -> int:
        """How many columns make this a provision map and no other list.

        A tick under a heading that nobody knows may be anything: such columns count where another
        says how often or how long, or has the name of something that is given.
        """
        guess = self.guess(header, sample)
        if guess.missing:
            return 0
        known = sum(self._claim(text) is not None for text in header)
        if shape_of(guess.fields) is not Shape.BY_PUPIL:
            return known + sum(one in (NAMES, PUPIL_COLUMN) for one in guess.fields)
        plain = any(
            self._claim(header[place]) == (0, GETS)
            or any(found.explicit for found in _amounts(_column(sample, place)) if found)
            for place, code in enumerate(guess.fields)
            if code == GETS
        )
        return sum(one is not None for one in guess.fields) if plain else 0

    def _columns_of_amounts(
        self, chosen: list[str | None], header: Sequence[str], sample: Sequence[Sequence[str]]
    ) -> None:
        empty = []
        for place, code in enumerate(chosen):
            if code is not None or not self._free(header[place]):
                continue
            cells = _column(sample, place)
            if not cells:
                empty.append(place)
            elif _are_amounts(cells, unit=unit_of(header[place])):
                chosen[place] = GETS
        given = [place for place, code in enumerate(chosen) if code == GETS]
        for place in empty:
            # nobody among the first rows gets it; its place says what it is
            if given and given[0] < place < given[-1]:
                chosen[place] = GETS

    def _columns_of_names(
        self, chosen: list[str | None], header: Sequence[str], sample: Sequence[Sequence[str]]
    ) -> None:
        for place, code in enumerate(chosen):
            if code is None and self._free(header[place], classes=True):
                cells = [cell for row in sample for cell in row[place : place + 1] if cell.strip()]
                if cells and sum(map(looks_like_names, cells)) >= _ENOUGH * len(cells):
                    chosen[place] = NAMES

    def _columns_of_pupils(
        self, chosen: list[str | None], header: Sequence[str], sample: Sequence[Sequence[str]]
    ) -> None:
        """Columns headed by a name, with crosses or amounts below: at least two, else none."""
        found = [
            place
            for place, code in enumerate(chosen)
            if code is None
            and self._free(header[place], classes=True)
            and heads_a_pupil(header[place])
            and _are_crosses(_column(sample, place))
        ]
        if len(found) >= FEWEST_PUPILS:
            for place in found:
                chosen[place] = PUPIL_COLUMN

    def _free(self, heading: str, *, classes: bool = False) -> bool:
        """Whether a heading could be the name of anything. A class, "Year 3", heads names too."""
        text = squeezed(heading)
        if not text or text in _OTHER:
            return False
        return classes or not PUPIL_FIELDS.knows(heading)


def heads_a_pupil(heading: str) -> bool:
    """Whether a heading can be the name of a pupil: no month, no term, no day of the week."""
    words = squeezed(heading)
    return words not in _OTHER | _WHEN and looks_like_a_name(heading)


def _are_crosses(cells: Sequence[str]) -> bool:
    """Whether most cells say that somebody gets something, or are empty: one slip below a name is
    that cell's fault.
    """
    return 2 * len(_amounts(cells)) >= len(cells)


def _column(sample: Sequence[Sequence[str]], place: int) -> list[str]:
    texts = (tidy(as_written(cell)) for row in sample for cell in row[place : place + 1])
    return [text for text in texts if text]


def _amounts(cells: Sequence[str]) -> list[Amount | None]:
    found: list[Amount | None] = []
    for cell in cells:
        try:
            found.append(read_amount(cell))
        except Unreadable:
            continue
    return found


def unit_of(heading: str) -> str:
    """What numbers below a heading count: "h" below "TA hours", "m" below "Reading (mins)"."""
    found = _UNIT.search(heading.casefold())
    return found[1][0] if found else ""


def _are_amounts(cells: Sequence[str], *, unit: str) -> bool:
    """Whether a column says how much: a number alone, or a no alone, can say anything.

    Args:
        unit: what the heading says that numbers count; empty where it does not.
    """
    found = _amounts(cells)
    given = [one for one in found if one and (unit or not one.number)]
    return len(found) >= _ENOUGH * len(cells) and bool(given)


FIELDS_OF_A_MAP = (
    Field(
        PROVISION,
        mark("Provision"),
        "Provision|Intervention|Provision Name|Intervention Name|Name of Intervention"
        "|Name of Provision|Provision/Intervention|Intervention/Provision|Additional Provision"
        "|Support Provided|Type of Support|Type of Provision|Provision Type|Intervention Type"
        "|Programme|Support|Strategy|Activity",
        missing=mark("This file has no column with the provision, and none headed by one."),
    ),
    Field(
        "layer",
        mark("Layer or wave"),
        "Wave|Layer|Tier|Wave of Provision|Level of Support|Level of Provision|Level|Category"
        "|Universal/Targeted/Specialist",
    ),
    Field(
        "often",
        mark("How often and how long, in one cell"),
        "Frequency|How Often|Often|Amount|Dosage|When|Days|Timing|Time|Frequency and Duration"
        "|Frequency/Duration|Duration and Frequency|Time and Frequency|Sessions|Timetable|Day",
    ),
    Field(
        "times",
        mark("Times a week"),
        "Times a Week|Times per Week|Sessions a Week|Sessions per Week|Sessions Weekly"
        "|Number of Sessions|No of Sessions|Sessions/Week|Times Weekly|Weekly Sessions",
    ),
    Field(
        "minutes",
        mark("Minutes each time"),
        "Minutes|Mins|Minutes per Session|Session Length|Length of Session|Length|Duration"
        "|Duration (mins)|Duration (minutes)|Time (mins)|Minutes a Session|Session Minutes"
        "|Mins per Session|Session Duration",
    ),
    Field(
        "hours",
        mark("Hours a week"),
        "Hours per Week|Hours a Week|Weekly Hours|Hours|Hrs|Hrs per Week|TA Hours|Hours Weekly"
        "|Support Hours",
    ),
    Field(
        "group",
        mark("Group, or how many are in it"),
        "Group|Group Size|Group Name|Size of Group|Ratio|Staff Ratio|Adult Ratio|Group/1:1"
        "|1:1 or Group|Grouping",
    ),
    Field(
        "adult",
        mark("Who delivers it"),
        "Delivered By|Adult|Led By|Who Delivers|Staff|Staff Lead|Lead|Lead Adult|Staff Member"
        "|Member of Staff|By Whom|Person Responsible|Deliverer|Teaching Assistant|TA|Run By"
        "|Key Adult|Responsible|Staff Name|Taught By|Provider",
    ),
    Field(
        "starts",
        mark("First day"),
        "Start Date|Start|Date Started|Started|From|Begins|First Day|Date From|Date of Start",
        date=True,
    ),
    Field(
        "ends",
        mark("Last day"),
        "End Date|End|Date Ended|Ends|To|Until|Finish|Finish Date|Last Day|Date To|Planned End",
        date=True,
    ),
    Field(
        "class",
        mark("Class or year, to find pupils by"),
        "Class|Year|Year Group|Form|Reg|Reg Group|Registration Group|Tutor Group|Yr|Cohort",
    ),
    Field(
        NAMES,
        mark("Names of pupils who get it"),
        "Pupils|Children|Students|Names|Who|Pupil Names|Names of Pupils|Names of Children"
        "|Group Members|Pupils in Group|Children Involved|Who Gets It|Children in Group"
        "|Pupils Involved|Learners",
        repeated=True,
    ),
    Field(
        GETS,
        mark("A provision: its heading is the name, its cells say who gets it and how much"),
        "",
        repeated=True,
    ),
    Field(
        PUPIL_COLUMN,
        mark("A pupil: the heading is the name, the cells say what they get and how much"),
        "",
        repeated=True,
    ),
)
_FOR_NAMES = frozenset(
    squeezed(word)
    for field in FIELDS_OF_A_MAP
    if field.code == NAMES
    for word in field.headings.split("|")
)


def columns_of_costs(header: Sequence[str]) -> list[str]:
    """Give the headings that stand over sums of money: "Cost per week", "Cost (£)"."""
    return [
        tidy(heading)
        for heading in header
        if "£" in heading or squeezed(heading.split("(")[0]) in _COSTS
    ]


def is_word_for_names(heading: str) -> bool:
    """Tell whether a heading says that names stand below it, and not of which class."""
    return squeezed(heading) in _FOR_NAMES
