"""Whom the rule chases today, in every place of the open scope."""

from dataclasses import dataclass
from datetime import date

from opensenco.cases.calendar import calendar_of
from opensenco.participation.models import Asked, Chase, ChasingRule
from opensenco.participation.policy import gone
from opensenco.participation.silence import Chased, Rule, next_step
from opensenco.participation.states import AskedState, ChaseKind, RoundState


@dataclass(frozen=True)
class Step:
    """What the rule does today about one person who has not answered."""

    asked: Asked
    kind: ChaseKind


def steps(today: date) -> list[Step]:
    """Give what the rule does today, in the scope that is open; nothing is written."""
    waiting = list(
        Asked.objects.filter(
            state=AskedState.WAITING, ask_round__state=RoundState.OPEN,
            ask_round__in_error_at__isnull=True, pupil__in_error_at__isnull=True,
        )
        .select_related(
            "org", "pupil", "person", "ask_round", "ask_round__org", "ask_round__pupil",
            "ask_round__questions", "ask_round__asked_by",
        )
        .order_by("org_id", "id")
    )  # fmt: skip
    chased: dict[int, list[Chased]] = {}
    for pk, on, kind in Chase.objects.filter(asked__in=[one.pk for one in waiting]).values_list(
        "asked_id", "on", "kind"
    ):
        chased.setdefault(pk, []).append((on, kind))
    rules = {
        row.org_id: Rule(row.remind_before, row.remind_every, row.most, row.escalate_after)
        for row in ChasingRule.objects.filter(org__in={one.org_id for one in waiting})
    }
    calendars = {org: calendar_of(org, today).calendar for org in {o.org_id for o in waiting}}
    found, left = [], gone(waiting, today)
    for one in waiting:
        if one.pk in left:
            # whoever asked is told once; nobody writes to somebody who works here no more
            if all(kind != ChaseKind.ESCALATED for _on, kind in chased.get(one.pk, [])):
                found.append(Step(one, ChaseKind.ESCALATED))
            continue
        step = next_step(
            rules.get(one.org_id, Rule()), asked_on=one.asked_on, due=one.ask_round.due,
            chased=chased.get(one.pk, []), today=today, calendar=calendars[one.org_id],
        )  # fmt: skip
        if step is not None:
            found.append(Step(one, step))
    return found
