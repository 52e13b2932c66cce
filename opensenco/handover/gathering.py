"""What is handed over of many pupils at once: live, due, promised, open. As many questions for all.

It is read with the rights of whoever puts it together. What is kept for the safeguarding lead, care
and health, and whatever is confidential, goes over by those who may read it, and never in here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.cases import explain
from opensenco.cases.dues import not_done
from opensenco.cases.models import Task
from opensenco.concerns.models import Concern
from opensenco.concerns.states import WAITING
from opensenco.ehc.models import EhcPlan
from opensenco.handover.states import Part
from opensenco.law.codes.sen import NEED_TYPES
from opensenco.law.stored import from_data
from opensenco.meetings.models import MeetingAction
from opensenco.people.models import Pupil
from opensenco.people.policy import on_day
from opensenco.provision.models import Allocation
from opensenco.support.models import Cycle, Need, Profile, SenStatus, Strategy
from opensenco.support.states import Stage
from opensenco.support.words import lines
from opensenco.ui.own_words import plan_name
from opensenco.ui.words import day as written

#: readers whose facts go over by another way
APART = (
    Action.SAFEGUARDING_VIEW.value, Action.CARE_VIEW.value, Action.HEALTH_VIEW.value,
    Action.DOCUMENT_CONFIDENTIAL.value,
)  # fmt: skip
HELPS = 3


@dataclass(frozen=True)
class Line:
    """One thing to know: what kind, in words, and what stands beside it."""

    label: str
    text: str
    beside: str = ""


@dataclass
class Gathered:
    """What is known of one pupil, by part."""

    parts: dict[Part, list[Line]] = field(default_factory=lambda: {part: [] for part in Part})

    def add(self, part: Part, label: str, text: str, beside: str = "") -> None:
        """Add one line, unless it says nothing."""
        if text:
            self.parts[part].append(Line(label, text, beside))

    def as_data(self) -> dict[str, list[list[str]]]:
        """Give it as it is frozen."""
        return {
            part.value: [[one.label, one.text, one.beside] for one in found]
            for part, found in self.parts.items()
        }


def from_frozen(content: dict[str, Any]) -> Gathered:
    """Give what was frozen."""
    found = Gathered()
    for part in Part:
        found.parts[part] = [Line(*row) for row in content.get(part.value, [])]
    return found


def gather(actor: Actor, pupils: Sequence[Pupil]) -> dict[int, Gathered]:
    """Give what is live, due, promised and open of pupils, by their ids."""
    found = {pupil.pk: Gathered() for pupil in pupils}
    if found:
        for part in (_status, _needs, _ehc, _plans, _helps, _provision, _dues, _promised, _open):
            part(actor, list(found), found)
    return found


def _rows(actor: Actor, action: Action, model: Any, ids: Iterable[int]) -> Any:
    if not actor.can_somewhere(action):
        return model._default_manager.none()
    return visible(actor, action, model).filter(pupil__in=list(ids))


def _status(actor: Actor, ids: list[int], found: dict[int, Gathered]) -> None:
    rows = _rows(actor, Action.PLAN_VIEW, SenStatus, ids)
    for row in rows.filter(on_day(actor.today), in_error_at__isnull=True):
        since = _("since %(day)s") % {"day": written(row.starts)}
        found[row.pupil_id].add(Part.LIVE, _("SEN status"), str(row.get_code_display()), since)


def _needs(actor: Actor, ids: list[int], found: dict[int, Gathered]) -> None:
    rows = _rows(actor, Action.PLAN_VIEW, Need, ids).filter(ended_on__isnull=True)
    ranked: dict[int, list[str]] = {}
    for row in rows.order_by("rank"):
        known = NEED_TYPES.find(row.code)
        ranked.setdefault(row.pupil_id, []).append(_(known.title) if known else row.code)
    for pupil, titles in ranked.items():
        found[pupil].add(Part.LIVE, _("Needs, the greatest first"), "; ".join(titles))


def _ehc(actor: Actor, ids: list[int], found: dict[int, Gathered]) -> None:
    rows = _rows(actor, Action.PLAN_VIEW, EhcPlan, ids)
    for row in rows.filter(ended_on__isnull=True, in_error_at__isnull=True).order_by("id"):
        whom = ", ".join(filter(None, (row.authority, row.officer, row.officer_phone)))
        found[row.pupil_id].add(Part.LIVE, _("EHC plan"), whom)


def _plans(actor: Actor, ids: list[int], found: dict[int, Gathered]) -> None:
    rows = _rows(actor, Action.PLAN_VIEW, Cycle, ids).filter(in_error_at__isnull=True)
    for row in rows.exclude(stage=Stage.CLOSED).select_related("org").order_by("id"):
        words = _("Cycle %(number)s: %(stage)s") % {
            "number": row.number, "stage": str(row.get_stage_display()).lower(),
        }  # fmt: skip
        review = _("review by %(day)s") % {"day": written(row.review_on)} if row.review_on else ""
        found[row.pupil_id].add(Part.LIVE, plan_name(row.org), words, review)
        found[row.pupil_id].add(Part.PROMISED, _("Next step of the plan"), row.next_step)


def _helps(actor: Actor, ids: list[int], found: dict[int, Gathered]) -> None:
    written_down: dict[int, list[str]] = {}
    rows = _rows(actor, Action.PROFILE_VIEW, Strategy, ids).filter(ended_on__isnull=True)
    for row in rows.order_by("position"):
        written_down.setdefault(row.pupil_id, []).append(row.text)
    for one in _rows(actor, Action.PROFILE_VIEW, Profile, ids):
        written_down.setdefault(one.pupil_id, lines(one.helps))
        found[one.pupil_id].add(Part.LIVE, _("In their own words"), one.own_words)
        found[one.pupil_id].add(Part.LIVE, _("What hinders"), "; ".join(lines(one.hinders)))
    for pupil, texts in written_down.items():
        found[pupil].add(Part.LIVE, _("What every adult does"), "; ".join(texts[:HELPS]))


def _provision(actor: Actor, ids: list[int], found: dict[int, Gathered]) -> None:
    rows = _rows(actor, Action.PROVISION_VIEW, Allocation, ids).filter(on_day(actor.today))
    for row in rows.select_related("provision", "person").order_by("id"):
        much = ngettext(
            "%(count)s time a week, %(minutes)s minutes",
            "%(count)s times a week, %(minutes)s minutes",
            row.times_a_week,
        ) % {"count": row.times_a_week, "minutes": row.minutes}
        who = row.person.name if row.person else row.provision.delivered_by
        words = _("%(name)s: %(much)s") % {"name": row.provision.name, "much": much}
        found[row.pupil_id].add(Part.PROMISED, _("Provision"), words, who)


def _dues(actor: Actor, ids: list[int], found: dict[int, Gathered]) -> None:
    rows = not_done(actor).filter(pupil__in=ids, on__isnull=False).exclude(reader__in=APART)
    for row in rows.select_related("org").order_by("on", "id"):
        due = from_data(row.data)
        if row.pupil_id is not None and due.on is not None:
            found[row.pupil_id].add(
                Part.DUE, written(due.on), explain.title(due, row.org), row.rule
            )


def _promised(actor: Actor, ids: list[int], found: dict[int, Gathered]) -> None:
    rows = _rows(actor, Action.MEETING_ANSWER, MeetingAction, ids).filter(settled_on__isnull=True)
    for row in rows.select_related("meeting").order_by("due", "id"):
        beside = _("%(who)s, by %(day)s") % {"who": row.owner_name, "day": written(row.due)}
        found[row.pupil_id].add(Part.PROMISED, _("At a meeting"), row.what, beside)


def _open(actor: Actor, ids: list[int], found: dict[int, Gathered]) -> None:
    concerns = _rows(actor, Action.CONCERN_VIEW, Concern, ids)
    for row in concerns.filter(state__in=WAITING, in_error_at__isnull=True).order_by("id"):
        stands = str(row.get_state_display())
        found[row.pupil_id].add(Part.OPEN, _("Concern"), row.noticed, stands)
    tasks = _rows(actor, Action.TASK_VIEW, Task, ids).exclude(reader__in=APART)
    tasks = tasks.filter(settled_at__isnull=True).exclude(kind__startswith="concern.")
    for task in tasks.exclude(role_action__in=APART).select_related("person").order_by("since"):
        who = task.person.name if task.person else ""
        since = _("since %(day)s") % {"day": written(task.since)}
        beside = ", ".join(filter(None, (who, since)))
        found[task.pupil_id].add(Part.OPEN, _("Waits"), task.words, beside)
