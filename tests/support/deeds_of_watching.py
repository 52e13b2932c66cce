"""What people can do with observations and with what concerns lead to, once each."""

import uuid
from datetime import timedelta
from typing import Any

from opensenco.access.actor import Actor
from opensenco.concerns.models import Programme
from opensenco.concerns.operations import (
    advised,
    deciding,
    following,
    noting,
    observing,
    raising,
    referring,
)
from opensenco.concerns.operations.observing import Sight
from opensenco.people.models import Pupil
from opensenco.provision.models import Provision
from opensenco.provision.operations.because import give_programme
from opensenco.provision.operations.giving import Terms
from opensenco.provision.operations.library import add_provision
from opensenco.support.operations.advised import advice_becomes_strategy


def do(actor: Actor, pupil: Pupil) -> None:
    """A pupil is watched; what was seen is put right and taken back. What follows, follows."""
    seen = observing.record_observation(
        actor=actor, pupil=pupil, kind="narrative", sight=Sight(on=actor.today, seen="He drew.")
    )
    better = Sight(on=actor.today, seen="He drew a map.")
    observing.correct_observation(actor=actor, observation=seen, version=None, sight=better)
    observing.mark_observation_in_error(
        actor=actor, observation=seen, version=None, reason="Another child."
    )
    about_services(actor, pupil)
    about_endings(actor, pupil)


def about_services(actor: Actor, pupil: Pupil) -> None:
    """A referral is heard of and taken back; so is a diagnosis; a child is set aside."""
    today, later = actor.today, actor.today + timedelta(days=28)
    sent = referring.refer(
        actor=actor, pupil=pupil, service="Hearing clinic", why="He turns his head.",
        agreed_by="Leila", agreed_on=today, sent_on=today, ask_again=later,
        proof_words="At the gate, to Amara",
    )  # fmt: skip
    act = advised.advice_becomes_action(
        actor=actor, referral=sent, words="Face him when you speak", owner=actor.person, due=later
    )
    advised.settle_advice(actor=actor, advice=act, done=True, result="He looks up.", version=None)
    advice_becomes_strategy(actor=actor, referral=sent, words="Say his name first")
    one: dict[str, Any] = {"actor": actor, "version": None}
    referring.note_news(**one, referral=sent, on=today, stands="waiting", ask_again=later)
    referring.mark_referral_in_error(**one, referral=sent, reason="Another child.")
    told: dict[str, Any] = {"on": today, "given_by": "Dr Low", "known_from": "A letter"}
    kept = noting.record_diagnosis(actor=actor, pupil=pupil, what="Hearing loss", **told)
    noting.correct_diagnosis(**one, diagnosis=kept, what="Hearing loss, mild", **told)
    noting.mark_diagnosis_in_error(**one, diagnosis=kept, reason="Another child.")
    noting.set_aside(actor=actor, pupil=pupil, reason="He was ill.", until=later, signs="Absent.")
    noting.set_own_sign(
        actor=actor, org=pupil.org, which="incidents", number=6, first=today, because="Our policy"
    )
    following.set_own_days(
        actor=actor, org=pupil.org, name="first_plan", days=40, first=today, because="Our policy"
    )


def about_endings(actor: Actor, pupil: Pupil) -> None:
    """A concern ends in a short programme that is measured; then in a request that is sent."""
    later = actor.today + timedelta(days=28)
    concern = raising.raise_concern(actor=actor, pupil=pupil, noticed="He hides his book.")
    step: dict[str, Any] = {"actor": actor, "concern": concern, "version": None}
    deciding.triage_concern(**step, outcome="short_intervention", owner=actor.person, until=later)
    given: Provision = add_provision(
        actor=actor, org=pupil.org, name="Reading aloud, six weeks", layer=2
    )
    give_programme(
        actor=actor, pupils=[pupil], provision=given, concern=concern, measure="Words a minute",
        entry="31", terms=Terms(times_a_week=2, minutes=20, starts=actor.today, ends=later),
    )  # fmt: skip
    programme = Programme.objects.get(concern=concern)
    following.end_programme(**step, programme=programme, exit="44")
    deciding.triage_concern(**step, outcome="ehc_request", owner=actor.person)
    following.say_request_sent(**step, sent_on=actor.today)
    # giving a programme begins one too; here it is begun by itself
    other = raising.raise_concern(actor=actor, pupil=pupil, noticed="He hums.")
    deciding.triage_concern(
        actor=actor, concern=other, version=None, outcome="short_intervention",
        owner=actor.person, until=later,
    )  # fmt: skip
    following.begin_programme(
        actor=actor, concern=other, allocation=uuid.UUID(int=9), name="Reading aloud",
        measure="Words a minute", entry="31", until=later,
    )  # fmt: skip
