"""Reading who is on site today, what was handed over for today, and where somebody is in a week."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, held
from opensenco.access.cover_models import SencoCover
from opensenco.access.models import Membership, Organisation
from opensenco.access.registry import visible
from opensenco.access.roles import BY_CODE
from opensenco.cases.calendar import Closed, closed_on
from opensenco.gate.rows import find
from opensenco.kernel.clock import london_time
from opensenco.people import covers
from opensenco.people.policy import come, on_day
from opensenco.staffing.models import Absence, SiteDay, StandIn
from opensenco.staffing.onsite import (
    ANSWERS,
    FOR_A_PART,
    FOR_ALL,
    LEADS,
    SAFEGUARDS,
    TEAM,
    Adult,
    Cover,
    Gone,
    Standing,
    Stretch,
    Where,
    not_to_be_called,
    standing_at,
    whom_to_call,
)
from opensenco.staffing.queries.hours import who_supports
from opensenco.staffing.queries.roster import SUPPORTS

#: roles of those who are named on the page of the day
TEAM_ROLES = frozenset({*FOR_ALL, FOR_A_PART, TEAM, *SUPPORTS})
ASKED_BESIDE = frozenset({*ANSWERS, SAFEGUARDS, LEADS})
STAFF = tuple(code for code, role in BY_CODE.items() if not role.guest)
MOST_SAID, MOST_NOTES = 60, 60


@dataclass(frozen=True)
class Day:
    """Who is on site at a moment of a day.

    Args:
        closed: the place is closed then; nobody is looked for.
        adults: the SEN team and those who give support, by surname. others: who else is called.
        mine: one's own role here, by which one says where one is.
    """

    day: date
    closed: Closed | None
    adults: list[Adult] = field(default_factory=list)
    others: list[Adult] = field(default_factory=list)
    mine: Membership | None = None

    @cached_property
    def calls(self) -> list[Adult]:
        """Whom to call, the first first; nobody calls themselves."""
        return whom_to_call(
            one for one in (*self.adults, *self.others)
            if self.mine is None or one.key != self.mine.person_id
        )  # fmt: skip

    @cached_property
    def missing(self) -> list[Adult]:
        """Who co-ordinates here and cannot be called now, so that it is said why."""
        return not_to_be_called(self.adults)

    def at(self, *where: Where) -> list[Adult]:
        """Give those of the team who are so at this moment."""
        return [one for one in self.adults if one.standing.where in where]


def on_site(actor: Actor, org: Organisation) -> Day:
    """Give who is on site now. Its questions do not grow with adults."""
    day = actor.today
    closed = closed_on({org.pk}, day)
    roles: dict[int, list[Membership]] = defaultdict(list)
    for row in _roles(actor, org):
        roles[row.person_id].append(row)
    mine = next(iter(roles.get(actor.person.pk, ())), None)
    if closed is not None:
        return Day(day, closed, mine=mine)
    supports = who_supports(org, day)
    standing_in = {row.membership_id: row for row in _covers(actor, org)}
    away = {row.away_id: row for row in standing_in.values()}
    said = _said_of_weekday(actor, org, day)
    gone: dict[int, list[Gone]] = defaultdict(list)
    for one in visible(actor, Action.ON_SITE_VIEW, Absence).filter(org=org):
        gone[one.who_id].append(Gone(one.from_at, one.until_at))
    now = london_time(actor.at).time()
    adults: list[Adult] = []
    others: list[Adult] = []
    for pk, rows in roles.items():
        codes = {row.role for row in rows}
        if not (codes & (TEAM_ROLES | ASKED_BESIDE) or pk in supports):
            continue
        made = _adult(rows, standing_at(said.get(pk), gone[pk], now), standing_in, away)
        (adults if codes & TEAM_ROLES or pk in supports else others).append(made)
    return Day(day, None, adults, others, mine)


def notes_of_today(actor: Actor, org: Organisation) -> list[StandIn]:
    """Give what was handed over for today to whoever stands in, as far as this actor reads it: who
    arranges cover what they may arrange, others what is for themselves."""
    action = Action.SESSION_LOG
    if actor.can_somewhere(Action.COVER_ARRANGE):
        action = Action.COVER_ARRANGE
    elif not actor.can_somewhere(Action.SESSION_LOG):
        return []
    rows = visible(actor, action, StandIn).filter(
        org=org, on=actor.today, taken_back_at__isnull=True, person__isnull=False,
        absence__back_at__isnull=True,
    )  # fmt: skip
    related = rows.select_related(
        "pupil", "person", "by", "absence__who", "allocation__provision", "allocation__group"
    )
    return list(related.order_by("starts_at", "together", "pupil__sort_key", "id")[:MOST_NOTES])


def role_of(actor: Actor, ref: uuid.UUID) -> Membership:
    """Give the role of whom this actor may say where they are.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.ON_SITE_SAY, Membership, ref, "person", "org")


def roles_of(actor: Actor, role: Membership) -> list[Membership]:
    """Give the roles of the same person in this actor's places today, one for each place."""
    rows = visible(actor, Action.ON_SITE_SAY, Membership).filter(
        on_day(actor.today), person=role.person_id, withdrawn=False, role__in=STAFF
    )
    found = {row.org_id: row for row in rows.select_related("person", "org").order_by("-id")}
    return list(found.values()) or [role]


def places_of(actor: Actor, role: Membership) -> list[Organisation]:
    """Give where somebody can say that they are: one's own schools, also those of another role; of
    a colleague the places of this actor at which they work."""
    rows = Membership.objects.filter(
        on_day(actor.today), come(), person=role.person_id, withdrawn=False, role__in=STAFF
    )
    if role.person_id != actor.person.pk:
        rows = rows.filter(org__in=actor.hat.orgs)
    found = Organisation.objects.filter(pk__in=rows.values("org"))
    return list(found.order_by("name", "id"))


def said_of(actor: Actor, role: Membership) -> dict[int, list[SiteDay]]:
    """Give what holds today of each weekday of somebody, in the order of the day."""
    rows = _said(actor, role.org).filter(who=role.person_id, first__lte=actor.today)
    return {day: _counting(some) for day, some in _by(rows, "weekday").items()}


def every_said(actor: Actor, role: Membership) -> list[SiteDay]:
    """Give what was said of somebody's weekdays, the latest first."""
    rows = _said(actor, role.org).filter(who=role.person_id).select_related("person")
    return list(rows.order_by("-first", "-id")[:MOST_SAID])


def _roles(actor: Actor, org: Organisation) -> QuerySet[Membership]:
    rows = visible(actor, Action.ON_SITE_VIEW, Membership).filter(
        on_day(actor.today), come(), org=org, withdrawn=False, person__is_active=True,
        role__in=STAFF,
    )  # fmt: skip
    related = rows.select_related("person", "part", "local_role", "org")
    return related.order_by("person__last_name", "person__first_name", "starts", "id")


def _said(actor: Actor, org: Organisation) -> QuerySet[SiteDay]:
    return visible(actor, Action.ON_SITE_VIEW, SiteDay).filter(org=org).select_related("place")


def _said_of_weekday(actor: Actor, org: Organisation, day: date) -> dict[int, list[Stretch]]:
    """Give where people are on the weekday of a day, by the number of the person."""
    rows = _said(actor, org).filter(weekday=day.weekday(), first__lte=day)
    return {
        pk: [
            Stretch(row.place.name if row.place else "", row.place_id == org.pk, row.from_at,
                    row.until_at, row.reach)
            for row in _counting(some)
        ]
        for pk, some in _by(rows, "who_id").items()
    }  # fmt: skip


def _by(rows: Iterable[SiteDay], name: str) -> dict[int, list[SiteDay]]:
    found: dict[int, list[SiteDay]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _counting(rows: Sequence[SiteDay]) -> list[SiteDay]:
    """Give the rows of one person and weekday that were said last of the latest first day."""
    newest = max(rows, key=lambda row: (row.first, row.pk))
    same = [row for row in rows if row.said == newest.said]
    return sorted(same, key=lambda row: row.pk)


def _covers(actor: Actor, org: Organisation) -> list[SencoCover]:
    return [row for row in covers.of_membership(actor).values() if row.org_id == org.pk]


def _adult(
    rows: Sequence[Membership],
    standing: Standing,
    standing_in: dict[int, SencoCover],
    away: dict[int, SencoCover],
) -> Adult:
    who = rows[0].person
    cover = next((standing_in[row.pk] for row in rows if row.pk in standing_in), None)
    covered = away.get(who.pk)
    return Adult(
        who.pk, who.name, tuple(row.role for row in rows), tuple(dict.fromkeys(_called(rows))),
        # whoever has somebody stand in for them is away, whatever their week says
        Standing(Where.AWAY) if covered else standing,
        Cover(cover.away.name, cover.membership.ends) if cover else None,
        Cover(covered.membership.person.name, covered.membership.ends) if covered else None,
        rows[0].ref,
    )  # fmt: skip


def _called(rows: Iterable[Membership]) -> list[str]:
    return [f"{held(row)[0]}, {row.part.name}" if row.part else held(row)[0] for row in rows]
