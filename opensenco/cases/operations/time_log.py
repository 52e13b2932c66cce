"""Recording one's own working time, and putting it right."""

import uuid
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.cases import time_log
from opensenco.cases.models import TimeEntry
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil

MOST_REASON = 300


@operation(Action.TIME_LOG, on="org")
def record_time(
    *,
    actor: Actor,
    org: Organisation,
    work: str,
    minutes: int,
    on: date,
    pupil: Pupil | None = None,
    words: str = "",
) -> TimeEntry:
    """Record minutes that one put into a kind of work, for a pupil or for nobody in particular.

    Raises:
        Invalid: a number, day or kind of work that cannot be.
    """
    values = time_log.checked(actor, on=on, work=work, minutes=minutes, words=words)
    row = TimeEntry(org=org, person=actor.person, pupil=pupil, at=actor.at, **values)
    row.save()
    return row


@operation(Action.TIME_LOG, on="org")
def say_how_long(*, actor: Actor, org: Organisation, source: uuid.UUID, minutes: int) -> TimeEntry:
    """Say how long something took that the record knows one did: it is then counted, once.

    Raises:
        Invalid: a number that cannot be.
        NotPossible: it has been timed already, or was not one's own.
    """
    found = next((one for one in time_log.hints(actor) if one.source_ref == source), None)
    if found is None:
        raise NotPossible(_("This has been counted already."))
    values = time_log.checked(
        actor, on=found.on, work=found.work, minutes=minutes, words=found.words
    )
    row = TimeEntry(
        org=org, person=actor.person, pupil=found.pupils[0] if found.pupils else None,
        source_label=found.source_label, source_ref=found.source_ref, at=actor.at, **values,
    )  # fmt: skip
    row.save()
    return row


@operation(Action.TIME_LOG, on="entry")
def correct_time(
    *,
    actor: Actor,
    entry: TimeEntry,
    work: str,
    minutes: int,
    on: date,
    words: str,
    version: int | None,
) -> TimeEntry:
    """Put one's own entry right; what stood before stays in its history.

    Raises:
        Invalid: a value that cannot be.
        NotPossible: it was recorded in error.
        Stale: it was changed in between, in another window.
    """
    if entry.in_error:
        raise NotPossible(_("This entry is marked as recorded in error."))
    values = time_log.checked(actor, on=on, work=work, minutes=minutes, words=words)
    return change(entry, version=version, **values)


@operation(Action.TIME_LOG, on="entry")
def time_in_error(*, actor: Actor, entry: TimeEntry, reason: str, version: int | None) -> TimeEntry:
    """Mark one's own entry as recorded in error: it stays and counts nowhere.

    Raises:
        Invalid: no reason.
        NotPossible: it is marked already.
        Stale: it was changed in between.
    """
    why = reason.strip()
    if not why or len(why) > MOST_REASON:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    if entry.in_error:
        raise NotPossible(_("This entry is marked as recorded in error."))
    return change(
        entry, version=version, in_error_at=actor.at, in_error_by=actor.person, in_error_reason=why
    )
