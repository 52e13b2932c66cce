"""Where things of support are done: the addresses that tasks and notices lead to.

Pages stand above and are not imported here; a page test keeps these addresses true.
"""

from opensenco.access.refs import short
from opensenco.people.models import Pupil
from opensenco.support.models import Cycle


def status_page(pupil: Pupil) -> str:
    """Give the address of a pupil's status and needs."""
    return f"/pupils/{short(pupil.ref)}/status/"


def plan_page(cycle: Cycle) -> str:
    """Give the address of the page of a plan and its review."""
    return f"/plans/{short(cycle.ref)}/"
