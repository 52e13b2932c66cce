"""What taking an applied list back would do, in words."""

from dataclasses import dataclass
from typing import Any

from opensenco.access.actor import Actor
from opensenco.exchange import queries
from opensenco.exchange.kinds.known import kind_of
from opensenco.exchange.operations import undoing
from opensenco.exchange.sentences import said
from opensenco.exchange.states import State
from opensenco.kernel.errors import NotPossible
from opensenco.pages.imports.show import Line

MOST_SHOWN = 200


@dataclass(frozen=True)
class Taking:
    """A list that can be taken back: how many rows go back, and which of them stay in part."""

    row: Any
    back: int
    stay: int
    kept: list[Line]


def prospect(actor: Actor, row: Any) -> Taking | None:
    """Give what taking a file back would do; None where it cannot be taken back."""
    if row.state != State.APPLIED:
        return None
    try:
        found = undoing.prospect(actor, row)
    except NotPossible:
        return None
    why = found.why()
    kind = kind_of(row.kind)
    shown = queries.rows_by_id(row, list(why)[:MOST_SHOWN])
    kept = [
        Line(one.line, kind.called(one.values), reasons=[said(each) for each in why[one.pk]])
        for one in shown
    ]
    return Taking(row, len(found.rows() - why.keys()), len(why), kept)
