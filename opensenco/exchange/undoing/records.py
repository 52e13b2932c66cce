"""Attendance, results and the behaviour log: what a list brought is marked as brought in error."""

from abc import abstractmethod
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from opensenco.exchange.readers.record_values import plain
from opensenco.exchange.states import Deed
from opensenco.exchange.undoing.thing import Thing, Undoing, Verdict, who_changed
from opensenco.support.operations import records

EXACT = frozenset({"percent", "authorised_percent", "unauthorised_percent", "number"})


class _Facts(Thing):
    """Facts of other systems: what nobody has changed since goes back."""

    order = 5

    def judge(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """A fact that somebody has corrected or marked since stays."""
        for one in verdicts:
            if one.row.in_error:
                one.why.append(who_changed(one))
            elif one.trace.deed == Deed.MADE:
                if one.row.version > 1:
                    one.why.append(who_changed(one))
            else:
                _field_by_field(one)

    def take_back(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """Mark in error what was made, and give the rest its earlier values."""
        made = [one.row for one in verdicts if one.trace.deed == Deed.MADE and not one.kept]
        if made:
            self.mark(undoing, made)
        back = [one for one in verdicts if one.back]
        if back:
            values = [
                {each["field"]: exact(each["field"], each["before"]) for each in one.back}
                for one in back
            ]
            self.correct(undoing, [one.row for one in back], values)

    def mark(self, undoing: Undoing, rows: Sequence[Any]) -> None:
        """Mark rows as brought in error."""
        records.take_back_records(actor=undoing.actor, rows=rows, reason=undoing.reason)

    @abstractmethod
    def correct(
        self, undoing: Undoing, rows: Sequence[Any], values: Sequence[dict[str, Any]]
    ) -> None:
        """Give rows their earlier values."""


def _field_by_field(one: Verdict) -> None:
    """Let the values go back that stand as the list left them, all of them or none.

    Sessions and percentage belong together, as a number and its words do.
    """
    stands = all(
        held(getattr(one.row, each["field"])) == each["after"] for each in one.trace.changes
    )
    if stands:
        one.back.extend(one.trace.changes)
    else:
        one.why.append(who_changed(one))


def held(value: Any) -> Any:
    """Give a value of the record as a trace holds it."""
    if isinstance(value, date):
        return value.isoformat()
    return plain(value) if isinstance(value, Decimal) else value


def exact(name: str, value: Any) -> Any:
    """Give a value of a trace as the record holds it."""
    if name == "on":
        return date.fromisoformat(value)
    return Decimal(value) if name in EXACT and value is not None else value


class AttendanceSpans(_Facts):
    """Spans of attendance."""

    label = "support.Attendance"

    def correct(
        self, undoing: Undoing, rows: Sequence[Any], values: Sequence[dict[str, Any]]
    ) -> None:
        """Give spans their earlier figures."""
        records.correct_attendance(actor=undoing.actor, rows=rows, values=values)


class Results(_Facts):
    """Results of tests and assessments."""

    label = "support.AssessmentResult"

    def correct(
        self, undoing: Undoing, rows: Sequence[Any], values: Sequence[dict[str, Any]]
    ) -> None:
        """Give results their earlier values."""
        records.correct_results(actor=undoing.actor, rows=rows, values=values)


class Incidents(_Facts):
    """Entries of the behaviour log."""

    label = "support.Incident"

    def mark(self, undoing: Undoing, rows: Sequence[Any]) -> None:
        """Mark entries as brought in error."""
        records.take_back_incidents(actor=undoing.actor, rows=rows, reason=undoing.reason)

    def correct(
        self, undoing: Undoing, rows: Sequence[Any], values: Sequence[dict[str, Any]]
    ) -> None:
        """Give entries their earlier words."""
        records.correct_incidents(actor=undoing.actor, rows=rows, values=values)
