"""What ended with a last day that a list gave a pupil goes on as it was."""

from collections.abc import Sequence

from opensenco.access.actor import Actor
from opensenco.exchange.undoing.thing import Thing, Undoing, Verdict, field_by_field
from opensenco.people.models import Pupil
from opensenco.provision.operations import leaving


def go_on(actor: Actor, verdicts: Sequence[Verdict]) -> None:
    """Give promises, and adults by name, what they held before."""
    if not verdicts:
        return
    rows = [(one.row, {each["field"]: each["before"] for each in one.back}) for one in verdicts]
    ids = {row.pupil_id for row, _held in rows}
    leaving.go_on_again(
        actor=actor, pupils=list(Pupil.objects.filter(pk__in=ids).order_by("id")), rows=rows
    )


class Assignments(Thing):
    """An adult by name whose days ended with a pupil's goes on."""

    label = "people.Assignment"
    order = 20

    def judge(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """One that somebody has given other days since stays."""
        field_by_field(verdicts)

    def take_back(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """Give them their days back."""
        go_on(undoing.actor, [one for one in verdicts if one.back])
