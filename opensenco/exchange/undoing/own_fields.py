"""What a list said in the school's own fields goes back to what they said before."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from opensenco.exchange.kinds.kind import Change
from opensenco.exchange.kinds.pupils.own import own_of
from opensenco.exchange.undoing.thing import (
    CHANGED_SINCE,
    Thing,
    Undoing,
    Verdict,
    who_changed,
)
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.people.models import Pupil
from opensenco.support.operations.own_values import fill_in_for_many

NOT_OPEN = mark("This field is retired, or your role does not fill it in.")
NOT_OFFERED = mark("What stood there before is no longer on the list of this field.")


class OwnValues(Thing):
    """A field of the school's own says what it said before."""

    label = "support.OwnFieldValue"
    order = 35

    def judge(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """What somebody has filled in since stays, and what cannot be said any more."""
        own = own_of(undoing.actor, undoing.file.org)
        codes = {_change(one)["field"] for one in verdicts}
        held = own.held([one.row.pupil_id for one in verdicts], codes & set(own.open))
        for one in verdicts:
            said = _change(one)
            code = said["field"]
            if code not in own.open:
                one.why.append(sentence(NOT_OPEN))
            elif held.get(one.row.pupil_id, {}).get(code) != said["after"]:
                one.why.append(_who(one))
            elif not own.can_hold(code, said["before"]):
                one.why.append(sentence(NOT_OFFERED))
            else:
                one.back.append(said)

    def take_back(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """Fill in what stood before, of all pupils at once."""
        own = own_of(undoing.actor, undoing.file.org)
        back: dict[int, list[Change]] = defaultdict(list)
        for one in verdicts:
            back[one.row.pupil_id] += one.back
        pupils = Pupil.objects.filter(pk__in=[pk for pk, said in back.items() if said])
        rows = list(pupils.order_by("id"))
        if rows:
            given = [own.given(back[row.pk], "before") for row in rows]
            fill_in_for_many(actor=undoing.actor, pupils=rows, given=given)


def _change(one: Verdict) -> dict[str, Any]:
    change: dict[str, Any] = one.trace.changes[0]
    return change


def _who(one: Verdict) -> Sentence:
    """Say who changed it; of several choices, others can have changed than the one traced."""
    return who_changed(one) if one.row.ended_on else sentence(CHANGED_SINCE)
