"""Planning a meeting about a place and no pupil: a team, a link visit, a forum, a hand-over."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed
from opensenco.kernel.refs import short
from opensenco.meetings import queries
from opensenco.meetings.operations.planning import plan_for_place
from opensenco.meetings.starter import Kind, kind_of
from opensenco.pages.meetings import forms, planning
from opensenco.pages.meetings import show as shown
from opensenco.pages.meetings.who import HERE

if TYPE_CHECKING:
    from opensenco.access.models import Organisation

ALL_STAFF = "all-staff"


@page(Action.MEETING_PLAN, logs=Logs.NOTHING, writes=True, tab="meetings", who=HERE)
def plan(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Choose at which place and what kind of meeting it is; then say when, where and who."""
    org, places = _place(actor, request.GET)
    kind = kind_of(request.GET.get("kind", ""))
    if org is None or kind is None or kind.about_pupil:
        ways = [(one.name, _address(one)) for one in places]
        again = _again(org, places) if org else ""
        show = {"org": org, "places": ways, "kinds": shown.kinds(here=True),
                "way": f"{again}{'&' if '?' in again else '?'}kind="}  # fmt: skip
        return Answer("meetings/kinds_here.html", show)
    staff = queries.colleagues_here(org, actor.today)
    choices: Any = {**shown.people_choices(staff), "family": []}
    back = reverse("meetings:mine")
    form = converse(
        request, actor, lambda **given: forms.PlanForm(here=True, **choices, **given),
        act=lambda given: plan_for_place(
            actor=actor, org=org,
            wanted=planning.wanted(kind, given, planning.invited(given, staff, [])),
        ),
        then=lambda made: reverse("meetings:show", args=[made.ref]),
        said=_("The meeting is planned. Colleagues who are invited have been told."),
        initial={"minutes": kind.minutes, "staff": _first(actor, kind, staff)},
        draft=Draftable("place-meeting", leave_to=back),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    page = {"form": form, "org": org, "pupil": None, "kind": kind,
            "further": planning.further(form), "again": _again(org, places)}  # fmt: skip
    return Answer("meetings/plan.html", page)


def _place(
    actor: Actor, query: Mapping[str, str]
) -> "tuple[Organisation | None, list[Organisation]]":
    """Give the place that an address names, or the only one; and all there are to choose from.

    Raises:
        NotAllowed: the verb reaches no place as a whole.
    """
    places = queries.places_to_plan(actor)
    if not places:
        raise NotAllowed
    named = [one for one in places if short(one.ref) == query.get("place", "")]
    return next(iter(named or (places if len(places) == 1 else [])), None), places


def _first(actor: Actor, kind: Kind, staff: queries.Candidates) -> list[str]:
    everybody = ALL_STAFF in kind.invite
    ticked = [one.person for one in staff.near if everybody or one.person.pk == actor.person.pk]
    return [str(one.ref) for one in ticked]


def _again(org: "Organisation", places: "list[Organisation]") -> str:
    """Give the address where another kind is chosen, at the same place."""
    return _address(org) if len(places) > 1 else reverse("meetings:plan_here")


def _address(org: "Organisation") -> str:
    return f"{reverse('meetings:plan_here')}?place={short(org.ref)}"
