"""The attested versions of a plan, two of them word by word, and reading a plan through."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed
from opensenco.pages.plans import show, tasks
from opensenco.plainwords.differences import Difference, Part, part_by_part
from opensenco.support import queries
from opensenco.support.operations import versions as verbs
from opensenco.support.queries import beside as reading

READERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 403,
           "ta": 403, "admin": 403, "dsl": 200, "governor": 403, "parent": 403}  # fmt: skip
WRITERS = {**READERS, "teacher": 403, "dsl": 403}
NOW = "now"


@dataclass(frozen=True)
class Version:
    """One version as it can be chosen: an attested one, or the plan as it stands now."""

    key: str
    name: str
    words: list[Part]
    on: date | None = None


@page(Action.PLAN_VIEW, logs=Logs.CHILD, tab="register", who=READERS)
def listed(request: HttpRequest, actor: Actor, cycle: uuid.UUID) -> Answer:
    """Show the versions of a plan, and two of them side by side: among staff."""
    if actor.hat.role.guest:
        raise NotAllowed
    row = queries.cycle(actor, cycle)
    attested = reading.versions_of(actor, row)
    every = _versions(actor, row, attested)
    after = _chosen(every, request.GET.get("to", ""), 0)
    before = _chosen(every, request.GET.get("from", ""), 1)
    found: list[Difference] = part_by_part(before.words, after.words) if before and after else []
    return Answer(
        "plans/versions.html",
        {"pupil": row.pupil, "cycle": row, "attested": attested, "every": every,
         "before": before, "after": after, "found": found,
         "changed": sum(1 for one in found if one.changed)},
        opened=[row.pupil],
    )  # fmt: skip


def _versions(actor: Actor, row: Any, attested: list[Any]) -> list[Version]:
    found = [
        Version(str(one.number), _("Version %(number)s") % {"number": one.number},
                [(name, words) for name, words in one.words], one.agreed_on)
        for one in attested
    ]  # fmt: skip
    promises = show.promises_of(show.plan_page(actor, row))
    now = verbs.parts_of(row, promises)
    if not found or found[0].words != now:
        found.insert(0, Version(NOW, _("As it stands now"), now))
    return found


def _chosen(every: list[Version], key: str, usual: int) -> Version | None:
    named = next((one for one in every if one.key == key), None)
    return named or (every[usual] if len(every) > usual else None)


@page(Action.PLAN_WRITE, logs=Logs.NOTHING, writes=True, reads=False, who=WRITERS)
def read_through(request: HttpRequest, actor: Actor, cycle: uuid.UUID) -> HttpResponse:
    """Say that one has read a plan through."""
    row = queries.cycle(actor, cycle, Action.PLAN_WRITE)
    tasks.try_to(request, lambda: verbs.check_plan_through(actor=actor, cycle=row))
    return HttpResponseRedirect(reverse("plans:plan", args=[row.ref]))
