"""Numbers of rows that stand inside a value, where no key is: out as references, in as numbers.

A row's number means something in one installation alone. A few records keep numbers all the same,
because they tell how to take back what was done to many rows. Which they are stands here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from django.apps import apps
from django.db import models

Row = dict[str, Any]
#: a change of a list that was laid beside the record names rows to whoever applies it, and nobody
#: reads those names later
WORKING = ("of", "held", "person")
DEED, JOINING = "people.TurnDeed", "people.Joining"
#: told of rows of every kind, so they come in when all of those are there
LAST = (DEED, JOINING)


class Names(Protocol):
    """What is asked for the other name of a row: by numbers for references, or the other way."""

    def known(self, label: str, wanted: Iterable[Any]) -> dict[Any, Any]:
        """Give the other names of rows of one model."""

    def up_to(self, label: str, mark: Any) -> Any:
        """Give the other name of the last row that a mark counts; `nothing` where it is none."""

    def goes(self, label: str) -> bool:
        """Tell whether rows of a model stand in the file."""

    @property
    def nothing(self) -> int | None:
        """What stands for no row at all."""


def _values(names: Names, label: str, values: Row) -> Row:
    """Give values by field with the keys among them named the other way."""
    model, found = apps.get_model(label), {}
    for name, value in values.items():
        field = _field(model, name)
        if value is not None and field is not None and field.is_relation:
            key: Any = field.related_model
            value = names.known(key._meta.label, [value]).get(value)
        found[name] = value
    return found


def _field(model: type[models.Model], name: str) -> Any:
    fields: Iterable[Any] = model._meta.concrete_fields
    return next((one for one in fields if name in (one.name, one.attname)), None)


def _deeds(names: Names, rows: list[Row]) -> None:
    wanted: dict[str, set[Any]] = defaultdict(set)
    for row in rows:
        wanted[row["thing"]].add(row["thing_id"])
    known = {label: names.known(label, some) for label, some in wanted.items()}
    for row in rows:
        row["thing_id"] = known[row["thing"]].get(row["thing_id"], names.nothing)
        for name in ("before", "after"):
            row[name] = _values(names, row["thing"], row[name])


def _joinings(names: Names, rows: list[Row]) -> None:
    for row in rows:
        row["moved"] = {
            label: list(names.known(label, some).values()) for label, some in row["moved"].items()
        }
        row["changed"] = [
            {
                "label": one["label"],
                "id": number,
                "before": _values(names, one["label"], one["before"]),
                "after": _values(names, one["label"], one["after"]),
            }
            for one in row["changed"]
            if (number := names.known(one["label"], [one["id"]]).get(one["id"]))
        ]
        row["marks"] = {
            label: names.up_to(label, one)
            for label, one in row["marks"].items()
            if names.goes(label)
        }


def _without_working(names: Names, rows: list[Row]) -> None:
    for row in rows:
        row["changes"] = [
            {name: value for name, value in one.items() if name not in WORKING}
            for one in row["changes"]
        ]


INSIDE: dict[str, Callable[[Names, list[Row]], None]] = {
    DEED: _deeds,
    JOINING: _joinings,
    "exchange.ImportRow": _without_working,
    "exchange.Trace": _without_working,
}
#: fields that hold parts and no number of a row; a contract test refuses one that is in neither
NO_NUMBERS = frozenset(
    {
        "access.LocalRole.combines", "access.LocalRole.without", "people.Joining.choices",
        "people.YearTurn.ways", "people.YearTurn.teachers", "people.YearTurn.runs_on",
        "documents.StoredFile.warnings", "cases.DueDate.data", "cases.PublishedYear.days",
        "participation.Asked.answers", "participation.QuestionVersion.use_at",
        "participation.QuestionVersion.questions", "meetings.Meeting.agenda",
        "threads.SencoQuestion.strategies", "threads.Advice.strategies",
        "concerns.Observation.labels", "concerns.Observation.samples",
        "concerns.Observation.asked",
        "support.SenStatus.grounds", "support.PlanVersion.words",
        "network.Pack.content", "network.Pack.facts",
        "support.NeedRating.answers", "provision.Decision.known",
        "staffing.Shortfall.weeks",
        "network.Release.figures", "network.Prepared.parts", "network.Prepared.content",
        "network.Prepared.facts", "network.PackEdition.content", "network.PackEdition.left_out",
        "network.PackEdition.annexes", "letters.Mailing.given", "letters.MailingLetter.missing",
        "reports.Report.fixed", "reports.ReportEdition.content", "exchange.FileImport.columns",
        "exchange.FileImport.header", "exchange.FileImport.reading", "exchange.FileImport.answers",
        "exchange.FileImport.stopped", "exchange.ImportRow.reasons", "exchange.ImportRow.values",
        "exchange.ImportRow.faults", "exchange.ImportRow.notes", "exchange.ImportRow.cells",
        "exchange.Trace.why", "exchange.Mapping.columns", "exchange.Mapping.reading",
        "protection.Disposal.counts", "protection.Disposal.left", "documents.GonePaper.versions",
        "protection.PaperDisposal.papers", "protection.PaperDisposal.kinds",
        "protection.PaperDisposal.left",
        "protection.GatheredItem.content", "protection.GatheredItem.marks",
        "protection.GatheredItem.hidden", "protection.RequestPackage.withheld",
        "exchange.Succession.was", "exchange.Succession.became", "handover.HandOverPupil.content",
    }
)  # fmt: skip
#: fields whose numbers `INSIDE` takes care of
NUMBERED = frozenset(
    {
        "people.TurnDeed.thing_id", "people.TurnDeed.before", "people.TurnDeed.after",
        "people.Joining.moved", "people.Joining.changed", "people.Joining.marks",
        "exchange.ImportRow.changes", "exchange.Trace.changes",
    }
)  # fmt: skip
