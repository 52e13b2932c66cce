"""What the pages of provision show, gathered from the domain."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.calendar import closed_on, years_entered
from opensenco.cases.explain import said
from opensenco.kernel.refs import short
from opensenco.law.calendar.years import AcademicYear
from opensenco.pages.provision import forms, sources
from opensenco.pages.provision.course import course
from opensenco.provision import queries
from opensenco.provision.delivery import Delivery, Total
from opensenco.provision.in_words import in_words
from opensenco.provision.minutes import WEEKDAYS
from opensenco.provision.queries.decided import latest
from opensenco.provision.queries.points import scale_for
from opensenco.provision.states import LAYER_NAMES, Standing, Went, WhyNot
from opensenco.ui.words import day_short

#: how many weekdays back one can log from the page
DAYS_BACK = 15


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
        "enough": [unit for unit in units if not unit.open and not unit.logged],
        "week": queries.week_of(actor, units),
    }


def quiet(actor: Actor) -> dict[str, Any]:
    """Give what has gone quiet, to whoever gives provision: part of the home page."""
    gives = actor.can_somewhere(Action.PROVISION_ALLOCATE)
    return {"quiet": queries.quiet_now(actor) if gives else []}


@dataclass
class Sheet:
    """One session as a form: whose, on which day, and what is filled in already."""

    unit: Any
    allocations: list[Any]
    initial: dict[str, Any]
    days: Sequence[tuple[str, str]] = ()
    again: bool = False
    earlier: bool = False
    correction: bool = False
    logged_by: list[str] = field(default_factory=list)
    made: Any = None

    @property
    def refs(self) -> dict[str, Any]:
        """The references of the promises, as the names of fields hold them."""
        return forms.refs_of(self.allocations)

    @property
    def pupils(self) -> list[Any]:
        """Whose session it is."""
        return [one.pupil for one in self.allocations]

    @property
    def closed(self) -> bool:
        """Whether it is logged already and nobody asked to log another."""
        return bool(self.logged_by) and not self.again and not self.earlier

    def form(self, **given: Any) -> forms.SessionForm:
        """Make the form."""
        kind = forms.CorrectionForm if self.correction else forms.SessionForm
        made = kind(
            pupils=[(short(one.ref), one.pupil.said) for one in self.allocations],
            minutes=self.lengths,
            days=self.days,
            **given,
        )
        self.made = made
        return made

    @property
    def lengths(self) -> list[int]:
        """The lengths to choose from, with the one that is filled in."""
        chosen = int(self.initial["minutes"])
        return sorted({*forms.lengths(self.unit.minutes), chosen})

    def kids(self, form: Any) -> list[tuple[Any, Any, Any]]:
        """Give each promise with the fields of its pupil, for the template."""
        return [
            (one, form[forms.WENT + short(one.ref)], form[forms.NOTE + short(one.ref)])
            for one in self.allocations
        ]


def sheet(actor: Actor, row: Any, asked: Mapping[str, str]) -> Sheet:
    """Give the form for one session of what is done together with a promise.

    Args:
        asked: the address's own words: `again` for a second session today, `earlier` for another
            day.
    """
    unit = queries.unit(actor, row, actor.today)
    earlier = "earlier" in asked
    days = weekdays(actor.today, row, today=not earlier)
    allocations = [pupil.allocation for pupil in unit.pupils]
    initial = forms.usual(unit.minutes, [short(one.ref) for one in allocations])
    initial["on"] = days[0][0] if days else ""
    return Sheet(
        unit, allocations, initial, days=days or [("", "")], again="again" in asked,
        earlier=earlier, logged_by=queries.logged_by(unit),
    )  # fmt: skip


def weekdays(last: date, row: Any, *, today: bool) -> list[tuple[str, str]]:
    """Give the weekdays on which a session can have been, newest first."""
    days = (last - timedelta(days=back) for back in range(0 if today else 1, DAYS_BACK * 7 // 5))
    possible = [day for day in days if day == last or (day.weekday() < 5 and day >= row.starts)]
    return [(day.isoformat(), _("Today") if day == last else day_short(day)) for day in possible]


def logged_sheet(rows: list[Any]) -> Sheet:
    """Give the form for a session as it was logged."""
    allocations = [row.allocation for row in rows]
    unit = queries.Unit(tuple(queries.Pupil(row.allocation, row) for row in rows), rows[0].on)
    lengths = Counter(row.minutes for row in rows if row.minutes)
    length = lengths.most_common(1)[0][0] if lengths else unit.minutes
    initial = forms.usual(length, [short(one.ref) for one in allocations])
    not_held = next((row for row in rows if row.went == Went.NOT_HELD), None)
    for row in rows:
        ref = short(row.allocation.ref)
        if row.went in (Went.AWAY, Went.CHOSE_NOT):
            initial[forms.WENT + ref] = row.went
        if not_held is None:
            initial[forms.NOTE + ref] = row.note
    if not_held is not None:
        initial |= {"not_held": not_held.reason, "note": not_held.note}
    return Sheet(unit, allocations, initial, correction=True)


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
        "unit": logged_sheet(rows).unit,
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
        "scale": scale,
        "latest": latest(actor, [row]).get(row.pk),
        **sources.source(row),
        "strength": sources.strength_words(row),
        "scale_words": f"{scale.name}, {in_words(scale)}" if scale else "",
    }


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
        "count": count,
        "standing": standing,
        **counted(actor, [part]),
        "silent": queries.quiet_with(actor, row),
        "gives": actor.can_somewhere(Action.PROVISION_ALLOCATE),
        "runs": actor.can_somewhere(Action.SESSION_LOG) and standing == Standing.RUNNING,
        "costs": actor.can_somewhere(Action.COST_VIEW),
        "why": dict(WhyNot.choices),
        "went": dict(Went.choices),
        **course(actor, row),
    }


def task(
    form: Any, row: Any, heading: str, main: str, back: str, *, danger: bool = False
) -> dict[str, Any]:
    """Give what the template of one task shows."""
    return {
        "form": form, "heading": heading, "main": main, "back": back, "row": row, "danger": danger,
    }  # fmt: skip
