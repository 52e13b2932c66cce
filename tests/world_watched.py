"""What adults saw of pupils at each school: long ago, so no desk tells of it."""

from dataclasses import replace
from datetime import timedelta

from opensenco.access.actor import Actor, chosen, hats_of
from opensenco.access.models import Person
from opensenco.audit.acting import as_actor
from opensenco.concerns.models import Concern, OwnDays, OwnSign, Programme
from opensenco.concerns.operations.advised import advice_not_followed
from opensenco.concerns.operations.noting import record_diagnosis, set_aside
from opensenco.concerns.operations.observing import Sight, record_observation
from opensenco.concerns.operations.referring import note_news, refer
from opensenco.people.models import Pupil
from opensenco.provision.models import Allocation
from tests.cast import LONG_AGO, NOW, TODAY

EARLY = NOW - timedelta(days=200)


def make_watched(teacher: Person, senco: Person) -> None:
    """Let Idris' teacher watch him at set times; the SENCO refers him, who was seen already."""
    idris = Pupil.objects.select_related("org").get(first_name="Idris")
    hat = chosen(hats_of(teacher, TODAY), None)
    assert hat is not None
    record_observation(
        actor=Actor(teacher, hat, EARLY), pupil=idris, kind="sampling",
        sight=Sight(on=EARLY.date(), every=60, labels=["On task", "Off task"],
                    samples=[0, 0, 1, None, 0], lesson="Maths", seen="He watched the door."),
    )  # fmt: skip
    hat = chosen(hats_of(senco, TODAY), None)
    assert hat is not None
    early = Actor(senco, hat, EARLY)
    refer_and_hear(early, idris, "Hearing clinic")
    record_diagnosis(
        actor=early, pupil=idris, what="Hearing loss, mild", on=EARLY.date(),
        given_by="Dr Low, hearing clinic", known_from="A letter",
    )  # fmt: skip
    measured(early, idris, "Words in one minute")


def refer_and_hear(actor: Actor, pupil: Pupil, word: str) -> None:
    """Refer a pupil; the family withdraws it, so nobody waits."""
    row = refer(
        actor=actor, pupil=pupil, service=word, why=word, agreed_by=word,
        agreed_on=actor.today, sent_on=actor.today, ask_again=actor.today + timedelta(days=9),
        proof_words=word,
    )  # fmt: skip
    advice_not_followed(actor=actor, referral=row, words=word, why=f"{word} is not for us.")
    note_news(actor=actor, referral=row, version=None, on=actor.today, stands="withdrawn",
              words=word)  # fmt: skip


def measured(actor: Actor, pupil: Pupil, word: str) -> None:
    """Give a concern a programme that was measured again, past its operations: it is long over."""
    concern = Concern.objects.filter(pupil=pupil).earliest("pk")
    given = Allocation.objects.filter(pupil=pupil).earliest("pk")
    with as_actor(actor):
        Programme(
            org_id=pupil.org_id, pupil=pupil, concern=concern, allocation=given.ref, measure=word,
            entry=word, exit=word, words=word, begun_on=LONG_AGO, begun_by=actor.person,
            until=LONG_AGO, ended_on=LONG_AGO, ended_by=actor.person,
        ).save()  # fmt: skip


def make_seen(actor: Actor, pupil: Pupil, word: str) -> None:
    """Write down what was seen, with the word wherever there are words."""
    early = replace(actor, at=EARLY)
    record_observation(
        actor=early, pupil=pupil, kind="visit",
        sight=Sight(
            on=EARLY.date(), place=word, lesson=word, present=word, seen=word, helped=word,
            hindered=word, next_step=word,
            asked=[{"kind": "strategy", "words": word, "seen": "yes"}],
        ),
    )  # fmt: skip
    record_observation(
        actor=early,
        pupil=pupil,
        kind="sampling",
        sight=Sight(on=EARLY.date(), every=60, labels=[word, f"{word} not"], samples=[0, 1]),
    )
    refer_and_hear(early, pupil, word)
    record_diagnosis(
        actor=early, pupil=pupil, what=word, on=EARLY.date(), given_by=word, known_from=word
    )
    set_aside(
        actor=early, pupil=pupil, reason=f"{word} is fine.", signs=word,
        until=EARLY.date() + timedelta(days=1),
    )  # fmt: skip
    with as_actor(early):
        OwnSign(
            org_id=pupil.org_id, which="score", number=80, because=word, person=early.person,
            first=TODAY + timedelta(days=3000), at=early.at,
        ).save()  # fmt: skip
        OwnDays(
            org_id=pupil.org_id, which="concern.reply_school_days", days=9, because=word,
            first=TODAY + timedelta(days=3000), person=early.person, at=early.at,
        ).save()  # fmt: skip
