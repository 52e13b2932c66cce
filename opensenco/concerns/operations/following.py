"""What a concern led to goes on: a programme is measured, a request sent, a plan agreed."""

import uuid
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.audit.acting import acting
from opensenco.cases.remaking import remake_dues
from opensenco.concerns.days import SETTABLE
from opensenco.concerns.models import Concern, OwnDays, Programme
from opensenco.concerns.operations import after
from opensenco.concerns.said import needed
from opensenco.concerns.states import ConcernState
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.law.parameters import Origin, Overlay, check_overlay
from opensenco.people.models import Pupil

#: how long before the authority must have answered a request, in days, somebody looks
ANSWERED_WITHIN = 42


@operation(Action.CONCERN_CARRY, on="concern")
def begin_programme(
    *,
    actor: Actor,
    concern: Concern,
    allocation: uuid.UUID,
    name: str,
    measure: str,
    entry: str,
    until: date | None,
) -> Programme:
    """Say that a provision was given because of a concern, and where the pupil is before it.

    Whoever looks after the concern measures again on its last day.

    Args:
        allocation: the reference of what was given. name: what that is called.
        measure: what tells whether it helped. entry: where the pupil is now.
        until: the last day that was agreed; a short programme has one.

    Raises:
        Invalid: nothing is measured, or it has no end.
        NotPossible: the concern did not end in a short intervention.
    """
    if concern.in_error or concern.state != ConcernState.SHORT_INTERVENTION:
        raise NotPossible(_("This concern was not decided to end in a short intervention."))
    if until is None:
        raise Invalid("ends", _("A short programme has a last day."))
    row = Programme(
        org_id=concern.org_id,
        pupil=concern.pupil,
        concern=concern,
        allocation=allocation,
        measure=needed("measure", measure, _("Say what is measured, before and after.")),
        entry=needed("entry", entry, _("Say where the pupil is now, before it begins.")),
        begun_on=actor.today,
        begun_by=actor.person,
        until=until,
    )
    row.save()
    if concern.until != until:
        change(concern, version=None, until=until)
    after.wait_for_owner(actor, concern)
    words = _("A short programme begins: %(name)s, until %(until)s. Before it: %(entry)s") % {
        "name": name, "until": after.in_words(until), "entry": row.entry,
    }  # fmt: skip
    after.note(actor, concern, "concern.programme", words)
    return row


@operation(Action.CONCERN_CARRY, on="concern")
def end_programme(
    *,
    actor: Actor,
    concern: Concern,
    programme: Programme,
    version: int | None,
    exit: str,
    words: str = "",
) -> Programme:
    """Write down where the pupil is after a short programme. What follows is decided after that.

    Raises:
        Invalid: nothing was measured.
        NotPossible: it was measured already, or belongs to another concern.
        Stale: somebody else changed it in between.
    """
    if programme.concern_id != concern.pk or concern.in_error:
        raise NotPossible(_("This programme belongs to another concern."))
    if programme.ended_on is not None:
        raise NotPossible(_("This was measured again already."))
    change(
        programme,
        version=version,
        exit=needed("exit", exit, _("Say where the pupil is now, after it.")),
        words=words.strip(),
        ended_on=actor.today,
        ended_by=actor.person,
    )
    told = _("After the short programme: %(exit)s. Before it: %(entry)s") % {
        "exit": programme.exit, "entry": programme.entry,
    }  # fmt: skip
    after.note(actor, concern, "concern.measured", told)
    return programme


def given_until(actor: Actor, ends: Mapping[uuid.UUID, date]) -> None:
    """Say of what was given that it ends on a day: a short programme that is it ends with it.

    Called inside the operations that end a provision, which stand above. One that ends later than
    was agreed is measured on the day that was agreed.

    Args:
        ends: by the reference of what was given, its last day.
    """
    acting()
    rows = Programme.objects.filter(allocation__in=list(ends), ended_on__isnull=True)
    for row in rows.select_related("concern__pupil", "concern__org").order_by("id"):
        last, concern = max(ends[row.allocation], row.begun_on), row.concern
        if last >= row.until:
            continue
        change(row, version=None, until=last)
        if concern.in_error or concern.state != ConcernState.SHORT_INTERVENTION:
            continue
        change(concern, version=None, until=last)
        after.wait_for_owner(actor, concern)
        words = _("The short programme ends earlier than was agreed: on %(until)s")
        after.note(actor, concern, "concern.programme", words % {"until": after.in_words(last)})


@operation(Action.CONCERN_CARRY, on="concern")
def say_request_sent(
    *, actor: Actor, concern: Concern, version: int | None, sent_on: date | None
) -> Concern:
    """Say on which day a request for an EHC needs assessment was sent to the authority.

    Raises:
        Invalid: no day, one to come, or one before the concern.
        NotPossible: the concern does not stand there.
        Stale: somebody else changed it in between.
    """
    if concern.in_error or concern.state != ConcernState.EHC_REQUEST:
        raise NotPossible(_("This cannot be done with the concern as it stands now."))
    if sent_on is None or not concern.raised_on <= sent_on <= actor.today:
        raise Invalid("sent_on", _("Give the day on which it was sent, today at the latest."))
    look = date.fromordinal(sent_on.toordinal() + ANSWERED_WITHIN)
    change(concern, version=version, request_sent_on=sent_on, until=look)
    after.wait_for_owner(actor, concern)
    words = _("%(who)s asked the authority for an EHC needs assessment; sent on %(on)s.") % {
        "who": actor.person.name, "on": after.in_words(sent_on),
    }  # fmt: skip
    after.note(actor, concern, "concern.request_sent", words)
    after.answer(actor, concern, words)
    return concern


def plan_was_agreed(actor: Actor, pupil: Pupil, on: date) -> None:
    """Say of the concerns that led to SEN support that the first plan was agreed.

    Called inside the operation that agrees a plan, which stands above.
    """
    acting()
    rows = Concern.objects.filter(
        pupil=pupil, outcome=ConcernState.SEN_SUPPORT, planned_on__isnull=True,
        raised_on__lte=on, in_error_at__isnull=True,
    ).select_related("pupil", "org")  # fmt: skip
    for row in rows.order_by("id"):
        change(row, version=None, planned_on=on)
        after.keep_dues(actor, row)


@operation(Action.SETTING_EDIT, on="org")
def set_own_days(
    *, actor: Actor, org: Organisation, name: str, days: int, first: date, because: str
) -> OwnDays:
    """Set how many school days this place gives itself, from a day on. Open dates are counted anew.

    Args:
        name: "reply" or "first_plan", as in `days.SETTABLE`.
        because: where it is decided, such as a policy and its date.

    Raises:
        Invalid: a number that cannot be, or no source.
    """
    key = SETTABLE[name].key
    why = " ".join(because.split())[:200]
    check_overlay(Overlay(key, first, None, days, why, Origin.SCHOOL))
    row = OwnDays(
        org=org, which=key, days=days, first=first, because=why, person=actor.person, at=actor.at
    )
    row.save()
    remake_dues(actor, org)
    return row
