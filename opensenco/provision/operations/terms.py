"""What a pupil is to be given, and whether it can be."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.kernel.errors import Invalid, NotFound, NotPossible
from opensenco.people.models import Group, Pupil
from opensenco.provision.models import MOST_MINUTES, MOST_TIMES, Allocation, Provision
from opensenco.provision.operations.library import check_number
from opensenco.support.models import Outcome
from opensenco.support.operations.status import Telling

BEFORE, AHEAD = timedelta(days=400), timedelta(days=750)
SOON = timedelta(days=365)


@dataclass(frozen=True)
class Terms:
    """How a provision is given: who, how often, how long at a time, from when to when."""

    times_a_week: int
    minutes: int
    starts: date
    ends: date | None = None
    person: Person | None = None
    group: Group | None = None


@dataclass(frozen=True)
class Promise:
    """What one pupil is to be given.

    Args:
        outcome: what it is for; an outcome of this pupil.
        told: where the parents have been told already.
    """

    provision: Provision
    terms: Terms
    outcome: Outcome | None = None
    told: Telling | None = None


def check_terms(actor: Actor, provision: Provision, terms: Terms) -> None:
    """Refuse days and numbers that cannot be meant, and what is out of the library."""
    if provision.ended_on is not None:
        raise NotPossible(_("This is out of the library. Choose another, or add it again."))
    check_number("times_a_week", terms.times_a_week, MOST_TIMES)
    check_number("minutes", terms.minutes, MOST_MINUTES)
    if not actor.today - BEFORE <= terms.starts <= actor.today + SOON:
        raise Invalid("starts", _("Choose a first day within a year of today. Check the year."))
    if terms.ends is not None and terms.ends < terms.starts:
        raise Invalid("ends", _("The last day must be the first day or later."))
    if terms.ends is not None and terms.ends > actor.today + AHEAD:
        raise Invalid("ends", _("Choose a last day within the next two years."))


def check_belongs(pupils: list[Pupil], promise: Promise) -> None:
    """Refuse pupils, a group or an outcome of another place or child, and who has left."""
    terms, outcome, org_id = promise.terms, promise.outcome, promise.provision.org_id
    group_org = terms.group.org_id if terms.group else org_id
    if {org_id, group_org} != {pupil.org_id for pupil in pupils}:
        raise NotFound
    if outcome is not None and [pupil.pk for pupil in pupils] != [outcome.pupil_id]:
        raise NotFound
    if any(pupil.left_on and pupil.left_on < terms.starts for pupil in pupils):
        raise Invalid("pupils", _("One of these pupils has left. Take them out of the list."))


def check_new(pupils: Sequence[Pupil], promises: Sequence[Promise]) -> None:
    """Refuse what a pupil has for some of these days already, or is promised here twice."""
    have: dict[tuple[int, int], list[tuple[Any, Any]]] = defaultdict(list)
    rows = Allocation.objects.filter(
        pupil__in={pupil.pk for pupil in pupils},
        provision__in={promise.provision.pk for promise in promises},
        in_error_at__isnull=True,
    )
    for pupil_id, provision_id, *days in rows.values_list(
        "pupil_id", "provision_id", "starts", "ends"
    ):
        have[pupil_id, provision_id].append((days[0], days[1]))
    for pupil, promise in zip(pupils, promises, strict=True):
        terms, held = promise.terms, have[pupil.pk, promise.provision.pk]
        for starts, ends in held:
            over = ends is not None and ends < terms.starts
            if not over and (terms.ends is None or starts <= terms.ends):
                raise Invalid("pupils", _("Someone you chose has this already. Take them out."))
        held.append((terms.starts, terms.ends))
