"""From notices to mails: who is to be mailed of what, when, and then one mail for all of it.

Two steps, each in one transaction for each place or person, so that a worker that is killed leaves
nothing half done, and two workers do nothing twice. Called in the scope that sees every place.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, Hat, hats_of
from opensenco.access.models import Invitation, Membership, Organisation, Person
from opensenco.access.registry import visible
from opensenco.access.scope import scope
from opensenco.kernel.clock import london_date
from opensenco.notices import outbox
from opensenco.notices.links import address
from opensenco.notices.models import DueMail, MailChoice, Notice, NoticeRead
from opensenco.notices.moments import SchoolDay, Times, moment
from opensenco.notices.states import URGENT, How
from opensenco.ui import ways

#: notices of one place looked at in one go
MOST_AT_ONCE = 200
#: gives for a place and a day what tells its school days
Calendar = Callable[[int], SchoolDay]


def places_with_news() -> list[int]:
    """Give the places that have notices of which it is not known yet whom to mail."""
    rows = DueMail.objects.filter(due_at__isnull=True).order_by("org_id")
    return list(rows.values_list("org_id", flat=True).distinct())


def spread(org_id: int, now: datetime, calendar: Calendar) -> int:
    """Say of a place's new notices who is to be mailed and when; give how many mails are due."""
    with transaction.atomic():
        rows = (
            DueMail.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(org_id=org_id, due_at__isnull=True)
            .order_by("id")[:MOST_AT_ONCE]
        )
        fresh = list(rows)
        if not fresh:
            return 0
        known = Notice.objects.in_bulk([row.notice_id for row in fresh])
        new = [known[row.notice_id] for row in fresh if row.person_id is None]
        again = [(row.person_id, row.notice_id) for row in fresh if row.person_id is not None]
        # first those whom it reaches anew are gone, so that nobody stands twice
        DueMail.objects.filter(pk__in=[row.pk for row in fresh]).delete()
        made = _made(org_id, new, again, known, now, calendar(org_id))
        DueMail.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def drop_news() -> int:
    """Let go of what nobody can be mailed of, where no mail leaves this server."""
    return DueMail.objects.all().delete()[0]


def _made(
    org_id: int,
    new: list[Notice],
    again: list[tuple[int, int]],
    known: dict[int, Notice],
    now: datetime,
    school_day: SchoolDay,
) -> list[DueMail]:
    """Give what is due to whom.

    Args:
        again: people and notices whose moment is to be found anew.
    """
    people = _people(org_id, now)
    choices = {
        row.person_id: row for row in MailChoice.objects.filter(org_id=org_id, person__in=people)
    }
    made = []
    for person in people:
        choice = choices.get(person.pk) or MailChoice(org_id=org_id, person=person)
        timed = [known[notice] for who, notice in again if who == person.pk]
        for notice in (*_reaching(person, org_id, new, now), *timed):
            how, urgent = how_of(choice, notice)
            due = moment(how, times_of(choice), now, school_day, urgent=urgent)
            if due is not None:
                made.append(DueMail(org_id=org_id, notice=notice, person=person, due_at=due))
    return made


def how_of(choice: MailChoice, notice: Notice) -> tuple[How, bool]:
    """Give how a notice reaches somebody by their choice, and whether it waits for no morning."""
    if notice.role_action in {verb.value for verb in URGENT}:
        return How(choice.urgent), True
    return How(choice.mine if notice.person_id else choice.role), False


def times_of(choice: MailChoice) -> Times:
    """Give the hours that somebody chose."""
    return Times(choice.digest_hour, choice.quiet_from, choice.quiet_until, choice.school_days_only)


def _people(org_id: int, now: datetime) -> list[Person]:
    today = london_date(now)
    waiting = Invitation.objects.filter(
        membership=OuterRef("pk"), taken_at__isnull=True, withdrawn_at__isnull=True
    )
    # whoever has not come through their link yet could not read what waits
    held = Membership.objects.filter(
        ~Exists(waiting), Q(ends__isnull=True) | Q(ends__gte=today), org_id=org_id,
        starts__lte=today,
    )  # fmt: skip
    rows = Person.objects.filter(pk__in=held.values("person_id"), is_active=True)
    return list(rows.order_by("pk"))


def _reaching(
    person: Person, org_id: int, notices: list[Notice], now: datetime
) -> Iterable[Notice]:
    """Give those of the notices that this person would find in the application, in any hat."""
    if not notices:
        return []
    verbs = {notice.role_action for notice in notices if not notice.person_id}
    named = any(notice.person_id == person.pk for notice in notices)
    found: dict[int, Notice] = {}
    for hat in hats_of(person, london_date(now)):
        if org_id in hat.orgs and (named or _has_one(hat, verbs)):
            found |= {row.pk: row for row in _seen(Actor(person, hat, now), notices)}
    return found.values()


def _has_one(hat: Hat, verbs: Iterable[str]) -> bool:
    return any(hat.reach(Action(verb)) is not None for verb in verbs if verb)


def _seen(actor: Actor, notices: list[Notice]) -> list[Notice]:
    """Ask in their own scope: nobody is mailed of what they could not read."""
    with scope(actor.scope, write=True):
        rows = visible(actor, Action.TASK_VIEW, Notice).filter(pk__in=[n.pk for n in notices])
        return list(rows.exclude(by=actor.person, person__isnull=True))


def people_due(now: datetime) -> list[int]:
    """Give the people for whom a mail is due."""
    rows = DueMail.objects.filter(due_at__lte=now).order_by("person_id")
    return [one for one in rows.values_list("person_id", flat=True).distinct() if one]


def mail_to(person_id: int, now: datetime) -> bool:
    """Write one mail for all that is due to a person, of whichever places; tell whether one was.

    What they have read meanwhile needs none, nor does a place in which they have no role any more.
    """
    with transaction.atomic():
        rows = list(
            DueMail.objects.select_for_update(of=("self",))
            .filter(person_id=person_id, due_at__lte=now)
            .order_by("id")
        )
        person = Person.objects.get(pk=person_id)
        read = NoticeRead.objects.filter(notice=OuterRef("notice"), person=person)
        unread = DueMail.objects.filter(~Exists(read), pk__in=[row.pk for row in rows])
        here = {hat_org for hat in hats_of(person, london_date(now)) for hat_org in hat.orgs}
        orgs = [one for one in unread.values_list("org_id", flat=True) if one in here]
        if orgs and person.is_active:
            _post(person, orgs, now)
        DueMail.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return bool(orgs and person.is_active)


def _post(person: Person, orgs: list[int], now: datetime) -> None:
    """Say that something waits, how many things, and where to find them: nothing else."""
    places = list(Organisation.objects.filter(pk__in=orgs).order_by("name", "pk"))
    if len(places) == 1:
        where = _("at %(place)s") % {"place": places[0].name}
    else:
        where = _("in %(count)s places") % {"count": len(places)}
    news = ngettext("%(count)s new notice", "%(count)s new notices", len(orgs))
    words = "\n\n".join(
        (
            _("Something waits for you in OpenSENCO: %(news)s %(where)s.")
            % {"news": news % {"count": len(orgs)}, "where": where},
            _("Read what it is: %(address)s") % {"address": address(ways.place("news"))},
            _("This email says no more on purpose. What is in the record stays there."),
            _("Choose what reaches you, and when: %(address)s")
            % {"address": address(ways.place("what_reaches_me"))},
        )
    )
    outbox.post(
        org=places[0], to=person.email, person=person, at=now,
        subject=_("Something waits for you in OpenSENCO"), words=words + "\n",
    )  # fmt: skip
