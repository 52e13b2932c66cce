"""What the pupil's pages show, gathered from the domains."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may_each
from opensenco.cases import explain, seen
from opensenco.cases import queries as cases
from opensenco.cases.dues import dues
from opensenco.cases.seen_details import details
from opensenco.kernel.dates import age_on
from opensenco.people import queries
from opensenco.provision import queries as provision
from opensenco.support import queries as support
from opensenco.support.queries import own_fields, parents_met
from opensenco.threads import queries as threads
from opensenco.ui.things import Event
from opensenco.ui.ways import read_at

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
class NewLine:
    """One change: when, in which words, by whom, and where it is read; empty for nowhere."""

    at: datetime
    words: str
    who: str
    url: str = ""


@dataclass(frozen=True)
class News:
    """What changed in this record since this person last looked.

    Args:
        looked: when that was.
        lines: what stands on the timeline, newest first, and then changes of details.
        messages: how many of the messages they have not read are new. unread: how many in all.
    """

    looked: seen.Looked
    lines: list[NewLine]
    messages: int
    unread: int

    def __bool__(self) -> bool:
        return bool(self.lines or self.messages)

    @property
    def until(self) -> str:
        """The moment of the newest change, for saying that one has seen it; empty for none."""
        return max(one.at for one in self.lines).isoformat() if self.lines else ""


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
    own: Any
    news: News | None
    may: dict[str, bool]


BUTTONS = {
    "edit": Action.PUPIL_EDIT,
    "contact": Action.CONTACT_EDIT,
    "care": Action.CARE_EDIT,
    "health": Action.HEALTH_EDIT,
    "history": Action.PUPIL_HISTORY,
    "account": Action.ACCESS_LOG_VIEW,
    "requests": Action.REQUEST_HANDLE,
    "status": Action.STATUS_SET,
    "plan": Action.PLAN_VIEW,
    "profile": Action.PROFILE_EDIT,
    "voice": Action.PROFILE_VIEW,
    "provision": Action.PROVISION_ALLOCATE,
    "concern": Action.CONCERN_RAISE,
    "observe": Action.OBSERVE,
    "diagnoses": Action.HEALTH_VIEW,
    "share": Action.PACK_SEND,
    "gather": Action.PACK_GATHER,
    "documents": Action.DOCUMENT_VIEW,
    "ask": Action.ASK_SEND,
    "meetings": Action.MEETING_VIEW,
    "contacts": Action.CONTACT_VIEW,
    "log": Action.CONTACT_LOG,
    "letters": Action.LETTER_WRITE,
    "time": Action.TIME_LOG,
    "costs": Action.COST_VIEW,
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
        dates=[] if guest else [date_line(actor, one) for one in dues(actor, pupil=row)[0]],
        people=[(adult.how, adult.name) for adult in queries.adults_of(row, actor.today)],
        alerts=queries.alerts_of(actor, row),
        care=queries.care_of(actor, row),
        contacts=queries.contacts_of(actor, row),
        timeline=[Event(fact.on, fact.words, _writer(fact)) for fact in shown],
        more_facts=len(facts) - len(shown),
        met=None if guest else parents_met.of_pupil(actor, row),
        own=own_fields.on_page(actor, row),
        news=None if guest else news(actor, row, facts),
        # whoever opens a pupil and has the verb has it for this pupil: no question is asked
        may={**buttons(actor, row), "records": actor.can_somewhere(Action.ASSESSMENT_VIEW)},
    )


def news(actor: Actor, row: Any, facts: list[Any]) -> News:
    """Gather what changed since this person last looked.

    Args:
        facts: what they may read of the timeline.
    """
    looked, unread = seen.looked(actor, row), threads.unread_about(actor, row)
    lines = [
        NewLine(one.at, one.words, _writer(one), read_at(one))
        for one in seen.new_to(actor, facts, looked)
    ]
    lines += [
        NewLine(one.at, one.words, one.who) for one in details(actor, row, looked.since)
    ]  # fmt: skip
    return News(
        looked,
        lines,
        sum(moment > looked.since for moment in unread),
        len(unread),
    )


def _writer(fact: Any) -> str:
    """Give who wrote a fact down; nothing where its words say who answered, perhaps by a link."""
    return "" if fact.kind == "ask.answered" else fact.person.name


def _runs(delivery: Any, day: date) -> bool:
    ends = delivery.allocation.ends
    return ends is None or ends >= day


def buttons(actor: Actor, row: Any) -> dict[str, bool]:
    """Tell which buttons this person gets: a verb that reaches the whole place needs no asking."""
    allowed = may_each(actor, BUTTONS.values(), row)
    return {name: allowed[action] for name, action in BUTTONS.items()}


def date_line(actor: Actor, row: Any) -> DateLine:
    """Give what the page shows of one date."""
    return DateLine(
        title=explain.title(row.due, row.org),
        on=row.due.on,
        strength=str(row.due.strength),
        days_late=row.state.days if row.state.late else 0,
        why=explain.why(row.due, actor),
    )
