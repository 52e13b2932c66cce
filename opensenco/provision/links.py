"""Where things of provision are done: the addresses that tasks and notices lead to.

Pages stand above and are not imported here; a page test keeps these addresses true.
"""

from opensenco.access.refs import short
from opensenco.provision.models import Allocation


def allocation_page(allocation: Allocation) -> str:
    """Give the address of one promise to one pupil."""
    return f"/allocations/{short(allocation.ref)}/"


def told_page(allocation: Allocation) -> str:
    """Give the address where it is recorded that the parents were told."""
    return f"/allocations/{short(allocation.ref)}/told/"
