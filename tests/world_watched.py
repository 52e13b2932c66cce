"""What adults saw of pupils at each school: long ago, so no desk tells of it."""

from dataclasses import replace
from datetime import timedelta

from opensenco.access.actor import Actor, chosen, hats_of
from opensenco.access.models import Person
from opensenco.concerns.operations.observing import Sight, record_observation
from opensenco.people.models import Pupil
from tests.cast import NOW, TODAY

EARLY = NOW - timedelta(days=200)


def make_watched(teacher: Person) -> None:
    """Let Idris' teacher watch him at set times."""
    idris = Pupil.objects.select_related("org").get(first_name="Idris")
    hat = chosen(hats_of(teacher, TODAY), None)
    assert hat is not None
    record_observation(
        actor=Actor(teacher, hat, EARLY), pupil=idris, kind="sampling",
        sight=Sight(on=EARLY.date(), every=60, labels=["On task", "Off task"],
                    samples=[0, 0, 1, None, 0], lesson="Maths", seen="He watched the door."),
    )  # fmt: skip


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
