"""What was done since a day: reviews, outcomes, meetings, concerns, provision, and who does it."""

from django.utils.translation import gettext as _

from opensenco.access.models import Membership
from opensenco.kernel.dates import say
from opensenco.kernel.small_numbers import SMALL, guard
from opensenco.law.codes.sen import Area
from opensenco.people.policy import on_day
from opensenco.provision.delivery import Total
from opensenco.provision.queries.figures import by_layer
from opensenco.provision.states import LAYER_NAMES
from opensenco.reports.document import Cell, Line, Table
from opensenco.reports.questions import Asking
from opensenco.reports.questions.telling import counted, listed, within
from opensenco.staffing.queries.workload import workload
from opensenco.support.queries import year_figures
from opensenco.support.queries.figures import check, review_figures
from opensenco.support.states import Status

#: roles that co-ordinate, as the register of a place has them
CO_ORDINATORS = ("SENCO", "SENCO_LEAD", "EY_SENCO", "SENCO_SHARED", "SENCO_TRUST", "SENCO_PHASE")


def areas_met(asking: Asking) -> Table:
    """Pupils by the broad areas of all needs that were recorded in the last three years."""
    found = year_figures.areas_met(asking.actor, asking.org.pk)
    short = {
        Area.COMMUNICATION: _("Communication"),
        Area.COGNITION: _("Learning"),
        Area.SEMH: _("Mental health"),
        Area.SENSORY_PHYSICAL: _("Senses, body"),
    }
    (shown,) = guard(tuple(found.values())).tables
    rows = [(short[area], _(area.label), one) for area, one in zip(found, shown, strict=True)]
    return listed(
        _("Pupils with a need of each broad area in the last three years"),
        _("Broad area"), _("Pupils"), rows,
        note=_("A pupil with needs of two areas stands in both."),
    )  # fmt: skip


def movement(asking: Asking) -> Table:
    """Pupils for whom a status began since the report's first day."""
    found = year_figures.movement(asking.actor, asking.org.pk, asking.since)
    names = {
        Status.EHC_PLAN: _("Began to have an EHC plan"),
        Status.SEN_SUPPORT: _("Began SEN support"),
        Status.NO_SEN: _("No longer need SEN support or a plan"),
    }
    return counted(
        _("Changes of status"), _("Change"), _("Pupils"),
        [names[Status(code)] for code in found], list(found.values()),
    )  # fmt: skip


def reviews(asking: Asking) -> Table:
    """Reviews of plans: held in time, held late, overdue now (APD-05)."""
    found = review_figures(asking.actor, asking.org.pk, asking.since)
    names = (_("Held by the day agreed"), _("Held later"), _("Overdue now"))
    return counted(
        _("Reviews of plans"), _("Review"), _("Plans"), names,
        (found.in_time, found.late, found.overdue),
    )  # fmt: skip


def outcomes(asking: Asking) -> Table:
    """What reviews found of the outcomes that pupils worked towards."""
    found = year_figures.outcome_figures(asking.actor, asking.org.pk, asking.since)
    names = (_("Met"), _("Carried over"), _("Changed"))
    return counted(
        _("Outcomes that were reviewed"), _("What came of it"), _("Outcomes"), names,
        (found.met, found.carried, found.changed),
    )  # fmt: skip


def parents_met(asking: Asking) -> Table:
    """Pupils on SEN support by whether their parents were met as often as by now (APD-08)."""
    found = year_figures.met_figures(asking.actor, asking.org.pk)
    names, counts = [_("Met as often as by now"), _("A meeting is missing")], [
        found.in_time, found.late,
    ]  # fmt: skip
    if found.unknown:
        names.append(_("Not known: term dates are missing"))
        counts.append(found.unknown)
    # the register says beside it how many are on SEN support
    shown = within(counts, asking.register.of_status(Status.SEN_SUPPORT.value))
    note = _("Three meetings a year are usual. Guidance: depart only with a reason.")
    return listed(
        _("Pupils on SEN support, by meetings with their parents this school year"),
        _("Meetings"), _("Pupils"), zip(names, names, shown, strict=False), note=note,
    )  # fmt: skip


def concerns(asking: Asking) -> Table:
    """Concerns that were raised, and how long the first answer took (IDN-12)."""
    found = year_figures.concern_figures(asking.actor, asking.org.pk, asking.since)
    note = ""
    if found.days is not None and found.answered >= SMALL:
        note = _("The first answer came after %(days)s days on average.") % {
            "days": f"{found.days:.0f}"
        }
    return counted(
        _("Concerns that were raised"), _("Concern"), _("How many"),
        (_("Answered"), _("Waits for an answer")), (found.answered, found.waits), note=note,
    )  # fmt: skip


def asked(asking: Asking) -> Table:
    """How many people were asked about pupils, and what came of it."""
    found = year_figures.asked_figures(asking.actor, asking.org.pk, asking.since)
    names = (_("Answered"), _("Waits for an answer"), _("Could not answer, or closed without"))
    return counted(
        _("People who were asked about a pupil"), _("Asked"), _("How many"), names,
        (found.answered, found.waits, found.without),
    )  # fmt: skip


def delivery(asking: Asking) -> Table:
    """Minutes promised by today and delivered, of what runs now, by layer."""
    found = by_layer(asking.actor, asking.org.pk)
    lines = [_layer(layer, total) for layer, total in found.items() if total.pupils]
    return Table(
        _("Promised and delivered"),
        (_("Provision"), _("Pupils"), _("Delivered of what was due, %")),
        tuple(lines),
    )


def _layer(layer: int, total: Total) -> Line:
    name = str(LAYER_NAMES[layer])
    if total.pupils < SMALL:
        small = Cell(_("under %(small)s") % {"small": SMALL}, None, hidden=True)
        return Line(name, (small, Cell(_("also hidden"), None, hidden=True)))
    share = round(100 * total.delivered / total.due) if total.due else None
    shown = Cell(_("nothing due yet")) if share is None else Cell(str(share), share)
    return Line(name, (Cell(str(total.pupils), total.pupils), shown))


def senco(asking: Asking) -> Table:
    """Who co-ordinates here today, by name and role."""
    rows = (
        Membership.objects.filter(
            on_day(asking.actor.today), org=asking.org, role__in=CO_ORDINATORS
        )
        .select_related("person")
        .order_by("role", "person__last_name", "person__first_name", "id")
    )
    word = str(asking.org.senco_word)
    lines = {row.person.name: Line(row.person.name, (Cell(word),)) for row in rows}
    return Table(_("Who co-ordinates"), (_("Name"), _("Role")), tuple(lines.values()))


def time(asking: Asking) -> Table:
    """Time to co-ordinate: set aside, and on the record since September (ROL-12)."""
    check(asking.actor, asking.org.pk)
    found = workload(asking.actor, asking.org)
    lines = [
        Line(
            _("%(first)s to %(last)s") % {"first": say(one.span.first), "last": say(one.until)},
            (_hours(one.share.aside), _hours(one.share.spent)),
        )
        for one in found.terms
    ]
    note = _("No law names a number of hours. What nobody recorded is missing.")
    heads = (_("Days"), _("Hours set aside"), _("Hours on the record"))
    return Table(_("Time to co-ordinate, all who do so together"), heads, tuple(lines), note)


def _hours(minutes: int | None) -> Cell:
    if minutes is None:
        return Cell(_("not entered"))
    hours = round(minutes / 60)
    return Cell(str(hours), hours)


QUESTIONS = {
    "time": time,
    "areas-met": areas_met,
    "movement": movement,
    "reviews": reviews,
    "outcomes": outcomes,
    "parents-met": parents_met,
    "concerns": concerns,
    "asked": asked,
    "delivery": delivery,
    "senco": senco,
}
