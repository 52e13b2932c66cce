"""A plan to print, and a reader of what was printed."""

import dataclasses
import datetime as dt
import io
import itertools
import types
import typing
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from opensenco.documents.pdf.plan import (
    Agreement,
    Outcome,
    PlanPaper,
    Provision,
    Result,
    Review,
    Said,
    Voice,
    plan_pdf,
)

REVIEW_BY = dt.date(2026, 12, 11)

LANGUAGE_GROUP = Provision(
    what="Language group",
    who="Jo Birkett",
    how_often="3 times a week",
    minutes=20,
    group="1 to 4",
    starts=dt.date(2026, 9, 14),
    until=REVIEW_BY,
)

TELLS_A_STORY = Outcome(
    text="Tells a short event in order so that a friend can follow it.",
    baseline="2 of 6 steps",
    target="5 of 6 steps",
    by=REVIEW_BY,
    measured="Retelling a picture story, once a fortnight",
    provision=(LANGUAGE_GROUP,),
    result=Result(
        reached="Most of it",
        latest="4 of 6 steps",
        voices=(Said(who="Leila Hassan, mother", words="I hear it at home too."),),
        next_step="Carry over",
    ),
)

BARE = PlanPaper(
    school="Larkrise Primary School",
    coordinator_word="SENDCo",
    plan_name="Support plan",
    pupil="Idris Hassan-Cole",
    called="Idris",
    cycle=3,
    version=5,
    printed_on=dt.date(2026, 11, 23),
    printed_by="Amara Okafor",
)

FULL = dataclasses.replace(
    BARE,
    coordinator="Amara Okafor",
    class_name="4R",
    born=dt.date(2018, 3, 4),
    started=dt.date(2026, 9, 14),
    review_by=REVIEW_BY,
    voice=Voice(
        good_at="I am good at drawing maps.",
        matters="My bus pass.",
        helps="Show me first.",
        hinders="Everyone looking at me.",
        said_on=dt.date(2026, 10, 12),
        said_with="Jo Birkett",
    ),
    strengths="Remembers routes for weeks.",
    needs=("Telling what happened", "Common words at sight"),
    found="Retells 2 of 6 steps of a picture story. [1]",
    sources=("Report of the psychologist, 3 October 2026.",),
    outcomes=(TELLS_A_STORY, Outcome(text="Reads 60 of the first 100 words at sight.")),
    strategies=("Ten seconds to think", "One instruction at a time"),
    parents_said="He talks more since the group began.",
    at_home="Reads five words on the bus.",
    agreed=(Agreement(who="Leila Hassan, mother", on=dt.date(2026, 10, 9), how="By letter"),),
    review=Review(
        held_on=dt.date(2026, 12, 9),
        voices=(Said(who="Idris", words="I like the group."),),
        next_step="Cycle 4 begins in January.",
    ),
)


def sample(kind: typing.Any, numbers: Iterator[int] | None = None) -> typing.Any:
    """A value of this type in which every text, number and date is one of its own."""
    numbers = numbers or itertools.count(101)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{name: sample(hint, numbers) for name, hint in hints.items()})
    if typing.get_origin(kind) is tuple:
        return tuple(sample(typing.get_args(kind)[0], numbers) for _ in range(2))
    if isinstance(kind, types.UnionType):
        return sample(typing.get_args(kind)[0], numbers)
    if kind is str:
        return f"word{next(numbers)}x"
    if kind is int:
        return next(numbers)
    assert kind is dt.date, kind
    return dt.date(2020, 1, 1) + dt.timedelta(days=next(numbers))


def leaves(value: typing.Any) -> Iterator[str | int | dt.date]:
    """Every text, number and date inside a paper."""
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from leaves(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from leaves(one)
    elif value is not None:
        yield value


class Printed:
    """A PDF as a reader, a search and a screen reader meet it."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        self.reader = PdfReader(io.BytesIO(pdf))
        self.root: typing.Any = self.reader.trailer["/Root"]

    @property
    def pages(self) -> list[str]:
        """The text of each page, its lines joined."""
        return [" ".join(page.extract_text().split()) for page in self.reader.pages]

    @property
    def text(self) -> str:
        """All text, its lines joined."""
        return " ".join(self.pages)

    @property
    def elements(self) -> list[typing.Any]:
        """Every structure element in reading order, with its depth left out."""
        return list(_below(self.root["/StructTreeRoot"].get_object()))

    @property
    def tags(self) -> list[str]:
        """The kinds of the structure elements in reading order: H1, P, Table."""
        return [element["/S"].removeprefix("/") for element in self.elements]

    @property
    def headings(self) -> list[tuple[str, str]]:
        """Kind and words of each heading: ("H2", "Strengths")."""
        pairs = zip(self.tags, self.elements, strict=True)
        return [(tag, str(one["/T"])) for tag, one in pairs if tag in ("H1", "H2", "H3", "H4")]


def _below(element: typing.Any) -> Iterator[typing.Any]:
    if "/S" in element:
        yield element
    children = element.get("/K", [])
    children = children.get_object() if hasattr(children, "get_object") else children
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object()
        if isinstance(child, DictionaryObject) and ("/S" in child or "/K" in child):
            yield from _below(child)


def printed(paper: PlanPaper) -> Printed:
    """The paper, set and opened again."""
    return Printed(plan_pdf(paper))
