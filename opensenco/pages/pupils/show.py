"""What the pupil's pages show, gathered from the domains."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.cases import explain
from opensenco.cases import queries as cases
from opensenco.kernel.dates import age_on
from opensenco.people import queries
from opensenco.provision import queries as provision
from opensenco.support import queries as support
from opensenco.support.queries import parents_met
from opensenco.threads import queries as threads
from opensenco.ui.things import Event

SHOWN_FACTS = 12


@dataclass(frozen=True)
class DateLine:
    """One date of the law, with what stands under it."""

    title: str
    on: date | None
    strength: str
    days_late: int
    why: list[tuple[str, str]]


@dataclass(frozen=True)
class PupilPage:
    """The pupil's page, as far as this person may see it. What they may not is left out."""

    pupil: Any
    age: int
    support: Any
    deliveries: list[Any]
    ended: list[Any]
    turns: list[Any]
    dates: list[DateLine]
    people: list[tuple[str, str]]
    alerts: list[Any]
    care: list[Any]
    contacts: list[Any]
    timeline: list[Event]
    more_facts: int
    met: Any
    unread: int
    may: dict[str, bool]


BUTTONS = {
    "edit": Action.PUPIL_EDIT,
    "contact": Action.CONTACT_EDIT,
    "care": Action.CARE_EDIT,
    "health": Action.HEALTH_EDIT,
    "history": Action.PUPIL_HISTORY,
    "account": Action.ACCESS_LOG_VIEW,
    "status": Action.STATUS_SET,
    "plan": Action.PLAN_VIEW,
    "profile": Action.PROFILE_EDIT,
    "voice": Action.PROFILE_VIEW,
    "provision": Action.PROVISION_ALLOCATE,
    "concern": Action.CONCERN_RAISE,
    "share": Action.PACK_SEND,
    "documents": Action.DOCUMENT_VIEW,
    "ask": Action.ASK_SEND,
    "meetings": Action.MEETING_VIEW,
    "contacts": Action.CONTACT_VIEW,
    "log": Action.CONTACT_LOG,
    "letters": Action.LETTER_WRITE,
    "time": Action.TIME_LOG,
    "thread": Action.THREAD_JOIN,
    "question": Action.SENCO_ASK,
    "answers": Action.SENCO_ANSWER,
}


def page_of(actor: Actor, row: Any, *, all_facts: bool = False) -> PupilPage:
    """Gather a pupil's page."""
    queries.attach_classes([row], actor.today)
    guest = actor.hat.role.guest
    facts = [] if guest else cases.timeline(row, actor)
    shown = facts if all_facts else facts[:SHOWN_FACTS]
    promised = provision.for_pupil(actor, row)
    return PupilPage(
        pupil=row,
        age=age_on(row.birth_date, actor.today),
        support=support.overview(actor, row),
        deliveries=[one for one in promised if _runs(one, actor.today)],
        ended=[one for one in promised if not _runs(one, actor.today)],
        turns=[] if guest else cases.about_pupil(actor, row),
        dates=[] if guest else [date_line(actor, one) for one in cases.dues(actor, pupil=row)[0]],
        people=[(adult.how, adult.name) for adult in queries.adults_of(row, actor.today)],
        alerts=queries.alerts_of(actor, row),
        care=queries.care_of(actor, row),
        contacts=queries.contacts_of(actor, row),
        timeline=[Event(fact.on, fact.words, fact.person.name) for fact in shown],
        more_facts=len(facts) - len(shown),
        met=None if guest else parents_met.of_pupil(actor, row),
        unread=threads.unread_about(actor, row),
        # whoever opens a pupil and has the verb has it for this pupil: no question is asked
        may={**buttons(actor, row), "records": actor.can_somewhere(Action.ASSESSMENT_VIEW)},
    )


def _runs(delivery: Any, day: date) -> bool:
    ends = delivery.allocation.ends
    return ends is None or ends >= day


def buttons(actor: Actor, row: Any) -> dict[str, bool]:
    """Tell which buttons this person gets: a verb that reaches the whole place needs no asking."""
    return {name: may(actor, action, row) for name, action in BUTTONS.items()}


def date_line(actor: Actor, row: Any) -> DateLine:
    """Give what the page shows of one date."""
    return DateLine(
        title=explain.title(row.due),
        on=row.due.on,
        strength=str(row.due.strength),
        days_late=row.state.days if row.state.late else 0,
        why=explain.why(row.due, actor),
    )


@dataclass(frozen=True)
class Then:
    """A pupil's record at the end of a day."""

    day: date
    pupil: Any
    contacts: list[Any]
    support: Any
    deliveries: list[Any]


def as_it_stood(actor: Actor, pupil: Any, day: date) -> Then | None:
    """Gather the record as it stood; None where the pupil was not on it yet."""
    row = queries.as_stood(actor, pupil, day)
    if row is None:
        return None
    return Then(
        day,
        row,
        queries.contacts_as_stood(actor, pupil, day),
        support.as_of(actor, pupil, day),
        provision.as_stood(actor, pupil, day),
    )


def beside(actor: Actor, pupil: Any, then: Then | None) -> list[Then]:
    """Gather the other records of the pupil that stood on that day and were made one since."""
    if then is None:
        return []
    others = queries.one_with(pupil, then.day)
    return [found for one in others if (found := as_it_stood(actor, one, then.day)) is not None]
