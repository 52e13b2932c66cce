"""The kinds of report that are shipped: their parts in order, and the points they must answer.

Each is one file of data beside this one. A kind keeps its id for ever; whoever changes what it
holds gives it the next version, so that an edition says by which it was written.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from opensenco.law.checks.information_report import ITEMS, Item
from opensenco.law.rulebook.school_duties import SCH_03
from opensenco.law.rulebook.sources import INFORMATION_REPORT
from opensenco.law.strength import Evidence, Strength
from opensenco.reports.states import PartType

#: the topics that the law lists, by its rule
TOPICS = {SCH_03.id: ITEMS}


class KindNotSound(ValueError):
    """A file of a kind does not hold together."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a report.

    Args:
        question: what is asked of the record, for facts and charts (`reports.questions`).
        hint: what to write.
        readers_ask: what readers want to know.
        mind: what such reports often get wrong.
    """

    id: str
    type: PartType
    title: str
    question: str = ""
    hint: str = ""
    readers_ask: tuple[str, ...] = ()
    mind: tuple[str, ...] = ()

    @property
    def written(self) -> bool:
        """Whether a person writes it; all others are drawn from the record."""
        return self.type is PartType.NARRATIVE

    @property
    def drawn(self) -> bool:
        """Whether its figures are asked of the record."""
        return self.type in (PartType.FACTS, PartType.CHART)


@dataclass(frozen=True, slots=True)
class Point:
    """What a report must, should or usually does answer, where that is said, and in which parts.

    Args:
        of_law: one of the topics that the law lists; a kind of place may be asked fewer of them.
    """

    id: str
    words: str
    source: str
    strength: Strength
    parts: tuple[str, ...]
    of_law: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of report.

    Args:
        duty: who must or should have one, and by what.
        again_after: months after which an edition is due to be brought up to date.
        law: the rule whose topics it must answer; empty where no law lists any.
        audience: "everybody" or "governors".
    """

    id: str
    version: int
    title: str
    about: str
    duty: str
    again_after: int
    law: str
    audience: str
    parts: tuple[Part, ...]
    points: tuple[Point, ...]

    def part(self, id: str) -> Part | None:
        """Give a part; None where this kind, or its newest version, has none of that id."""
        return next((one for one in self.parts if one.id == id), None)

    def draws(self, question: str) -> bool:
        """Tell whether any part draws the answer to a question."""
        return any(one.question == question for one in self.parts)


@cache
def kinds() -> Mapping[str, Kind]:
    """Give every kind by its id.

    Raises:
        KindNotSound: a file names a part twice, or a point is answered in a part that is not there.
    """
    here = resources.files(__name__)
    files = sorted((one for one in here.iterdir() if one.name.endswith(".toml")), key=_name)
    found = [_kind(tomllib.loads(one.read_text("utf-8"))) for one in files]
    return {one.id: one for one in reversed(found)}


def _name(file: object) -> str:
    return str(getattr(file, "name", ""))


def _kind(table: dict[str, object]) -> Kind:
    given = dict(table)
    parts, points = _rows(given.pop("part")), _rows(given.pop("point"))
    kind = Kind(
        **given,  # type: ignore[arg-type]
        parts=tuple(_part(one) for one in parts),
        points=tuple(_point(one, str(given["law"])) for one in points),
    )
    ids = [one.id for one in kind.parts]
    named = {part for point in kind.points for part in point.parts}
    if len(set(ids)) != len(ids) or not named <= set(ids):
        raise KindNotSound(kind.id)
    return kind


def _rows(value: object) -> list[dict[str, str]]:
    return list(value) if isinstance(value, list) else []


def _part(one: dict[str, str]) -> Part:
    return Part(**{**_tuples(one), "type": PartType(one["type"])})  # type: ignore[arg-type]


def _point(one: dict[str, str], law: str) -> Point:
    """Give a point in its own words, or in those of the law where it names one of its topics."""
    if "words" in one:
        return Point(**{**_tuples(one), "strength": Strength(one["strength"])})  # type: ignore[arg-type]
    item = next(topic for topic in TOPICS[law] if topic.key == one["id"])
    unsure = item.evidence is Evidence.UNVERIFIED
    return Point(
        item.key, item.title, _source(item), Strength.SHOULD if unsure else Strength.MUST,
        tuple(one["parts"]), of_law=True,
    )  # fmt: skip


def _source(item: Item) -> str:
    """Say where a topic stands, with its own number where it has one in Schedule 1."""
    number, letter = item.key[:-1], item.key[-1]
    place = f"{number}({letter})" if number.isdigit() and letter.isalpha() else item.key
    if item.provision == INFORMATION_REPORT:
        return f"SEND Regulations 2014, Schedule 1, paragraph {place}"
    return str(item.provision)


def _tuples(one: Mapping[str, object]) -> dict[str, object]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in one.items()}
