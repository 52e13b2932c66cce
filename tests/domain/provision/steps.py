"""What tests of provision begin with: something of the library, and something given."""

from datetime import date, timedelta

from opensenco.access.actor import Actor
from opensenco.people.models import Group, Pupil
from opensenco.provision.models import Allocation, Provision
from opensenco.provision.operations import giving, library
from tests.cast import TODAY

MONDAY = TODAY - timedelta(days=TODAY.weekday())
IN_TEN_WEEKS = MONDAY + timedelta(days=7 * 10 - 3)


def pupil(first_name: str = "Grace") -> Pupil:
    """Give a pupil; Grace has no status and is given nothing in the tests' world."""
    return Pupil.objects.get(first_name=first_name)


def idris_has() -> Allocation:
    """Give what Idris is given in the tests' world: 3 × 20 minutes in the language group."""
    return Allocation.objects.get(pupil__first_name="Idris")


def language_group() -> Group:
    """Give the group that the assistant runs."""
    return Group.objects.get(name="Language group")


def reading(actor: Actor, **more) -> Provision:
    """Add paired reading to the library."""
    usual = {"layer": 2, "minutes": 15, "times_a_week": 4, "weeks": 10, "group_usual": 1}
    return library.add_provision(
        actor=actor, org=pupil().org, name="Paired reading", **{**usual, **more}
    )


def given(
    actor: Actor,
    *pupils: Pupil,
    provision: Provision | None = None,
    starts: date = MONDAY,
    ends: date | None = IN_TEN_WEEKS,
    **more,
) -> list[Allocation]:
    """Give something to pupils, Grace where nobody else is named."""
    terms = {"times_a_week": 4, "minutes": 15, "starts": starts, "ends": ends}
    part = {key: more.pop(key) for key in ("outcome", "told") if key in more}
    return giving.allocate(
        actor=actor,
        pupils=list(pupils) or [pupil()],
        provision=provision or reading(actor),
        terms=giving.Terms(**{**terms, **more}),
        **part,
    )
