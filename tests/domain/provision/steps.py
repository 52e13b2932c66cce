"""What tests of provision begin with."""

from datetime import date

from opensenco.access.actor import Actor
from opensenco.people.models import Group, Pupil
from opensenco.provision.models import Allocation, Provision, Session
from opensenco.provision.operations import promises, sessions
from opensenco.provision.operations.promises import Given
from tests.cast import TODAY
from tests.domain.support.steps import pupil
from tests.people import person

MONDAY = date(2027, 3, 8)


def language_group() -> Group:
    """Give the support group that the assistant runs."""
    return Group.objects.get(name="Language group")


def item() -> Provision:
    """Give the one item in the library of the tests' world."""
    return Provision.objects.get()


def given(**more) -> Given:
    """Give a promise as it is typed: three times twenty minutes a week."""
    return Given(**{"what": "Reading practice", "times": 3, "minutes": 20, **more})


def promised(actor: Actor, who: Pupil | None = None, starts: date = TODAY, **more) -> Allocation:
    """Promise something to a pupil."""
    ends = more.pop("ends", None)
    return promises.allocate(
        actor=actor, pupil=who or pupil(), starts=starts, ends=ends, given=given(**more)
    )


def by_the_assistant(actor: Actor, **more) -> Allocation:
    """Promise something one to one with the assistant."""
    return promised(actor, person=person("ta"), **more)


def logged(actor: Actor, row: Allocation, on: date = TODAY, **took) -> Session:
    """Log one session of a promise."""
    differences = {row.pupil_id: sessions.Took(**took)} if took else {}
    (one,) = sessions.log_session(
        actor=actor, pupils=[row.pupil], on=on, minutes=row.minutes or 20, allocation=row,
        differences=differences,
    )  # fmt: skip
    return one
