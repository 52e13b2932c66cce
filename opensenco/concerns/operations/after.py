"""What every step of a concern leaves behind: its dates, its one task, a fact, and an answer."""

from dataclasses import replace
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.cases import spine
from opensenco.cases.calendar import calendar_of
from opensenco.concerns.days import own_days
from opensenco.concerns.models import Concern
from opensenco.concerns.policy import may_set_status
from opensenco.concerns.said import quoted
from opensenco.concerns.states import ConcernState, Verb, allows
from opensenco.kernel.errors import NotPossible, Stale
from opensenco.kernel.words import sentence
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.due import Due, due_by
from opensenco.law.rulebook.identification import IDN_12
from opensenco.law.strength import Strength
from opensenco.law.timetables.concern import FIRST_PLAN, REPLY, TITLES, ConcernFacts, timetable

#: what waits for whoever decides about a new concern
TRIAGE = "concern.triage"


def in_words(day: date) -> str:
    """Give a day as facts and notices say it."""
    return date_format(day, "j F Y")


def check(concern: Concern, verb: Verb, version: int | None) -> None:
    """Refuse a verb that the concern cannot take as it stands.

    Raises:
        Stale: somebody changed it since the writer read it; told before anything else, so that the
            writer sees what the other one wrote.
        NotPossible: it is in another stage, or was made in error.
    """
    if version is not None and version != concern.version:
        raise Stale
    if concern.in_error or not allows(concern.state, verb):
        raise NotPossible(_("This cannot be done with the concern as it stands now."))


def reply_dues(concern: Concern) -> tuple[Due, ...]:
    """Give the reply date of the law with its reasons, and what to know about the calendar."""
    days = calendar_of(concern.org_id, concern.raised_on)
    facts = ConcernFacts(
        raised=concern.raised_on,
        replied=concern.replied_on,
        supported=concern.outcome == ConcernState.SEN_SUPPORT,
        planned=concern.planned_on,
    )
    try:
        dues = timetable(facts=facts, calendar=days.calendar, parameters=own_days(concern.org_id))
    except CalendarNotCovered as missing:
        # A worry is never refused for want of a calendar: the step stands without a day.
        dues = undated(facts, missing)
    return tuple(replace(due, reasons=(*due.reasons, *days.remarks(due.on))) for due in dues)


def undated(facts: ConcernFacts, missing: CalendarNotCovered) -> tuple[Due, ...]:
    """Give the steps where no calendar reaches their days."""
    steps = [(REPLY, TITLES[REPLY], facts.replied)]
    if facts.supported:
        steps.append((FIRST_PLAN, TITLES[FIRST_PLAN], facts.planned))
    return tuple(
        due_by(
            IDN_12,
            step=step,
            title=title,
            on=None,
            strength=Strength.PRACTICE,
            reasons=(sentence("{why}", why=missing.sentence),),
            done_on=done,
        )
        for step, title, done in steps
    )


def keep_dues(actor: Actor, concern: Concern) -> date | None:
    """Keep the dates that the law makes of this concern; gives the reply date."""
    dues = () if concern.in_error else reply_dues(concern)
    spine.replace_due_dates(
        actor=actor,
        pupil=concern.pupil,
        source=concern,
        dues=dues,
        reader=Action.CONCERN_VIEW,
    )
    return dues[0].on if dues else None


def count_again(actor: Actor, concern: Concern) -> None:
    """Make the reply date again after the calendar changed, and the day by which it is decided."""
    reply_on = keep_dues(actor, concern)
    if concern.state == ConcernState.RAISED and not concern.in_error:
        spine.move_task(source=concern, kind=TRIAGE, due=reply_on)


def hand_over(
    actor: Actor,
    concern: Concern,
    kind: str,
    words: str,
    *,
    to: Person | None,
    since: date | None = None,
    due: date | None = None,
) -> None:
    """Settle what waited for this concern, and say what waits now.

    Args:
        to: whose turn it is; None for whoever decides about concerns.
        since: the day from which it waits, where that is not today.
    """
    spine.settle_task(actor=actor, source=concern)
    spine.open_task(
        actor=actor,
        org=concern.org,
        kind=kind,
        words=words,
        source=concern,
        pupil=concern.pupil,
        person=to,
        role_action=None if to else Action.CONCERN_TRIAGE,
        since=since,
        due=due,
        reader=Action.CONCERN_VIEW,
    )


def note(actor: Actor, concern: Concern, kind: str, words: str) -> None:
    """Put a fact on the timeline, for whoever reads concerns."""
    spine.add_fact(
        actor=actor,
        pupil=concern.pupil,
        kind=kind,
        on=actor.today,
        words=words,
        source=concern,
        reader=Action.CONCERN_VIEW,
    )


def answer(actor: Actor, concern: Concern, words: str) -> None:
    """Tell the one who raised the concern, unless they did it themselves."""
    if concern.raised_by_id != actor.person.pk:
        tell(actor, concern, concern.raised_by, words)


def tell(actor: Actor, concern: Concern, person: Person, words: str) -> None:
    """Tell one person about a concern."""
    spine.tell(
        actor=actor,
        org=concern.org,
        words=words,
        pupil=concern.pupil,
        person=person,
        source=concern,
    )


def wait_for_owner(actor: Actor, concern: Concern) -> None:
    """Say what its owner has to do now, or on the day to look again; tell an owner who is new."""
    owner = concern.owner
    if owner is None:
        spine.settle_task(actor=actor, source=concern)
        return
    kind, template = TURNS[ConcernState(concern.state)]
    words = str(template) % {"words": quoted(concern.noticed, 80)}
    # a teacher looks after the child; a status is set by whoever decides
    starts = concern.state == ConcernState.SEN_SUPPORT
    able = not starts or may_set_status(owner, concern, actor.today)
    hand_over(actor, concern, kind, words, to=owner if able else None, since=concern.until)
    if owner.pk != actor.person.pk:
        told = _("%(who)s asks you to look after a concern.")
        tell(actor, concern, owner, told % {"who": actor.person.name})


#: what the owner does in each state, and its kind
TURNS: dict[ConcernState, tuple[str, Promise]] = {
    ConcernState.WITH_TEACHER: (
        "concern.take_up",
        gettext_lazy("Say what you will try in class. The concern: “%(words)s”"),
    ),
    ConcernState.TRYING: (
        "concern.look_again",
        gettext_lazy("Look again: did it help in class? The concern: “%(words)s”"),
    ),
    ConcernState.MONITOR: (
        "concern.look_again",
        gettext_lazy("Look again: has it changed? The concern: “%(words)s”"),
    ),
    ConcernState.SHORT_INTERVENTION: (
        "concern.look_again",
        gettext_lazy("Look again: did the short intervention help? The concern: “%(words)s”"),
    ),
    ConcernState.SEN_SUPPORT: (
        "concern.start_support",
        gettext_lazy("Start SEN support and tell the parents. The concern: “%(words)s”"),
    ),
    ConcernState.REFERRAL: (
        "concern.refer",
        gettext_lazy("Refer to a service, with the parents. The concern: “%(words)s”"),
    ),
    ConcernState.EHC_REQUEST: (
        "concern.request",
        gettext_lazy("Ask the authority for an EHC needs assessment. The concern: “%(words)s”"),
    ),
}
