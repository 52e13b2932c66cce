"""What the pages of one task show and take: the form's first values, and what an operation gets."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.kernel.errors import DomainError, NotAllowed, NotFound
from opensenco.kernel.refs import short
from opensenco.provision import queries as provision
from opensenco.support import queries
from opensenco.support.operations.profile import PARTS
from opensenco.support.operations.status import Telling
from opensenco.support.states import After, Told
from opensenco.ui.own_words import a_plan


@dataclass(frozen=True)
class Task:
    """A page of one task round a pupil.

    Args:
        main: the words of the button.
        draft: form and record of the draft that is kept, if one is.
    """

    form: Any
    heading: str
    main: str
    back: str
    pupil: Any
    draft: tuple[str, Any] | None = None
    lede: str = ""


def try_to(request: HttpRequest, act: Callable[[], Any]) -> None:
    """Do one thing behind a single button; what it refuses is said on the next page."""
    try:
        act()
    except (NotAllowed, NotFound):
        raise
    except DomainError as refused:
        messages.error(request, refused.sentence)


def status_now(actor: Actor, pupil: Any) -> dict[str, Any]:
    """Give what the form of a status begins with: the version seen, and today."""
    current = queries.going_on(pupil)
    return {"version": current.version if current else 0, "starts": actor.today}


def what_ends(actor: Actor, pupil: Any) -> list[str]:
    """Say what ends with SEN support, and what goes on until somebody ends it (IDN-16)."""
    found = [_("The ranked needs end on that day; the history keeps them.")]
    if not queries.needs_of(actor, pupil):
        found = []
    plan = queries.current_plan(actor, pupil)
    if plan is not None:
        words = _("%(plan)s stays open. Review or close it yourself.")
        found.append(words % {"plan": a_plan(pupil.org, plan.cycle.number)})
    runs = [
        one.name
        for one in provision.for_pupil(actor, pupil)
        if one.allocation.ends is None or one.allocation.ends >= actor.today
    ]
    if runs:
        words = _("Provision goes on until its last day: %(names)s.")
        found.append(words % {"names": ", ".join(runs)})
    found.append(_("The profile, what helps in class and all that was written stay."))
    return found


def decision(given: dict[str, Any]) -> dict[str, Any]:
    """Give what the operation takes, from what the form of a status gave."""
    told = telling(given) if given["told_on"] and given["told_how"] else None
    names = ("code", "starts", "reason", "grounds", "version")
    return {**{name: given[name] for name in names}, "told": told}


def telling(given: dict[str, Any]) -> Telling:
    """Give that the parents were told, from a form."""
    return Telling(given["told_on"], given["told_how"], given["told_words"])


def told_now(actor: Actor, status: Any) -> dict[str, Any]:
    """Give what is known of telling the parents; today and a meeting where nothing is."""
    return {
        "version": status.version,
        "told_on": status.told_on or actor.today,
        "told_how": status.told_how or Told.MEETING.value,
        "told_words": status.told_words,
    }


def needs_now(actor: Actor, pupil: Any) -> dict[str, Any]:
    """Give the ranking as it stands, by the names of the form's fields."""
    ranked = {f"need_{need.rank}": need.code for need in queries.needs_of(actor, pupil)}
    return {"version": queries.needs_version(pupil), **ranked}


def profile_now(actor: Actor, pupil: Any) -> dict[str, Any]:
    """Give the child's page as it stands, by the names of the form's fields."""
    strategies = "\n".join(queries.strategies_of(actor, pupil))
    row = queries.profile_of(actor, pupil)
    if row is None:
        return {"version": 0, "said_on": actor.today, "strategies": strategies}
    names = (*PARTS, "said_on", "said_with", "version")
    return {**{name: getattr(row, name) for name in names}, "strategies": strategies}


def from_concern(concern: Any) -> dict[str, Any]:
    """Give what a concern said, so that nobody types it again."""
    if concern is None:
        return {}
    parts = (concern.noticed, concern.where_when, concern.tried)
    return {"found": "\n".join(part for part in parts if part), "parents_said": concern.said}


@dataclass(frozen=True)
class NextPage:
    """What goes on into the next cycle.

    Args:
        going: outcomes that are carried over or changed; met: those that are closed.
        running: what was promised for them.
    """

    cycle: Any
    pupil: Any
    plan: Any
    going: list[Any]
    met: list[Any]
    running: list[Any]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What can be ticked: each promise in words."""
        return [(short(one.allocation.ref), _promise(one)) for one in self.running]

    @property
    def usual(self) -> list[str]:
        """What is ticked already: promises for outcomes that go on."""
        roots = {one.row.pk for one in self.going}
        return [
            short(one.allocation.ref)
            for one in self.running
            if one.allocation.outcome_id in roots and not one.allocation.provision.ended_on
        ]

    def chosen(self, refs: list[str]) -> list[Any]:
        """Give the promises that were ticked."""
        return [one.allocation for one in self.running if short(one.allocation.ref) in refs]


def next_page(actor: Actor, cycle: Any) -> NextPage:
    """Gather what a reviewed plan hands on."""
    plan = queries.plan_of(actor, cycle)
    provided = provision.for_outcomes(actor, cycle)
    goes_on = (After.CARRY, After.CHANGE)
    going = [one for one in plan.outcomes if one.review and one.review.after in goes_on]
    return NextPage(
        cycle=cycle,
        pupil=cycle.pupil,
        plan=plan,
        going=going,
        met=[one for one in plan.outcomes if one not in going],
        running=[part for one in plan.outcomes for part in provided.get(one.row.pk, [])],
    )


def _promise(one: Any) -> str:
    return _("%(name)s: %(often)s, %(who)s") % {
        "name": one.name,
        "often": one.often,
        "who": one.by,
    }
