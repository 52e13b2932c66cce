"""The guide of a minute beside a step: a page says which, and the frame of pages draws it."""

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse

from opensenco.access.actor import Actor
from opensenco.cases.guides import guide_for, shipped
from opensenco.gate.answer import Answer
from opensenco.people.models import Pupil

View = Callable[..., Answer | HttpResponse]


def guided(step: str, *, several: bool = False) -> Callable[[View], View]:
    """Put the guide of a step at the foot of a page. Stands under `@page`.

    Staff read it, and no guest: families have help pages of their own. On a page of one pupil it
    says where guidance is departed from for them.

    Args:
        step: a step of `starter/guides.toml`.
        several: the page can be of several pupils, so that it is about none of them alone.

    Raises:
        KeyError: when the code is read, where there is no such step.
    """
    shipped()[step]

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def shown(request: HttpRequest, actor: Actor, **given: Any) -> Answer | HttpResponse:
            answer = view(request, actor, **given)
            if not isinstance(answer, Answer) or not _has_a_foot(request, actor, answer):
                return answer
            opened = list(answer.opened)
            alone = opened[0] if len(opened) == 1 and not several else None
            guide = guide_for(actor, step, alone if isinstance(alone, Pupil) else None)
            return replace(answer, opened=opened, show={**answer.show, "guide": guide})

        shown.guide = step  # type: ignore[attr-defined]
        return shown

    return decorate


def _has_a_foot(request: HttpRequest, actor: Actor, answer: Answer) -> bool:
    """Tell whether this is a whole page for staff: no file, and no part that htmx puts in."""
    part = bool(answer.block) and bool(getattr(request, "htmx", False))
    return not (answer.leaves or part or actor.hat.role.guest)
