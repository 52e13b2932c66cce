"""A person decides of records past their date: kept on, or disposed of. The worker disposes."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.cases import spine
from opensenco.documents import keeping_dates
from opensenco.documents.models import OwnYears
from opensenco.documents.retention import KEEPS, SEN_FILE
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.law.numbers.duties import RETENTION_YEARS
from opensenco.people.models import Pupil
from opensenco.protection import removing
from opensenco.protection.models import Disposal, KeptLonger
from opensenco.protection.operations.requests import reason
from opensenco.protection.states import Disposing

#: days in which a decision can be called off; after that nobody brings anything back
GRACE = timedelta(days=7)
LONGEST_KEPT = timedelta(days=366 * 30)
#: ids in one statement
MANY = 5000


@operation(Action.KEEPING_DECIDE, on="org")
def set_years(
    *, actor: Actor, org: Organisation, rule: str, years: int, because: str, version: int | None
) -> OwnYears:
    """Say how many years the place keeps what a rule is for. The rule's own number is the least.

    Raises:
        Invalid: no such rule, too few or too many years, or no reason.
        Stale: somebody else decided in between.
    """
    if rule not in KEEPS:
        raise Invalid("rule", _("Choose one of the answers shown."))
    least, most = KEEPS[rule].years, RETENTION_YEARS.most
    if not least <= years <= most:
        words = _("Between %(least)s and %(most)s years.")
        raise Invalid("years", words % {"least": least, "most": most})
    words = reason(because, "because")
    row = OwnYears.objects.filter(org=org, rule=rule).first()
    if row is None:
        row = OwnYears(org=org, rule=rule, years=years, because=words, person=actor.person,
                       at=actor.at)  # fmt: skip
        row.save()
        return row
    return change(row, version=version, years=years, because=words, person=actor.person,
                  at=actor.at)  # fmt: skip


@operation(Action.KEEPING_DECIDE, on="pupil")
def keep_longer(*, actor: Actor, pupil: Pupil, until: date, why: str) -> KeptLonger:
    """Keep a record past its date on, until a day, for a reason.

    Raises:
        Invalid: a day that is past or too far away, or no reason.
        NotPossible: its date has not come, or it is to be disposed of.
    """
    if until <= actor.today or until > actor.today + LONGEST_KEPT:
        raise Invalid("until", _("Choose a day from tomorrow on, within 30 years."))
    if removing.kept_until(pupil) > actor.today:
        raise NotPossible(_("Its date has not come yet."))
    if removing.standing(pupil) is not None:
        raise NotPossible(_("It was decided to dispose of this record. Call that off first."))
    row = KeptLonger(org_id=pupil.org_id, pupil=pupil, until=until, reason=reason(why, "why"),
                     person=actor.person, at=actor.at)  # fmt: skip
    row.save()
    return row


@operation(Action.KEEPING_DECIDE, on="pupil")
def decide_disposal(*, actor: Actor, pupil: Pupil) -> Disposal:
    """Decide that a record past its date is disposed of. It can be called off for seven days.

    Raises:
        NotPossible: something keeps the record; the sentence says what.
    """
    if (stands := removing.why_kept(pupil, actor.today)) is not None:
        raise NotPossible(stands)
    own = keeping_dates.own_years(pupil.org_id)
    row = Disposal(
        org_id=pupil.org_id, record=pupil.ref, rule=SEN_FILE.code,
        years=max(keeping_dates.years(keep, own) for keep in KEEPS.values()),
        kept_until=removing.kept_until(pupil), person=actor.person, at=actor.at,
        due_on=actor.today + GRACE,
    )  # fmt: skip
    row.save()
    # the lead is told whether or not there is anything of theirs, so that nobody learns which
    spine.tell(
        actor=actor, org=pupil.org, pupil=pupil, role_action=Action.SAFEGUARDING_VIEW,
        words=_("A record past its date is to be disposed of within days, with all that is marked "
                "for you: say so now if it must be kept"),
    )  # fmt: skip
    return row


@operation(Action.KEEPING_DECIDE, on="disposal")
def call_off_disposal(*, actor: Actor, disposal: Disposal, version: int | None) -> Disposal:
    """Call a disposal off before it is carried out.

    Raises:
        NotPossible: it has been carried out, or was called off already.
        Stale: it was carried out in between.
    """
    if disposal.state != Disposing.DECIDED:
        raise NotPossible(_("This cannot be called off any more."))
    return change(disposal, version=version, state=Disposing.CALLED_OFF,
                  called_off_by=actor.person, called_off_at=actor.at)  # fmt: skip


@operation(Action.KEEPING_DECIDE, on="disposal")
def carry_out_disposal(*, actor: Actor, disposal: Disposal, version: int | None) -> Disposal:
    """Remove every row of a record, in one transaction, and count what went. The worker alone can.

    Its files are removed from the disk after that; until then the certificate lists them.

    Raises:
        NotPossible: something keeps the record since, or it is not decided or not due.
        Stale: another worker was at it.
    """
    if disposal.state != Disposing.DECIDED or disposal.due_on > actor.today:
        raise NotPossible
    pupil = Pupil.objects.filter(org_id=disposal.org_id, ref=disposal.record).first()
    if pupil is None:
        raise NotPossible
    if (stands := removing.why_kept(pupil, actor.today, but=disposal)) is not None:
        raise NotPossible(stands)
    change(disposal, version=version, state=Disposing.GOING)
    going = removing.going(pupil)
    for model, ids in going.rows:
        for start in range(0, len(ids), MANY):
            some = ids[start : start + MANY]
            model._default_manager.filter(pk__in=some).remove_for_good()  # type: ignore[attr-defined]
    removing.forget_searches(going)
    return change(disposal, version=None, counts=going.counts, left=going.digests,
                  files=len(going.digests))  # fmt: skip


@operation(Action.KEEPING_DECIDE, on="disposal")
def finish_disposal(*, actor: Actor, disposal: Disposal, version: int | None) -> Disposal:
    """Say that the files are gone too. The certificate stands from then on.

    Raises:
        NotPossible: its rows have not been removed.
        Stale: another worker was at it.
    """
    if disposal.state != Disposing.GOING:
        raise NotPossible
    return change(disposal, version=version, state=Disposing.DONE, done_at=actor.at, left=[])
