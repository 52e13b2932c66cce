"""Who opened and who changed a child's record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opensenco.access.actions import WORDS, Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.audit.models import Entry, Opening

PAGE = 50


@dataclass(frozen=True)
class Line:
    """One look or one change."""

    at: datetime
    who: str
    role: str
    what: str
    changed: bool
    refused: bool = False
    out_of_duty: bool = False
    #: a file was handed out, and not only looked at where it is described
    saved: bool = False


@dataclass(frozen=True)
class Account:
    """A page of lines, newest first, and whether there are more."""

    lines: list[Line]
    more: bool


def account_of(
    actor: Actor, pupils: Any, *, changes: bool, page: int = 1, size: int = PAGE
) -> Account:
    """Give who changed (or who opened) one pupil's record, newest first: 50 at a time.

    Args:
        pupils: ids of the records of this pupil: one, or several that were made one.
        page: from 1. size: rows on a page; a list for a file takes all at once.
    """
    start = (max(page, 1) - 1) * size
    span = slice(start, start + size + 1)
    looks = visible(actor, Action.ACCESS_LOG_VIEW, Opening).filter(pupil__in=pupils)
    entries = visible(actor, Action.ACCESS_LOG_VIEW, Entry).filter(pupil__in=pupils)
    if changes:
        rows = entries.select_related("person").order_by("-at", "-id")[span]
        lines = [_change(row) for row in rows]
    else:
        lines = [_look(row) for row in looks.select_related("person").order_by("-at", "-id")[span]]
    return Account(lines[:size], len(lines) > size)


def _change(row: Entry) -> Line:
    refused = row.outcome == Entry.Outcome.REFUSED
    return Line(
        row.at, row.person.name, row.role, _in_words(row.action), changed=True, refused=refused
    )


def _in_words(action: str) -> str:
    """Say what a role's verb is in plain words; one that no role has any more stays as it was."""
    try:
        return str(WORDS[Action(action)])
    except ValueError:
        return action


def _look(row: Opening) -> Line:
    return Line(
        row.at,
        row.person.name,
        row.role,
        _in_words(row.action),
        changed=False,
        out_of_duty=row.out_of_duty,
        saved=row.kind == Opening.Kind.DOCUMENT,
    )


def looks_at(records: Iterable[int], wanted: str, most: int = PAGE) -> list[Line]:
    """Give who opened one paper of a pupil, newest first.

    The paper has been found for whoever answers for it.

    Args:
        records: the ids of the pupil's record and of those that were made one with it.
        wanted: its reference, as the page that showed it told the log.
    """
    rows = Opening.objects.filter(pupil_id__in=list(records), wanted=wanted).select_related(
        "person"
    )
    return [_look(row) for row in rows.order_by("-at", "-id")[:most]]
