"""Reading what one was told, choosing what reaches one by mail, and putting an address right.

Reading a notice is written down: afterwards nobody can say that they were not told.
"""

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid
from opensenco.notices.models import (
    BadAddress,
    DueMail,
    Mail,
    MailChoice,
    NewsRead,
    Notice,
    NoticeRead,
)
from opensenco.notices.states import How, MailState
from opensenco.notices.whats_new import NEWEST

LAST_HOUR = 23


@operation(Action.TASK_DO, on="notices")
def read_notices(*, actor: Actor, notices: list[Notice]) -> None:
    """Mark notices as read by the acting person. Those that are read already stay as they are."""
    known = set(
        NoticeRead.objects.filter(notice__in=notices, person=actor.person).values_list(
            "notice_id", flat=True
        )
    )
    NoticeRead.objects.bulk_create(
        NoticeRead(org_id=notice.org_id, notice=notice, person=actor.person, at=actor.at)
        for notice in notices
        if notice.pk not in known
    )


@operation(Action.SIGNED_IN)
def choose_mail(
    *,
    actor: Actor,
    mine: How,
    role: How,
    urgent: How,
    digest_hour: int,
    quiet_from: int,
    quiet_until: int,
    school_days_only: bool,
) -> list[MailChoice]:
    """Choose what reaches the acting person by mail, and when, in the places of their hat.

    What is due to them already follows the new choice.

    Args:
        mine: what is sent to them by name. role: what is sent to whoever has a role.
        urgent: safeguarding notes.
        digest_hour, quiet_from, quiet_until: hours of the clock in England, 0 to 23; the same hour
            twice means that nothing is quiet.

    Raises:
        Invalid: an hour is none.
    """
    hours = {"digest_hour": digest_hour, "quiet_from": quiet_from, "quiet_until": quiet_until}
    for name, hour in hours.items():
        if not 0 <= hour <= LAST_HOUR:
            raise Invalid(name, _("Choose an hour of the day."))
    chosen = {
        "mine": How(mine), "role": How(role), "urgent": How(urgent),
        "school_days_only": school_days_only, **hours,
    }  # fmt: skip
    orgs = sorted(actor.hat.orgs)
    known = {
        row.org_id: row for row in MailChoice.objects.filter(org__in=orgs, person=actor.person)
    }
    rows = []
    for org in orgs:
        if org in known:
            rows.append(change(known[org], version=None, **chosen))
        else:
            row = MailChoice(org_id=org, person=actor.person, **chosen)
            row.save()
            rows.append(row)
    DueMail.objects.filter(org__in=orgs, person=actor.person).update(due_at=None)
    return rows


@operation(Action.SIGNED_IN)
def read_whats_new(*, actor: Actor, number: int) -> NewsRead:
    """Say that the acting person has read what is new, up to an entry.

    Raises:
        Invalid: there is no such entry.
    """
    if not 1 <= number <= NEWEST:
        raise Invalid("number", _("Open the page again: it has changed."))
    org = min(actor.hat.orgs)
    known = NewsRead.objects.filter(org=org, person=actor.person).first()
    if known is not None:
        return change(known, version=None, number=max(number, known.number))
    row = NewsRead(org_id=org, person=actor.person, number=number)
    row.save()
    return row


@operation(Action.SIGNED_IN, on="bad")
def settle_address(*, actor: Actor, bad: BadAddress) -> BadAddress:
    """Say that an address is right again; what was stopped goes out. Twice is as once.

    One's own, or one of the place for whoever manages its people.
    """
    at = actor.next_moment()
    rows = BadAddress.objects.filter(pk=bad.pk, settled_at__isnull=True)
    if not rows.update(settled_at=at, settled_by=actor.person):
        return bad
    bad.settled_at, bad.settled_by = at, actor.person
    Mail.objects.filter(
        org_id=bad.org_id, to=bad.address, state=MailState.STOPPED, until__gt=at
    ).update(state=MailState.WAITING, due_at=at)
    return bad
