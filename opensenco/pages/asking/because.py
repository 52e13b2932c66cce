"""Because of what a round is begun: the record that an address names, put into words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.concerns import queries as concerns
from opensenco.kernel.errors import DomainError
from opensenco.kernel.refs import RefConverter
from opensenco.support import queries as support
from opensenco.ui import words


@dataclass(frozen=True)
class Source:
    """The record because of which people are asked.

    Args:
        words: what those who are asked read of it: no more than its kind and day.
    """

    row: Any
    words: str


def source_of(actor: Actor, pupil: Any, query: Mapping[str, str]) -> Source | None:
    """Give the record that an address names, where it is about this pupil and may be read."""
    for name, read in READ.items():
        asked = query.get(name, "")
        try:
            found = read(actor, RefConverter().to_python(asked)) if asked else None
        except (ValueError, DomainError):
            continue
        if found is not None and found.row.pupil_id == pupil.pk:
            return found
    return None


def _concern(actor: Actor, ref: Any) -> Source:
    row = concerns.concern(actor, ref)
    said = _("a concern of %(day)s") % {"day": words.day(row.raised_on)}
    return Source(row, said)


def _cycle(actor: Actor, ref: Any) -> Source:
    row = support.cycle(actor, ref)
    said = _("the next review")
    if row.review_on is not None:
        said = _("the review of %(day)s") % {"day": words.day(row.review_on)}
    return Source(row, said)


READ = {"concern": _concern, "cycle": _cycle}


def last_review(actor: Actor, pupil: Any) -> date | None:
    """Give the day since which questions ask: on which the plan that runs now was agreed."""
    plan = support.current_plan(actor, pupil)
    day: date | None = plan.cycle.planned_on if plan is not None else None
    return day
