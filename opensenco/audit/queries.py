"""Who opened and who changed a child's record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from opensenco.access.actions import WORDS, Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.audit.models import Entry, Opening
from opensenco.kernel.clock import end_of_day
from opensenco.kernel.dates import ONE_DAY

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
    """Some lines, newest first, and how many there are in all."""

    lines: list[Line]
    total: int


@dataclass(frozen=True)
class Picked:
    """Which lines of an account are wanted; all of them where nothing is said.

    Args:
        who: the reference of a person. role: as it was called then.
        since, until: days, both with all of their lines.
        unusual: only what was refused, or opened outside a duty.
    """

    who: str = ""
    role: str = ""
    since: date | None = None
    until: date | None = None
    unusual: bool = False


def _logged(actor: Actor, pupils: Any, *, changes: bool) -> QuerySet[Any]:
    model: Any = Entry if changes else Opening
    found: QuerySet[Any] = visible(actor, Action.ACCESS_LOG_VIEW, model).filter(pupil__in=pupils)
    return found


def account_of(
    actor: Actor,
    pupils: Any,
    *,
    changes: bool,
    picked: Picked | None = None,
    start: int = 0,
    size: int = PAGE,
) -> Account:
    """Give who changed (or who opened) one pupil's record, newest first.

    Args:
        pupils: ids of the records of this pupil: one, or several that were made one.
        start, size: which rows; a list for a file takes all at once.
    """
    rows = _pick(_logged(actor, pupils, changes=changes), picked or Picked(), changes)
    some = rows.select_related("person").order_by("-at", "-id")[start : start + size]
    lines = [_change(row) if changes else _look(row) for row in some]
    return Account(lines, rows.count())


def _pick(rows: QuerySet[Any], picked: Picked, changes: bool) -> QuerySet[Any]:
    if picked.who:
        rows = rows.filter(person__ref=picked.who)
    if picked.role:
        rows = rows.filter(role=picked.role)
    if picked.since:
        rows = rows.filter(at__gt=end_of_day(picked.since - ONE_DAY))
    if picked.until:
        rows = rows.filter(at__lte=end_of_day(picked.until))
    if picked.unusual:
        unusual = Q(outcome=Entry.Outcome.REFUSED) if changes else Q(out_of_duty=True)
        rows = rows.filter(unusual)
    return rows


def who_is_logged(
    actor: Actor, pupils: Any, *, changes: bool
) -> tuple[list[tuple[str, str]], list[str]]:
    """Give who stands in an account (reference and name), and in which roles, to pick from."""
    rows = _logged(actor, pupils, changes=changes)
    people = rows.values_list("person__ref", "person__first_name", "person__last_name").distinct()
    named = {(str(ref), f"{first} {last}".strip()) for ref, first, last in people.order_by()}
    roles = rows.values_list("role", flat=True).order_by().distinct()
    return sorted(named, key=lambda one: (one[1], one[0])), sorted(set(roles))


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
