"""What the form of a new round begins with: whom, what and by when, so that one button asks all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.cases.calendar import calendar_of
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.pages.asking.because import Source, last_review
from opensenco.participation import queries, wanted
from opensenco.participation.next_school import NEXT_SCHOOL, asked_before
from opensenco.participation.operations.links import Outside
from opensenco.participation.sets import SetLine, of_key
from opensenco.participation.states import AskedOf, AskedState, Wanted

#: school days from asking to the day, at first
USUAL_DAYS = 5
USUAL_SET = "teacher-round-robin"
#: sets that an adult fills in with somebody
WITH = {
    AskedOf.PARENT: lambda: _("fill in with a parent or carer"),
    AskedOf.PUPIL: lambda: _("fill in with the pupil"),
    AskedOf.YOUNG_PERSON: lambda: _("fill in with the young person"),
}


@dataclass(frozen=True)
class Begun:
    """What one can choose from, and what is chosen already."""

    near: list[queries.Proposed]
    others: list[queries.Proposed]
    lines: list[SetLine]
    due: date
    last_review: date | None
    contacts: list[Any]
    #: who may be asked, and has no email address in the record
    unreached: list[Any]
    #: whether one may write that address down
    mends: bool

    @property
    def mails(self) -> bool:
        """Whether mail leaves this server at all: a link goes by no other way."""
        return bool(settings.MAIL.kind)

    @property
    def contact_choices(self) -> list[tuple[str, str]]:
        """Contacts who may be asked by a link."""
        return [(str(one.ref), f"{one.name}, {one.relation}") for one in self.contacts]

    @property
    def near_choices(self) -> list[tuple[str, str]]:
        """Who works with the pupil, and how."""
        return [(str(one.person.ref), f"{one.person.name}. {one.how}") for one in self.near]

    @property
    def other_choices(self) -> list[tuple[str, str]]:
        """Everybody else here."""
        return [(str(one.person.ref), one.person.name) for one in self.others]

    @property
    def set_choices(self) -> list[tuple[str, str]]:
        """The sets of questions with their length."""
        return [(one.key, told_of(one)) for one in self.lines]

    def initial(self, source: Source | None) -> dict[str, Any]:
        """Give what is filled in: who works with the pupil, the usual questions, a school week."""
        keys = [one.key for one in self.lines]
        return {
            "people": [ref for ref, _name in self.near_choices],
            "questions": USUAL_SET if USUAL_SET in keys else next(iter(keys), ""),
            "due": self.due,
            "because": source.words if source else "",
        }

    def asked(self, given: dict[str, Any], source: Source | None) -> dict[str, Any]:
        """Give what the operation takes, from what the form gave."""
        return {
            **self.more(given),
            "questions": self._questions(given),
            "because": given["because"],
            "source": source.row if source else None,
            "last_review": self.last_review,
        }

    def _questions(self, given: dict[str, Any]) -> Any:
        """Give the set that was chosen, or what is asked for this once."""
        kind = Wanted(given["wanted"])
        if kind is Wanted.STATEMENT:
            return wanted.statement(given["statement_heading"], given["statement_about"])
        if kind is Wanted.REPORT:
            return wanted.report(given["report_heading"], given["report_kind"])
        if kind is Wanted.SIGNATURE:
            return wanted.signature(given["signature_heading"], given["signature_words"])
        line = of_key(self.lines, given["questions"])
        return line.held or line.starter

    def more(self, given: dict[str, Any]) -> dict[str, Any]:
        """Give whom to ask and by when, from what the form gave."""
        every = [*self.near, *self.others]
        people = queries.chosen(every, [*given["people"], *given["others"]])
        hows = {one.person.pk: one.how for one in self.near}
        return {
            "people": people, "due": given["due"], "hows": hows, "outside": self.outside(given)
        }  # fmt: skip

    def outside(self, given: dict[str, Any]) -> list[Outside]:
        """Give whom to send a link, from what the form gave."""
        chosen = set(given["contacts"])
        found = [
            Outside(one.name, one.email, contact=one)
            for one in self.contacts
            if str(one.ref) in chosen
        ]
        if given["outside_email"]:
            found.append(
                Outside(given["outside_name"], given["outside_email"], given["outside_place"])
            )
        return found


def begun(
    actor: Actor, pupil: Any, lines: list[SetLine], *, without: Sequence[queries.Column] = ()
) -> Begun:
    """Give what a form about a pupil begins with.

    Args:
        lines: the sets that can be asked.
        without: those who are asked already.
    """
    near, others = queries.proposed(actor, pupil)
    asked = {one.asked.person_id for one in without}
    linked = {one.link.contact_id for one in without if one.link}
    family = [one for one in queries.contacts_to_ask(actor, pupil) if one.pk not in linked]
    unreached = [one for one in family if not one.email]
    return Begun(
        [one for one in near if one.person.pk not in asked],
        [one for one in others if one.person.pk not in asked],
        lines,
        in_a_school_week(pupil.org_id, actor.today),
        last_review(actor, pupil),
        [one for one in family if one.email],
        unreached,
        bool(unreached) and may(actor, Action.CONTACT_EDIT, pupil),
    )


def asks_next_school(query: Mapping[str, str], lines: list[SetLine]) -> bool:
    """Tell whether an address asks for the questions to a next school, and there are such here."""
    return query.get("questions") == NEXT_SCHOOL and NEXT_SCHOOL in {one.key for one in lines}


def to_next_school(actor: Actor, pupil: Any) -> dict[str, Any]:
    """Give what the form to the next school begins with: it alone, and whom one asked there."""
    before = asked_before(actor, pupil)
    given = {
        "people": [],
        "questions": NEXT_SCHOOL,
        "outside_place": before.asked.outside_place if before else pupil.left_to,
    }
    if before and before.asked.state != AskedState.WAITING:
        # whose answer is waited for is reminded, and not asked the same twice
        given |= {"outside_name": before.asked.outside_name, "outside_email": before.email}
    return given


def in_a_school_week(org_id: int, today: date) -> date:
    """Give the day five school days on; a week on where the calendar does not reach."""
    try:
        return calendar_of(org_id, today).calendar.within_school_days(event=today, days=USUAL_DAYS)
    except CalendarNotCovered:
        return today + timedelta(days=7)


def told_of(one: SetLine) -> str:
    """Say what a set is in a list to choose from."""
    said = ngettext(
        "%(title)s (%(minutes)s minute)", "%(title)s (%(minutes)s minutes)", one.words.minutes
    ) % {"title": one.words.title, "minutes": one.words.minutes}
    with_whom = WITH.get(AskedOf(one.words.asked_of))
    return f"{said}, {with_whom()}" if with_whom else said
