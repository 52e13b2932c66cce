"""Who reads, writes and approves reports."""

from django.db.models import Exists, OuterRef, Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, held
from opensenco.access.models import Membership, Organisation
from opensenco.access.reach import Reach
from opensenco.access.registry import NONE, rules
from opensenco.people.models import Pupil
from opensenco.people.policy import on_day
from opensenco.reports.models import (
    AimNote,
    PlanAim,
    Report,
    ReportEdition,
    ReportPaper,
    ReportPart,
    ReportPoint,
)
from opensenco.reports.states import State

#: of a report on its way, what others than its writers may read
SENT = (State.WAITS, State.APPROVED, State.PUBLISHED)


@rules(Organisation, Action.REPORT_WRITE)
def place_rule(actor: Actor, action: Action) -> Q:
    """The places of one's hat: a report is about the whole of one."""
    return Q(pk__in=actor.hat.orgs) if actor.hat.reach(action) is Reach.ALL else NONE


@rules(Pupil, Action.REPORT_APPROVE)
def pupil_rule(actor: Actor, action: Action) -> Q:
    """No pupil: a report is about a place. What waits for approval names none."""
    return NONE


@rules(ReportEdition, Action.REPORT_READ)
def edition_rule(actor: Actor, action: Action) -> Q:
    """Every edition of one's places."""
    return _here(actor, action)


@rules(PlanAim, Action.REPORT_READ, Action.REPORT_WRITE)
@rules(AimNote, Action.REPORT_READ, Action.REPORT_WRITE)
def aim_rule(actor: Actor, action: Action) -> Q:
    """Aims of the strategic plan and what was noted of them: they name no pupil."""
    return _here(actor, action)


@rules(Report, Action.REPORT_WRITE)
@rules(ReportPart, Action.REPORT_WRITE)
@rules(ReportPoint, Action.REPORT_WRITE)
def writing_rule(actor: Actor, action: Action) -> Q:
    """Reports on their way, for whoever writes them."""
    return _here(actor, action)


@rules(Report, Action.REPORT_READ, Action.REPORT_APPROVE)
def sent_rule(actor: Actor, action: Action) -> Q:
    """Reports that were sent for approval; all of them for whoever writes them."""
    return _here(actor, action) & (_writes(actor) or Q(state__in=SENT))


@rules(ReportPaper, Action.REPORT_READ)
def paper_rule(actor: Actor, action: Action) -> Q:
    """Papers of reports that one may read; all of them for whoever writes those.

    A paper set while a report was still written holds words that may have been taken out before it
    was sent. So others see the papers they asked for themselves, and those of an edition.
    """
    edition = ReportEdition.objects.filter(report=OuterRef("report"), at__lte=OuterRef("at"))
    asked = Q(person=actor.person, report__state__in=SENT)
    return _here(actor, action) & (_writes(actor) or asked | Q(Exists(edition)))


def _here(actor: Actor, action: Action) -> Q:
    return Q(org__in=actor.hat.orgs) if actor.hat.reach(action) is Reach.ALL else NONE


def _writes(actor: Actor) -> Q | None:
    whole = actor.hat.reach(Action.REPORT_WRITE) is Reach.ALL
    return Q(pk__isnull=False) if whole else None


def others_approve(actor: Actor, org_id: int) -> bool:
    """Tell whether anybody but this person approves reports at a place today."""
    rows = Membership.objects.filter(
        on_day(actor.today), org_id=org_id, person__is_active=True
    ).exclude(person=actor.person)
    named = rows.select_related("org", "local_role")
    return any(Action.REPORT_APPROVE in held(row)[1] for row in named)
