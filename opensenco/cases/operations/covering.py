"""Arranging who stands in for a SENCO who is away. Ending the role of who does ends it."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.cover_models import FOR_A_PART, FOR_ALL, SencoCover
from opensenco.access.models import Membership, Organisation, Person
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people import covers
from opensenco.people.operations.staff import check_role
from opensenco.people.policy import on_day


@operation(Action.PEOPLE_MANAGE, on="org")
def arrange_cover(
    *, actor: Actor, org: Organisation, away: Membership, person: Person, starts: date, ends: date
) -> SencoCover:
    """Let a colleague stand in for a SENCO from a day to a day.

    They get a role for these days and no longer: of the same part where the SENCO has one, and
    otherwise the tasks that a SENCO hands over. They never run the place.

    Args:
        away: the role of the SENCO who is away.
        person: a colleague who works here.

    Raises:
        Invalid: no SENCO, nobody of this place, the same person, days that have gone by or end
            before they start, or somebody who stands in for them in these days already.
        NotPossible: one would widen one's own sight.
    """
    if not covers.co_ordinates(away) or away.org_id != org.pk:
        raise Invalid("away", _("Choose a SENCO of this place."))
    if person.pk == away.person_id:
        raise Invalid("person", _("Choose somebody else: nobody stands in for themselves."))
    if person.pk == actor.person.pk and not covers.reaches_all(actor):
        raise NotPossible(_("You cannot give yourself a role. Ask a colleague who manages staff."))
    here = Membership.objects.filter(on_day(starts), org=org, person=person, withdrawn=False)
    if not here.exists():
        raise Invalid("person", _("Choose a colleague who works here on the first day."))
    if ends < actor.today:
        raise Invalid("ends", _("These days have gone by."))
    if covers.standing(org, away.person, starts, ends).exists():
        raise Invalid("starts", _("Somebody stands in for them in these days already."))
    role = FOR_A_PART if away.part_id else FOR_ALL
    check_role(org=org, role=role, starts=starts, ends=ends, part=away.part, local_role=None)
    held = Membership(org=org, person=person, role=role, part=away.part, starts=starts, ends=ends)
    held.save()
    row = SencoCover(
        org=org, away=away.person, membership=held, by=actor.person, at=actor.next_moment()
    )
    row.save()
    days = {"first": date_format(starts, "j F Y"), "last": date_format(ends, "j F Y")}
    _tell(actor, row, person, _("You stand in for %(who)s from %(first)s to %(last)s.")
          % {**days, "who": away.person.name})  # fmt: skip
    _tell(actor, row, away.person, _("%(who)s stands in for you from %(first)s to %(last)s.")
          % {**days, "who": person.name})  # fmt: skip
    return row


def _tell(actor: Actor, row: SencoCover, person: Person, words: str) -> None:
    if person != actor.person:
        spine.tell(actor=actor, org=row.org, person=person, source=row, words=words)
