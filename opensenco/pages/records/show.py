"""What the records at a glance show, gathered from the domains."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.cases.statements import Named, named
from opensenco.law.calendar.years import AcademicYear
from opensenco.pages.records.forms import SpanForm, span_form
from opensenco.people import queries as people
from opensenco.support import queries as support
from opensenco.support.queries.records import (
    AttendanceLine,
    Records,
    ResultLine,
    Series,
    records_of,
)
from opensenco.support.words import score_in_words
from opensenco.ui import words
from opensenco.ui.charts import Bar
from opensenco.ui.listing import Pick
from opensenco.ui.own_words import a_plan
from opensenco.ui.things import Event

#: entries of the behaviour log that one page shows; the file has all of them
MOST_ENTRIES = 100
#: bars that stand beside each other on a narrow page
MOST_BARS = 12
ONE_DAY = timedelta(days=1)


@dataclass
class Month:
    """One month of a pupil: what was known of it, and what the school did."""

    first: date
    attendance: list[AttendanceLine] = field(default_factory=list)
    results: list[ResultLine] = field(default_factory=list)
    incidents: int = 0
    praise: int = 0
    steps: list[Event] = field(default_factory=list)
    health: list[Event] = field(default_factory=list)


@dataclass(frozen=True)
class Alert:
    """A health alert, and the day on which it was recorded."""

    on: date
    alert: str
    what_to_do: str


@dataclass(frozen=True)
class Glance:
    """The page, as far as this person may see it.

    Attributes:
        months: newest first, those of which something is known.
        steps: status changes and plans within the days, newest first.
        cut: how many entries of the log the page leaves to the file.
    """

    records: Records
    form: SpanForm
    since: date | None
    until: date | None
    tabs: list[Pick]
    months: list[Month]
    steps: list[Event]
    series: list[Series]
    bars: list[Bar]
    incident_bars: list[Bar]
    cut: int
    may: dict[str, bool]
    #: what every adult with the pupil must know, whenever it was recorded
    alerts: list[Alert]
    papers: dict[uuid.UUID, list[Named]] = field(default_factory=dict)

    @property
    def entries(self) -> tuple[Any, ...]:
        """The entries of the log that the page shows."""
        return (self.records.incidents or ())[:MOST_ENTRIES]

    def leads_to(self, source: Named) -> str:
        """Give the page of what a result came from."""
        return reverse(PAGES[source.row.source_label], args=[source.row.source_ref])

    def between(self, starts: date, ends: date) -> str:
        """Give a span in words."""
        return between(starts, ends)

    def absences(self, line: AttendanceLine) -> str:
        """Give the absences of a span in words."""
        return absences(line)

    @property
    def nothing(self) -> bool:
        """Whether nothing at all is known in these days."""
        found = self.records
        return not (found.attendance or found.results or found.incidents or self.alerts)

    @property
    def of_health(self) -> bool:
        """Whether something of the pupil's health was recorded in these months."""
        return any(one.health for one in self.months)


def glance(actor: Actor, pupil: Any, query: Mapping[str, str]) -> Glance:
    """Gather the page of a pupil between the days that an address asks for."""
    span, since, until = _span(actor.today, query)
    form = span_form(query, since, until)
    if form.is_bound and form.is_valid():
        span, since, until = "", form.cleaned_data["since"], form.cleaned_data["until"]
    records = records_of(actor, pupil, since, until)
    steps = _steps(actor, pupil, since, until or actor.today)
    incidents = records.incidents or ()
    found = people.alerts_by_day(actor, pupil)
    alerts = [Alert(on, row.alert, row.what_to_do) for on, row in found]
    return Glance(
        records=records,
        form=form,
        since=since,
        until=until,
        tabs=_tabs(actor.today, span),
        months=_months(records, steps, _noted(alerts, since, until or actor.today)),
        steps=steps,
        series=records.series(),
        bars=_bars(records.attendance or ()),
        incident_bars=_incident_bars(incidents),
        cut=max(len(incidents) - MOST_ENTRIES, 0),
        may=_may(actor, pupil),
        alerts=alerts,
        papers=_papers(actor, records.results or ()),
    )


#: the page of each kind of source
PAGES = {
    "documents.Document": "documents:show",
    "participation.AskRound": "asking:round",
    "concerns.Observation": "observing:show",
}


def _papers(actor: Actor, results: Sequence[Any]) -> dict[uuid.UUID, list[Named]]:
    """Give by the result the papers it came from, as far as this person may open them."""
    found: dict[uuid.UUID, list[Named]] = {}
    for one in named(actor, [line.row for line in results]):
        found.setdefault(one.row.host_ref, []).append(one)
    return found


def _may(actor: Actor, pupil: Any) -> dict[str, bool]:
    return {
        "edit": may(actor, Action.RECORDS_EDIT, pupil),
        "behave": may(actor, Action.BEHAVIOUR_EDIT, pupil),
        "import": actor.can_somewhere(Action.IMPORT_PUPILS),
    }


def _span(today: date, query: Mapping[str, str]) -> tuple[str, date | None, date | None]:
    """Give the days that a tab names: this school year where none is named."""
    year = AcademicYear.of(today)
    span = query.get("span", "year")
    if span == "all":
        return span, None, None
    if span == "two":
        return span, AcademicYear(year.starts - 1).first, None
    return "year", year.first, None


def _tabs(today: date, span: str) -> list[Pick]:
    labels = {
        "year": _("This school year"),
        "two": _("This and last school year"),
        "all": _("Everything"),
    }
    return [Pick(label, f"?span={code}", code == span) for code, label in labels.items()]


def _steps(actor: Actor, pupil: Any, since: date | None, until: date) -> list[Event]:
    """What the school did that could have changed something: status and plans, newest first."""
    found = [
        Event(row.starts, _("SEN status: %(name)s") % {"name": row.get_code_display()})
        for row in support.statuses_of(actor, pupil)
        if not row.in_error
    ]
    for cycle in support.cycles_of(actor, pupil):
        if cycle.in_error:
            continue
        number, called = {"number": cycle.number}, a_plan(pupil.org, cycle.number)
        found.append(Event(cycle.started_on, _("Cycle %(number)s began") % number))
        if cycle.agreed_on:
            found.append(Event(cycle.agreed_on, _("%(plan)s agreed") % {"plan": called}))
        if cycle.reviewed_on:
            found.append(Event(cycle.reviewed_on, _("Cycle %(number)s reviewed") % number))
    within = [one for one in found if (since is None or one.on >= since) and one.on <= until]
    return sorted(within, key=lambda one: one.on, reverse=True)


def _noted(alerts: Sequence[Alert], since: date | None, until: date) -> list[Event]:
    """What was recorded of the pupil's health within the days."""
    return [
        Event(one.on, one.alert)
        for one in alerts
        if (since is None or one.on >= since) and one.on <= until
    ]


def _months(records: Records, steps: Sequence[Event], health: Sequence[Event]) -> list[Month]:
    found: dict[date, Month] = {}

    def month(day: date) -> Month:
        first = day.replace(day=1)
        return found.setdefault(first, Month(first))

    for line in records.attendance or ():
        month(line.row.ends).attendance.append(line)
    for result in records.results or ():
        month(result.row.on).results.append(result)
    for incident in records.incidents or ():
        one = month(incident.on)
        one.praise += incident.praise
        one.incidents += not incident.praise
    for step in steps:
        month(step.on).steps.append(step)
    for noted in health:
        month(noted.on).health.append(noted)
    return sorted(found.values(), key=lambda one: one.first, reverse=True)


def _bars(lines: Sequence[AttendanceLine]) -> list[Bar]:
    """Give a bar for each of the last spans, the oldest first; one alone needs no bars."""
    if len(lines) < 2:
        return []
    return [
        Bar(
            label=words.month(one.row.ends),
            value=float(one.percent),
            low=one.low,
            name=between(one.row.starts, one.row.ends),
        )
        for one in reversed(lines[:MOST_BARS])
    ]


def _incident_bars(incidents: Sequence[Any]) -> list[Bar]:
    """Give a bar for each month from the first incident to the last, empty months too."""
    counts: dict[date, int] = {}
    for one in incidents:
        if not one.praise:
            first = one.on.replace(day=1)
            counts[first] = counts.get(first, 0) + 1
    if len(counts) < 2:
        return []
    months = [min(counts)]
    while months[-1] < max(counts):
        months.append((months[-1] + timedelta(days=32)).replace(day=1))
    return [Bar(words.month(one), counts.get(one, 0)) for one in months[-MOST_BARS:]]


def between(starts: date, ends: date) -> str:
    """Give a span in words."""
    return _("%(first)s to %(last)s") % {"first": words.day(starts), "last": words.day(ends)}


def task(form: Any, heading: str, main: str, pupil: Any, **more: Any) -> dict[str, Any]:
    """Give what the one template of the tasks shows."""
    back = reverse("records:show", args=[pupil.ref])
    return {"form": form, "heading": heading, "main": main, "pupil": pupil, "back": back, **more}


def wrong(actor: Actor, row: Any, address: str) -> dict[str, str]:
    """Give the way to mark a fact as made in error, for who may."""
    marks = may(actor, Action.RECORD_INVALIDATE, row)
    return {"wrong": reverse(address, args=[row.ref])} if marks else {}


def values(row: Any, form: Any) -> dict[str, Any]:
    """Give what a form begins with: the row's own values."""
    found = {name: getattr(row, name) for name in (*form.base_fields, "version")}
    return {name: _typed(value) for name, value in found.items()}


def _typed(value: Any) -> Any:
    return format(value.normalize(), "f") if hasattr(value, "normalize") else value


def result_values(row: Any) -> dict[str, Any]:
    """Give what the form of a result begins with."""
    typed = row.words
    if not typed and row.number is not None:
        years, months = divmod(int(row.number), 12)
        typed = f"{years}:{months:02d}" if row.measure == "age" else _typed(row.number)
    return {"reached": typed, "assessed_by": row.assessed_by, "version": row.version}


def result_facts(row: Any) -> list[tuple[str, str]]:
    """Give what a result is about, for the page that changes it."""
    name = " ".join(filter(None, (row.test, row.area)))
    measure = type(row)._meta.get_field("measure").choices
    told = score_in_words(row.measure, row.number, row.words)
    return [
        (_("Test or assessment"), name),
        (_("Day"), words.day(row.on)),
        (_("Kind of result"), str(dict(measure)[row.measure])),
        (_("Reached"), told),
        (_("Where it came from"), row.get_origin_display()),
    ]


def incident_facts(row: Any) -> list[tuple[str, str]]:
    """Give what an entry of the log is about, for the page that changes it."""
    return [
        (_("Day"), words.day(row.on)),
        (_("Kind"), row.category),
        (_("Where it came from"), row.get_origin_display()),
    ]


def attendance_facts(row: Any) -> list[tuple[str, str]]:
    """Give what a span of attendance is about, for the page that changes it."""
    return [
        (_("Days"), between(row.starts, row.ends)),
        (_("Attendance"), f"{AttendanceLine(row).percent} %"),
        (_("Where it came from"), row.get_origin_display()),
    ]


def absences(line: AttendanceLine) -> str:
    """Give the absences of a span in words."""
    row = line.row
    told = []
    if row.authorised is not None:
        told.append(ngettext("%(num)s session authorised", "%(num)s sessions authorised",
                             row.authorised) % {"num": row.authorised})  # fmt: skip
    if row.unauthorised is not None:
        told.append(ngettext("%(num)s unauthorised", "%(num)s unauthorised",
                             row.unauthorised) % {"num": row.unauthorised})  # fmt: skip
    if row.authorised_percent is not None:
        told.append(_("%(part)s %% authorised") % {"part": _typed(row.authorised_percent)})
    if row.unauthorised_percent is not None:
        told.append(_("%(part)s %% unauthorised") % {"part": _typed(row.unauthorised_percent)})
    return ", ".join(told)
