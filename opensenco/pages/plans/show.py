"""What the pages of plans show, gathered from support, provision and the law's dates."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.cases import explain
from opensenco.cases import queries as cases
from opensenco.cases.guides import Guide, guide_for
from opensenco.kernel.refs import short
from opensenco.people import queries as people
from opensenco.provision import queries as provision
from opensenco.support import queries as support
from opensenco.support.checking import Checked, check_plan
from opensenco.support.operations.profile import PARTS
from opensenco.support.queries import Plan
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
        remarks: of the plain rules, for those who write.
        reuse: what was filled in from the record, and from where.
        guide: what stands beside this stage, for staff.
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
    remarks: list[Checked] = field(default_factory=list)
    reuse: list[str] = field(default_factory=list)
    guide: Guide | None = None

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

    def place_of(self, checked: Checked) -> str:
        """Give where on the page, or on which page, a remark is mended."""
        if checked.part == "profile":
            return reverse("plans:write_profile", args=[self.pupil.ref])
        if not checked.outcome:
            return {"outcomes": "#plan"}.get(checked.part, f"#id_{checked.part}")
        if checked.part == "text":
            return f"#remark-{checked.outcome}-{checked.remark.rule}"
        if checked.part == "provision":
            return "#plan" if checked.outcome == 1 else f"#outcome-{checked.outcome}"
        number = self.plan.outcomes[checked.outcome - 1].row.number
        return f"#id_outcome_{number}_{checked.part}"

    def about(self, outcome: int, *parts: str) -> list[Checked]:
        """Give the remarks on one part of the page."""
        return [one for one in self.remarks if one.outcome == outcome and one.part in parts]


def plan_page(actor: Actor, cycle: Any) -> PlanPage:
    """Gather the page of a plan."""
    pupil = cycle.pupil
    people.mark_out_of_duty(actor, pupil)
    people.attach_classes([pupil], actor.today)
    plan = support.plan_of(actor, cycle)
    profile = support.profile_of(actor, pupil)
    rights = {name: may(actor, action, cycle) for name, action in CYCLE_VERBS.items()}
    rights["give"] = may(actor, Action.PROVISION_ALLOCATE, pupil)
    rights["ask"] = plan.under_way and may(actor, Action.ASK_SEND, pupil)
    provided = provision.for_outcomes(actor, cycle)
    writes = rights["write"] and plan.writable
    strategies = support.strategies_of(actor, pupil) if writes else []
    checked = check_plan(plan, profile, provided, len(strategies)) if writes else []
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
        remarks=checked,
        reuse=_reuse(plan, profile) if writes else [],
        guide=None if actor.hat.role.guest else guide_for(actor, _step(plan), pupil),
    )


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
    rows = cases.dues(actor, pupil=pupil)[0]
    told = [row for row in rows if row.due.rule == "IDN-15"]
    return StatusPage(
        pupil=pupil,
        class_name=getattr(pupil, "class_name", ""),
        current=support.status_of(actor, pupil),
        needs=support.needs_of(actor, pupil),
        statuses=support.statuses_of(actor, pupil),
        dues=[(row, explain.why(row.due, actor)) for row in told],
        cycle=plan.cycle if plan else None,
        may={name: may(actor, action, pupil) for name, action in PUPIL_VERBS.items()},
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
        "writes": may(actor, Action.PROFILE_EDIT, pupil),
        "tabs": tabs(actor, pupil, "profile"),
    }


def tabs(actor: Actor, pupil: Any, current: str) -> list[Pick]:
    """Give the parts of a pupil's record that these pages hold and this person may open."""
    plans = may(actor, Action.PLAN_VIEW, pupil)
    opens = {"plans": plans, "status": plans and not actor.hat.role.guest}
    places = (
        ("overview", _("Overview"), "pupils:show"),
        ("plans", _("Plan and cycles"), "plans:cycles"),
        ("status", _("Status and needs"), "plans:status"),
        ("profile", _("Profile"), "plans:profile"),
    )
    return [
        Pick(words, reverse(name, args=[pupil.ref]), key == current)
        for key, words, name in places
        if opens.get(key, True)
    ]
