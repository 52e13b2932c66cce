"""What the pages of plans show, gathered from support, provision and the law's dates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may, may_each
from opensenco.cases import explain
from opensenco.cases.dues import dues
from opensenco.cases.guides import Guide, guide_for
from opensenco.concerns import observations
from opensenco.documents.photos import with_photo
from opensenco.documents.states import PhotoFor
from opensenco.kernel.refs import short
from opensenco.pages.plans import reading
from opensenco.pages.plans.checks import Around, Check, check_of
from opensenco.people import queries as people
from opensenco.provision import queries as provision
from opensenco.provision.queries.work import work_for_outcomes
from opensenco.support import queries as support
from opensenco.support.operations.profile import PARTS
from opensenco.support.queries import Plan, beside, records
from opensenco.support.queries.sources import (
    Sources,
    sources_in,
    sources_of,
    texts_of_profile,
)
from opensenco.support.states import Stage
from opensenco.support.words import lines
from opensenco.ui import words
from opensenco.ui.listing import Pick
from opensenco.ui.own_words import plans_and_cycles

CYCLE_VERBS = {
    "write": Action.PLAN_WRITE,
    "review": Action.REVIEW_WRITE,
    "print": Action.PLAN_PRINT,
    "error": Action.RECORD_INVALIDATE,
}
PUPIL_VERBS = {
    "status": Action.STATUS_SET,
    "needs": Action.NEEDS_SET,
    "profile": Action.PROFILE_EDIT,
    "plan": Action.PLAN_WRITE,
}
STAGES = (Stage.ASSESS, Stage.PLAN, Stage.DO, Stage.REVIEWED)
ANCHORS = {
    Stage.ASSESS: "assess",
    Stage.PLAN: "plan",
    Stage.DO: "plan",
    Stage.REVIEWED: "review",
}


@dataclass(frozen=True)
class PlanPage:
    """The page of one plan, as far as this person may see and do.

    Args:
        may: what this person has the right to, whatever the stage.
        provided: what is promised for each outcome, by its key.
        sources: where its sentences came from.
        check: what the plain rules say, for those who write.
        beside: adjustments, what the family does, notes.
        attested: versions that were agreed, the newest first.
        results: what was measured in the year before the cycle was reviewed, the newest first.
        reuse: what was filled in from the record, and from where.
        watched: what somebody saw in lessons and books, laid beside this plan.
        guide: what stands beside this stage, for staff.
        work: photos and pieces of work of sessions, by the outcome they show.
    """

    plan: Plan
    pupil: Any
    class_name: str
    status: Any
    profile: Any
    helps: list[str]
    hinders: list[str]
    stages: list[Pick]
    may: dict[str, bool]
    provided: dict[int, list[Any]]
    why: list[tuple[str, str]]
    sources: Sources
    check: Check = field(default_factory=Check)
    beside: Any = None
    needs: list[Any] = field(default_factory=list)
    attested: list[Any] = field(default_factory=list)
    results: list[Any] = field(default_factory=list)
    naming: Any = None
    reuse: list[str] = field(default_factory=list)
    watched: list[Any] = field(default_factory=list)
    guide: Guide | None = None
    work: Mapping[int, list[Any]] = field(default_factory=dict)

    @property
    def edits(self) -> bool:
        """Whether the words can be changed here and now."""
        return self.may["write"] and self.plan.writable

    @property
    def reviews(self) -> bool:
        """Whether the review can be written here and now."""
        return self.may["review"] and self.plan.under_way

    def promise_url(self, part: Any) -> str:
        """Give the address of one promise."""
        return reverse("provision:allocation", args=[part.allocation.ref])

    @property
    def asks(self) -> str:
        """The address where others are asked before the review; empty where this person cannot."""
        if not self.may["ask"]:
            return ""
        address = reverse("asking:new", args=[self.pupil.ref])
        return f"{address}?cycle={short(self.plan.cycle.ref)}"

    def library_url(self, outcome: Any) -> str:
        """Give the address where something is chosen for an outcome."""
        library = reverse("provision:library")
        return f"{library}?pupil={short(self.pupil.ref)}&outcome={short(outcome.row.ref)}"


def plan_page(actor: Actor, cycle: Any) -> PlanPage:
    """Gather the page of a plan."""
    pupil = cycle.pupil
    people.mark_out_of_duty(actor, pupil)
    people.attach_classes([pupil], actor.today)
    plan, profile = support.plan_of(actor, cycle), support.profile_of(actor, pupil)
    allowed = may_each(actor, CYCLE_VERBS.values(), cycle)
    rights = {name: allowed[action] for name, action in CYCLE_VERBS.items()}
    rights["give"] = may(actor, Action.PROVISION_ALLOCATE, pupil)
    rights["versions"] = not actor.hat.role.guest
    rights["ask"] = plan.under_way and may(actor, Action.ASK_SEND, pupil)
    rights["observe"] = plan.under_way and may(actor, Action.OBSERVE, pupil)
    writes = rights["write"] and plan.writable
    every = provision.for_pupil(actor, pupil) if writes else []
    provided = _by_outcome(every) if writes else provision.for_outcomes(actor, cycle)
    needs = support.needs_of(actor, pupil) if writes else []
    around = Around(profile, every, needs, beside.beside(actor, pupil, notes=False))
    return PlanPage(
        plan=plan,
        pupil=pupil,
        class_name=getattr(pupil, "class_name", ""),
        status=support.status_of(actor, pupil),
        profile=profile,
        helps=lines(profile.helps) if profile else [],
        hinders=lines(profile.hinders) if profile else [],
        stages=_stages(plan),
        may=rights,
        provided=provided,
        why=explain.why(plan.due, actor) if plan.due else [],
        sources=sources_of(actor, plan),
        check=check_of(actor, plan, around) if writes else Check(),
        beside=around.beside,
        needs=list(needs),
        attested=beside.versions_of(actor, cycle),
        naming=beside.naming(pupil.org),
        results=records.results_before(actor, pupil, cycle.reviewed_on or actor.today),
        reuse=_reuse(plan, profile) if writes else [],
        watched=observations.of_plan(actor, cycle.ref),
        guide=None if actor.hat.role.guest else guide_for(actor, _step(plan), pupil),
        work=work_for_outcomes(actor, [one.row for one in plan.outcomes]),
    )


def promises_of(shown: PlanPage) -> list[str]:
    """Give what is given for the outcomes of a plan, one line each."""
    return [
        _("Outcome %(place)s: %(name)s, %(often)s, %(who)s")
        % {"place": one.place, "name": part.name, "often": part.often, "who": part.by}
        for one in shown.plan.outcomes
        for part in shown.provided.get(one.row.pk, [])
    ]


def _by_outcome(every: list[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for one in reversed(every):
        if one.allocation.outcome_id:
            found.setdefault(one.allocation.outcome_id, []).append(one)
    return found


def _step(plan: Plan) -> str:
    """Give the step whose guide stands beside the page: writing it, or reviewing it."""
    return "plan" if plan.cycle.stage in (Stage.ASSESS, Stage.PLAN) else "review"


def _stages(plan: Plan) -> list[Pick]:
    here = STAGES.index(Stage(plan.cycle.stage)) if plan.cycle.stage in STAGES else len(STAGES)
    return [
        Pick(f"{number} {_stage_words(stage)}", f"#{ANCHORS[stage]}", number - 1 == here)
        for number, stage in enumerate(STAGES, start=1)
    ]


def _stage_words(stage: Stage) -> str:
    return _("Review") if stage is Stage.REVIEWED else str(stage.label)


def _reuse(plan: Plan, profile: Any) -> list[str]:
    found = []
    if profile is not None:
        found.append(
            _("The child’s words, from the profile of %(day)s")
            % {"day": words.day(profile.said_on)}
        )
    carried = [str(one.place) for one in plan.outcomes if one.row.carried_from_id]
    if carried and plan.cycle.previous is not None:
        found.append(
            _("Outcome %(numbers)s, carried over from cycle %(cycle)s")
            % {"numbers": ", ".join(carried), "cycle": plan.cycle.previous.number}
        )
        found.append(_("Where each outcome begins, from that review"))
    return found


@dataclass(frozen=True)
class StatusPage:
    """A pupil's status and needs with their history."""

    pupil: Any
    class_name: str
    current: Any
    needs: list[Any]
    statuses: list[Any]
    dues: list[tuple[Any, list[tuple[str, str]]]]
    cycle: Any
    may: dict[str, bool]


def status_page(actor: Actor, pupil: Any) -> StatusPage:
    """Gather the page of a pupil's status and needs."""
    people.attach_classes([pupil], actor.today)
    plan = support.current_plan(actor, pupil)
    allowed = may_each(actor, PUPIL_VERBS.values(), pupil)
    rows = dues(actor, pupil=pupil)[0]
    told = [row for row in rows if row.due.rule == "IDN-15"]
    return StatusPage(
        pupil=pupil,
        class_name=getattr(pupil, "class_name", ""),
        current=support.status_of(actor, pupil),
        needs=support.needs_of(actor, pupil),
        statuses=support.statuses_of(actor, pupil),
        dues=[(row, explain.why(row.due, actor)) for row in told],
        cycle=plan.cycle if plan else None,
        may={name: allowed[action] for name, action in PUPIL_VERBS.items()},
    )


def cycles_page(actor: Actor, pupil: Any) -> dict[str, Any]:
    """Gather a pupil's plans."""
    people.attach_classes([pupil], actor.today)
    rows = support.cycles_of(actor, pupil)
    opened = [row for row in rows if row.stage != Stage.CLOSED and not row.in_error]
    return {
        "pupil": pupil,
        "cycles": rows,
        "open": opened[0] if opened else None,
        "starts": not opened and may(actor, Action.PLAN_WRITE, pupil),
        "tabs": tabs(actor, pupil, "plans"),
    }


def profile_page(actor: Actor, pupil: Any) -> dict[str, Any]:
    """Gather the child's own page."""
    people.attach_classes([pupil], actor.today)
    row = support.profile_of(actor, pupil)
    sources = sources_in(actor, texts_of_profile(row, empty=True))
    return {
        "pupil": pupil,
        "profile": row,
        "sources": sources,
        "parts": {part: sources.lines(part, getattr(row, part)) for part in PARTS} if row else {},
        "strategies": support.strategies_of(actor, pupil),
        "in_class": support.strategies_by_class(actor, pupil),
        "alerts": people.alerts_of(actor, pupil),
        "photo": pupil.pk in with_photo(actor, [pupil], PhotoFor.PROFILE),
        "edits_health": may(actor, Action.HEALTH_EDIT, pupil),
        "writes": may(actor, Action.PROFILE_EDIT, pupil),
        "reading": reading.of_page(actor, pupil),
        "tabs": tabs(actor, pupil, "profile"),
    }


def tabs(actor: Actor, pupil: Any, current: str) -> list[Pick]:
    """Give the parts of a pupil's record that these pages hold and this person may open."""
    plans = may(actor, Action.PLAN_VIEW, pupil)
    staff = plans and not actor.hat.role.guest
    opens = {"plans": plans, "status": staff, "beside": staff}
    places = (
        ("overview", _("Overview"), "pupils:show"),
        ("plans", plans_and_cycles(pupil.org), "plans:cycles"),
        ("beside", _("Adjustments and notes"), "plans:beside"),
        ("status", _("Status and needs"), "plans:status"),
        ("profile", _("Profile"), "plans:profile"),
    )
    return [
        Pick(words, reverse(name, args=[pupil.ref]), key == current)
        for key, words, name in places
        if opens.get(key, True)
    ]
