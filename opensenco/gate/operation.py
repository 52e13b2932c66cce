"""@operation: the one pen. Each verb of the trade is one function under it.

It asks the registry whether this person may do this to this row, runs in one transaction, names who
acts for the history, and writes one audit entry. Nothing else writes to the record.
"""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar, cast

from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may, may_all
from opensenco.audit.acting import as_actor
from opensenco.audit.books import books_of
from opensenco.audit.models import Entry
from opensenco.kernel.errors import DomainError, NotAllowed, NotPossible

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Pen:
    """What an operation says of itself; contract tests read the list."""

    action: Action
    on: str
    function: Callable[..., Any]

    @property
    def verb(self) -> str:
        """The verb of the trade: the function's own name."""
        return self.function.__name__


OPERATIONS: dict[str, Pen] = {}


class Refused(NotAllowed):
    """An operation was refused; the gate writes it to the audit after rolling back.

    Args:
        row: over what it was tried.
    """

    def __init__(self, action: Action, verb: str, row: object = None) -> None:
        super().__init__()
        self.action = action
        self.verb = verb
        self.row = row
        self.args = (action, verb, row)


def operation(action: Action, *, on: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an operation.

    Args:
        action: the verb that the acting person's role must have.
        on: name of the argument (a row, or a list of rows) over which they must have it; empty
            where nothing exists yet, and then having the verb at all is what counts.

    Raises:
        TypeError: the function takes positional arguments or no `actor`.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        parameters = inspect.signature(function).parameters
        if "actor" not in parameters or any(
            p.kind not in (p.KEYWORD_ONLY, p.VAR_KEYWORD) for p in parameters.values()
        ):
            raise TypeError(
                f"{function.__name__}: an operation is keyword-only and names its actor"
            )
        if on and on not in parameters:
            raise TypeError(f"{function.__name__}: there is no argument {on!r}")
        pen = Pen(action, on, function)
        OPERATIONS[f"{function.__module__}.{function.__qualname__}"] = pen

        @functools.wraps(function)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = cast("Actor", kwargs["actor"])
            try:
                with transaction.atomic(), as_actor(actor):
                    _check(actor, pen, kwargs.get(on) if on else None)
                    result = function(*args, **kwargs)
                    _settle_constraints()
                    _write_entries(actor, pen, kwargs.get(on), result, kwargs)
            except IntegrityError as error:
                # Never the database's own text: it holds values.
                raise NotPossible(
                    _("This clashes with what is already in the record. Check it and try again.")
                ) from error
            except DomainError as refused:
                if refused.noted:
                    _note(actor, pen, kwargs.get(on), refused)
                raise
            return result

        return wrapper

    return decorate


def _check(actor: Actor, pen: Pen, target: object) -> None:
    rows = target if isinstance(target, list | tuple) else [target] if target else []
    allowed = actor.can_somewhere(pen.action) and (
        may(actor, pen.action, cast("Model", rows[0]))
        if len(rows) == 1
        else may_all(actor, pen.action, cast("list[Model]", rows))
    )
    if not allowed or (pen.on and not rows):
        raise Refused(pen.action, pen.verb, rows[0] if rows else None)


def _settle_constraints() -> None:
    """Let deferred constraints speak here and not at the end of the page."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _pupil_id(thing: object) -> int | None:
    if isinstance(thing, Model) and thing._meta.label == "people.Pupil":
        return cast("int", thing.pk)
    return cast("int | None", getattr(thing, "pupil_id", None))


def _write_entries(
    actor: Actor, pen: Pen, target: object, result: object, arguments: dict[str, Any]
) -> None:
    entries = []
    for row in _told_of(target, result):
        candidates = (row, target, arguments.get("pupil"))
        pupil = next((i for c in candidates if (i := _pupil_id(c))), None)
        org = next(
            (i for c in (*candidates, arguments.get("org")) if (i := _org_id(c))),
            min(actor.hat.orgs, default=None),
        )
        if org is None:
            continue
        entries.append(_entry(actor, pen.action, pen.verb, org, pupil, row))
    with books_of(actor):
        Entry.objects.bulk_create(entries)


def _told_of(target: object, result: object) -> list[object]:
    """Give the rows that get an entry each: those it was done to, or those it made in a place.

    A row that stands in a list more than once gets one entry: a second would say the same.
    """
    if isinstance(target, list | tuple):
        return list(dict.fromkeys(target))
    if isinstance(result, list) and isinstance(target, Model) and _is_place(target):
        return list(result)
    return [result if isinstance(result, Model) else target]


def _is_place(thing: object) -> bool:
    return isinstance(thing, Model) and thing._meta.label == "access.Organisation"


def _org_id(thing: object) -> int | None:
    """Give whose row it is: of rows between two organisations, the one that made it."""
    if _is_place(thing):
        return cast("int", cast("Model", thing).pk)
    writer = getattr(getattr(thing, "tenancy", None), "writer", None)
    return cast("int | None", getattr(thing, writer or "org_id", None))


def told_under(row: object) -> Action | None:
    """Give the verb under which the books tell of a row, where that is narrower than the deed's.

    A row that only its own readers may know of says so itself; the books would tell others.
    """
    return cast("Action | None", getattr(row, "told_under", None))


def _entry(
    actor: Actor, action: Action, verb: str, org: int, pupil: int | None, row: object
) -> Entry:
    return Entry(
        org_id=org,
        at=actor.at,
        person=actor.person,
        role=actor.hat.name,
        action=(told_under(row) or action).value,
        verb=verb,
        pupil_id=pupil,
        thing=row._meta.label if isinstance(row, Model) else "",
        thing_ref=getattr(row, "ref", None),
    )


def _note(actor: Actor, pen: Pen, target: object, refused: DomainError) -> None:
    """Write that something was refused for what it held; nothing of it is repeated."""
    org = _org_id(target) or min(actor.hat.orgs)
    entry = _entry(actor, pen.action, pen.verb, org, _pupil_id(target), target)
    entry.action = (told_under(refused) or Action(entry.action)).value
    entry.outcome = Entry.Outcome.REFUSED
    with transaction.atomic(), books_of(actor):
        Entry.objects.bulk_create([entry])


def write_refusal(actor: Actor, refused: Refused) -> None:
    """Write that somebody tried what they may not. The caller opens a writing scope of its own.

    What they tried it on is named where it is their own organisation's; of others nothing is told.
    """
    if not actor.hat.orgs:
        return
    org, row = _org_id(refused.row), refused.row
    if org not in actor.hat.orgs:
        org, row = min(actor.hat.orgs), None
    entry = _entry(actor, refused.action, refused.verb, org, _pupil_id(row), row)
    entry.outcome = Entry.Outcome.REFUSED
    entry.save()
