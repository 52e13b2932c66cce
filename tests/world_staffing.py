"""What each school holds of its staff, long ago: none of it counts today."""

import uuid
from dataclasses import replace
from datetime import date, time, timedelta

from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation
from opensenco.audit.acting import as_actor
from opensenco.documents.keeping import Incoming, arrive, store_of, stored
from opensenco.people.models import Pupil
from opensenco.provision.models import Allocation
from opensenco.staffing.models import (
    Absence,
    ApproachEdition,
    ApproachReading,
    ApproachRefresher,
    Hours,
    Shortfall,
    ShortWeeks,
    SiteDay,
    StandIn,
    Supervision,
)
from opensenco.staffing.queries.approach import works_here
from tests.cast import NOW, TODAY
from tests.documents.samples import pdf

EARLY = NOW - timedelta(days=400)
FIRST, LEFT = date(2019, 9, 1), date(2020, 8, 31)
#: a day of the promise that the world holds, before today
AWAY = date(2027, 2, 3)


def make_staffing(actor: Actor, pupil: Pupil, word: str) -> None:
    """Keep one of each, as long ago as nobody asks."""
    early = replace(actor, at=EARLY)
    person = actor.person
    others = Membership.objects.filter(org=pupil.org).exclude(person=person)
    other = others.select_related("person").order_by("person_id")[0].person
    given = Allocation.objects.filter(pupil=pupil).order_by("id")[0]
    make_approach(actor, pupil.org, word)
    with as_actor(early):
        for first, week in ((FIRST, 1800), (LEFT, 0)):
            Hours(
                org=pupil.org, who=person, post=f"{word} assistant", does="supports", week=week,
                send=week // 2, first=first, person=person, at=EARLY,
            ).save()  # fmt: skip
        ShortWeeks(org=pupil.org, weeks=5, person=person, at=EARLY).save()
        Shortfall(
            org=pupil.org, who=other, found_on=FIRST, at=EARLY,
            weeks=[[FIRST.isoformat(), 600, len(word)]],
        ).save()  # fmt: skip
        Supervision(
            org=pupil.org, who=other, by=person, on=FIRST, words=f"{word}: what was agreed."
        ).save()
        # a Sunday: on the day of the tests nobody has said where they are
        SiteDay(
            org=pupil.org, who=person, weekday=6, first=FIRST, place=pupil.org, from_at=time(9),
            reach=f"{word} office", said=uuid.uuid4(), person=person, at=EARLY,
        ).save()  # fmt: skip
        absence = Absence(org=pupil.org, who=other, on=AWAY, by=person, at=EARLY)
        absence.save()
        StandIn(
            org=pupil.org, absence=absence, pupil=pupil, on=AWAY, starts_at=time(9),
            ends_at=time(9, 30), allocation=given,
            person=person, note=f"{word} note", together=uuid.uuid4(), choice=uuid.uuid4(),
            by=person, at=EARLY,
        ).save()  # fmt: skip


def make_approach(actor: Actor, org: Organisation, word: str) -> None:
    """Let a place have put its approach into words long ago, and all who work there sign it."""
    early = replace(actor, at=EARLY)
    store = store_of(org)
    with as_actor(early):
        found = arrive(store, Incoming(f"{word}.pdf", [pdf(f"{word} policy")]))
        store.keep(found.taken)
        edition = ApproachEdition(
            org=org, number=1, words=f"{word}: we ask early.\n\nWe read.", on=EARLY.date(),
            file=stored(early, org, found.taken, found.found), file_name=f"{word}.pdf",
            person=actor.person, at=EARLY,
        )  # fmt: skip
        edition.save()
        ApproachRefresher(org=org, months=0, person=actor.person, at=EARLY).save()
        for one in works_here(org.pk, TODAY).values():
            ApproachReading(
                org=org, edition=edition, person=one.person, asked_on=EARLY.date(),
                signed_on=EARLY.date(), signed_as=one.person.name, signed_at=EARLY,
            ).save()  # fmt: skip
