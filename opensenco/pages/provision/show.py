"""What the pages of provision show, gathered from the domain."""

from dataclasses import dataclass
from datetime import time
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.urls import reverse

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.calendar import closed_on, years_entered
from opensenco.cases.explain import said
from opensenco.kernel.clock import london_time
from opensenco.kernel.refs import short
from opensenco.law.calendar.years import AcademicYear
from opensenco.pages.provision import hours_said, sources
from opensenco.pages.provision.course import course
from opensenco.pages.provision.covering import covers
from opensenco.pages.provision.sheet import unit_of
from opensenco.provision import queries
from opensenco.provision.delivery import Delivery, Total
from opensenco.provision.in_words import in_words
from opensenco.provision.minutes import WEEKDAYS
from opensenco.provision.queries.decided import latest
from opensenco.provision.queries.made_up import key_of
from opensenco.provision.queries.points import scale_for, usual_for
from opensenco.provision.queries.timetables import hours_of, meets_of
from opensenco.provision.queries.work import work_of_sessions
from opensenco.provision.states import LAYER_NAMES, Standing, Went
from opensenco.provision.usual_words import what_is_usual
from opensenco.staffing.queries import trained
from opensenco.staffing.queries.unstaffed import running_now


def now(actor: Actor) -> dict[str, Any]:
    """Give whom one has today, what of it is open, and the week so far; or that school is closed.

    Also the part of an assistant's home page: template provision/now_part.html, as `part`.
    """
    units = queries.groups_now(actor)
    return {
        "closed": closed_on(actor.hat.orgs, actor.today),
        "units": units,
        "todo": [unit for unit in units if unit.open],
        "logged": [unit for unit in units if unit.logged],
        "enough": [u for u in units if not u.open and not u.logged and not u.timed],
        "not_today": [u for u in units if not u.open and not u.logged and u.timed],
        "due": [unit for unit in units if unit.open and unit.due(wall_clock(actor))],
        "week": queries.week_of(actor, units),
        "covers": covers(actor),
    }


def wall_clock(actor: Actor) -> time:
    """Give the time on the clock of the school's wall."""
    return london_time(actor.at).time()


def quiet(actor: Actor) -> dict[str, Any]:
    """Give what runs, has no adult and has gone quiet, to whoever gives provision: part of home."""
    if not actor.can_somewhere(Action.PROVISION_ALLOCATE):
        return {"quiet": [], "running": None}
    return {
        "quiet": queries.quiet_now(actor),
        "running": running_now(actor) if actor.can_somewhere(Action.STAFF_VIEW) else None,
        "costs": actor.can_somewhere(Action.COST_VIEW),
    }


def saved(actor: Actor, rows: list[Any]) -> dict[str, Any]:
    """Give what was saved of one session, and what is next."""
    units = queries.groups_now(actor)
    here = [row for row in rows if row.went == Went.DELIVERED]
    return {
        "rows": rows,
        "here": len(here),
        "minutes": here[0].minutes if here else 0,
        "not_held": rows[0] if rows[0].went == Went.NOT_HELD else None,
        "mistake": rows[0].went == Went.MISTAKE,
        "linked": next((row.makes_up for row in rows if row.makes_up_id), None),
        "before": queries.before_put_right(actor, rows),
        "unit": unit_of(rows),
        "work": work_of_sessions(actor, rows),
        "next": next((unit for unit in units if unit.open), None),
        "week": queries.week_of(actor, units),
        "senco": rows[0].pupil.org.senco_word,
    }


@dataclass(frozen=True)
class Row:
    """One provision of the school: who gets it, and what came of it."""

    provision: Any
    parts: list[Delivery]

    @property
    def total(self) -> Total:
        """All its promises together."""
        return Total.of(self.parts)

    @property
    def people(self) -> str:
        """Who delivers it, each once."""
        every = (
            one.name
            for part in self.parts
            for one in (part.allocation.group, part.allocation.person)
            if one
        )
        return ", ".join(dict.fromkeys(every))

    @property
    def missed(self) -> int:
        """How many sessions were missed, for whatever reason."""
        return sum(part.missed_sessions for part in self.parts)


@dataclass(frozen=True)
class LayerRows:
    """The provisions of one layer that run."""

    name: str
    rows: list[Row]

    @property
    def total(self) -> Total:
        """All of the layer together."""
        return Total.of([part for row in self.rows for part in row.parts])


def by_layer(parts: list[Delivery]) -> list[LayerRows]:
    """Gather promises under their provision, and these under their layer, in the order given."""
    rows = [
        Row(found[0].allocation.provision, found)
        for found in (
            list(group) for _key, group in groupby(parts, lambda one: one.allocation.provision_id)
        )
    ]
    return [
        LayerRows(str(LAYER_NAMES[layer]), list(group))
        for layer, group in groupby(rows, lambda row: int(row.provision.layer))
    ]


def counted(actor: Actor, parts: list[Delivery]) -> dict[str, Any]:
    """Give what a reader must be told about how days were counted, each once.

    Whoever may enter the term dates is led there where days were counted without them.
    """
    remarks = list(dict.fromkeys(remark for part in parts for remark in part.remarks))
    enters = actor.can_somewhere(Action.CALENDAR_EDIT)
    return {
        "remarks": [said(remark) for remark in remarks],
        "enters": _year_missing(actor, parts) if enters else None,
    }


def _year_missing(actor: Actor, parts: list[Delivery]) -> AcademicYear | None:
    """Give the first school year that a promise runs through and nobody has entered."""
    blind = [
        part.allocation
        for part in parts
        if any(remark.template == WEEKDAYS for remark in part.remarks)
    ]
    for org, rows in groupby(sorted(blind, key=attrgetter("org_id")), attrgetter("org_id")):
        lasts = [(one.starts, one.ends or actor.today) for one in rows]
        first = AcademicYear.of(min(day for day, _last in lasts))
        last = AcademicYear.of(max(day for _first, day in lasts))
        entered = years_entered(org)
        while first <= last:
            if first.starts not in entered:
                return first
            first = first.following()
    # the year is there, and does not reach as far as a promise does
    return AcademicYear.of(actor.today) if blind else None


def school(actor: Actor) -> dict[str, Any]:
    """Give what runs at the school, by layer, and what of its library is given to nobody now."""
    parts = queries.running(actor)
    used = {part.allocation.provision_id for part in parts}
    gives = actor.can_somewhere(Action.PROVISION_ALLOCATE)
    # Whoever sees only their own pupils cannot tell what is given to nobody.
    idle = [row for row in queries.provisions(actor) if row.pk not in used] if gives else []
    return {
        "layers": by_layer(parts),
        "total": Total.of(parts),
        "idle": idle,
        **counted(actor, parts),
        "gives": gives,
        "costs": actor.can_somewhere(Action.COST_VIEW),
    }


def one(actor: Actor, row: Any) -> dict[str, Any]:
    """Give one provision with everybody who gets it or got it."""
    parts = queries.of_provision(actor, row)
    scale = scale_for(row)
    return {
        "provision": row,
        "parts": parts,
        "total": Total.of(parts),
        "layer": LAYER_NAMES[row.layer],
        **counted(actor, parts),
        "quiet": queries.quiet_of(actor, row),
        "ledger": f"{reverse('provision:ledger')}?by=pupil&provision={short(row.ref)}",
        "gives": actor.can_somewhere(Action.PROVISION_ALLOCATE),
        "costs": actor.can_somewhere(Action.COST_VIEW),
        "scale": scale,
        "latest": latest(actor, [row]).get(row.pk),
        **sources.source(row, actor.today),
        "strength": sources.strength_words(row),
        "scale_words": f"{scale.name}, {in_words(scale)}" if scale else "",
        "usual_words": _usual(scale),
        "untrained": trained.untrained(
            actor, row, [one.allocation.person for one in parts if _runs(one, actor)]
        ),
    }


def _runs(one: Delivery, actor: Actor) -> bool:
    return one.allocation.ends is None or one.allocation.ends >= actor.today


def _usual(scale: Any) -> str:
    said = usual_for([scale]).get(scale.pk) if scale else None
    return what_is_usual(said) if said else ""


def promise(actor: Actor, row: Any) -> dict[str, Any]:
    """Give one promise to one pupil, and its ledger."""
    ledger, count = queries.sessions_of(actor, row)
    part = queries.delivery_of(actor, row)
    standing = row.standing(actor.today)
    return {
        "part": part,
        "row": row,
        "pupil": row.pupil,
        "ledger": ledger,
        "again": queries.made_up_by(ledger),
        "key": key_of,
        "count": count,
        "standing": standing,
        **counted(actor, [part]),
        "silent": queries.quiet_with(actor, row),
        "gives": actor.can_somewhere(Action.PROVISION_ALLOCATE),
        "runs": actor.can_somewhere(Action.SESSION_LOG) and standing == Standing.RUNNING,
        "costs": actor.can_somewhere(Action.COST_VIEW),
        "hours": hours_of(actor, row),
        "hour_words": hours_said.slot,
        "span_words": hours_said.days,
        "meets": hours_said.clashes(meets_of(actor, row)),
        "week_url": f"{reverse('provision:week')}?by=pupil&of={short(row.pupil.ref)}",
        **course(actor, row),
    }


def task(
    form: Any, row: Any, heading: str, main: str, back: str, *, danger: bool = False
) -> dict[str, Any]:
    """Give what the template of one task shows."""
    return {
        "form": form, "heading": heading, "main": main, "back": back, "row": row, "danger": danger,
    }  # fmt: skip
