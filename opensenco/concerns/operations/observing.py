"""An adult watches a pupil and writes down what they saw; it is corrected, or taken back."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.cases import spine
from opensenco.cases.models import Fact
from opensenco.concerns.models import Concern, Observation
from opensenco.concerns.observation_states import (
    EVERY,
    LAID_BESIDE_THE_PLAN,
    MOST_TIMES,
    MOST_WORDS_TALLIED,
    TOLD,
    Asks,
    WasSeen,
    Watched,
)
from opensenco.concerns.operations import after
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil

MOST_ASKED = 60
KIND = "observation.recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What somebody saw, when and where.

    Args:
        every: seconds between two looks; with `labels` and `samples` for time sampling alone.
        labels: what was tallied. samples: for each look the place of its label, None for nothing.
        asked: what the plan asks for, each with `kind`, `words` and `seen` (WasSeen).
        colleague: whose lesson or books were looked at; of visits and book looks alone.
    """

    on: date
    began: time | None = None
    minutes: int | None = None
    place: str = ""
    lesson: str = ""
    present: str = ""
    seen: str = ""
    helped: str = ""
    hindered: str = ""
    next_step: str = ""
    every: int | None = None
    labels: Sequence[str] = ()
    samples: Sequence[int | None] = ()
    asked: Sequence[Mapping[str, str]] = ()
    colleague: Person | None = None


@operation(Action.OBSERVE, on="pupil")
def record_observation(
    *,
    actor: Actor,
    pupil: Pupil,
    kind: str,
    sight: Sight,
    concern: Concern | None = None,
    cycle: uuid.UUID | None = None,
    follows: uuid.UUID | None = None,
) -> Observation:
    """Write down what one saw of a pupil whom one watched. It asks for no code and no diagnosis.

    Args:
        kind: a value of `observation_states.Watched`.
        concern: because of which it was made; of this pupil. Who looks after it is told.
        cycle: the plan whose words were looked for.
        follows: what was advised or shown before, at which this looks again.

    Raises:
        Invalid: nothing was seen, or a day to come.
        NotPossible: the concern is about another pupil.
    """
    if concern is not None and concern.pupil_id != pupil.pk:
        raise NotPossible(_("This concern is about another pupil."))
    row = Observation(
        org_id=pupil.org_id, pupil=pupil, kind=Watched(kind), concern=concern,
        cycle=cycle, follows=follows, by=actor.person, written_at=actor.at,
        **_checked(actor, Watched(kind), sight),
    )  # fmt: skip
    row.save()
    _note(actor, row)
    if concern is not None and concern.owner is not None and concern.owner != actor.person:
        words = str(TOLD[Watched(kind)]) % {"who": actor.person.name}
        after.tell(actor, concern, concern.owner, words)
    return row


@operation(Action.OBSERVE, on="observation")
def correct_observation(
    *, actor: Actor, observation: Observation, version: int | None, sight: Sight
) -> Observation:
    """Put right what an observation says; the history has what it said before.

    Raises:
        Invalid: nothing was seen, or a day to come.
        NotPossible: it was made in error.
        Stale: somebody else changed it in between.
    """
    _check_stands(observation)
    day = observation.on
    change(
        observation,
        version=version,
        corrected_at=actor.at,
        corrected_by=actor.person,
        **_checked(actor, Watched(observation.kind), sight),
    )
    if observation.on != day:
        told = Fact.objects.filter(source_ref=observation.ref, kind=KIND)
        _note(actor, observation, corrects=told.order_by("-id").first())
    return observation


@operation(Action.OBSERVE, on="observation")
def mark_observation_in_error(
    *, actor: Actor, observation: Observation, version: int | None, reason: str
) -> Observation:
    """Mark an observation as made in error, as one of another child. It stays in the history.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    if len(reason.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    _check_stands(observation)
    change(
        observation,
        version=version,
        in_error_at=actor.at,
        in_error_by=actor.person,
        in_error_reason=reason.strip(),
    )
    spine.withdraw_facts(
        actor=actor,
        pupil=observation.pupil,
        source=observation,
        words=_("An observation was recorded here in error"),
    )
    return observation


def _note(actor: Actor, row: Observation, corrects: Fact | None = None) -> None:
    spine.add_fact(
        actor=actor,
        pupil=row.pupil,
        kind=KIND,
        on=row.on,
        words=str(TOLD[Watched(row.kind)]) % {"who": row.by.name},
        source=row,
        corrects=corrects,
    )


def _check_stands(row: Observation) -> None:
    if row.in_error:
        raise NotPossible(_("This is marked as made in error. It stays as it was."))


def _checked(actor: Actor, kind: Watched, sight: Sight) -> dict[str, Any]:
    """Give what an observation holds, trimmed; refuse what cannot be."""
    if sight.on > actor.today:
        raise Invalid("on", _("This day is still to come. Write it down when you have watched."))
    # not `asdict`, which would copy the colleague
    values = {one.name: getattr(sight, one.name) for one in fields(sight)}
    values |= {n: v.strip() for n, v in values.items() if isinstance(v, str)}
    values["asked"] = [_looked_for(one) for one in sight.asked[:MOST_ASKED]]
    if sight.colleague is not None and kind not in LAID_BESIDE_THE_PLAN:
        raise NotPossible(_("Whose lesson it was is said of visits and book looks alone."))
    if kind is not Watched.SAMPLING:
        if not values["seen"]:
            raise Invalid("seen", _("Write what you saw."))
        return values | {"every": None, "labels": [], "samples": []}
    return values | _sampled(sight)


def _sampled(sight: Sight) -> dict[str, Any]:
    labels = [" ".join(one.split())[:60] for one in sight.labels]
    samples = list(sight.samples)
    if len({one.casefold() for one in labels if one}) < 2 or "" in labels:
        raise Invalid("label_0", _("Say at least two things that you tally, each another."))
    if len(labels) > MOST_WORDS_TALLIED or len(samples) > MOST_TIMES or sight.every not in EVERY:
        raise NotPossible(_("This cannot be tallied so. Begin again with fewer looks."))
    if any(one is not None and not 0 <= one < len(labels) for one in samples):
        raise NotPossible(_("A look notes something that is not tallied here."))
    if all(one is None for one in samples):
        raise Invalid("look_1", _("Mark what you saw at one look at least."))
    minutes = max(1, round(sight.every * len(samples) / 60))
    return {"labels": labels, "samples": samples, "minutes": sight.minutes or minutes}


def _looked_for(one: Mapping[str, str]) -> dict[str, str]:
    return {
        "kind": Asks(one["kind"]).value,
        "words": one["words"].strip(),
        "seen": WasSeen(one["seen"]).value,
    }
