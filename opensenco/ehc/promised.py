"""Section F of EHC plans counted like any promise: what gives each row, and what came of it.

However many rows there are, the database is asked as often: once for what is tied, once for what
is given, once for its sessions, and once for the days of each place.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.cases.calendar import own_calendar
from opensenco.ehc.models import EhcLine, EhcTie
from opensenco.ehc.section_f import Amount
from opensenco.ehc.states import Given, Per, Section
from opensenco.gate.rows import find
from opensenco.kernel.dates import Span
from opensenco.kernel.words import Sentence
from opensenco.law.calendar.years import AcademicYear
from opensenco.people.models import Pupil
from opensenco.provision.minutes import Counted, school_days
from opensenco.provision.models import Allocation, Provision, Session
from opensenco.provision.queries.standing import standing_sessions
from opensenco.provision.states import MISSED_WORDS, Went
from opensenco.support.queries.reading import rows_of
from opensenco.ui.words import day as said_day


class Met(models.TextChoices):
    """Whether something gives a row of section F today: a reading, never stored."""

    GIVEN = "given", gettext_lazy("given")
    LATER = "later", gettext_lazy("begins later")
    WITHOUT = "without", gettext_lazy("given without sessions")
    ENDED = "ended", gettext_lazy("has ended")
    NOTHING = "nothing", gettext_lazy("nothing gives it yet")
    UNSAID = "unsaid", gettext_lazy("nobody has said what gives it")


#: what is owed and not given now
GAPS = frozenset({Met.LATER, Met.ENDED, Met.NOTHING, Met.UNSAID})


@dataclass(frozen=True)
class Owed:
    """One row of section F, what gives it, and what came of it in a stretch of time.

    Args:
        given: what is given of the provision that it is tied to, of all times; what runs first.
        first, today: the stretch that is counted. days: its school days.
        delivered: minutes; made_up: those of them in sessions that say which missed one they make
            up. missed: sessions by what stood in the way.
    """

    line: EhcLine
    ties: Sequence[EhcTie]
    given: Sequence[Allocation]
    first: date
    today: date
    days: Counted
    delivered: int = 0
    made_up: int = 0
    held: int = 0
    missed: Mapping[str, int] = field(default_factory=dict)

    @property
    def amount(self) -> Amount | None:
        """What section F promises in numbers; None where it has none."""
        row = self.line
        if row.times is None or row.minutes is None:
            return None
        return Amount(row.times, row.per, row.minutes)

    @property
    def running(self) -> list[Allocation]:
        """What of it runs today."""
        return [
            row for row in self.given
            if row.starts <= self.today and (row.ends is None or row.ends >= self.today)
        ]  # fmt: skip

    @property
    def met(self) -> Met:
        """Whether something gives it today."""
        if self.line.given == Given.WITHOUT:
            return Met.WITHOUT
        if self.line.given == Given.NOTHING:
            return Met.NOTHING
        if not self.ties:
            return Met.UNSAID
        if self.running:
            return Met.GIVEN
        return Met.LATER if any(row.starts > self.today for row in self.given) else Met.ENDED

    @property
    def gap(self) -> bool:
        """Whether it is owed and nothing gives it now."""
        return self.met in GAPS

    @property
    def due_sessions(self) -> int:
        """Sessions that section F promises for these days."""
        return self.amount.due(self.days.days)[0] if self.amount else 0

    @property
    def due(self) -> int:
        """Minutes that section F promises for these days."""
        return self.amount.due(self.days.days)[1] if self.amount else 0

    @property
    def planned(self) -> int:
        """Minutes a week of what runs."""
        return sum(row.times_a_week * row.minutes for row in self.running)

    @property
    def thin(self) -> bool:
        """Whether less is given a week than section F promises."""
        return bool(self.running and self.amount and self.planned < self.amount.weekly)

    @property
    def percent(self) -> int | None:
        """Delivered of what section F promised, in whole per cent; None where it has no number."""
        return round(100 * self.delivered / self.due) if self.due else None

    @property
    def asked_words(self) -> str:
        """What section F promises, in numbers: "3 times a week, 20 minutes"."""
        if self.amount is None:
            return ""
        return amount_words(self.amount)

    @property
    def met_words(self) -> str:
        """What gives it, in words; or that nothing does, and why."""
        names = ", ".join(dict.fromkeys(one.provision.name for one in self.ties))
        said = str(self.met.label)
        if self.met is Met.GIVEN:
            return names
        if self.met is Met.LATER:
            starts = min(row.starts for row in self.given if row.starts > self.today)
            return _("%(name)s, begins on %(day)s") % {"name": names, "day": said_day(starts)}
        if self.met is Met.ENDED:
            ends = [row.ends for row in self.given if row.ends]
            if not ends:
                return _("%(name)s, not given any more") % {"name": names}
            return _("%(name)s, ended on %(day)s") % {"name": names, "day": said_day(max(ends))}
        return f"{said}: {self.line.given_words}" if self.line.given_words else said

    @property
    def missed_words(self) -> str:
        """What stood in the way, most often first: "13 staff absent, 4 pupil away"."""
        often = sorted(self.missed.items(), key=lambda pair: (-pair[1], pair[0]))
        return ", ".join(f"{count} {MISSED_WORDS[why]}" for why, count in often)

    @property
    def delivered_words(self) -> str:
        """The numbers in words: "560 of 600 minutes since 1 September 2026, 93%; 40 of them made up
        for missed sessions".
        """
        numbers = {"delivered": self.delivered, "due": self.due, "percent": self.percent,
                   "day": said_day(self.first)}  # fmt: skip
        words = _("%(delivered)s of %(due)s minutes since %(day)s, %(percent)s%%")
        if self.percent is None:
            words = _("%(delivered)s minutes since %(day)s")
        if not self.made_up:
            return words % numbers
        again = _("%(made_up)s of them made up for missed sessions") % {"made_up": self.made_up}
        return f"{words % numbers}; {again}"


def amount_words(amount: Amount) -> str:
    """Say a promise in numbers."""
    words = ngettext(
        "%(times)s time %(per)s, %(minutes)s minutes",
        "%(times)s times %(per)s, %(minutes)s minutes",
        amount.times,
    )
    return words % {
        "times": amount.times, "per": Per(amount.per).label, "minutes": amount.minutes,
    }  # fmt: skip


def owed(actor: Actor, lines: Iterable[EhcLine], pupil: Pupil | None = None,
         day: date | None = None) -> list[Owed]:  # fmt: skip
    """Give rows of section F with what gives them and what came of it, in the order given.

    Args:
        day: as the record of this pupil stood at its end; None for now.
    """
    rows = [row for row in lines if row.section == Section.PROVISION]
    if not rows or not actor.can_somewhere(Action.PROVISION_VIEW):
        return []
    today = day or actor.today
    ties = _ties(actor, rows, pupil, day)
    given = _given(actor, [one for some in ties.values() for one in some], pupil, day)
    spans = {row.pk: Span(_since(row, today), today) for row in rows}
    sums = _sums(actor, [row for some in given.values() for row in some], spans, rows, ties, day)
    orgs = {row.org_id for row in rows}
    whole = Span(min(span.first for span in spans.values()), today)
    calendars = {org: own_calendar(org, whole) for org in sorted(orgs)}
    return [
        Owed(
            line=row,
            ties=ties.get(row.pk, []),
            given=[one for tie in ties.get(row.pk, [])
                   for one in given.get((row.pupil_id, tie.provision_id), [])],
            first=spans[row.pk].first,
            today=today,
            days=school_days(spans[row.pk], calendars[row.org_id]),
            **sums.get(row.pk, {}),
        )
        for row in rows
    ]  # fmt: skip


def remarks_of(rows: Iterable[Owed]) -> list[Sentence]:
    """Give what a reader must be told of how days were counted."""
    return list(dict.fromkeys(one for row in rows for one in row.days.remarks))


def _since(row: EhcLine, today: date) -> date:
    """Count from the first day of the school year, or from the day the plan was made in it."""
    made_on: date = row.plan.made_on
    return min(max(AcademicYear.of(today).span.first, made_on), today)


def _ties(
    actor: Actor, rows: Sequence[EhcLine], pupil: Pupil | None, day: date | None
) -> dict[int, list[EhcTie]]:
    keys = [row.pk for row in rows]
    if pupil is not None and day is not None:
        found = rows_of(actor, Action.PLAN_VIEW, EhcTie, pupil, day)
        names = Provision.objects.in_bulk([one.provision_id for one in found])
        every = list(found.filter(line_id__in=keys, in_error_at__isnull=True).order_by("id"))
        for one in every:
            one.provision = names[one.provision_id]
    else:
        seen = visible(actor, Action.PLAN_VIEW, EhcTie)
        every = list(
            seen.filter(line__in=keys, in_error_at__isnull=True)
            .select_related("provision")
            .order_by("id")
        )
    found_ties: dict[int, list[EhcTie]] = {}
    for one in every:
        found_ties.setdefault(one.line_id, []).append(one)
    return found_ties


Key = tuple[int, int]


def _given(
    actor: Actor, ties: Sequence[EhcTie], pupil: Pupil | None, day: date | None
) -> dict[Key, list[Allocation]]:
    if pupil is not None and day is not None:
        rows = rows_of(actor, Action.PROVISION_VIEW, Allocation, pupil, day)
    else:
        rows = visible(actor, Action.PROVISION_VIEW, Allocation)
    rows = rows.filter(
        pupil_id__in={one.pupil_id for one in ties},
        provision_id__in={one.provision_id for one in ties},
        in_error_at__isnull=True,
    ).order_by("-starts", "-id")
    found: dict[Key, list[Allocation]] = {}
    for row in rows:
        found.setdefault((row.pupil_id, row.provision_id), []).append(row)
    return found


def _sums(
    actor: Actor, given: Sequence[Allocation], spans: Mapping[int, Span], rows: Sequence[EhcLine],
    ties: Mapping[int, Sequence[EhcTie]], day: date | None,
) -> dict[int, dict[str, Any]]:  # fmt: skip
    """Add up what was logged of each row within its stretch."""
    if not given:
        return {}
    of = {row.pk: (row.pupil_id, row.provision_id) for row in given}
    firsts = {span.first for span in spans.values()}
    ledger = standing_sessions(
        Session.objects.filter(allocation__in=list(of), on__gte=min(firsts)), day
    ).exclude(went=Went.MISTAKE)
    # the stretches begin on few days: mostly all on the first of September
    counted = {f"from_{first:%Y%m%d}": Count("pk", filter=Q(on__gte=first)) for first in firsts}
    minutes = {f"sum_{first:%Y%m%d}": Sum("minutes", filter=Q(on__gte=first)) for first in firsts}
    again = Q(makes_up__isnull=False)
    made_up = {
        f"again_{first:%Y%m%d}": Sum("minutes", filter=again & Q(on__gte=first)) for first in firsts
    }
    grouped = list(
        ledger.filter(on__lte=day or actor.today)
        .values("allocation_id", "went", "reason")
        .annotate(**counted, **minutes, **made_up)
        .order_by("allocation_id")
    )
    return {row.pk: _added(row, ties, of, grouped, f"{spans[row.pk].first:%Y%m%d}") for row in rows}


def _added(
    row: EhcLine, ties: Mapping[int, Sequence[EhcTie]], of: Mapping[int, Key],
    grouped: Sequence[Mapping[str, Any]], first: str,
) -> dict[str, Any]:  # fmt: skip
    keys = {(row.pupil_id, one.provision_id) for one in ties.get(row.pk, [])}
    delivered, made_up, held, missed = 0, 0, 0, dict[str, int]()
    for part in grouped:
        times = part[f"from_{first}"]
        if of[part["allocation_id"]] not in keys or not times:
            continue
        if part["went"] == Went.DELIVERED:
            delivered, held = delivered + (part[f"sum_{first}"] or 0), held + times
            made_up += part[f"again_{first}"] or 0
        else:
            why = part["reason"] or part["went"]
            missed[why] = missed.get(why, 0) + times
    return {"delivered": delivered, "made_up": made_up, "held": held, "missed": missed}


def what_is_given(actor: Actor, pupil: Pupil) -> list[Provision]:
    """Give what of the library this pupil is given or was, what runs first, each once."""
    rows = visible(actor, Action.PROVISION_VIEW, Allocation).filter(
        pupil=pupil, in_error_at__isnull=True
    )
    every = list(rows.select_related("provision").order_by("-starts", "-id"))
    over = sorted(every, key=lambda row: row.ends is not None and row.ends < actor.today)
    return list({row.provision_id: row.provision for row in over}.values())


def owed_by_section_f(actor: Actor, promises: Sequence[Allocation]) -> set[int]:
    """Give the keys of those promises that give a row of section F of a plan that stands, as far as
    this actor may read it. Asks once, and not where there are none."""
    if not promises or actor.hat.role.guest:
        return set()
    rows = visible(actor, Action.PLAN_VIEW, EhcTie).filter(
        pupil__in={one.pupil_id for one in promises}, in_error_at__isnull=True,
        line__in_error_at__isnull=True, line__plan__in_error_at__isnull=True,
        line__plan__ended_on__isnull=True,
    )  # fmt: skip
    tied = set(rows.values_list("pupil_id", "provision_id"))
    return {one.pk for one in promises if (one.pupil_id, one.provision_id) in tied}


def tied_to(line: EhcLine) -> list[EhcTie]:
    """Give what a row is tied to now."""
    rows = EhcTie.objects.filter(line=line, in_error_at__isnull=True)
    return list(rows.select_related("provision").order_by("id"))


def provision_row(actor: Actor, ref: uuid.UUID) -> EhcLine:
    """Give a row of section F that this actor keeps.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.EHC_KEEP, EhcLine, ref, "pupil__org", "plan", "plan__pupil")
