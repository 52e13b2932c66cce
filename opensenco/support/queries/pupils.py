"""Reading one pupil: status, needs, profile, strategies, and all of it together."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.rows import find
from opensenco.kernel.dates import ONE_DAY
from opensenco.law.checks.finding import Finding
from opensenco.law.checks.marker import Marked, marked
from opensenco.law.checks.needs import RankedNeed
from opensenco.law.checks.records import PupilRecord, gaps
from opensenco.law.codes.sen import NEED_TYPES
from opensenco.people.models import Group, GroupStaff, Pupil
from opensenco.people.policy import on_day
from opensenco.support.models import Need, Profile, SenStatus, Strategy
from opensenco.support.queries.plans import Plan, current_plan
from opensenco.support.queries.reading import reads_status_by, rows, rows_of, spans_version
from opensenco.support.states import Stage, Status
from opensenco.support.words import lines

SHOWN_STRATEGIES = 3
#: looked up once: a register compares it with every row
REVIEWED = Stage.REVIEWED.value
STANDING = Q(in_error_at__isnull=True)


class NeedLine(NamedTuple):
    """One ranked need: its code and its name in words."""

    code: str
    rank: int
    since: date

    @property
    def title(self) -> str:
        """The name of the type of need."""
        found = NEED_TYPES.find(self.code)
        return _(found.title) if found else self.code


class HeldStatus(NamedTuple):
    """The SEN status that holds on a day: its code, since when, and whether parents were told."""

    code: str
    starts: date
    told: bool = True


class OpenPlan(NamedTuple):
    """How an open plan stands.

    Args:
        outcomes: how many are worked on: neither dropped nor written in error.
    """

    stage: str
    review_on: date | None
    outcomes: int

    @property
    def next_review(self) -> date | None:
        """The day of the review; once it has been held, the next plan is to name the next."""
        return None if self.stage == REVIEWED else self.review_on


@dataclass(frozen=True)
class Overview:
    """What this actor may read of one pupil's support. What they may not read is left out.

    Args:
        day: the day it is shown as of; None for now.
        strategies: what every adult does, the most useful first; at most three.
        found: what is missing or out of date, by the law's checks.
    """

    pupil: Pupil
    day: date | None
    status: SenStatus | None
    needs: list[NeedLine]
    profile: Profile | None
    helps: list[str]
    hinders: list[str]
    strategies: list[str]
    plan: Plan | None
    found: tuple[Finding, ...]


def status(actor: Actor, ref: uuid.UUID, action: Action = Action.STATUS_SET) -> SenStatus:
    """Give the status of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, SenStatus, ref, "pupil", "pupil__org", "set_by", "told_by")


def status_of(actor: Actor, pupil: Pupil, day: date | None = None) -> SenStatus | None:
    """Give the status that holds today, or held on a day as the record stood at its end."""
    found = rows_of(actor, reads_status_by(actor), SenStatus, pupil, day).filter(
        on_day(day or actor.today), STANDING
    )
    return found.order_by("-starts").first()


def going_on(pupil: Pupil) -> SenStatus | None:
    """Give the status that has no end yet, which may be one to come."""
    rows = SenStatus.objects.filter(STANDING, pupil=pupil, ends__isnull=True)
    return rows.first()


def statuses_of(actor: Actor, pupil: Pupil) -> list[SenStatus]:
    """Give every status of a pupil, the newest first; those made in error too."""
    return list(
        rows(actor, reads_status_by(actor), SenStatus)
        .filter(pupil=pupil)
        .select_related("set_by", "told_by", "in_error_by")
        .order_by("-starts", "-id")
    )


def codes_of(actor: Actor, pupils: Iterable[int]) -> dict[int, str]:
    """Give the letter of the SEN status that holds today, by the pupil's id; for lists, one look.

    Pupils whose status this actor may not read are left out.
    """
    wanted = set(pupils)
    if not wanted:
        return {}
    found = rows(actor, reads_status_by(actor), SenStatus).filter(
        on_day(actor.today), STANDING, pupil__in=wanted
    )
    return dict(found.values_list("pupil_id", "code"))


def needs_of(actor: Actor, pupil: Pupil, day: date | None = None) -> list[NeedLine]:
    """Give the ranked needs, the greatest first."""
    found = rows_of(actor, reads_status_by(actor), Need, pupil, day).filter(ended_on__isnull=True)
    return [NeedLine(one.code, one.rank, one.starts) for one in found.order_by("rank")]


def needs_version(pupil: Pupil) -> int:
    """Give the version of a pupil's ranking, for the optimistic lock."""
    return spans_version(Need, pupil)


def profile_of(actor: Actor, pupil: Pupil, day: date | None = None) -> Profile | None:
    """Give the one-page profile, or None."""
    return rows_of(actor, Action.PROFILE_VIEW, Profile, pupil, day).first()


def strategies_of(actor: Actor, pupil: Pupil, day: date | None = None) -> list[str]:
    """Give all strategies that are for every adult, the most useful first."""
    found = rows_of(actor, Action.PROFILE_VIEW, Strategy, pupil, day).filter(
        ended_on__isnull=True, group__isnull=True
    )
    return [one.text for one in found.order_by("position")]


def strategies_by_class(actor: Actor, pupil: Pupil) -> list[tuple[Group, list[str]]]:
    """Give what helps in single classes or groups, this actor's own first, then by name."""
    found = rows_of(actor, Action.PROFILE_VIEW, Strategy, pupil).filter(
        ended_on__isnull=True, group__isnull=False
    )
    said: dict[Group, list[str]] = {}
    for one in found.select_related("group").order_by("group__name", "position"):
        said.setdefault(one.group, []).append(one.text)
    mine = set()
    if said:
        taught = GroupStaff.objects.filter(on_day(actor.today), person=actor.person)
        mine = set(taught.values_list("group_id", flat=True))
    return sorted(said.items(), key=lambda pair: pair[0].pk not in mine)


def strategies_version(pupil: Pupil) -> int:
    """Give the version of a pupil's strategies, for the optimistic lock."""
    return spans_version(Strategy, pupil)


def overview(actor: Actor, pupil: Pupil, day: date | None = None) -> Overview:
    """Give status, needs, profile, strategies and the open plan of a pupil, and what is missing.

    Args:
        day: all of it as it stood at its end.
    """
    profile = profile_of(actor, pupil, day)
    held = status_of(actor, pupil, day)
    needs = needs_of(actor, pupil, day)
    plan = current_plan(actor, pupil, day)
    return Overview(
        pupil=pupil,
        day=day,
        status=held,
        needs=needs,
        profile=profile,
        helps=lines(profile.helps) if profile else [],
        hinders=lines(profile.hinders) if profile else [],
        strategies=strategies_of(actor, pupil, day)[:SHOWN_STRATEGIES],
        plan=plan,
        found=found_in(
            HeldStatus(held.code, held.starts) if held else None,
            needs,
            OpenPlan(plan.cycle.stage, plan.cycle.review_on, len(plan.outcomes)) if plan else None,
            day or actor.today,
        ),
    )


def as_of(actor: Actor, pupil: Pupil, day: date) -> Overview:
    """Give a pupil's support as it stood at the end of a day."""
    return overview(actor, pupil, day)


def found_in(
    held: HeldStatus | None, needs: Iterable[NeedLine], plan: OpenPlan | None, today: date
) -> tuple[Finding, ...]:
    """Give what the law's checks find missing or out of date (APD-11, IDN-09)."""
    if held is None:
        return ()
    return gaps(record=_record(held, needs, plan, today), today=today)


def marked_in(
    held: HeldStatus | None, needs: Iterable[NeedLine], plan: OpenPlan | None, today: date
) -> Marked | None:
    """Give the marker of a pupil's record on the register; None without a status."""
    if held is None:
        return None
    ranked = tuple([(code, rank) for code, rank, _since in needs])
    stands = (plan.outcomes, plan.next_review) if plan else None
    return _marked(held.code, min(held.starts, today + ONE_DAY), held.told, ranked, stands, today)


def _record(
    held: HeldStatus, needs: Iterable[NeedLine], plan: OpenPlan | None, today: date
) -> PupilRecord:
    return PupilRecord(
        status=Status(held.code).value,
        since=min(held.starts, today + ONE_DAY),
        needs=tuple(RankedNeed(need.code, need.rank) for need in needs),
        plan=plan is not None,
        outcomes=plan.outcomes if plan else 0,
        review=plan.next_review if plan else None,
    )


@lru_cache(maxsize=10_000)
def _marked(
    code: str,
    since: date,
    told: bool,
    ranked: tuple[tuple[str, int], ...],
    stands: tuple[int, date | None] | None,
    today: date,
) -> Marked | None:
    """Ask the law once for all records that stand alike on a day; a register has many."""
    outcomes, review = stands or (0, None)
    record = PupilRecord(
        status=Status(code).value,
        since=since,
        needs=tuple(RankedNeed(*need) for need in ranked),
        plan=stands is not None,
        outcomes=outcomes,
        review=review,
    )
    return marked(record=record, told=told, today=today)
