"""What people can do with staff who give support, once each."""

from dataclasses import replace
from datetime import timedelta

from opensenco.access.actor import Actor
from opensenco.access.models import Membership
from opensenco.people.models import Pupil
from opensenco.provision.models import Allocation
from opensenco.staffing.operations import approach, cover, hours, onsite, shortfall, supervision
from opensenco.staffing.operations.not_held import write_not_held
from tests.cast import TODAY
from tests.people import person


def do(actor: Actor, pupil: Pupil) -> None:
    """Hours and supervision are written and put right; somebody is away, and comes after all."""
    row = hours.set_hours(
        actor=actor, org=pupil.org, who=person("ta"), post="Assistant", does="supports",
        week=1800, send=900, first=TODAY,
    )  # fmt: skip
    hours.take_hours_back(actor=actor, hours=row)
    shortfall.set_short_weeks(actor=actor, org=pupil.org, weeks=2)
    hours.set_hours(
        actor=actor, org=pupil.org, who=person("senco"), post="SENCO", does="co-ordinates",
        week=1800, send=900, first=TODAY - timedelta(days=60),
    )  # fmt: skip
    shortfall.follow_shortfall(actor=actor, org=pupil.org)
    role = Membership.objects.select_related("person", "org").get(
        org=pupil.org, person=person("ta")
    )
    onsite.say_days(
        actor=actor, roles=[role], weekdays=[0, 1], first=TODAY,
        stretches=[onsite.At(pupil.org, reach="Office")],
    )  # fmt: skip
    said = supervision.write_supervision(
        actor=actor, org=pupil.org, who=person("ta"), on=TODAY, words="What was agreed."
    )
    said = supervision.correct_supervision(
        actor=actor, supervision=said, version=said.version, on=TODAY, words="Agreed anew."
    )
    supervision.supervision_in_error(
        actor=actor, supervision=said, version=said.version, reason="Another person."
    )
    edition = approach.write_approach(
        actor=actor, org=pupil.org, words="We ask early, and read.", version=1
    )
    approach.sign_approach(actor=actor, edition=edition, read=True)
    approach.set_refresher(actor=actor, org=pupil.org, months=12)
    later = replace(actor, at=actor.at + timedelta(days=400))
    assert approach.follow_approach(actor=later, org=pupil.org), "who signed is asked again"
    away = cover.mark_away(actor=actor, org=pupil.org, who=person("ta"), on=TODAY)
    given = Allocation.objects.filter(
        pupil=pupil, in_error_at__isnull=True, starts__lte=TODAY, ends__gte=TODAY
    ).order_by("id")[:1]
    taken = cover.Arranged(away, list(given), None, None, person("other_teacher"))
    [stand_in, *_more] = cover.arrange(actor=actor, absences=[away], sessions=[taken])
    later = replace(actor, at=actor.next_moment())
    cover.take_choice_back(actor=later, stand_in=stand_in)
    cover.came_after_all(actor=later, absence=away, version=away.version)
    _said_beforehand(actor, pupil, list(given))


def _said_beforehand(actor: Actor, pupil: Pupil, given: list[Allocation]) -> None:
    day = TODAY + timedelta(days=1)
    away = cover.mark_away(actor=actor, org=pupil.org, who=person("ta"), on=day)
    dropped = cover.Arranged(away, given, None, None)
    rows = cover.arrange(actor=actor, absences=[away], sessions=[dropped])
    assert write_not_held(actor=replace(actor, at=actor.at + timedelta(days=1)), stand_ins=rows)
